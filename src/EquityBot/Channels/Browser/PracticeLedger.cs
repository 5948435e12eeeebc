using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Channels.Browser;

/// <summary>One notice as the clock's answer shows it. <c>At</c> and <c>MessageId</c> are null until it is sent; rows of one bundle share the message.</summary>
public sealed record SentRow(long Seq, Instant? At, string To, MessageKind Kind, string? Ref, string? Step, Guid? MessageId, string State);

/// <summary>What was sent to whom: a row a notice, with the state of its delivery.</summary>
public sealed class PracticeLedger(EquityStore store)
{
    public async Task<IReadOnlyList<SentRow>> ReadAsync(Guid organization, CancellationToken ct)
    {
        await using var db = store.For(organization);
        var rows = await (
            from notice in db.Set<Notice>()
            join person in db.Set<Person>() on notice.RecipientId equals person.Id
            join delivery in db.Set<Delivery>() on notice.DeliveryId equals delivery.Id into deliveries
            from delivery in deliveries.DefaultIfEmpty()
            orderby notice.Seq
            select new { notice.Seq, notice.SupersededAt, notice.Kind, notice.Ref, notice.Step, person.Handle, Delivery = delivery }).ToListAsync(ct);
        return
        [
            .. rows.Select(row => new SentRow(
                row.Seq,
                row.Delivery?.SentAt,
                row.Handle,
                row.Kind,
                row.Ref.Length == 0 ? null : row.Ref,
                row.Step.Length == 0 ? null : row.Step,
                row.Delivery?.State == DeliveryState.Sent ? row.Delivery.MessageId : null,
                PracticeJson.Word(row.SupersededAt is null ? row.Delivery?.State ?? DeliveryState.Due : DeliveryState.Superseded))),
        ];
    }
}
