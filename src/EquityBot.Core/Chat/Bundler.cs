using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Chat;

/// <summary>Makes one person's notices into messages, and decides what an outcome means to them.</summary>
public sealed class Bundler(IEnumerable<NoticeWriter> writers, Catalogue catalogue, Subjects subjects, Languages languages, ILogger<Bundler> log)
{
    const int Tries = 10;
    static readonly Duration[] Pauses = [Duration.FromMinutes(1), Duration.FromMinutes(5), Duration.FromMinutes(15), Duration.FromHours(1)];

    readonly Dictionary<string, NoticeWriter> writers = writers.ToDictionary(writer => writer.Trigger);

    /// <summary>Under the recipient's lock: gives each notice that is due and still true a delivery; scheduled ones share the one of the day, or wait for tomorrow's.</summary>
    public async Task<int> GatherAsync(EquityDb db, Guid recipient, Instant now, CancellationToken ct)
    {
        await db.Set<Person>().Where(one => one.Id == recipient).ForUpdate().SingleAsync(ct);
        var notices = await db.Set<Notice>()
            .Where(one => one.RecipientId == recipient && ((one.DeliveryId == null && one.SupersededAt == null && one.NotBefore <= now) || (one.FollowUpAt <= now && one.SupersededAt == null)))
            .OrderBy(one => one.Seq).ForUpdate().ToListAsync(ct);
        if (notices.Count == 0)
        {
            return 0;
        }

        var reader = await ReaderAsync(db, recipient, now, ct);
        var hours = reader.Roster.HoursOf(reader.Person);
        var channel = await db.Set<ChatAddress>().Where(one => one.PersonId == recipient).OrderBy(one => one.Rank).Select(one => one.Channel).FirstOrDefaultAsync(ct) ?? "none";
        foreach (var alone in notices.Where(notice => notice.Slot == Slot.Now))
        {
            await AttachAsync(db, reader, [alone], $"now:{alone.Id}:{(alone.FollowUpAt is null ? 1 : 2)}", channel, ct);
        }

        var scheduled = notices.Where(notice => notice.Slot == Slot.Morning).ToList();
        if (scheduled.Count > 0)
        {
            var sentToday = await db.Set<Delivery>().AnyAsync(one => one.RecipientId == recipient && one.Date == reader.Today && one.Slot == "morning", ct);
            if (sentToday || !hours.IsOpen(now))
            {
                Postpone(scheduled, sentToday ? hours.NextMorning(now) : hours.OpenAtOrAfter(now));
            }
            else
            {
                await AttachAsync(db, reader, scheduled, "morning", channel, ct);
            }
        }

        return notices.Count;
    }

    /// <summary>What a delivery's outcome means to one of its notices; an unknown one is the end only after its follow-up.</summary>
    public static NoticeOutcome OutcomeFor(Notice notice, Delivery delivery) => delivery.State switch
    {
        DeliveryState.Sent => NoticeOutcome.Arrived,
        DeliveryState.Failed => NoticeOutcome.Unreachable,
        DeliveryState.Unknown when notice.FollowedUpAt is not null && notice.FollowUpAt is null => NoticeOutcome.Unreachable,
        _ => NoticeOutcome.Open,
    };

    /// <summary>The recipient's next opening where a scheduled bundle would come outside their hours; null where it may go now.</summary>
    public async Task<Instant?> OpensLaterAsync(EquityDb db, Delivery delivery, Instant now, CancellationToken ct)
    {
        if (delivery.Slot != "morning")
        {
            return null;
        }

        var reader = await ReaderAsync(db, delivery.RecipientId, now, ct);
        var hours = reader.Roster.HoursOf(reader.Person);
        return hours.IsOpen(now) ? null : hours.OpenAtOrAfter(now);
    }

    async Task<Reader> ReaderAsync(EquityDb db, Guid recipient, Instant now, CancellationToken ct)
    {
        var roster = await Roster.LoadAsync(db, ct);
        return new Reader(roster[recipient], roster, languages[roster.Organization.Language], now, catalogue, subjects);
    }

    static void Postpone(IEnumerable<Notice> notices, Instant to)
    {
        foreach (var notice in notices)
        {
            if (notice.FollowUpAt is null)
            {
                notice.NotBefore = to;
            }
            else
            {
                notice.FollowUpAt = to;
            }
        }
    }

    async Task AttachAsync(EquityDb db, Reader reader, IReadOnlyList<Notice> notices, string slot, string channel, CancellationToken ct)
    {
        var parts = await PartsAsync(db, reader, notices, ct);
        if (parts.Count == 0)
        {
            return;
        }

        var delivery = new Delivery { OrganizationId = db.OrganizationId, RecipientId = reader.Person.Id, Date = reader.Today, Slot = slot, Channel = channel };
        db.Add(delivery);
        foreach (var (notice, _) in parts)
        {
            notice.FollowedUpAt = notice.FollowUpAt is null ? null : reader.Now;
            (notice.DeliveryId, notice.FollowUpAt) = (delivery.Id, null);
        }
    }

    /// <summary>Asks of each notice whether it is still true and theirs; what is not is superseded.</summary>
    async Task<List<(Notice Notice, Card Card)>> PartsAsync(EquityDb db, Reader reader, IEnumerable<Notice> notices, CancellationToken ct)
    {
        var parts = new List<(Notice Notice, Card Card)>();
        foreach (var notice in notices.Where(notice => notice.SupersededAt is null).OrderBy(notice => notice.Kind).ThenBy(notice => notice.Seq))
        {
            if (await WriteAsync(db, notice, reader, ct) is { } card)
            {
                parts.Add((notice, notice.FollowedUpAt is null ? card : card with { Blocks = [new Banner(reader.Words["delivery.again"], Mood.Waiting), .. card.Blocks] }));
            }
            else
            {
                (notice.SupersededAt, notice.FollowUpAt) = (reader.Now, null);
            }
        }

        return parts;
    }

