using EquityBot.Chat;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Goals;

/// <summary>What was understood, one question at a time, and the tap that puts it on the plan.</summary>
static class GoalDraftCard
{
    public static Card Of(View view, Reader reader)
    {
        var goal = (SmartGoal)view.Subject;
        var words = reader.Words;
        return new(
            words[goal.Gap is null ? "goal.draft-title" : "goal.draft-title-gap"],
            new Words(goal.Statement, Strong: true),
            new Facts(
                GoalFacts.FromTo(goal, reader),
                GoalFacts.ForWhom(goal, reader),
                new Fact(words["goal.form.where"], goal.Where ?? words["commitment.not-named"]),
                new Fact(words["draft.by"], DueOf(goal, words)),
                GoalFacts.Planned(goal, words) is { } planned ? new Fact(words["goal.so-far"], planned) : null),
            Lacks(goal, view, reader),
            // The one tap stands above the questions, since on a phone these fill the screen and may all be skipped.
            Confirm(goal, view, reader),
            NextQuestion(goal, reader));
    }

    static string DueOf(SmartGoal goal, Phrases words) => goal switch
    {
        { Due: { } due, OtherDue: { } other } => words["draft.either-day", ("day", words.DayAndYear(due)), ("other", words.DayAndYear(other))],
        { Due: { } due } => words.DayAndYear(due),
        _ => words["commitment.no-date"],
    };

    /// <summary>Letters that do not hold yet, in one line.</summary>
    static Quiet Lacks(SmartGoal goal, View view, Reader reader)
    {
        var verdict = SmartCheck.Of(goal, view.Aspect<GoalRecord>()!, reader.Today);
        var open = Enum.GetValues<Letter>().Where(letter => !verdict.Holds(letter)).Select(letter => reader.Words[$"smart.{letter}"]).ToList();
        return new(open.Count == 0 ? reader.Words["goal.whole"] : reader.Words["goal.lacks", ("letters", string.Join(", ", open))]);
    }

    static ButtonRow? Confirm(SmartGoal goal, View view, Reader reader)
    {
        if (goal is not { Due: { } due, OtherDue: { } other })
        {
            return ButtonRow.Of(reader.Button(view, "confirm-goal", primary: true), reader.Button(view, "edit-goal"));
        }

        var days = new[] { due, other }.Select((day, place) => reader.Button(view, "confirm-goal", primary: place == 0) is { } confirm
            ? confirm with { Title = reader.Words["button.confirm-day", ("day", reader.Words.DayAndYear(day))], Values = new Dictionary<string, string> { ["due"] = LocalDatePattern.Iso.Format(day) } }
            : null);
        return ButtonRow.Of([.. days, reader.Button(view, "edit-goal")]);
    }

    /// <summary>At most five questions, so that with Confirm a whole goal is six taps.</summary>
    static Question? NextQuestion(SmartGoal goal, Reader reader)
    {
        var words = reader.Words;
        return goal switch
        {
            { Who: null } => Ask("who", "goal.ask-who", [.. GroupsOf(words).Select(group => new Choice(group, group)), new Choice(words["goal.everybody"], words["goal.everybody"])]),
            { Resources: null } => Ask("resources", "goal.ask-resources", GoalForm.Choices(words, "goal.resources", GoalForm.Resources)),
            { Confidence: null } => Ask("confidence", "goal.ask-confidence", GoalForm.Confidences(words)),
            { FrameworkGoals: null } => Ask("framework", "goal.ask-framework", GoalForm.Choices(words, "goal.framework", FrameworkGoals.Suggest(goal.Statement))),
            { ReviewCadence: null } => Ask("cadence", "goal.ask-cadence", GoalForm.Rhythms(words)),
            _ => null,
        };

        Question Ask(string field, string question, IReadOnlyList<Choice> choices) => new(
            words[question],
            [
                .. choices.Select(choice => reader.Catalogue.Command("answer-goal").ButtonFor(goal, new Offer(choice.Title)) with
                {
                    Values = new Dictionary<string, string> { [field] = choice.Value },
                }),
            ]);
    }

    /// <summary>Groups that the organization knows by name: one a line in the phrase file.</summary>
    public static string[] GroupsOf(Phrases words) => words["draft.groups"].Split('|');

    /// <summary>The goal with all its fields open.</summary>
    public static Card Form(View view, Reader reader, string ask) => new(
        reader.Words["goal.form-title"],
        new Words(ask),
        GoalFacts.Letters(SmartCheck.Of((SmartGoal)view.Subject, view.Aspect<GoalRecord>()!, reader.Today), reader),
        ButtonRow.Of(reader.Button(view, "confirm-goal", primary: true) is { } confirm ? confirm with { Inputs = GoalForm.Inputs((SmartGoal)view.Subject, reader) } : null));

    /// <summary>The form before there is a draft.</summary>
    public static Card Blank(Reader reader, SetGoal command, bool isGap) => new(
        reader.Words["goal.form-title"],
        new Words(reader.Words["goal.form-words"]),
        new ButtonRow([command.ButtonFor(null, new Offer(reader.Words["button.confirm"], GoalForm.Inputs(isGap ? Unwritten(reader) : null, reader))) with { Primary = true }]));

    static SmartGoal Unwritten(Reader reader) => new()
    {
        Id = Guid.Empty, OrganizationId = Guid.Empty, Number = 0, Statement = "", OwnerId = reader.Person.Id, DepartmentId = reader.Person.DepartmentId, Starts = reader.Today, Gap = GapForm.Difference,
    };
}
