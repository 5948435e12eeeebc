using System.Globalization;
using System.Text.RegularExpressions;
using EquityBot.Chat;

namespace EquityBot.Goals;

/// <summary>A step is done.</summary>
public sealed partial class FinishMilestone : ChatCommand
{
    public override string Verb => "finish-milestone";

    public override string Action => "report-progress";

    public override string Needs => "G";

    public override IReadOnlyList<Regex> Sentences => [Done()];

    public override Offer? Offer(View view, Reader reader)
    {
        var open = view.Subject is SmartGoal { IsRunning: true } ? view.Aspect<GoalRecord>()!.Milestones.Where(one => one.IsOpen).ToList() : [];
        return open.Count == 0 ? null : new(
            reader.Words["milestone.finish"],
            new("number", reader.Words["milestone.which"], InputType.Choice)
            {
                Required = true,
                Value = open[0].Number.ToString(CultureInfo.InvariantCulture),
                Choices = [.. open.Select(one => new Choice(GoalFacts.Short(one.Title), one.Number.ToString(CultureInfo.InvariantCulture)))],
            },
            new("evidence", reader.Words["form.done-evidence"], InputType.Text));
    }

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var goal = turn.Subject<SmartGoal>();
        if (await MilestoneReply.OpenAsync(turn, goal, ct) is not { } milestone)
        {
            return turn.No("milestone.no-such", ("number", turn.Value("number")), ("reference", goal.Ref));
        }

        milestone.Finish(turn.OwnersToday(goal), turn.Value("evidence"));
        return await MilestoneReply.SettledAsync(turn, goal, milestone, "milestone-done", turn.Words["milestone.done", ("number", milestone.Number), ("reference", goal.Ref)], ct);
    }

    [GeneratedRegex(
        @"^(?:milestone (?<number>\d{1,2}) (?:of|for|in) (?<ref>g-\d+)|(?<ref>g-\d+) milestone (?<number>\d{1,2}))(?: is)? (?:done|reached|met)(?:[,:]? (?:see )?(?<evidence>.+?))?[.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Done();
}

/// <summary>A step that is not taken after all, with the reason.</summary>
public sealed partial class DropMilestone : ChatCommand
{
    public override string Verb => "drop-milestone";

    public override string Action => "report-progress";

    public override string Needs => "G";

    public override IReadOnlyList<Regex> Sentences => [Drop()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var goal = turn.Subject<SmartGoal>();
        if (await MilestoneReply.OpenAsync(turn, goal, ct) is not { } milestone)
        {
            return turn.No("milestone.no-such", ("number", turn.Value("number")), ("reference", goal.Ref));
        }

        if (turn.Value("reason") is not { } reason)
        {
            return turn.No("milestone.drop-why", ("number", milestone.Number), ("reference", goal.Ref));
        }

        milestone.Cancel(turn.OwnersToday(goal), reason);
        return await MilestoneReply.SettledAsync(turn, goal, milestone, "milestone-dropped", turn.Words["milestone.dropped", ("number", milestone.Number), ("reference", goal.Ref)], ct);
    }

    [GeneratedRegex(@"^(?:drop|cancel) milestone (?<number>\d{1,2}) (?:of|for|in) (?<ref>g-\d+)(?:,? because (?<reason>.+))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Drop();
}