    /// <summary>A notice that cannot be written is a bug of ours: it is parked with an incident, and the rest of the bundle goes on.</summary>
    async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        try
        {
            return await writers[notice.Trigger].WriteAsync(db, notice, reader, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException and not System.Data.Common.DbException)
        {
            notice.ParkedAt = reader.Now;
            log.LogError(failure, "Notice {Notice} of {Trigger} cannot be written, incident {Incident}", notice.Id, notice.Trigger, Guid.NewGuid());
            return null;
        }
    }

    /// <summary>The delivery's message in words, made anew at every try so that it says what is true now. Null when nothing in it is true any more.</summary>
    public async Task<Message?> ComposeAsync(EquityDb db, Delivery delivery, Instant now, CancellationToken ct)
    {
        var reader = await ReaderAsync(db, delivery.RecipientId, now, ct);
        var parts = await PartsAsync(db, reader, await db.Set<Notice>().Where(one => one.DeliveryId == delivery.Id).ToListAsync(ct), ct);
        if (delivery.MessageId is { } stale)
        {
            await db.Set<ButtonRecord>().Where(one => one.MessageId == stale).ExecuteDeleteAsync(ct);
            await db.Set<MessageChange>().Where(one => one.MessageId == stale).ExecuteDeleteAsync(ct);
            await db.Set<Message>().Where(one => one.Id == stale).ExecuteDeleteAsync(ct);
            delivery.MessageId = null;
        }

        foreach (var dropped in db.Set<Notice>().Local.Where(one => one.DeliveryId == delivery.Id && one.SupersededAt is not null))
        {
            dropped.DeliveryId = null;
        }

        if (parts.Count == 0)
        {
            return null;
        }

        var first = parts[0].Notice;
        var alone = parts.Count == 1;
        var message = Conversation.Compose(
            db,
            reader,
            alone ? parts[0].Card : Bundle(parts.Select(part => part.Card).ToList(), reader.Words),
            first.Kind,
            alone ? first.Ref : null,
            alone && first.Step.Length > 0 ? first.Step : null,
            [.. parts.Select(part => new MessageItem(part.Notice.Kind, part.Notice.Ref, part.Notice.Step.Length > 0 ? part.Notice.Step : null))],
            null);
        delivery.MessageId = message.Id;
        return message;
    }

    static Card Bundle(IReadOnlyList<Card> cards, Phrases words) =>
        new(words.Count("bundle.title", cards.Count), [.. cards.Select(card => new Section(card.Title, card.Blocks))]);

    /// <summary>What the outcome means to the delivery: arrived, again later, by the next address, one follow-up, or the officer's to solve.</summary>
    public static async Task SettleAsync(EquityDb db, Delivery delivery, IReadOnlyList<Notice> notices, SendOutcome outcome, Instant now, CancellationToken ct)
    {
        switch (outcome)
        {
            case SendOutcome.Sent:
                delivery.MarkSent(now);
                (await db.Set<Message>().SingleAsync(one => one.Id == delivery.MessageId, ct)).SentAt = now;
                db.Add(new MessageChange { OrganizationId = db.OrganizationId, MessageId = delivery.MessageId!.Value });
                Correct(db, delivery, notices, now);
                break;
            case SendOutcome.Refused(var reason) when delivery.Attempts < Tries:
                delivery.RetryAt(now + Pauses[Math.Min(delivery.Attempts, Pauses.Length) - 1], reason);
                break;
            case SendOutcome.Unknown(var reason):
                delivery.MarkUnknown(reason);
                await FollowUpAsync(db, delivery, notices, now, ct);
                break;
            case SendOutcome.Refused(var reason):
                await NextAddressAsync(db, delivery, notices, reason, now, ct);
                break;
            case SendOutcome.Permanent(var reason):
                await NextAddressAsync(db, delivery, notices, reason, now, ct);
                break;
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
            TellOfficer(db, delivery, lost, roster, now);
        }
    }

    static async Task NextAddressAsync(EquityDb db, Delivery delivery, IReadOnlyList<Notice> notices, string reason, Instant now, CancellationToken ct)
    {
        var addresses = await db.Set<ChatAddress>().Where(one => one.PersonId == delivery.RecipientId).OrderBy(one => one.Rank).ToListAsync(ct);
        var rank = addresses.SingleOrDefault(one => one.Channel == delivery.Channel)?.Rank ?? int.MaxValue;
        if (addresses.FirstOrDefault(one => one.Rank > rank) is { } next)
        {
            delivery.TryNext(next.Channel);
            return;
        }

        delivery.Fail(reason);
        TellOfficer(db, delivery, notices[0], await Roster.LoadAsync(db, ct), now);
    }

    /// <summary>Whoever cannot be reached is the officer's to find; not when it is the officer.</summary>
    static void TellOfficer(EquityDb db, Delivery delivery, Notice about, Roster roster, Instant now)
    {
        if (roster.Holder(Role.EquityOfficer) is { } officer && officer.Id != delivery.RecipientId)
        {
            db.Add(new Notice
            {
                OrganizationId = db.OrganizationId,
                SubjectId = about.SubjectId,
                Ref = about.Ref,
                Trigger = UnreachableNotice.Name,
                Period = delivery.Id.ToString(),
                RecipientId = officer.Id,
                Kind = MessageKind.Task,
                Slot = Slot.Now,
                Facts = delivery.RecipientId.ToString(),
                DecidedAt = now,
                NotBefore = now,
            });
        }
    }
}
