using System.Diagnostics;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Chat;

/// <summary>A delivery that one process has in hand; the fence tells its claim from later ones.</summary>
/// <param name="Conversation">Where it goes: the room, or else the recipient.</param>
public sealed record Claimed(Guid Organization, Guid Id, int Fence, Guid Conversation, string Channel);

/// <summary>A claim whose sending is committed: it leaves now. Nothing is rendered where no address is known.</summary>
public sealed record Outgoing(Claimed Claim, RenderedMessage? Message);

/// <summary>The postman's transactions, many deliveries in each: claim, last look and commit to sending, outcome (docs/decisions/0002).</summary>
public sealed class Mailroom(EquityStore store, Bundler bundler, IEnumerable<NoticeWriter> writers, IEnumerable<IChannel> channels, ILogger<Mailroom> log)
{
    readonly HashSet<string> channels = [.. channels.Select(channel => channel.Name)];

    /// <summary>How often a process may die over one delivery before anything is sent.</summary>
    const int Deaths = 3;

    const string Stopped = "the process stopped while it was sending";

    /// <summary>As long as a sweep's batch, and for the same reasons.</summary>
    static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(90);

    readonly Dictionary<string, NoticeWriter> writers = writers.ToDictionary(writer => writer.Trigger);

    /// <summary>Organizations and channels with something that may be claimed now.</summary>
    public async Task<List<(Guid Organization, string Channel)>> ReadyAsync(Instant now, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        var found = await Ready(everywhere.Rows<Delivery>(), now).Select(one => new { one.OrganizationId, one.Channel }).Distinct().ToListAsync(ct);
        return [.. found.Select(one => (one.OrganizationId, one.Channel))];
    }

    static IQueryable<Delivery> Ready(IQueryable<Delivery> deliveries, Instant now) => deliveries
        .Where(one => one.State == DeliveryState.Due || one.State == DeliveryState.RetryAt)
        .Where(one => one.State == DeliveryState.Due || one.NextAt <= now);

    /// <summary>Claims up to <paramref name="room"/> deliveries, the most urgent and oldest first, one a conversation and none of the <paramref name="resting"/>. One over which a process died is claimed alone.</summary>
    public Task<List<Claimed>> ClaimAsync(Guid organization, string channel, int room, List<Guid> resting, Instant now, Instant leaseUntil, CancellationToken ct) => store.WriteAsync(
        organization,
        Urgency.Background,
        async db =>
        {
            var candidates = await Ready(db.Set<Delivery>().AsNoTracking(), now)
                .Where(one => one.Channel == channel && !resting.Contains(one.RoomId ?? one.RecipientId))
                .OrderBy(one => one.Precedence).ThenBy(one => one.Seq)
                .Select(one => new { one.Id, Conversation = one.RoomId ?? one.RecipientId, one.Losses })
                .Take(4 * room).ToListAsync(ct);
            var picked = candidates.DistinctBy(one => one.Conversation).Take(room).ToList();
            var ids = (picked is [{ Losses: > 0 }, ..] ? picked.Take(1) : picked.TakeWhile(one => one.Losses == 0)).Select(one => one.Id).ToList();
            var deliveries = ids.Count == 0 ? [] : await Ready(db.Set<Delivery>(), now).Where(one => ids.Contains(one.Id)).OrderBy(one => one.Precedence).ThenBy(one => one.Seq).SkipLocked().ToListAsync(ct);
            deliveries.ForEach(one => one.Claim(leaseUntil));
            return deliveries.Select(one => new Claimed(organization, one.Id, one.Fence, one.RoomId ?? one.RecipientId, one.Channel)).ToList();
        },
        ct);

