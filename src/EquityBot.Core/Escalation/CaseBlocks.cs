using EquityBot.Chat;

namespace EquityBot.Escalation;

/// <summary>A case in words: what has happened, and what happens next.</summary>
static class CaseBlocks
{
    public static IEnumerable<Block> Describe(CaseStory story, Reader reader)
    {
        var words = reader.Words;
        yield return new Quiet(words["case.line", ("reference", story.Case.Ref), ("status", words[$"case.status.{story.Case.Status}"])]);
        if (History(story, reader) is { Count: > 0 } history)
        {
            yield return new Bullets(history);
        }
    }

    /// <summary>Who heard and when, by role and never by name.</summary>
    public static IReadOnlyList<string> History(CaseStory story, Reader reader) =>
    [
        .. story.Steps.Select(step => step switch
        {
            { DeliveredOn: { } on } => reader.Words["history.heard", ("role", reader.Words[$"role.{step.Step}"]), ("day", reader.Day(on))],
            { UnreachedAt: not null } => reader.Words["history.unreached", ("role", reader.Words[$"role.{step.Step}"])],
            { RecipientId: null } => reader.Words["history.nobody", ("role", reader.Words[$"role.{step.Step}"])],
            _ => null,
        }).OfType<string>(),
    ];

    /// <summary>The warning before the act: who hears next, and when, if nothing changes. Null when nobody is left.</summary>
    public static Block? WhatHappensNext(CaseStory story, int place, Reader reader)
    {
        var owner = reader.Roster[story.Case.OwnerId];
        return story.After(place, reader.Roster.TodayOf(owner, reader.Now), reader.Roster.CalendarOf(owner)) is ({ } step, var on)
            ? new Quiet(reader.Words[reader.Person.Id == owner.Id ? "next.to-owner" : "next.to-others", ("role", reader.Words[$"role.{step.Name}"]), ("yourRole", reader.Words[$"your-role.{step.Name}"]), ("day", reader.Day(on))])
            : null;
    }
}
