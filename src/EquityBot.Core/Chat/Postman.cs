using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Chat;

/// <summary>
/// Brings decided notices to people: composes one message a person and morning, commits that it is being sent, sends many at once, and writes down what is known
/// of the outcomes. What is certainly not sent is tried again; what may have arrived never is, but for one follow-up that says so.
/// </summary>
public sealed class Postman(
    EquityStore store, Bundler bundler, Mailroom mailroom, IEnumerable<IChannel> channels, Outlook outlook, HospitalClock clock, MachineClock machine, ILogger<Postman> log)
{
    /// <summary>Gathered for in one transaction.</summary>
    const int Recipients = 100;

    /// <summary>While limits hold something back: it takes less time than what was made ready ahead bridges, so that the pace has no gaps.</summary>
    const int RecipientsPaced = 8;
    static readonly Duration Lease = Duration.FromSeconds(30);
    static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(20);
    static readonly Duration LongestHold = Duration.FromMinutes(5);

    /// <summary>What has answered first waits this long for others that it can be written down with.</summary>
    static readonly TimeSpan Company = TimeSpan.FromMilliseconds(10);

    readonly Dictionary<string, IChannel> channels = channels.ToDictionary(channel => channel.Name);
    readonly Dictionary<(Guid Organization, string Channel), Lane> lanes = [];
    readonly Leases leases = new(Lease);

    /// <summary>On its way, or answered and not yet written down. It outlives a call in which the database was away.</summary>
    readonly List<Send> sends = [];
    Instant? holdingSince;
    Instant? freeAt;

    Instant Now => clock.GetUtcNow().ToInstant();

    Instant Moment => machine.GetUtcNow().ToInstant();

    /// <summary>How long until the limits let something go that waits for them; null when nothing does.</summary>
    public Duration? FreeIn => freeAt is { } at ? Duration.Max(Duration.Zero, at - Moment) : null;

    /// <summary>
    /// Composes and sends what may go now, and what comes up meanwhile; returns when nothing is on its way any more and nothing may go. The number of notices and deliveries
    /// that it moved: call again until it is zero. One call at a time. Asked to stop, it claims no more, waits for what is on its way and writes it down.
    /// </summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await SettleAsync(ct);
        var moved = await mailroom.RecoverAsync(standing => leases.Over(standing, Moment), Now, ct);
        try
        {
            while (true)
            {
                moved += await GatherAsync(ct);
                var seen = await StartAsync(ct);
                moved += seen;
                if (sends.Count > 0)
                {
                    await AnyAsync(ct);
                    await SettleAsync(ct);
                }
                else if (seen == 0)
                {
                    return moved;
                }
            }
        }
        finally
        {
            // What has begun to be sent is sent, and what is known of it written down, whoever has stopped waiting: given up half way it might have arrived or not.
            await Task.WhenAll(sends.Select(one => one.Outcome));
            await SettleAsync(CancellationToken.None);
        }
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

    /// <summary>How long until the next thing wants to be sent; null when nothing is in sight, or what is due already waits for something else.</summary>
    public async Task<Duration?> DueInAsync(CancellationToken ct) => await NextDueAsync(ct) is { } next && next - Now is var rest && rest > Duration.Zero ? rest : null;

    /// <summary>Takes over whatever any process had in hand: for one that owns the database alone, at its start.</summary>
    public Task<int> TakeOverAsync(CancellationToken ct) => mailroom.RecoverAsync(standing => standing, Now, ct);

    async Task<int> GatherAsync(CancellationToken ct)
    {
        var (now, moved) = (Now, 0);
        var slots = await SlotsAsync(now, ct);
        var holds = slots.Contains(Slot.Morning) && await HoldsMorningsAsync(now, ct);
        if (holds && !slots.Contains(Slot.Now))
        {
            return 0;
        }

        foreach (var organization in slots.Count == 0 ? [] : await WaitingAsync(now, holds, ct))
        {
            moved += await store.WriteAsync(organization.Key, Urgency.Background, db => bundler.GatherAsync(db, [.. organization], now, holds, ct), ct);
        }

        return moved;
    }

    /// <summary>
    /// Whether a morning's bundles wait: something else is due and not yet decided, which may belong into them. A sweep that does not get it done holds
    /// nobody's morning for longer than a few minutes.
    /// </summary>
    async Task<bool> HoldsMorningsAsync(Instant now, CancellationToken ct)
    {
        if (await outlook.EarliestAsync(ct) <= now)
        {
            var moment = Moment;
            holdingSince ??= moment;
            return moment - holdingSince < LongestHold;
        }

        holdingSince = null;
        return false;
    }

    static IQueryable<Notice> Waiting(AcrossOrganizations everywhere, Instant now) => everywhere.Rows<Notice>()
        .Where(one => (one.DeliveryId == null && one.SupersededAt == null && one.NotBefore <= now) || (one.FollowUpAt <= now && one.SupersededAt == null));

    async Task<List<Slot>> SlotsAsync(Instant now, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        return await Waiting(everywhere, now).Select(one => one.Slot).Distinct().ToListAsync(ct);
    }

    async Task<IEnumerable<IGrouping<Guid, Guid>>> WaitingAsync(Instant now, bool holds, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        var found = await Waiting(everywhere, now).Where(one => !holds || one.Slot == Slot.Now).Select(one => new { one.OrganizationId, one.RecipientId }).Distinct().Take(freeAt is null ? Recipients : RecipientsPaced).ToListAsync(ct);
        return found.GroupBy(one => one.OrganizationId, one => one.RecipientId);
    }

    /// <summary>Claims what the lanes have room for, commits its sending and lets it leave; how many it claimed.</summary>
    async Task<int> StartAsync(CancellationToken ct)
    {
        var (seen, free) = (0, new List<Instant?>());
        foreach (var (organization, channel) in await mailroom.ReadyAsync(Now, ct))
        {
            // One moment for all three: what a limit holds back now must be waited for, though it were free again before the claim is committed.
            var (lane, moment) = (LaneOf(organization, channel), Moment);
            var room = lane.Room(moment);
            var claims = room > 0 ? await mailroom.ClaimAsync(organization, channel, room, lane.Resting(moment), Now, moment + Lease, ct) : [];
            seen += claims.Count;
            await StartAsync(lane, claims, ct);
            free.Add(lane.FreeAt(moment));
        }

        freeAt = free.Min();
        return seen;
    }

    async Task StartAsync(Lane lane, List<Claimed> claims, CancellationToken ct)
    {
        while (claims.Count > 0)
        {
            if (ct.IsCancellationRequested)
            {
                await mailroom.FreeAsync(claims, lost: false, Now, CancellationToken.None);
                return;
            }

            var (leaving, seen) = await mailroom.StartAsync(claims, Now, Moment + Lease, CancellationToken.None);
            foreach (var one in leaving)
            {
                sends.Add(new(one.Claim, SendAsync(one, lane.Leave(one.Claim.Conversation, Moment) - Moment)));
            }

            claims = claims[seen..];
        }
    }

    Lane LaneOf(Guid organization, string channel)
    {
        if (!lanes.TryGetValue((organization, channel), out var lane))
        {
            lanes.Add((organization, channel), lane = new(channels.GetValueOrDefault(channel)?.Limits ?? ChannelLimits.None));
        }

        return lane;
    }

    async Task<SendOutcome> SendAsync(Outgoing outgoing, Duration wait)
    {
        if (outgoing.Message is null || channels.GetValueOrDefault(outgoing.Claim.Channel) is not { } channel)
        {
            return new SendOutcome.Permanent("no address of this person is known");
        }

        if (wait > Duration.Zero)
        {
            await Task.Delay(wait.ToTimeSpan(), machine, CancellationToken.None);
        }

        SendOutcome outcome;
        try
        {
            outcome = await channel.SendAsync(outgoing.Message, CancellationToken.None).WaitAsync(LongestSend, machine);
        }
        catch (TimeoutException)
        {
            outcome = InDoubt($"no answer within {LongestSend.TotalSeconds:F0} seconds");
        }
        catch (Exception bug)
        {
            var incident = Guid.NewGuid();
            log.LogError(bug, "Delivery {Delivery} was not sent as it should be, incident {Incident}", outgoing.Claim.Id, incident);
            outcome = InDoubt($"incident {incident}");
        }

        return outcome is SendOutcome.Unknown(var reason) && channel.IsIdempotentByMessageId ? new SendOutcome.Refused(reason) : outcome;

        // What is drawn anew where it stands is the same when it is drawn twice.
        SendOutcome InDoubt(string reason) => outgoing.Message.Place is null ? new SendOutcome.Unknown(reason) : new SendOutcome.Refused(reason);
    }

    /// <summary>Until something has answered and those that answer with it, or something new may leave.</summary>
    async Task AnyAsync(CancellationToken ct)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var waits = new List<Task>(sends.Select(one => one.Outcome)) { store.Doorbell.WaitAsync(enough.Token) };
        if (FreeIn is { } free)
        {
            waits.Add(Task.Delay(free.ToTimeSpan(), machine, enough.Token));
        }

        await Task.WhenAny(waits);
        if (sends.Any(one => one.Outcome.IsCompleted) && !sends.All(one => one.Outcome.IsCompleted))
        {
            await Task.WhenAny(Task.WhenAll(sends.Select(one => one.Outcome)), Task.Delay(Company, machine, enough.Token));
        }

        await enough.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    /// <summary>Writes down what has answered and takes it off the list; in the order in which it left.</summary>
    async Task SettleAsync(CancellationToken ct)
    {
        foreach (var organization in sends.Where(one => one.Outcome.IsCompleted).GroupBy(one => one.Claim.Organization).ToList())
        {
            var answered = new List<(Claimed Claim, SendOutcome Outcome)>();
            foreach (var send in organization)
            {
                answered.Add((send.Claim, await send.Outcome));
            }

            await mailroom.SettleAsync(answered, Now, ct);
            sends.RemoveAll(send => organization.Contains(send));
            answered.ForEach(one => LaneOf(one.Claim.Organization, one.Claim.Channel).Settled(one.Claim.Conversation, one.Outcome, Moment));
        }
    }

    sealed record Send(Claimed Claim, Task<SendOutcome> Outcome);
}
