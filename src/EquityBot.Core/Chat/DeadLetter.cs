using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Chat;

/// <summary>Something the machinery has given up and that a person has to try again or let go: a message, a row of a sweep, a notice.</summary>
/// <param name="Key">Names it to whoever retries or discards it: <c>delivery.ID</c>, <c>row.SWEEP.ID</c>, <c>notice.ID</c>.</param>
/// <param name="Name">Names it to people: ids, a sweep, a trigger; never words of a message.</param>
/// <param name="State">Where it stopped: <c>failed</c>, <c>unknown</c>, <c>parked</c>.</param>
/// <param name="Since">When it was given up; for a delivery, when what it carries was decided.</param>
/// <param name="Occurrence">Tells this giving-up from an earlier one of the same thing.</param>
/// <param name="Reason">In the machinery's words; null where none is known.</param>
public sealed record DeadLetter(string Key, string Name, string State, Instant Since, long Occurrence, string? Reason)
{
    /// <summary>So many are listed at once, the newest first.</summary>
    public const int AtMost = 200;

    /// <summary>The beginning of an id, as people compare them.</summary>
    public static string Short(Guid id) => id.ToString("N")[..8];

    /// <summary>What was parked and not discarded.</summary>
    public static async Task<IReadOnlyList<DeadLetter>> ParkedAsync(EquityDb db, CancellationToken ct)
    {
        var rows = await db.Set<ParkedRow>().AsNoTracking().Where(one => one.ParkedAt != null).OrderByDescending(one => one.ParkedAt).Take(AtMost).ToListAsync(ct);
        var notices = await db.Set<Notice>().AsNoTracking().Where(one => one.ParkedAt != null).OrderByDescending(one => one.ParkedAt).Take(AtMost).ToListAsync(ct);
        return await UndiscardedAsync(db,
        [
            .. rows.Select(one => new DeadLetter($"row.{one.Sweep}.{one.RowId}", $"{one.Sweep} {Short(one.RowId)}", "parked", one.ParkedAt!.Value, one.ParkedAt.Value.ToUnixTimeMilliseconds(), one.Reason)),
            .. notices.Select(one => new DeadLetter($"notice.{one.Id}", $"{one.Trigger} {Short(one.Id)}", "parked", one.ParkedAt!.Value, one.ParkedAt.Value.ToUnixTimeMilliseconds(), null)),
        ], ct);
    }

    /// <summary>Messages that arrived by no address, or of which nobody knows and which nothing follows up.</summary>
    public static async Task<IReadOnlyList<DeadLetter>> UndeliveredAsync(EquityDb db, CancellationToken ct)
    {
        var found = await Undelivered(db).OrderByDescending(one => one.Seq).Take(AtMost).Select(one => new
        {
            one.Id, one.State, one.Fence, one.Reason, one.Channel, Decided = db.Set<Notice>().Where(notice => notice.DeliveryId == one.Id).Min(notice => notice.DecidedAt),
        }).ToListAsync(ct);
        return await UndiscardedAsync(db, [.. found.Select(one => new DeadLetter($"delivery.{one.Id}", $"{one.Channel} {Short(one.Id)}", one.State == DeliveryState.Failed ? "failed" : "unknown", one.Decided, one.Fence, one.Reason))], ct);
    }

    /// <summary>A delivery from which a follow-up took everything has nothing left to try.</summary>
    public static IQueryable<Delivery> Undelivered(EquityDb db) => db.Set<Delivery>().Where(one =>
        (one.State == DeliveryState.Failed || one.State == DeliveryState.Unknown)
        && db.Set<Notice>().Any(notice => notice.DeliveryId == one.Id && notice.SupersededAt == null && notice.FollowUpAt == null));

    static async Task<IReadOnlyList<DeadLetter>> UndiscardedAsync(EquityDb db, List<DeadLetter> letters, CancellationToken ct)
    {
        var keys = letters.Select(one => one.Key).ToList();
        var gone = (await db.Set<DiscardedLetter>().AsNoTracking().Where(one => keys.Contains(one.Key)).Select(one => new { one.Key, one.Occurrence }).ToListAsync(ct)).ToHashSet();
        return [.. letters.Where(one => !gone.Contains(new { one.Key, one.Occurrence })).OrderByDescending(one => one.Since)];
    }
}

/// <summary>That somebody let a dead letter go, and why. The thing itself stays as it was, so that the ledger still says what became of it.</summary>
public sealed class DiscardedLetter : IOwned
{
    public const int LongestReason = 300;

    public required Guid OrganizationId { get; init; }

    public required string Key { get; init; }

    public required long Occurrence { get; init; }

    public required Guid ById { get; init; }

    public required Instant At { get; init; }

    /// <summary>In the person's words, screened.</summary>
    public required string Reason { get; init; }

    sealed class Mapping : IEntityTypeConfiguration<DiscardedLetter>
    {
        public void Configure(EntityTypeBuilder<DiscardedLetter> table)
        {
            table.ToTable("DiscardedLetters").HasKey(one => new { one.OrganizationId, one.Key, one.Occurrence });
            table.Property(one => one.Key).HasMaxLength(100);
            table.Property(one => one.Occurrence).ValueGeneratedNever();
            table.Property(one => one.Reason).HasMaxLength(LongestReason);
        }
    }
}
