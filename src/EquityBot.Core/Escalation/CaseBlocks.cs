using EquityBot.Chat;
using EquityBot.Commitments;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>A case in words: what has happened, and what happens next.</summary>
static class CaseBlocks
{
    public static IEnumerable<Block> Describe(CaseStory story, Reader reader)
    {
        var words = reader.Words;
        yield return new Quiet(words["case.line", ("reference", story.Case.Ref), ("status", words[$"case.status.{story.Case.Status}"])]);
        if (story.Case.IsOpen && History(story, reader) is { Count: > 0 } history)
        {
            yield return new Bullets(history);
        }

        if (story.Case is { IsOpen: true, AgendaSince: { } since })
        {
            yield return new Words(OnAgenda(since, reader));
        }

        foreach (var promise in story.FollowUps.Where(one => one.Status is not CommitmentStatus.Withdrawn))
        {
            yield return new Words(words["case.follow-up", ("reference", promise.Ref), ("statement", promise.Statement), ("status", words[$"commitment.status.{promise.Status}"])]);
        }
    }

    /// <summary>It is to come up at the board's next meeting, and since when.</summary>
    public static string OnAgenda(Instant since, Reader reader) => reader.Words["case.on-agenda", ("day", reader.Day(since.InZone(reader.Roster.Zone).Date))];

    /// <summary>The owner was tried and never reached: that is another fact than not having answered.</summary>
    public static bool OwnerIsOutOfReach(CaseStory story) =>
        story.Steps.Any(step => step is { To: "owner", UnreachedAt: not null }) && !story.Steps.Any(step => step is { To: "owner", DeliveredAt: not null });

    /// <summary>Who heard and when, by role and never by name.</summary>
    public static IReadOnlyList<string> History(CaseStory story, Reader reader) =>
    [
        .. story.Steps.Select(step => step switch
        {
            { DeliveredOn: { } on } => reader.Words["history.heard", ("role", Role("role", story, step.To, step.RecipientId, reader)), ("day", reader.Day(on))],
            { UnreachedAt: not null } => reader.Words["history.unreached", ("role", Role("role", story, step.To, step.RecipientId, reader))],
            { RecipientId: null } => reader.Words["history.nobody", ("role", reader.Words[$"role.{RoleOf(step.To)}"])],
            _ => null,
        }).OfType<string>(),
    ];

    /// <summary>The warning before the act: who hears next, and when, if nothing changes. Null when nobody is left.</summary>
    public static Block? WhatHappensNext(CaseStory story, int place, Reader reader)
    {
        var owner = reader.Roster[story.Case.OwnerId];
        var today = reader.Roster.TodayOf(owner, reader.Now);
        if (story.After(place, today, story.Plan.CalendarFor(owner, reader.Roster)) is not ({ } step, var on))
        {
            return null;
        }

        var told = story.Steps.Where(one => one.DeliveredAt is not null).Select(one => one.RecipientId!.Value).Append(reader.Person.Id).ToHashSet();
        var recipient = Recipients.For(step.To, owner, story.Case.DepartmentId, told, reader.Roster, reader.Now);
        return recipient is null
            ? null
            : reader.Person.Id == owner.Id
                ? new Quiet(reader.Words["next.to-owner", ("role", Role("your-role", story, step.To, recipient.Id, reader)), ("day", reader.Day(on))])
                : new Quiet(reader.Words["next.to-others", ("role", Role("role", story, step.To, recipient.Id, reader)), ("day", reader.Day(on))]);
    }

    /// <summary>The role in words; somebody above the owner where the step found somebody else than its role's holder.</summary>
    static string Role(string kind, CaseStory story, string to, Guid? recipient, Reader reader)
    {
        var holder = Recipients.HolderOf(to, reader.Roster[story.Case.OwnerId], story.Case.DepartmentId, reader.Roster, reader.Now);
        return reader.Words[holder?.Id == recipient || to == "owner" ? $"{kind}.{RoleOf(to)}" : $"{kind}.above"];
    }

    static string RoleOf(string to) => to.StartsWith(EscalationStep.PersonPrefix, StringComparison.Ordinal) ? "person" : to;
}
