using EquityBot.Chat;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Commitments;

/// <summary>What was understood, one question at a time, and the tap that puts it on the plan.</summary>
static class DraftCard
{
    public static Card Of(View view, Reader reader)
    {
        var draft = (Commitment)view.Subject;
        var words = reader.Words;
        IEnumerable<Block?> blocks =
        [
            new Words(draft.Statement, Strong: true),
            new Facts(
                new Fact(words["draft.by"], draft.OtherDue is { } other ? words["draft.either-day", ("day", words.DayAndYear(draft.Due!.Value)), ("other", words.DayAndYear(other))] : words.DayAndYear(draft.Due!.Value)),
                new Fact(words["commitment.owner"], draft.OwnerId == reader.Person.Id ? words["draft.you", ("department", reader.Roster.Department(draft.DepartmentId).Name)] : reader.Roster[draft.OwnerId].Name),
                new Fact(words["commitment.for-whom"], draft.ForWhom ?? words["commitment.not-named"]),
                draft.Level is { } level ? new Fact(words["form.level"], words[$"level.{level}"]) : null,
                draft.Driver is { } driver ? new Fact(words["form.driver"], words[$"driver.{driver}"]) : null,
                CommitmentCard.Goals(draft, words)),
            ClosedDay(draft, reader),
            .. view.Describe(reader),
            // The one tap stands above the questions, since on a phone these fill the screen and may all be skipped.
            Confirm(draft, view, reader),
            NextQuestion(draft, view, reader),
        ];
        return new(words["draft.title"], blocks);
    }

    /// <summary>One tap, also where the day is still to be chosen: one button a day.</summary>
    static ButtonRow? Confirm(Commitment draft, View view, Reader reader)
    {
        LocalDate?[] days = draft.OtherDue is { } other ? [draft.Due, other] : WorkingDayBefore(draft, reader) is { } before ? [null, before] : [null];
        var confirms = days.Select((day, place) => reader.Button(view, "confirm-draft", primary: place == 0) is { } confirm && day is { } chosen
            ? confirm with { Title = reader.Words["button.confirm-day", ("day", reader.Words.DayAndYear(chosen))], Values = new Dictionary<string, string> { ["due"] = LocalDatePattern.Iso.Format(chosen) } }
            : reader.Button(view, "confirm-draft", primary: place == 0));
        return ButtonRow.Of([.. confirms, reader.Button(view, "edit-draft")]);
    }

    /// <summary>Nobody is at work to see it kept on a day on which the owner's site is closed; the working day before is offered.</summary>
    static Quiet? ClosedDay(Commitment draft, Reader reader) => WorkingDayBefore(draft, reader) is { } before
        ? new(reader.Words["draft.closed-day", ("day", reader.Words.DayAndYear(draft.Due!.Value)), ("site", reader.Roster.SiteOf(reader.Roster[draft.OwnerId]).Name), ("before", reader.Words.DayAndYear(before))])
        : null;

    static LocalDate? WorkingDayBefore(Commitment draft, Reader reader)
    {
        var (owner, due) = (reader.Roster[draft.OwnerId], draft.Due!.Value);
        var calendar = reader.Roster.CalendarOf(owner);
        return draft.OtherDue is null && !calendar.IsWorkingDay(due) && calendar.Add(due, -1) is var before && before >= reader.Roster.TodayOf(owner, reader.Now) ? before : null;
    }

    /// <summary>For whom, then level, then driver; answering is one tap, and Confirm skips what is left.</summary>
    static Question? NextQuestion(Commitment draft, View view, Reader reader)
    {
        var words = reader.Words;
        return draft switch
        {
            { ForWhom: null } => Ask("forWhom", words["draft.ask-for-whom"], Groups(words)),
            { Goals: null } when Framework.Suggest(draft.Statement, words) is { Count: > 0 } suggested => Ask("goals", words["draft.ask-goal"], [.. suggested.Select(goal => new Choice(words[$"goal.{goal}"], goal))]),
            { Level: null } => Ask("level", words["draft.ask-level"], [.. CommitmentForm.Levels.Select(level => new Choice(words[$"level.{level}"], level))]),
            { Driver: null } => Ask("driver", words["draft.ask-driver"], [.. CommitmentForm.Drivers.Select(driver => new Choice(words[$"driver.{driver}"], driver))]),
            _ => null,
        };

        Question Ask(string field, string question, IReadOnlyList<Choice> choices) => new(
            question,
            [
                .. choices.Select(choice => reader.Catalogue.Command("answer-draft").ButtonFor(draft, new Offer(choice.Title)) with
                {
                    Values = new Dictionary<string, string> { [field] = choice.Value },
                }),
            ]);
    }

    /// <summary>Groups offered as one-tap answers, in the organization's own words: one a line in the phrase file.</summary>
    static Choice[] Groups(Phrases words) => [.. words["draft.groups"].Split('|').Select(group => new Choice(group, group))];

    /// <summary>A group from the list that the sentence names already; it needs not be asked for.</summary>
    public static string? GroupNamedIn(string sentence, Phrases words) =>
        words["draft.groups"].Split('|').FirstOrDefault(group => sentence.Contains(group, StringComparison.OrdinalIgnoreCase));

    /// <summary>The draft with all its fields open.</summary>
    public static Card Form(View view, Reader reader, string ask) => new(
        reader.Words["draft.form-title"],
        new Words(ask),
        ButtonRow.Of(reader.Button(view, "confirm-draft", primary: true) is { } confirm ? confirm with { Inputs = CommitmentForm.Inputs((Commitment)view.Subject, reader) } : null));

    /// <summary>The form before there is a draft.</summary>
    public static Card Blank(Reader reader, LogCommitment command) => new(
        reader.Words["draft.form-title"],
        new Words(reader.Words["draft.form-words"]),
        new ButtonRow([command.ButtonFor(null, new Offer(reader.Words["button.confirm"], CommitmentForm.Inputs(null, reader))) with { Primary = true }]));
}
