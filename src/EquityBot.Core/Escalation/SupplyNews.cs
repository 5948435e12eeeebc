using System.Globalization;
using System.Text.Json;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>What became of something that a promise needs, to whoever needs it; and to its supplier that nobody does any more.</summary>
public sealed class SupplyNews : NoticeWriter
{
    public const string Name = "supply-news";

    public override string Trigger => Name;

    sealed record News(string What, string Supply, Guid Department, string Statement, DateOnly Day, string? Note, Guid? By);

    /// <summary>At once: it is agreed, supplied, moved …</summary>
    public static Notice Of(string what, Commitment dependent, Commitment supply, Person reader, Instant now) =>
        About(what, dependent, supply, reader.Id, supply.Due!.Value, what == "moved" ? supply.LastNote : null, now);

    /// <summary>At once, to the supplier: the promise that needed it is kept or given back.</summary>
    public static Notice NeededNoMore(Commitment dependent, Commitment supply, Instant now) => About("needed-no-more", dependent, supply, supply.OwnerId, supply.Due!.Value, null, now);

    /// <summary>In the next morning's bundle: the agreed day is over, and the promise waits.</summary>
    public static Notice Late(Commitment dependent, Need late, Person reader, WorkingHours hours, Instant now) =>
        About("late", dependent, late.Supply, reader.Id, late.Dependency.NeededBy, null, now, MessageKind.Reminder, Slot.Morning, hours.OpenAtOrAfter(now));

    static Notice About(string what, Commitment dependent, Commitment supply, Guid reader, LocalDate day, string? note, Instant now, MessageKind kind = MessageKind.Reply, Slot slot = Slot.Now, Instant? notBefore = null) => new()
    {
        OrganizationId = dependent.OrganizationId,
        SubjectId = dependent.Id,
        Ref = dependent.Ref,
        Trigger = Name,
        Period = string.Create(CultureInfo.InvariantCulture, $"{what}:{dependent.Version}:{supply.Number}.{supply.Version}"),
        RecipientId = reader,
        Kind = kind,
        Slot = slot,
        Facts = JsonSerializer.Serialize(new News(what, supply.Ref, supply.DepartmentId, supply.Statement, day.ToDateOnly(), note, note is null ? null : supply.LastNoteById)),
        DecidedAt = now,
        NotBefore = notBefore ?? now,
    };

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var news = JsonSerializer.Deserialize<News>(notice.Facts!)!;
        if (await reader.ViewAsync(db, notice.Ref, ct) is not { Subject: Commitment dependent } view || (news.What == "late" && dependent.WaitsSince is null))
        {
            return null;
        }

        var (words, day) = (reader.Words, LocalDate.FromDateOnly(news.Day));
        (string, object?)[] places = [("reference", dependent.Ref), ("supply", news.Supply), ("department", reader.Roster.Department(news.Department).Name), ("day", reader.Day(day))];
        return new(
            words[$"supply.{news.What}", places],
            new Words(news.Statement, Strong: true),
            words.Has($"supply.{news.What}.words") ? new Words(words[$"supply.{news.What}.words", places]) : null,
            news is { Note: { } note, By: { } by } ? new Quote(note, reader.Name(by)) : null,
            news.What == "needed-no-more" ? reader.Buttons(view, "show") : reader.EveryButton(view) ?? reader.Buttons(view, "show"));
    }
}
