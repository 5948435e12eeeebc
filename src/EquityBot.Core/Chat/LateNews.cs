using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Chat;

/// <summary>What becomes known of a delivery after its request ended: that it arrived after all, since its reader has it open, or that it did not, since it came back.</summary>
public sealed class LateNews(EquityStore store, IEnumerable<NoticeWriter> writers)
{
    readonly Dictionary<string, NoticeWriter> writers = writers.ToDictionary(writer => writer.Trigger);

    /// <summary>
    /// The reader has the message before them. Where nobody knew, or thought that it had not arrived, it is known now, and nothing more is sent; while it is being sent, whoever
    /// sends it writes that down. An answer that a window shows is there, whatever becomes of the message that is to bring it as well.
    /// </summary>
    public Task ArrivedAsync(Guid organization, Guid message, Instant now, CancellationToken ct) => SettleAsync(organization, message, now, NoticeOutcome.Arrived, async (db, delivery) =>
    {
        var isKnownNow = delivery.State == DeliveryState.Unknown || (delivery is { State: DeliveryState.RetryAt, IsMade: false });
        if (isKnownNow)
        {
            delivery.MarkSent(now);
        }

        if (isKnownNow || delivery.IsMade || delivery.State == DeliveryState.Sending)
        {
            (await db.Set<Message>().SingleAsync(one => one.Id == message, ct)).SentAt = now;
        }

        return isKnownNow || delivery.IsMade;
    }, ct);

    /// <summary>The message came back: its address leads nowhere, and the officer finds out how the person can be reached. False when no such message had left.</summary>
    /// <param name="reason">For the operations page; never an address.</param>
    /// <param name="isAbout">Whether it is this address that failed: the roster may name another one by now.</param>
    public Task<bool> CameBackAsync(Guid organization, Guid message, string reason, Func<string, bool> isAbout, Instant now, CancellationToken ct) => SettleAsync(organization, message, now, NoticeOutcome.Unreachable, async (db, delivery) =>
    {
        if (delivery.State is not (DeliveryState.Sent or DeliveryState.Unknown))
        {
            return false;
        }

        delivery.Fail(reason);
        if (await db.Set<ChatAddress>().SingleOrDefaultAsync(one => one.PersonId == delivery.RecipientId && one.Channel == delivery.Channel, ct) is { } address && isAbout(address.Address))
        {
            await RememberAsync(db, address, reason, now, ct);
            db.Remove(address);
        }

        db.Add(AuditEntry.Of(db, now, "delivery", null, "came-back", delivery.Id.ToString()));
        if (await db.Set<Notice>().OrderBy(one => one.Seq).FirstOrDefaultAsync(one => one.DeliveryId == delivery.Id, ct) is { } about)
        {
            await UnreachableNotice.TellAsync(db, delivery, about, await Roster.LoadAsync(db, ct), now, ct);
        }

        return true;
    }, ct);

    /// <summary>Subjects first, then the delivery, as the postman does.</summary>
    Task<bool> SettleAsync(Guid organization, Guid message, Instant now, NoticeOutcome outcome, Func<EquityDb, Delivery, Task<bool>> settle, CancellationToken ct) =>
        store.WriteAsync(organization, Urgency.Inbound, async db =>
        {
            var id = await db.Set<Delivery>().Where(one => one.MessageId == message && !one.Slot.StartsWith(Delivery.RedrawSlot)).Select(one => one.Id).SingleOrDefaultAsync(ct);
            foreach (var (trigger, subjects) in await Mailroom.MindingAsync(db, writers, [id], ct))
            {
                await trigger.LockAsync(db, subjects, ct);
            }

            if (await db.Set<Delivery>().Where(one => one.Id == id && one.MessageId == message).ForUpdate().SingleOrDefaultAsync(ct) is not { } delivery || !await settle(db, delivery))
            {
                return false;
            }

            foreach (var notice in await db.Set<Notice>().Where(one => one.DeliveryId == id).ToListAsync(ct))
            {
                notice.FollowUpAt = null;
                if (writers[notice.Trigger] is { MindsOutcome: true } writer)
                {
                    await writer.SettledAsync(db, notice, outcome, now, ct);
                }
            }

            return true;
        }, ct);

    static async Task RememberAsync(EquityDb db, ChatAddress address, string reason, Instant now, CancellationToken ct)
    {
        if (await db.Set<AddressFailure>().SingleOrDefaultAsync(one => one.PersonId == address.PersonId && one.Channel == address.Channel, ct) is { } earlier)
        {
            (earlier.Address, earlier.At, earlier.Reason) = (address.Address, now, reason);
            return;
        }

        db.Add(new AddressFailure { OrganizationId = db.OrganizationId, PersonId = address.PersonId, Channel = address.Channel, Address = address.Address, At = now, Reason = reason });
    }
}
