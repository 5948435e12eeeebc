using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Chat;

/// <summary>What the outcome of one request means to the delivery and its notices (docs/decisions/0002).</summary>
static class Settlement
{
    const int Tries = 10;
    static readonly Duration[] Pauses = [Duration.FromMinutes(1), Duration.FromMinutes(5), Duration.FromMinutes(15), Duration.FromHours(1)];

    /// <summary>What the outcome means to the delivery: arrived, again later, by the next address, one follow-up, or the officer's to solve.</summary>
    public static async Task WriteAsync(EquityDb db, Delivery delivery, IReadOnlyList<Notice> notices, IReadOnlySet<string> channels, SendOutcome outcome, Instant now, CancellationToken ct)
    {
        switch (outcome)
        {
            case SendOutcome.Sent:
                delivery.MarkSent(now);
                db.Append(new MessageChange { OrganizationId = db.OrganizationId, MessageId = delivery.MessageId!.Value });
                Correct(db, delivery, notices, now);
                break;
            case SendOutcome.Throttled(var reason, _, _):
                delivery.HoldBack(reason);
                break;
            case SendOutcome.Refused(var reason) when delivery.Attempts < Tries:
                delivery.RetryAt(now + Pauses[Math.Min(delivery.Attempts, Pauses.Length) - 1], reason);
                break;
            case SendOutcome.Refused(var reason) when delivery.IsMade:
                delivery.Fail(reason);
                break;
            case SendOutcome.Permanent(var reason) when delivery.IsMade:
                // Whoever asked there and cannot be answered there asks again; nothing was promised.
                delivery.Fail(reason);
                break;
            case SendOutcome.Unknown(var reason):
                delivery.MarkUnknown(reason);
                await FollowUpAsync(db, delivery, notices, now, ct);
                break;
            case SendOutcome.Refused(var reason):
                await NextAddressAsync(db, delivery, notices, channels, reason, now, ct);
                break;
            case SendOutcome.Permanent(var reason):
                await NextAddressAsync(db, delivery, notices, channels, reason, now, ct);
                break;
        }
    }

    /// <summary>Whoever pressed a button has its message, whatever became of the request that brought it.</summary>
    public static async Task TrustReadersAsync(EquityDb db, Dictionary<Delivery, SendOutcome> outcomes, CancellationToken ct)
    {
        var doubted = outcomes.Where(one => one.Value is not SendOutcome.Sent && one.Key is { IsMade: false, MessageId: not null }).Select(one => one.Key).ToList();
        var ids = doubted.ConvertAll(one => one.MessageId!.Value);
        var read = ids.Count == 0 ? [] : await db.Set<Message>().Where(one => ids.Contains(one.Id) && one.SentAt != null).Select(one => one.Id).ToListAsync(ct);
        foreach (var delivery in doubted.Where(one => read.Contains(one.MessageId!.Value)))
        {
            outcomes[delivery] = new SendOutcome.Sent();
        }
    }

    /// <summary>What changed while it was being sent is said at once.</summary>
    static void Correct(EquityDb db, Delivery delivery, IReadOnlyList<Notice> notices, Instant now) =>
        db.AddRange(notices.Where(notice => notice.SupersededAt is not null).Select(notice => new Notice
        {
            OrganizationId = db.OrganizationId,
            SubjectId = notice.SubjectId,
            Ref = notice.Ref,
            Trigger = CorrectionNotice.Name,
            Period = notice.Id.ToString(),
            RecipientId = delivery.RecipientId,
            Kind = MessageKind.Correction,
            Slot = Slot.Now,
            DecidedAt = now,
            NotBefore = now,
        }));

    static async Task FollowUpAsync(EquityDb db, Delivery delivery, IReadOnlyList<Notice> notices, Instant now, CancellationToken ct)
    {
        var roster = await Roster.LoadAsync(db, ct);
        var open = notices.Where(notice => notice.SupersededAt is null).ToList();
        var again = open.Where(notice => notice.FollowedUpAt is null).ToList();
        foreach (var notice in again)
        {
            notice.FollowUpAt = roster.HoursOf(roster[delivery.RecipientId]).NextMorning(now);
        }

        if (open.FirstOrDefault(notice => notice.FollowedUpAt is not null) is { } lost)
        {
            await UnreachableNotice.TellAsync(db, delivery, lost, roster, now, ct);
        }
    }

    static async Task NextAddressAsync(EquityDb db, Delivery delivery, IReadOnlyList<Notice> notices, IReadOnlySet<string> channels, string reason, Instant now, CancellationToken ct)
    {
        var addresses = await db.Set<ChatAddress>().Where(one => one.PersonId == delivery.RecipientId).OrderBy(one => one.Rank).ToListAsync(ct);
        var rank = addresses.SingleOrDefault(one => one.Channel == delivery.Channel)?.Rank ?? int.MaxValue;
        if (addresses.FirstOrDefault(one => one.Rank > rank && channels.Contains(one.Channel)) is { } next)
        {
            delivery.TryNext(next.Channel);
            return;
        }

        delivery.Fail(reason);
        await UnreachableNotice.TellAsync(db, delivery, notices[0], await Roster.LoadAsync(db, ct), now, ct);
    }

    /// <summary>What a delivery's outcome means to one of its notices; an unknown one is the end only after its follow-up.</summary>
    public static NoticeOutcome OutcomeFor(Notice notice, Delivery delivery) => delivery.State switch
    {
        DeliveryState.Sent => NoticeOutcome.Arrived,
        DeliveryState.Failed => NoticeOutcome.Unreachable,
        DeliveryState.Unknown when notice.FollowedUpAt is not null && notice.FollowUpAt is null => NoticeOutcome.Unreachable,
        _ => NoticeOutcome.Open,
    };
}
