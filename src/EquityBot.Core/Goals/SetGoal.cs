using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Storage;
using NodaTime;

namespace EquityBot.Goals;

/// <summary>From one sentence, or from a promise's own words, to a draft whose letters are asked for one tap at a time; without either, the form.</summary>
public sealed partial class SetGoal : ChatCommand
{
    public override string Verb => "set-goal";

    public override string Action => "set-goal";

    public override IReadOnlyList<Regex> Sentences => [Blank(), Said()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        if (turn.Pressed is not null)
        {
            return await FromFormAsync(turn, ct);
        }

        Commitment? promise = null;
        if (turn.Value("promise") is { } reference)
        {
            promise = (await turn.Subjects.LoadAsync(turn.Db, reference, locked: false, ct))?.Subject as Commitment;
            if (promise is not { IsOnThePlan: true })
            {
                return turn.No("refusal.no-such-reference", ("reference", reference.ToUpperInvariant()));
            }

            if (promise.OwnerId != turn.Speaker.Id)
            {
                return turn.No("goal.not-your-promise", ("reference", promise.Ref), ("name", turn.Roster[promise.OwnerId].Name));
            }

            if (!promise.IsOpen)
            {
                return turn.No("goal.promise-closed", ("reference", promise.Ref));
            }
        }

        var isGap = turn.Value("gap") is not null;
        if ((turn.Value("words") ?? promise?.Statement) is not { } said)
        {
            return new(GoalDraftCard.Blank(turn.Reader, this, isGap));
        }

        var sketch = GoalSentence.Read(said, turn.Today, turn.Roster.Organization.FiscalMonth, GoalDraftCard.GroupsOf(turn.Words), isGap);
        if (sketch.Statement.Length is 0 or > 500)
        {
            return turn.No(sketch.Statement.Length == 0 ? "goal.what" : "log.what-too-long", ("limit", 500));
        }

        var goal = await NewAsync(turn, sketch, promise, ct);
        if (goal.Due is { } due && CommitmentForm.CheckDay(due, turn.Speaker, turn) is { } refusal)
        {
            return refusal;
        }

        goal.Refine(SmartCheck.Of(goal, GoalRecord.Empty, turn.Today));
        var view = await turn.Subjects.ViewAsync(turn.Db, goal, ct);
        return new(goal.Due is null ? GoalDraftCard.Form(view, turn.Reader, turn.Words["goal.by-when"]) : GoalDraftCard.Of(view, turn.Reader)) { About = goal };
    }

    static async Task<Reply> FromFormAsync(Turn turn, CancellationToken ct)
    {
        var gap = turn.Value("form") is null ? (GapForm?)null : GapForm.Difference;
        var goal = await NewAsync(turn, new("") { Gap = gap }, null, ct);
        return GoalForm.Apply(goal, turn) ?? await ConfirmGoal.PlaceAsync(turn, goal, ct);
    }

    static async Task<SmartGoal> NewAsync(Turn turn, GoalSentence.Sketch sketch, Commitment? promise, CancellationToken ct)
    {
        var department = promise?.DepartmentId ?? turn.Speaker.DepartmentId;
        var goal = new SmartGoal
        {
            Id = Guid.NewGuid(),
            OrganizationId = turn.Db.OrganizationId,
            Number = await Counter.NextAsync(turn.Db, "G", ct),
            Statement = sketch.Statement,
            OwnerId = turn.Speaker.Id,
            DepartmentId = department,
            CommitmentId = promise?.Id,
            Starts = turn.Today,
            RoomId = turn.Room?.Id,
            What = sketch.What,
            Who = sketch.Who ?? promise?.ForWhom,
            Where = sketch.Where ?? turn.Roster.Department(department).Name,
            Measure = sketch.Measure,
            Unit = sketch.Unit,
            Better = sketch.Better,
            Baseline = sketch.Baseline,
            BaselineOn = sketch.Baseline is null ? null : turn.Today,
            Target = sketch.Target,
            Gap = sketch.Gap,
            Reference = sketch.Reference,
            BaselineReference = sketch.BaselineReference,
            Due = sketch.Due ?? promise?.Due,
            OtherDue = sketch.Due is null ? null : sketch.OtherDue,
            Level = promise?.Level,
            Driver = promise?.Driver,
            ReviewCadence = promise?.Cadence switch { Cadence.NthWeekday => Cadence.Monthly, Cadence.Fiscal => Cadence.Quarterly, var same => same },
        };
        goal.Stratum = goal is { Gap: null, Who: { } who } && !SmartCheck.Everybody().IsMatch(who) ? who : null;
        turn.Db.Add(goal);
        return goal;
    }

    [GeneratedRegex(@"^(?:(?:new|set|start|set a|start a|a) )?(?:smart )?(?<gap>gap )?goal(?: for (?<promise>c-\d+))?[.?!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Blank();

    [GeneratedRegex(@"^(?:(?:new|set|start|set a|start a|a) )?(?:smart )?(?<gap>gap )?goal(?: for (?<promise>c-\d+))?: ?(?<words>.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Said();
}
