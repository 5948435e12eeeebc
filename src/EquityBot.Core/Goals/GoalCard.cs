using EquityBot.Chat;
using EquityBot.Commitments;

namespace EquityBot.Goals;

/// <summary>One goal as it stands, with every button its reader may press.</summary>
static class GoalCard
{
    const int PointsShown = 8;

    /// <summary>So many numbers are a way; fewer are none yet.</summary>
    const int FewestPoints = 3;

    public static Card Of(View view, Reader reader) => new(Title(view, reader.Words), Blocks(view, reader));

    /// <summary>The news first, then the goal as it is now.</summary>
    public static Card With(string news, View view, Reader reader) => new(news, Blocks(view, reader).Prepend(new Words(((SmartGoal)view.Subject).Statement, Strong: true)));

    public static string Title(View view, Phrases words) => words["commitment.title", ("reference", view.Subject.Ref), ("statement", ((SmartGoal)view.Subject).Statement)];

    static IEnumerable<Block?> Blocks(View view, Reader reader)
    {
        var (goal, record) = ((SmartGoal)view.Subject, view.Aspect<GoalRecord>()!);
        var words = reader.Words;
        var details = reader.May("read-details", goal);
        return
        [
            StatusOf(goal, record, words),
            new Facts(
                details && record.Latest is { } latest ? new Fact(words["goal.now"], words["goal.now-said", ("said", GoalFacts.Said(goal, latest, words)), ("day", reader.Day(latest.On)), ("name", reader.Name(latest.ById))]) : null,
                GoalFacts.FromTo(goal, reader),
                GoalFacts.ForWhom(goal, reader),
                new Fact(words["commitment.due"], reader.DueDay(goal.Due!.Value, goal.OwnerId)),
                new Fact(words["commitment.owner"], reader.Name(goal.OwnerId))),
            .. details ? Details(goal, record, reader) : [],
            Question(view, reader),
            Buttons(view, reader),
        ];
    }

    /// <summary>Closed, or as somebody last said that it stands.</summary>
    public static Status StatusOf(SmartGoal goal, GoalRecord record, Phrases words) =>
        goal.IsOpen && record.Claim is { Claimed: { } claimed } ? new(GoalFacts.StatusOf(claimed, words), GoalFacts.MoodOf(claimed))
        : new(words[goal.IsOpen ? "goal.no-status" : $"goal.state.{goal.State}"], goal.State switch { GoalState.Achieved => Mood.Kept, GoalState.NotAchieved => Mood.Missed, _ => Mood.Plain });

    static IEnumerable<Block?> Details(SmartGoal goal, GoalRecord record, Reader reader)
    {
        var words = reader.Words;
        yield return Way(goal, record, reader);
        yield return Went(goal, record, reader);
        yield return Warned(goal, record, words);
        yield return record.Claim is { Reason: { } reason, ById: var by } ? new Quote(reason, reader.Name(by)) : null;
        yield return record.Latest is { Note: { } note, ById: var author } ? new Quote(note, reader.Name(author)) : null;
        yield return goal is { ClosingNote: { } closing, ClosedById: { } closer } ? new Quote(closing, reader.Name(closer)) : null;
        yield return new Quiet(GoalFacts.Planned(goal, words) is { } planned ? words["goal.plan", ("where", goal.Where ?? words["commitment.not-named"]), ("planned", planned)] : goal.Where ?? words["commitment.not-named"]);
        yield return goal.Inequity is { } inequity ? new Quiet(words["goal.closes", ("what", inequity)]) : null;
        yield return goal.PriorityEvidence is { } evidence ? new Quiet(words["goal.answers", ("what", evidence)]) : null;
        yield return goal.Dependencies is { } others ? new Quiet(words["goal.waits", ("what", others)]) : null;
        yield return record.Milestones.Count == 0 ? null : new Bullets([.. record.Milestones.Select(milestone => Milestone(goal, milestone, reader))]);
        yield return goal.IsOpen ? GoalFacts.Letters(SmartCheck.Of(goal, record, reader.Roster.TodayOf(reader.Roster[goal.OwnerId], reader.Now)), reader) : null;
    }

    /// <summary>How far it went, and where the line is today.</summary>
    public static Quiet? Way(SmartGoal goal, GoalRecord record, Reader reader)
    {
        if (goal.Line is not { IsReadable: true } line || record.Latest is not { } latest || record.Counted(goal) is not { } counted)
        {
            return null;
        }

        var expected = GoalFacts.Amount(goal, Pace.Expected(line, latest.On), reader.Words);
        return new(Pace.Walked(line, counted) is { } walked
            ? reader.Words["goal.way", ("percent", GoalNumber.Say(Math.Round(100 * walked), "%")), ("now", GoalFacts.Amount(goal, counted, reader.Words)), ("expected", expected), ("day", reader.Day(latest.On))]
            : reader.Words["goal.held", ("expected", expected)]);
    }

