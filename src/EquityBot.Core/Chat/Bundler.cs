using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Chat;

/// <summary>Makes one person's notices into messages: gathers what is due, and words it at the moment it is sent.</summary>
public sealed class Bundler(IEnumerable<NoticeWriter> writers, Catalogue catalogue, Subjects subjects, Languages languages, ILogger<Bundler> log)
{
    const string Morning = "morning";

    readonly Dictionary<string, NoticeWriter> writers = writers.ToDictionary(writer => writer.Trigger);

    /// <summary>Under the recipients' locks: gives each notice that is due a delivery; a person's scheduled ones share the one of the day, or wait for tomorrow's.</summary>
    /// <param name="holdsMornings">Scheduled ones wait for others that are being decided at this moment.</param>
    /// <returns>How many notices it moved.</returns>
    public async Task<int> GatherAsync(EquityDb db, IReadOnlyList<Guid> recipients, Instant now, bool holdsMornings, CancellationToken ct)
    {
        await db.Set<Person>().Where(one => recipients.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().Select(one => one.Id).ToListAsync(ct);
        var notices = await db.Set<Notice>().AsNoTracking()
            .Where(one => recipients.Contains(one.RecipientId) && ((one.DeliveryId == null && one.SupersededAt == null && one.NotBefore <= now) || (one.FollowUpAt <= now && one.SupersededAt == null)) && (!holdsMornings || one.Slot == Slot.Now))
            .OrderBy(one => one.Seq).ForUpdate().ToListAsync(ct);
        var channels = (await db.Set<ChatAddress>().AsNoTracking().Where(one => recipients.Contains(one.PersonId)).ToListAsync(ct))
            .GroupBy(one => one.PersonId).ToDictionary(ranked => ranked.Key, ranked => ranked.MinBy(one => one.Rank)!.Channel);
        var readers = new Dictionary<Guid, Reader>();
        foreach (var recipient in notices.Select(one => one.RecipientId).Distinct())
        {
            readers.Add(recipient, ReaderOf(recipient, await Roster.LoadAsync(db, ct), now));
        }

        var dates = readers.Values.Select(reader => reader.Today).Distinct().ToList();
        var mornings = await db.Set<Delivery>().Where(one => recipients.Contains(one.RecipientId) && dates.Contains(one.Date) && one.Slot == Morning).ToListAsync(ct);
        foreach (var own in notices.GroupBy(notice => notice.RecipientId))
        {
            var reader = readers[own.Key];
            await GatherAsync(db, [.. own], reader, channels.GetValueOrDefault(own.Key, "none"), mornings.SingleOrDefault(one => one.RecipientId == own.Key && one.Date == reader.Today), ct);
        }

        return notices.Count;
    }

    static async Task GatherAsync(EquityDb db, IReadOnlyList<Notice> notices, Reader reader, string channel, Delivery? today, CancellationToken ct)
    {
        foreach (var alone in notices.Where(notice => notice.Slot == Slot.Now))
        {
            var slot = $"now:{alone.Id}:{(alone.FollowUpAt is null ? 1 : 2)}";
            await AttachAsync(db, [alone], Add(db, new Delivery { OrganizationId = db.OrganizationId, RecipientId = reader.Person.Id, Date = reader.Today, Slot = slot, Channel = channel }), reader.Now, ct);
        }

        var scheduled = notices.Where(notice => notice.Slot == Slot.Morning).ToList();
        var hours = reader.Roster.HoursOf(reader.Person);
        if (scheduled.Count == 0)
        {
            return;
        }

        if (!hours.IsOpen(reader.Now))
        {
            await PostponeAsync(db, scheduled, hours.OpenAtOrAfter(reader.Now), ct);
        }
        else if (today is { State: DeliveryState.Superseded })
        {
            // Nothing in it was true any more, so the day's message is still to be had.
            today.Free();
            await AttachAsync(db, scheduled, today, reader.Now, ct);
        }
        else if (today is not null)
        {
            await PostponeAsync(db, scheduled, hours.NextMorning(reader.Now), ct);
        }
        else
        {
            var bundle = new Delivery
            {
                OrganizationId = db.OrganizationId, RecipientId = reader.Person.Id, Date = reader.Today, Slot = Morning, Channel = channel, Precedence = 1 + (int)scheduled.Min(notice => notice.Kind),
            };
            await AttachAsync(db, scheduled, Add(db, bundle), reader.Now, ct);
        }
    }

    static Delivery Add(EquityDb db, Delivery delivery)
    {
        db.Add(delivery);
        return delivery;
    }

    static Task AttachAsync(EquityDb db, IEnumerable<Notice> notices, Delivery delivery, Instant now, CancellationToken ct) =>
        Rows(db, notices).ExecuteUpdateAsync(
            set => set
                .SetProperty(one => one.FollowedUpAt, one => one.FollowUpAt == null ? null : now)
                .SetProperty(one => one.DeliveryId, delivery.Id)
                .SetProperty(one => one.FollowUpAt, (Instant?)null),
            ct);

    static IQueryable<Notice> Rows(EquityDb db, IEnumerable<Notice> notices)
    {
        var rows = notices.Select(one => one.Seq).ToList();
        return db.Set<Notice>().Where(one => rows.Contains(one.Seq));
    }

    /// <summary>The recipient's next opening where a scheduled bundle would come outside their hours; null where it may go now.</summary>
    public static Instant? OpensLater(Delivery delivery, Reader reader) =>
        delivery.Slot == Morning && reader.Roster.HoursOf(reader.Person) is var hours && !hours.IsOpen(reader.Now) ? hours.OpenAtOrAfter(reader.Now) : null;

    /// <summary>A reader each for those recipients, with everything at hand that these notices are about.</summary>
    public async Task<IReadOnlyDictionary<Guid, Reader>> ReadersAsync(EquityDb db, IEnumerable<Guid> recipients, IEnumerable<Notice> notices, Instant now, CancellationToken ct)
    {
        var roster = await Roster.LoadAsync(db, ct);
        var atHand = await subjects.LoadAsync(db, notices.Select(one => one.Ref).Where(one => one.Length > 0).Distinct().ToList(), locked: false, ct);
        return recipients.Distinct().ToDictionary(one => one, one => ReaderOf(one, roster, now) with { AtHand = atHand });
    }

    Reader ReaderOf(Guid recipient, Roster roster, Instant now) => new(roster[recipient], roster, languages[roster.Organization.Language], now, catalogue, subjects);

    static Task PostponeAsync(EquityDb db, IEnumerable<Notice> notices, Instant to, CancellationToken ct) =>
        Rows(db, notices).ExecuteUpdateAsync(
            set => set
                .SetProperty(one => one.NotBefore, one => one.FollowUpAt == null ? to : one.NotBefore)
                .SetProperty(one => one.FollowUpAt, one => one.FollowUpAt == null ? null : to),
            ct);

    /// <summary>Asks of each notice whether it is still true and theirs; what is not is superseded.</summary>
    async Task<List<(Notice Notice, Card Card)>> PartsAsync(EquityDb db, Reader reader, IEnumerable<Notice> notices, CancellationToken ct)
    {
        var parts = new List<(Notice Notice, Card Card)>();
        // Those decided at one moment by their numbers: in which order a batch of them was written means nothing to anybody.
        foreach (var notice in notices.Where(notice => notice.SupersededAt is null).OrderBy(notice => notice.Kind).ThenBy(notice => notice.DecidedAt).ThenBy(notice => notice.Ref.Length).ThenBy(notice => notice.Ref, StringComparer.Ordinal).ThenBy(notice => notice.Seq))
        {
            // Whoever has left since it was decided hears nothing more; the writer is asked all the same, since it may have to find somebody else.
            if (await WriteAsync(db, notice, reader, ct) is { } card && !reader.Person.HasLeftBy(reader.Today))
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
    public async Task<(Message Message, Card Card)?> ComposeAsync(EquityDb db, Delivery delivery, IReadOnlyList<Notice> notices, Reader reader, CancellationToken ct)
    {
        var parts = await PartsAsync(db, reader, notices, ct);
        if (delivery.MessageId is { } stale)
        {
            await db.Set<ButtonRecord>().Where(one => one.MessageId == stale).ExecuteDeleteAsync(ct);
            await db.Set<MessageChange>().Where(one => one.MessageId == stale).ExecuteDeleteAsync(ct);
            await db.Set<Message>().Where(one => one.Id == stale).ExecuteDeleteAsync(ct);
            delivery.MessageId = null;
        }

        foreach (var dropped in notices.Where(one => one.SupersededAt is not null))
        {
            dropped.DeliveryId = null;
        }

        if (parts.Count == 0)
        {
            return null;
        }

        var first = parts[0].Notice;
        var alone = parts.Count == 1;
        var card = alone ? parts[0].Card : Bundle(parts.Select(part => part.Card).ToList(), reader.Words);
        var message = Conversation.Compose(
            db,
            reader,
            card,
            first.Kind,
            alone && first.Ref.Length > 0 ? first.Ref : null,
            alone && first.Step.Length > 0 ? first.Step : null,
            [.. parts.Select(part => new MessageItem(part.Notice.Kind, part.Notice.Ref.Length > 0 ? part.Notice.Ref : null, part.Notice.Step.Length > 0 ? part.Notice.Step : null))],
            null);
        delivery.MessageId = message.Id;
        return (message, card);
    }

    static Card Bundle(IReadOnlyList<Card> cards, Phrases words) =>
        new(words.Count("bundle.title", cards.Count), [.. cards.Select(card => new Section(card.Title, card.Blocks))]);
}
