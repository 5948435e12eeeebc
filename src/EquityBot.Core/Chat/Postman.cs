using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Chat;

/// <summary>
/// Brings decided notices to people: composes one message a person and morning, commits that it is being sent, sends it, and writes down what is known of
/// the outcome. What is certainly not sent is tried again; what may have arrived never is, but for one follow-up that says so.
/// </summary>
public sealed class Postman(
    EquityStore store, Bundler bundler, IEnumerable<IChannel> channels, IEnumerable<NoticeWriter> writers, IEnumerable<ISweep> sweeps, HospitalClock clock, MachineClock machine, ILogger<Postman> log)
{
    const int Batch = 50;
    static readonly Duration Lease = Duration.FromSeconds(30);
    static readonly Duration LongestHold = Duration.FromMinutes(5);

    Instant? holdingSince;

    readonly Dictionary<string, IChannel> channels = channels.ToDictionary(channel => channel.Name);
    readonly Dictionary<string, NoticeWriter> writers = writers.ToDictionary(writer => writer.Trigger);

    /// <summary>Composes and sends what may go now; returns how many deliveries and notices it moved. Call again until it returns zero.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().ToInstant();
        var moved = await RecoverAsync(machine.GetUtcNow().ToInstant(), ct);
        var waiting = await WaitingAsync(now, ct);
        var holds = waiting.Any(one => one.Slot == Slot.Morning) && await HoldsMorningsAsync(now, ct);
        foreach (var (organization, recipient) in waiting.Where(one => !holds || one.Slot == Slot.Now).Select(one => (one.Organization, one.Recipient)).Distinct())
        {
            moved += await store.WriteAsync(organization, Urgency.Background, db => bundler.GatherAsync(db, recipient, now, holds, ct), ct);
        }

        foreach (var (organization, id) in await ReadyAsync(now, ct))
        {
            moved += await SendAsync(organization, id, now, ct) ? 1 : 0;
        }

        return moved;
    }

    /// <summary>When something wants to be sent next, on the hospital clock; null when nothing is in sight.</summary>
    public async Task<Instant?> NextDueAsync(CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        var waiting = await everywhere.Rows<Notice>().Where(one => one.DeliveryId == null && one.SupersededAt == null).OrderBy(one => one.NotBefore).Select(one => (Instant?)one.NotBefore).FirstOrDefaultAsync(ct);
        var followUp = await everywhere.Rows<Notice>().Where(one => one.FollowUpAt != null).OrderBy(one => one.FollowUpAt).Select(one => one.FollowUpAt).FirstOrDefaultAsync(ct);
        var retry = await everywhere.Rows<Delivery>().Where(one => one.State == DeliveryState.RetryAt).OrderBy(one => one.NextAt).Select(one => one.NextAt).FirstOrDefaultAsync(ct);
        return new[] { waiting, followUp, retry }.Min();
    }

    /// <summary>Leases that ran out: a claim is free again, and what was being sent may or may not have arrived.</summary>
    /// <param name="leasesUntil">On the machine clock; <see cref="Instant.MaxValue"/> at the start of a process that owns the database alone.</param>
    public async Task<int> RecoverAsync(Instant leasesUntil, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        var stuck = await everywhere.Rows<Delivery>()
            .Where(one => (one.State == DeliveryState.Claimed || one.State == DeliveryState.Sending) && one.LeaseUntil != null && one.LeaseUntil <= leasesUntil)
            .Select(one => new { one.OrganizationId, one.Id, one.State, one.Fence })
            .ToListAsync(ct);
        foreach (var one in stuck)
        {
            if (one.State == DeliveryState.Sending)
            {
                await SettleAsync(one.OrganizationId, one.Id, one.Fence, new SendOutcome.Unknown("the process stopped while it was sending"), ct);
            }
            else
            {
                await store.WriteAsync(one.OrganizationId, Urgency.Background, async db => (await LockAsync(db, one.Id, one.Fence, ct))?.Free(), ct);
            }
        }

        return stuck.Count;
    }

    /// <summary>
    /// Whether a morning's bundles wait: something else is due and not yet decided, which may belong into them. A sweep that does not get it done holds
    /// nobody's morning for longer than a few minutes.
    /// </summary>
    async Task<bool> HoldsMorningsAsync(Instant now, CancellationToken ct)
    {
        foreach (var sweep in sweeps)
        {
            if (await sweep.NextDueAsync(ct) <= now)
            {
                var moment = machine.GetUtcNow().ToInstant();
                holdingSince ??= moment;
                return moment - holdingSince < LongestHold;
            }
        }

        holdingSince = null;
        return false;
    }

    async Task<List<(Guid Organization, Guid Recipient, Slot Slot)>> WaitingAsync(Instant now, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        var found = await everywhere.Rows<Notice>()
            .Where(one => (one.DeliveryId == null && one.SupersededAt == null && one.NotBefore <= now) || (one.FollowUpAt <= now && one.SupersededAt == null))
            .Select(one => new { one.OrganizationId, one.RecipientId, one.Slot })
            .Distinct()
            .Take(Batch)
            .ToListAsync(ct);
        return [.. found.Select(one => (one.OrganizationId, one.RecipientId, one.Slot))];
    }

    async Task<List<(Guid Organization, Guid Delivery)>> ReadyAsync(Instant now, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        var found = await everywhere.Rows<Delivery>()
            .Where(one => one.State == DeliveryState.Due || (one.State == DeliveryState.RetryAt && one.NextAt <= now))
            .OrderBy(one => one.Seq)
            .Select(one => new { one.OrganizationId, one.Id })
            .Take(Batch)
            .ToListAsync(ct);
        return [.. found.Select(one => (one.OrganizationId, one.Id))];
    }

    async Task<bool> SendAsync(Guid organization, Guid id, Instant now, CancellationToken ct)
    {
        var (fence, channel, rendered) = await store.WriteAsync(organization, Urgency.Background, db => StartAsync(db, id, now, ct), ct);
        if (fence == 0)
        {
            return false;
        }

        // What has begun to be sent is sent, and what is known of it written down, whoever has stopped waiting: given up half way it might have arrived or not.
        var outcome = rendered is null
            ? new SendOutcome.Permanent("no address of this person is known")
            : await channel!.SendAsync(rendered, CancellationToken.None);
        if (outcome is SendOutcome.Unknown(var reason) && channel!.IsIdempotentByMessageId)
        {
            outcome = new SendOutcome.Refused(reason);
        }

        await SettleAsync(organization, id, fence, outcome, CancellationToken.None);
        return true;
    }

    /// <summary>The last look before the request: still claimed by nobody else, and something in it still true. Fence 0 means leave it.</summary>
    async Task<(int Fence, IChannel? Channel, RenderedMessage? Rendered)> StartAsync(EquityDb db, Guid id, Instant now, CancellationToken ct)
    {
        var delivery = await db.Set<Delivery>().Where(one => one.Id == id).SkipLocked().SingleOrDefaultAsync(ct);
        if (delivery is null || !(delivery.State == DeliveryState.Due || (delivery.State == DeliveryState.RetryAt && delivery.NextAt <= now)))
        {
            return default;
        }

        if (await bundler.OpensLaterAsync(db, delivery, now, ct) is { } opening)
        {
            delivery.RetryAt(opening, delivery.Reason ?? "outside working hours");
            return default;
        }

        delivery.Claim(LeaseEnd());
        if (await bundler.ComposeAsync(db, delivery, now, ct) is not { } message)
        {
            delivery.Supersede();
            return default;
        }

        delivery.StartSending(LeaseEnd());
        var address = await db.Set<ChatAddress>().AsNoTracking().SingleOrDefaultAsync(one => one.PersonId == delivery.RecipientId && one.Channel == delivery.Channel, ct);
        if (address is null || channels.GetValueOrDefault(delivery.Channel) is not { } channel)
        {
            return (delivery.Fence, null, null);
        }

        var card = Card.FromJson(message.Card);
        return (delivery.Fence, channel, new(db.OrganizationId, message.Id, address.Address, card, PlainText.Of(card), message.Preview));
    }

    Instant LeaseEnd() => machine.GetUtcNow().ToInstant() + Lease;

    static async Task<Delivery?> LockAsync(EquityDb db, Guid id, int fence, CancellationToken ct) =>
        await db.Set<Delivery>().Where(one => one.Id == id && one.Fence == fence).ForUpdate().SingleOrDefaultAsync(ct);

    /// <summary>Writes the outcome down, unless somebody else has taken the delivery over meanwhile: then a resumed process comes too late and is refused.</summary>
    Task SettleAsync(Guid organization, Guid id, int fence, SendOutcome outcome, CancellationToken ct) =>
        store.WriteAsync(
            organization,
            Urgency.Background,
            async db =>
            {
                var now = clock.GetUtcNow().ToInstant();
                foreach (var notice in await db.Set<Notice>().AsNoTracking().Where(one => one.DeliveryId == id).OrderBy(one => one.SubjectId).ToListAsync(ct))
                {
                    await writers[notice.Trigger].LockAsync(db, notice, ct);
                }

                if (await LockAsync(db, id, fence, ct) is not { State: DeliveryState.Sending } delivery)
                {
                    log.LogWarning("Delivery {Delivery} was taken over; the outcome of fence {Fence} is dropped", id, fence);
                    return;
                }

                // Only now, with the subjects locked, do the notices say whether they were overtaken.
                var notices = await db.Set<Notice>().Where(one => one.DeliveryId == id).ToListAsync(ct);
                await Settlement.WriteAsync(db, delivery, notices, outcome, now, ct);
                foreach (var notice in notices)
                {
                    await writers[notice.Trigger].SettledAsync(db, notice, Settlement.OutcomeFor(notice, delivery), now, ct);
                }
            },
            ct);
}
