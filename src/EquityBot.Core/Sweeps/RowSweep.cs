using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Sweeps;

/// <summary>A row and when it is due. Properties rather than a constructor, so that the databases can filter by them.</summary>
public sealed class DueRow
{
    public required Guid OrganizationId { get; init; }

    public required Guid Id { get; init; }

    public required Instant At { get; init; }
}

/// <summary>
/// A sweep over rows that carry the time at which they are to be looked at. Each row is decided in a transaction of its own, oldest first; one that fails
/// is parked after three tries while the others go on.
/// </summary>
public abstract class RowSweep(EquityStore store, ILogger log) : ISweep
{
    const int Batch = 100;
    const int Tries = 3;

    public abstract string Name { get; }

    /// <summary>Every row of every organization that has a time, as a query.</summary>
    protected abstract IQueryable<DueRow> Rows(AcrossOrganizations everywhere);

    /// <summary>Locks the row, asks again whether it is due, and decides. Must leave it with a later time or none.</summary>
    protected abstract Task DecideAsync(EquityDb db, Guid id, Instant now, CancellationToken ct);

    public async Task<SweepResult> RunAsync(Instant now, CancellationToken ct)
    {
        var (done, failed) = (0, 0);
        foreach (var row in await DueAsync(now, ct))
        {
            try
            {
                await store.WriteAsync(row.OrganizationId, Urgency.Background, db => DecideAsync(db, row.Id, now, ct), ct);
                done++;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failed++;
                await ParkAsync(row, failure, now, ct);
            }
        }

        return new(done, failed);
    }

    public async Task<Instant?> NextDueAsync(CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        return (await Unparked(everywhere).OrderBy(row => row.At).FirstOrDefaultAsync(ct))?.At;
    }

    async Task<List<DueRow>> DueAsync(Instant now, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        return await Unparked(everywhere).Where(row => row.At <= now).OrderBy(row => row.At).Take(Batch).ToListAsync(ct);
    }

    IQueryable<DueRow> Unparked(AcrossOrganizations everywhere) =>
        Rows(everywhere).Where(row => !everywhere.Rows<ParkedRow>().Any(parked => parked.Sweep == Name && parked.RowId == row.Id && parked.ParkedAt != null));

    async Task ParkAsync(DueRow row, Exception failure, Instant now, CancellationToken ct)
    {
        var incident = Guid.NewGuid();
        await store.WriteAsync(
            row.OrganizationId,
            Urgency.Background,
            async db =>
            {
                var reason = $"{failure.GetType().Name}, incident {incident}";
                var parked = await db.Set<ParkedRow>().SingleOrDefaultAsync(one => one.Sweep == Name && one.RowId == row.Id, ct);
                if (parked is null)
                {
                    parked = new ParkedRow { OrganizationId = row.OrganizationId, Sweep = Name, RowId = row.Id, Reason = reason };
                    db.Add(parked);
                }

                parked.Reason = reason;
                parked.ParkedAt = ++parked.Attempts >= Tries ? now : null;
            },
            ct);
        log.LogError(failure, "Sweep {Sweep} failed on row {Row}, incident {Incident}", Name, row.Id, incident);
    }
}
