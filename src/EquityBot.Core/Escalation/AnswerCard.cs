using EquityBot.Chat;
using EquityBot.Commitments;

namespace EquityBot.Escalation;

/// <summary>The cards of an answer that does not come. The promise's owner waits; whoever owes the answer is asked what keeps it.</summary>
static class AnswerCard
{
    public static Card Of(CaseStory story, Commitment commitment, View promise, View own, EscalationStep step, Reader reader)
    {
        var (words, line) = (reader.Words, story.Case.Line);
        var owes = reader.Person.Id == story.Case.OwnerId;
        var department = reader.Roster.Department(story.Case.DepartmentId).Name;
        var place = story.Plan.CaseSteps.ToList().IndexOf(step);
        return new(
            words[owes ? $"answer.{line}.own" : $"answer.{line}.others", ("reference", commitment.Ref), ("department", department)],
            new Words(commitment.Statement, Strong: true),
            new Words(words[owes ? "answer.words-own" : step.IsBoard ? "answer.words-board" : "answer.words-others"]),
            story.Request is { Words: { } asked } request ? new Quote(asked, reader.Name(request.FromId)) : null,
            new Facts(
                new Fact(words["answer.since"], reader.Day(story.Case.BaseDay)),
                owes ? null : new Fact(words["commitment.department"], department),
                story.Request is { Due: { } day } ? new Fact(words["request.new-day"], reader.DueDay(day, commitment.OwnerId)) : null,
                step.AnswerWithin is { } days ? new Fact(words["case.decide-by"], reader.Day(reader.Roster.CalendarOf(reader.Person).Add(reader.Today, days))) : null),
            place >= 2 && CaseBlocks.History(story, reader) is { Count: > 0 } history ? new Bullets(history) : null,
            CaseBlocks.WhatHappensNext(story, place, reader),
            step.IsBoard ? reader.Buttons(own, "decide-case", "show") : ButtonRow.Of([owes ? null : reader.Button(own, "offer-help", primary: true), .. reader.Buttons(promise, [.. AnswerWatch.AnswersOf(line), "show"])?.Buttons ?? []]));
    }
}