    /// <summary>
    /// The last look before the requests: what is still true, still theirs and allowed at this hour is composed, and its sending committed. Takes as many of the
    /// claims as fit into one transaction; the rest is asked for again.
    /// </summary>
    public async Task<(List<Outgoing> Leaving, int Seen)> StartAsync(IReadOnlyList<Claimed> claims, Instant now, Instant leaseUntil, CancellationToken ct)
    {
        try
        {
            return await store.WriteAsync(claims[0].Organization, Urgency.Background, db => StartAsync(db, claims, now, leaseUntil, ct), ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && EquityStore.WhyAway(failure) is null && claims.Count == 1)
        {
            var incident = Guid.NewGuid();
            log.LogError(failure, "Delivery {Delivery} cannot be composed, incident {Incident}", claims[0].Id, incident);
            await GiveBackAsync(claims[0], $"cannot be composed, incident {incident}", now, ct);
            return ([], 1);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && EquityStore.WhyAway(failure) is null)
        {
            log.LogWarning(failure, "{Count} deliveries cannot be composed together and are composed one by one", claims.Count);
            var leaving = new List<Outgoing>();
            foreach (var claim in claims)
            {
                leaving.AddRange((await StartAsync([claim], now, leaseUntil, ct)).Leaving);
            }

            return (leaving, claims.Count);
        }
        catch (Exception failure) when (EquityStore.WhyAway(failure) is not null)
        {
            // No fault of theirs. Where not even this can be written down, their leases run out.
            await FreeAsync([.. claims], lost: false, now, ct);
            throw;
        }
    }

    async Task<(List<Outgoing> Leaving, int Seen)> StartAsync(EquityDb db, IReadOnlyList<Claimed> claims, Instant now, Instant leaseUntil, CancellationToken ct)
    {
        var deliveries = await LockAsync(db, claims, DeliveryState.Claimed, ct);
        var made = await MadeAsync(db, deliveries.Values, ct);
        var book = await AddressBook.LoadAsync(db, deliveries.Values, made.Values, ct);
        var ids = deliveries.Keys.ToList();
        var notices = (await db.Set<Notice>().Where(one => one.DeliveryId != null && ids.Contains(one.DeliveryId.Value)).ToListAsync(ct)).ToLookup(one => one.DeliveryId!.Value);
        var readers = await bundler.ReadersAsync(db, deliveries.Values.Select(one => one.RecipientId), notices.SelectMany(own => own), now, ct);
        var (watch, leaving, seen) = (Stopwatch.StartNew(), new List<Outgoing>(), 0);
        foreach (var claim in claims)
        {
            if (seen++ > 0 && watch.Elapsed > LongestHold)
            {
                return (leaving, seen - 1);
            }

            if (deliveries.GetValueOrDefault(claim.Id) is not { } delivery)
            {
                continue;
            }

            var reader = readers[delivery.RecipientId];
            if (Bundler.OpensLater(delivery, reader) is { } opening)
            {
                delivery.RetryAt(opening, delivery.Reason ?? "outside working hours");
            }
            else if ((delivery.IsMade ? made.GetValueOrDefault(delivery.Id) : (await bundler.ComposeAsync(db, delivery, [.. notices[delivery.Id]], reader, ct))?.Message) is { } message)
            {
                delivery.StartSending(leaseUntil);
                message.ShownRev = message.Rev;
                leaving.Add(new(claim, book.Address(message, claim.Channel, reader)));
            }
            else
            {
                delivery.Supersede();
            }
        }

        return (leaving, seen);
    }

    /// <summary>Of deliveries whose message is there already, each with the message that is to be seen; none for one that is drawn already as it is now.</summary>
    static async Task<Dictionary<Guid, Message>> MadeAsync(EquityDb db, IEnumerable<Delivery> deliveries, CancellationToken ct)
    {
        var made = deliveries.Where(one => one.IsMade).ToList();
        var ids = made.Select(one => one.MessageId!.Value).ToList();
        var messages = ids.Count == 0 ? [] : await db.Set<Message>().Where(one => ids.Contains(one.Id)).ToDictionaryAsync(one => one.Id, ct);
        return made.Where(one => messages.TryGetValue(one.MessageId!.Value, out var message) && (one.IsRedraw ? message.IsOutdatedThere || one.Attempts > 0 : message.Place is null))
            .ToDictionary(one => one.Id, one => messages[one.MessageId!.Value]);
    }

    /// <summary>A bug of ours counts as a try, so that it ends after as many as a refusal does.</summary>
    Task GiveBackAsync(Claimed claim, string reason, Instant now, CancellationToken ct) => store.WriteAsync(
        claim.Organization,
        Urgency.Background,
        async db =>
        {
            if ((await LockAsync(db, [claim], DeliveryState.Claimed, ct)).GetValueOrDefault(claim.Id) is { } delivery)
            {
                delivery.StartSending(now);
                await WriteAsync(db, new() { [delivery] = new SendOutcome.Refused(reason) }, now, ct);
            }
        },
        ct);

    /// <summary>Writes outcomes down, but for deliveries that somebody else has taken over meanwhile: a process that was resumed comes too late and is refused.</summary>
    public Task SettleAsync(IReadOnlyList<(Claimed Claim, SendOutcome Outcome)> outcomes, Instant now, CancellationToken ct) => store.WriteAsync(
        outcomes[0].Claim.Organization,
        Urgency.Background,
        async db =>
        {
            var ids = outcomes.Select(one => one.Claim.Id).ToList();
            foreach (var (writer, subjects) in await MindingAsync(db, writers, ids, ct))
            {
                await writer.LockAsync(db, subjects, ct);
            }

            var deliveries = await LockAsync(db, outcomes.Select(one => one.Claim), DeliveryState.Sending, ct);
            foreach (var (late, _) in outcomes.Where(one => !deliveries.ContainsKey(one.Claim.Id)))
            {
                log.LogWarning("Delivery {Delivery} was taken over; the outcome of fence {Fence} is dropped", late.Id, late.Fence);
            }

            await WriteAsync(db, outcomes.Where(one => deliveries.ContainsKey(one.Claim.Id)).ToDictionary(one => deliveries[one.Claim.Id], one => one.Outcome), now, ct);
        },
        ct);

    async Task WriteAsync(EquityDb db, Dictionary<Delivery, SendOutcome> outcomes, Instant now, CancellationToken ct)
    {
        await Settlement.TrustReadersAsync(db, outcomes, ct);

        // Only now, with the subjects locked, do the notices say whether they were overtaken. What has arrived as it was decided needs no look.
        var (minding, ids) = (Minding(writers), outcomes.Keys.Select(one => one.Id).ToList());
        var astray = outcomes.Where(one => one.Value is not SendOutcome.Sent).Select(one => one.Key.Id).ToList();
        var notices = (await db.Set<Notice>()
            .Where(one => one.DeliveryId != null && ids.Contains(one.DeliveryId.Value) && (one.SupersededAt != null || minding.Contains(one.Trigger) || astray.Contains(one.DeliveryId.Value)))
            .OrderBy(one => one.Seq).ToListAsync(ct)).ToLookup(one => one.DeliveryId!.Value);
        var arrived = outcomes.Where(one => one.Value is SendOutcome.Sent).Select(one => one.Key.MessageId!.Value).ToList();
        await db.Set<Message>().Where(one => arrived.Contains(one.Id) && one.SentAt == null).ExecuteUpdateAsync(set => set.SetProperty(one => one.SentAt, now), ct);
        await PlaceAsync(db, outcomes, ct);
        foreach (var (delivery, outcome) in outcomes)
        {
            var carried = notices[delivery.Id].ToList();
            await Settlement.WriteAsync(db, delivery, carried, channels, outcome, now, ct);
            foreach (var notice in carried.Where(notice => minding.Contains(notice.Trigger)))
            {
                await writers[notice.Trigger].SettledAsync(db, notice, Settlement.OutcomeFor(notice, delivery), now, ct);
            }
        }
    }

    /// <summary>Keeps where they stand; what changed while it was on its way is drawn anew at once.</summary>
    static async Task PlaceAsync(EquityDb db, Dictionary<Delivery, SendOutcome> outcomes, CancellationToken ct)
    {
        foreach (var (delivery, place) in outcomes.Where(one => one.Value is SendOutcome.Sent { Place: not null }).Select(one => (one.Key, ((SendOutcome.Sent)one.Value).Place)).ToList())
        {
            var message = await db.Set<Message>().SingleAsync(one => one.Id == delivery.MessageId, ct);
            (message.Channel, message.Place) = (delivery.Channel, place);
            if (message.IsOutdatedThere)
            {
                db.Add(Delivery.Redraw(message, delivery.Date, delivery.Channel));
            }
        }
    }

    static List<string> Minding(IReadOnlyDictionary<string, NoticeWriter> writers) => [.. writers.Values.Where(writer => writer.MindsOutcome).Select(writer => writer.Trigger)];

    /// <summary>What must be locked before these deliveries are, since their outcome means something to it.</summary>
    internal static async Task<IEnumerable<(NoticeWriter Writer, IReadOnlyCollection<Guid> Subjects)>> MindingAsync(
        EquityDb db, IReadOnlyDictionary<string, NoticeWriter> writers, IReadOnlyCollection<Guid> deliveries, CancellationToken ct)
    {
        var minding = Minding(writers);
        var found = await db.Set<Notice>().Where(one => one.DeliveryId != null && deliveries.Contains(one.DeliveryId.Value) && minding.Contains(one.Trigger))
            .Select(one => new { one.Trigger, one.SubjectId }).Distinct().ToListAsync(ct);
        return found.GroupBy(one => one.Trigger, one => one.SubjectId).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (writers[one.Key], (IReadOnlyCollection<Guid>)[.. one]));
    }

