using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Goals;

/// <summary>A step gets a new day; the first one stays in sight.</summary>
public sealed partial class MoveMilestone : ChatCommand
{
    public override string Verb => "move-milestone";

    public override string Action => "report-progress";

    public override string Needs => "G";

    public override IReadOnlyList<Regex> Sentences => [Move()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var goal = turn.Subject<SmartGoal>();
        if (await MilestoneReply.OpenAsync(turn, goal, ct) is not { } milestone)
        {
            return turn.No("milestone.no-such", ("number", turn.Value("number")), ("reference", goal.Ref));
        }

        if (DayOf(turn) is not { } due)
        {
            return turn.No("milestone.move-to", ("number", milestone.Number), ("reference", goal.Ref));
        }

        if (due > goal.Due)
        {
            return turn.No("milestone.after-goal", ("day", turn.Words.DayAndYear(due)), ("reference", goal.Ref), ("due", turn.Words.DayAndYear(goal.Due!.Value)));
        }

        var owner = turn.Roster[goal.OwnerId];
        if (CommitmentForm.CheckDay(due, owner, turn) is { } refusal)
        {
            return refusal;
        }

        milestone.Move(due, turn.Roster.HoursOf(owner), turn.Now);
        return await MilestoneReply.GiveAsync(turn, goal, "milestone-moved", turn.Words["milestone.moved", ("number", milestone.Number), ("reference", goal.Ref), ("day", turn.Reader.Day(due))], ct);
    }

    static LocalDate? DayOf(Turn turn) =>
        turn.Value("due") is { } typed ? LocalDatePattern.Iso.Parse(typed).Value : turn.Value("day") is { } said ? Dates.Read(said, turn.Reckoning) : null;

    [GeneratedRegex(@"^(?:move|push|postpone) milestone (?<number>\d{1,2}) (?:of|for|in) (?<ref>g-\d+)(?: to (?<day>.{3,60}?))?[.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Move();
}

/// <summary>What is in the way of a step. That is an answer, and whoever leads the department can help.</summary>
public sealed partial class BlockMilestone : ChatCommand
{
    public override string Verb => "block-milestone";

    public override string Action => "report-progress";

    public override string Needs => "G";

    public override IReadOnlyList<Regex> Sentences => [Blocked()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var goal = turn.Subject<SmartGoal>();
        if (await MilestoneReply.OpenAsync(turn, goal, ct) is not { } milestone)
        {
            return turn.No("milestone.no-such", ("number", turn.Value("number")), ("reference", goal.Ref));
        }

        if (turn.Value("what") is not { } what)
        {
            return turn.No("milestone.block-what", ("number", milestone.Number), ("reference", goal.Ref));
        }

        milestone.Block(what, turn.OwnersToday(goal), turn.Now);
        var reply = await MilestoneReply.GiveAsync(turn, goal, "milestone-blocked", turn.Words["milestone.blocked", ("number", milestone.Number), ("reference", goal.Ref)], ct);
        if (turn.Roster.ConfirmerFor(turn.Roster[goal.OwnerId], goal.DepartmentId, turn.Now) is { } lead)
        {
            turn.Tell(lead, goal, GoalNews.Name, $"milestone-blocked:{goal.Version}", MessageKind.Request, GoalNews.Facts("milestone-blocked", turn.Speaker));
        }

        return reply;
    }

    [GeneratedRegex(@"^milestone (?<number>\d{1,2}) (?:of|for|in) (?<ref>g-\d+)(?: is)? (?:blocked|stuck|held up)(?:[:,]| because| by)? ?(?<what>[^\s].*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Blocked();
}