    /// <summary>The last numbers as they count, one a day; null while they are no way yet.</summary>
    /// <param name="most">Numbers at most.</param>
    public static Trend? Went(SmartGoal goal, GoalRecord record, Reader reader, int most = PointsShown)
    {
        var (words, points) = (reader.Words, record.Values(goal).GroupBy(one => one.On).OrderBy(day => day.Key).Select(day => day.Last()).TakeLast(most).ToList());
        return points.Count < FewestPoints ? null : new(
            words["goal.trend"], words["goal.trend-day"], goal.Unit ?? words["goal.trend-value"],
            [.. points.Select(point => new TrendPoint(reader.Day(point.On), point.Value, GoalFacts.Amount(goal, point.Value, words), point.On.ToDateOnly()))],
            goal.Line is { Target: var target } ? new(words["goal.trend-aim"], target, GoalFacts.Amount(goal, target, words)) : null);
    }

    /// <summary>A gap that narrowed because its reference got worse is nobody's gain.</summary>
    public static Banner? Warned(SmartGoal goal, GoalRecord record, Phrases words) => record.Change(goal) switch
    {
        GapChange.ByReference => new(words["goal.by-reference", ("reference", goal.Reference ?? words["goal.form.against"])], Mood.AtRisk),
        GapChange.ByBoth => new(words["goal.by-both", ("reference", goal.Reference ?? words["goal.form.against"])], Mood.AtRisk),
        _ => null,
    };

    static string Milestone(SmartGoal goal, Milestone milestone, Reader reader)
    {
        var (state, words) = (milestone.State, reader.Words);
        var isLate = state == MilestoneState.Planned && milestone.Due < Today(goal, reader);
        var line = words[isLate ? "milestone.late" : $"milestone.{state}", ("number", milestone.Number), ("title", milestone.Title), ("day", reader.Day(milestone.DoneOn ?? milestone.CancelledOn ?? milestone.Due))];
        return string.Join("; ", new[]
        {
            line,
            milestone is { IsOpen: true, FirstDue: { } first } ? words["milestone.first", ("day", reader.Day(first))] : null,
            milestone is { IsOpen: true, Blocker: { } blocker } ? words["milestone.waits", ("what", blocker)] : null,
        }.OfType<string>());
    }

    /// <summary>What the newest number says, for those who answer for it, with one tap to agree. Whoever else reads the card sees how it was said to stand.</summary>
    public static Words? Question(View view, Reader reader)
    {
        var (goal, record) = ((SmartGoal)view.Subject, view.Aspect<GoalRecord>()!);
        if (!goal.IsRunning || !record.AwaitsClaim || !reader.May("report-progress", goal))
        {
            return null;
        }

        return record.Suggested(goal, Today(goal, reader)) is { } suggested
            ? new(reader.Words["goal.suggests", ("status", GoalFacts.StatusOf(suggested, reader.Words))])
            : new(reader.Words["goal.no-pace"]);
    }

    static NodaTime.LocalDate Today(SmartGoal goal, Reader reader) => reader.Roster.TodayOf(reader.Roster[goal.OwnerId], reader.Now);

    /// <summary>What settles something first, the ways out last.</summary>
    static ButtonRow? Buttons(View view, Reader reader)
    {
        string[] verbs = ["report-value", "finish-milestone", "add-milestone", "state-confidence", "edit-goal", "close-goal", "retire-goal", "open-chart"];
        var statuses = StatusButtons(view, reader).ToList();
        var others = reader.Buttons(view, verbs)?.Buttons ?? [];
        return ButtonRow.Of([.. statuses, .. others.Select(button => button with { Primary = button.Primary && statuses.Count == 0 })]);
    }

    /// <summary>The suggested status in one tap; another one asks for the reason.</summary>
    public static IEnumerable<Button> StatusButtons(View view, Reader reader)
    {
        var (goal, record) = ((SmartGoal)view.Subject, view.Aspect<GoalRecord>()!);
        if (Question(view, reader) is null)
        {
            return [];
        }

        var suggested = record.Suggested(goal, Today(goal, reader));
        return Enum.GetValues<ProgressStatus>().OrderByDescending(status => status == suggested).Select((status, place) => RateGoal.Button(goal, status, suggested, reader) with { Primary = place == 0 });
    }
}
