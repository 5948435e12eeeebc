using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Escalation.Auditing;

/// <summary>What lies in the engine's queues at one moment: the oldest that each sweep and the post have due, and what was given up.</summary>
/// <param name="Oldest">By the name of the sweep, or <see cref="Post"/>; null where nothing is planned.</param>
/// <param name="Stuck">Deliveries in somebody's hand, and until when on the machine's clock.</param>
public sealed record Backlog(
    IReadOnlyList<(string What, Instant? At)> Oldest, IReadOnlyList<(Guid Delivery, Instant LeaseUntil)> Stuck, IReadOnlyList<DeadLetter> Parked)
{
    public const string Post = "post";

    /// <param name="sweeps">Of each sweep for which a row of this organization waits, when the first of these is due. A row that was parked is told of on its own.</param>
    public static async Task<Backlog> LoadAsync(EquityDb db, IReadOnlyDictionary<string, Instant> sweeps, CancellationToken ct)
    {
        var stuck = await db.Set<Delivery>().Where(one => (one.State == DeliveryState.Claimed || one.State == DeliveryState.Sending) && one.LeaseUntil != null).Select(one => new { one.Id, one.LeaseUntil }).ToListAsync(ct);
        return new([.. sweeps.Select(one => (one.Key, (Instant?)one.Value)), (Post, await OldestPostAsync(db, ct))], [.. stuck.Select(one => (one.Id, one.LeaseUntil!.Value))], await DeadLetter.ParkedAsync(db, ct));
    }

    static async Task<Instant?> OldestPostAsync(EquityDb db, CancellationToken ct)
    {
        var waiting = await db.Set<Notice>().Where(one => one.DeliveryId == null && one.SupersededAt == null && one.Trigger != FindingNotice.Name).OrderBy(one => one.NotBefore).Select(one => (Instant?)one.NotBefore).FirstOrDefaultAsync(ct);
        var followUp = await db.Set<Notice>().Where(one => one.FollowUpAt != null && one.SupersededAt == null).OrderBy(one => one.FollowUpAt).Select(one => one.FollowUpAt).FirstOrDefaultAsync(ct);
        var retry = await db.Set<Delivery>().Where(one => one.State == DeliveryState.RetryAt).OrderBy(one => one.NextAt).Select(one => one.NextAt).FirstOrDefaultAsync(ct);
        var due = await (from delivery in db.Set<Delivery>() join notice in db.Set<Notice>() on delivery.Id equals notice.DeliveryId where delivery.State == DeliveryState.Due orderby notice.NotBefore select (Instant?)notice.NotBefore).FirstOrDefaultAsync(ct);
        return new[] { waiting, followUp, retry, due }.Min();
    }

    /// <param name="machine">Leases run on the machine's clock, everything else on the hospital's.</param>
    public IEnumerable<Observation> Observe(Instant now, Instant machine) =>
    [
        .. Oldest.Where(one => one.At + Observation.Tolerated < now).Select(one => new Observation(FindingKind.Late, one.What, one.At!.Value, Observation.CatchingUp)),
        .. Stuck.Where(one => one.LeaseUntil + Observation.Tolerated < machine).Select(one => new Observation(FindingKind.Stuck, DeadLetter.Short(one.Delivery), one.LeaseUntil, Observation.CatchingUp)),
        .. Parked.Select(one => new Observation(FindingKind.Parked, one.Name, one.Since, Duration.Zero)),
    ];
}
