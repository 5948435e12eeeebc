using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Partnerships;

/// <summary>A row that carries the time at which a sweep is to look at it.</summary>
public interface IDue : IOwned
{
    Guid Id { get; }
}

/// <summary>A sweep that decides about each row by itself, with nothing beside it but the roster.</summary>
public abstract class PartnershipSweep<TRow>(EquityStore store, ILogger log) : RowSweep<PartnershipSweep<TRow>.Batch>(store, log) where TRow : class, IDue
{
    public sealed record Batch(IReadOnlyDictionary<Guid, TRow> Rows, Roster Roster);

    protected sealed override async Task<Batch> LoadAsync(EquityDb db, IReadOnlyList<Guid> ids, CancellationToken ct) => new(
        await db.Set<TRow>().Where(one => ids.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToDictionaryAsync(one => one.Id, ct),
        await Roster.LoadAsync(db, ct));

    protected sealed override Task DecideAsync(EquityDb db, Batch batch, Guid id, Instant now, CancellationToken ct) =>
        batch.Rows[id] is var row && DueAt(row) <= now ? DecideAsync(db, row, batch.Roster, now, ct) : Task.CompletedTask;

    /// <summary>When it is to be looked at, as <see cref="RowSweep{TBatch}.Rows"/> says it too; null where it is not.</summary>
    protected abstract Instant? DueAt(TRow row);

    /// <summary>Decides about a row that is due, and leaves it with a later time or none.</summary>
    protected abstract Task DecideAsync(EquityDb db, TRow row, Roster roster, Instant now, CancellationToken ct);
}
