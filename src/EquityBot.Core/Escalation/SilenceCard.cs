using EquityBot.Chat;

namespace EquityBot.Escalation;

/// <summary>The cards of a department that has promised nothing. Its lead is asked what a first promise could be; everybody above, how to help.</summary>
static class SilenceCard
{
    public static Card Of(CaseStory story, View view, EscalationStep step, Reader reader)
    {
        var (words, place) = (reader.Words, story.Plan.CaseSteps.ToList().IndexOf(step));
        var owes = reader.Person.Id == story.Case.OwnerId;
        var board = step.IsBoard;
        return new(
            words["silence.title", ("department", reader.Roster.Department(story.Case.DepartmentId).Name)],
            new Words(words[owes ? "silence.words-own" : board ? "silence.words-board" : "silence.words-others"]),
            new Facts(
                new Fact(words["silence.since"], reader.Day(story.Case.BaseDay)),
                step.AnswerWithin is { } days ? new Fact(words["case.decide-by"], reader.Day(reader.Roster.CalendarOf(reader.Person).Add(reader.Today, days))) : null),
            place >= 2 && CaseBlocks.History(story, reader) is { Count: > 0 } history ? new Bullets(history) : null,
            CaseBlocks.WhatHappensNext(story, place, reader),
            owes ? ButtonRow.Of(FirstPromise(reader), reader.Button(view, "show")) : reader.Buttons(view, board ? "decide-case" : "offer-help", "show"));
    }

    /// <summary>A first promise, made on the card itself.</summary>
    static Button FirstPromise(Reader reader) => reader.Catalogue.Command("log-commitment").ButtonFor(null, new Offer(
        reader.Words["button.first-promise"],
        new("what", reader.Words["form.what"], InputType.Text) { Required = true },
        new("due", reader.Words["form.due"], InputType.Date) { Required = true },
        new("forWhom", reader.Words["form.for-whom"], InputType.Text))) with { Primary = true };
}
