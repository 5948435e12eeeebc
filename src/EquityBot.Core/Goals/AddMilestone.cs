using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Goals;

/// <summary>A step on the way, with its own day.</summary>
public sealed partial class AddMilestone : ChatCommand
{
    public override string Verb => "add-milestone";

    public override string Action => "report-progress";

    public override string Needs => "G";

    public override IReadOnlyList<Regex> Sentences => [Step()];

    public override Offer? Offer(View view, Reader reader) => view.Subject is SmartGoal { IsRunning: true } && view.Aspect<GoalRecord>()!.Milestones.Count < Milestone.Most
        ? new(
            reader.Words["milestone.add"],
            new("what", reader.Words["milestone.what"], InputType.Text) { Required = true },
            new("due", reader.Words["form.due"], InputType.Date) { Required = true })
        : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var (goal, record) = (turn.Subject<SmartGoal>(), turn.View!.Aspect<GoalRecord>()!);
        if (!goal.IsRunning)
        {
            return turn.No("goal.not-running", ("reference", goal.Ref));
        }

        var (title, due) = Read(turn);
        if (due is not { } day || title.Length == 0)
        {
            return turn.No("milestone.by-when", ("reference", goal.Ref));
        }

        if (title.Length > 500 || record.Milestones.Count >= Milestone.Most)
        {
            return title.Length > 500 ? turn.No("goal.too-long", ("label", turn.Words["milestone.what"]), ("limit", 500)) : turn.No("milestone.too-many", ("reference", goal.Ref), ("limit", Milestone.Most));
        }

        if (day > goal.Due)
        {
            return turn.No("milestone.after-goal", ("day", turn.Words.DayAndYear(day)), ("reference", goal.Ref), ("due", turn.Words.DayAndYear(goal.Due!.Value)));
        }

        if (CommitmentForm.CheckDay(day, turn.Roster[goal.OwnerId], turn) is { } refusal)
        {
            return refusal;
        }

        var milestone = new Milestone
        {
            Id = Guid.NewGuid(), OrganizationId = turn.Db.OrganizationId, GoalId = goal.Id, Number = 1 + record.Milestones.Select(one => one.Number).DefaultIfEmpty().Max(), Title = title, Due = day,
        };
        milestone.Plan(turn.Roster.HoursOf(turn.Roster[goal.OwnerId]), turn.Now);
        turn.Db.Add(milestone);
        return await MilestoneReply.GiveAsync(turn, goal, "milestone-planned", turn.Words["milestone.planned", ("reference", goal.Ref), ("title", title), ("day", turn.Reader.Day(day))], ct);
    }

    static (string Title, LocalDate? Due) Read(Turn turn)
    {
        if (turn.Value("words") is not { } said)
        {
            return (CommitmentForm.Statement(turn.Value("what") ?? ""), turn.Value("due") is { } typed ? LocalDatePattern.Iso.Parse(typed).Value : null);
        }

        var due = Dates.Find(said, turn.Reckoning);
        return (CommitmentForm.Statement(due is null ? said : said.Remove(due.Start, due.Length)), due?.Date);
    }

    [GeneratedRegex(@"^(?:(?:add )?(?:a )?milestone (?:for|to|of) (?<ref>g-\d+)|(?:add )?(?<ref>g-\d+) (?:new )?milestone):? (?<words>[^\d\s].*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Step();
}