    /// <summary>Takes over from processes that are gone: a claim is free again, and what was being sent may or may not have arrived. Over how many processes died with it is counted.</summary>
    /// <param name="lost">Of all claims there are, those whose process is gone.</param>
    public async Task<int> RecoverAsync(Func<IReadOnlyCollection<Standing>, IReadOnlyCollection<Standing>> lost, Instant now, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        var standing = await everywhere.Rows<Delivery>()
            .Where(one => one.LeaseUntil != null && (one.State == DeliveryState.Claimed || one.State == DeliveryState.Sending))
            .OrderBy(one => one.LeaseUntil)
            .Select(one => new Standing(new(one.OrganizationId, one.Id, one.Fence, one.RoomId ?? one.RecipientId, one.Channel), one.State) { IsRedraw = one.Slot.StartsWith(Delivery.RedrawSlot) && everywhere.Rows<Message>().Any(message => message.Id == one.MessageId && message.Place != null) })
            .ToListAsync(ct);
        var stuck = lost(standing).Take(200).ToList();
        foreach (var organization in stuck.GroupBy(one => one.Claim.Organization))
        {
            await FreeAsync([.. organization.Where(one => one.State == DeliveryState.Claimed).Select(one => one.Claim)], lost: true, now, ct);
            var sending = organization.Where(one => one.State == DeliveryState.Sending)
                .Select(one => (one.Claim, one.IsRedraw ? (SendOutcome)new SendOutcome.Refused(Stopped) : new SendOutcome.Unknown(Stopped))).ToList();
            if (sending.Count > 0)
            {
                await SettleAsync(sending, now, ct);
            }
        }

        return stuck.Count;
    }

