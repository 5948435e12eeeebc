using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Cycles;
using EquityBot.Storage;
using EquityBot.Sweeps;
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

    public static async Task<Backlog> LoadAsync(EquityDb db, CancellationToken ct)
    {
        // A promise is looked at for more than one reason: an unanswered proposal does not hide behind its due day.
        var oldest = new List<(string, Instant?)>
        {
            ("due", await OldestAsync(db, "due", db.Set<Commitment>().Where(one => one.LookAt != null).Select(one => new Planned { Id = one.Id, At = one.LookAt!.Value }), ct)),
            ("answers", await OldestAsync(db, "answers", db.Set<Commitment>().Where(one => one.AnswerLookAt != null).Select(one => new Planned { Id = one.Id, At = one.AnswerLookAt!.Value }), ct)),
            ("requests", await OldestAsync(db, "requests", db.Set<Request>().Where(one => one.LookAt != null).Select(one => new Planned { Id = one.Id, At = one.LookAt!.Value }), ct)),
            ("silence", await OldestAsync(db, "silence", db.Set<DepartmentWatch>().Where(one => one.LookAt != null).Select(one => new Planned { Id = one.Id, At = one.LookAt!.Value }), ct)),
            ("check-ins", await OldestAsync(db, "check-ins", db.Set<CheckIn>().Where(one => one.LookAt != null).Select(one => new Planned { Id = one.Id, At = one.LookAt!.Value }), ct)),
            ("escalation", await OldestAsync(db, "escalation", db.Set<EscalationCase>().Where(one => one.NextAt != null).Select(one => new Planned { Id = one.Id, At = one.NextAt!.Value }), ct)),
            (Post, await OldestPostAsync(db, ct)),
        };
        var stuck = await db.Set<Delivery>().Where(one => (one.State == DeliveryState.Claimed || one.State == DeliveryState.Sending) && one.LeaseUntil != null).Select(one => new { one.Id, one.LeaseUntil }).ToListAsync(ct);
        return new(oldest, [.. stuck.Select(one => (one.Id, one.LeaseUntil!.Value))], await DeadLetter.ParkedAsync(db, ct));
    }

    sealed class Planned
    {
        public required Guid Id { get; init; }

        public required Instant At { get; init; }
    }

    /// <summary>A row that was parked is told of on its own.</summary>
    static Task<Instant?> OldestAsync(EquityDb db, string sweep, IQueryable<Planned> rows, CancellationToken ct) =>
        rows.Where(row => !db.Set<ParkedRow>().Any(parked => parked.Sweep == sweep && parked.RowId == row.Id && parked.ParkedAt != null)).OrderBy(row => row.At).Select(row => (Instant?)row.At).FirstOrDefaultAsync(ct);

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
