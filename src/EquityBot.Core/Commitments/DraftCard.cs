using EquityBot.Chat;

namespace EquityBot.Commitments;

/// <summary>What was understood, one question at a time, and the tap that puts it on the plan.</summary>
static class DraftCard
{
    public static Card Of(View view, Reader reader)
    {
        var draft = (Commitment)view.Subject;
        var words = reader.Words;
        return new(
            words["draft.title"],
            new Words(draft.Statement, Strong: true),
            new Facts(
                new Fact(words["draft.by"], words.DayAndYear(draft.Due!.Value)),
                new Fact(words["commitment.owner"], draft.OwnerId == reader.Person.Id ? words["draft.you", ("department", reader.Roster.Department(draft.DepartmentId).Name)] : reader.Roster[draft.OwnerId].Name),
                new Fact(words["commitment.for-whom"], draft.ForWhom ?? words["commitment.not-named"]),
                draft.Level is { } level ? new Fact(words["form.level"], words[$"level.{level}"]) : null,
                draft.Driver is { } driver ? new Fact(words["form.driver"], words[$"driver.{driver}"]) : null),
            // The one tap stands above the questions, since on a phone these fill the screen and may all be skipped.
            reader.Buttons(view, "confirm-draft", "edit-draft"),
            NextQuestion(draft, view, reader));
    }

    /// <summary>For whom, then level, then driver; answering is one tap, and Confirm skips what is left.</summary>
    static Question? NextQuestion(Commitment draft, View view, Reader reader)
    {
        var words = reader.Words;
        return draft switch
        {
            { ForWhom: null } => Ask("forWhom", words["draft.ask-for-whom"], Groups(words)),
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