    /// <summary>Claims that come to nothing are handed back; one that was lost too often is given up, since it may be what kills.</summary>
    public Task FreeAsync(List<Claimed> claims, bool lost, Instant now, CancellationToken ct) => claims.Count == 0 ? Task.CompletedTask : store.WriteAsync(
        claims[0].Organization,
        Urgency.Background,
        async db =>
        {
            foreach (var delivery in (await LockAsync(db, claims, DeliveryState.Claimed, ct)).Values)
            {
                if (!lost)
                {
                    delivery.Free();
                    continue;
                }

                delivery.Lose();
                if (delivery.Losses >= Deaths)
                {
                    log.LogError("Delivery {Delivery} is given up: {Deaths} processes died composing it", delivery.Id, delivery.Losses);
                    await WriteAsync(db, new() { [delivery] = new SendOutcome.Permanent("processes died composing it") }, now, ct);
                }
            }
        },
        ct);

    static async Task<Dictionary<Guid, Delivery>> LockAsync(EquityDb db, IEnumerable<Claimed> claims, DeliveryState state, CancellationToken ct)
    {
        var fences = claims.ToDictionary(one => one.Id, one => one.Fence);
        var ids = fences.Keys.ToList();
        var found = await db.Set<Delivery>().Where(one => ids.Contains(one.Id) && one.State == state).OrderBy(one => one.Seq).ForUpdate().ToListAsync(ct);
        return found.Where(one => one.Fence == fences[one.Id]).ToDictionary(one => one.Id);
    }
}
