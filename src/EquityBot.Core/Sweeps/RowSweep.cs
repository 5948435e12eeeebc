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
        foreach (var organization in (await DueAsync(now, ct)).GroupBy(row => row.OrganizationId))
        {
            var ids = organization.Select(row => row.Id).ToList();
            var tried = await CountFirstAsync(organization.Key, ids, ct);
            foreach (var id in ids)
            {
                if (tried.Contains(id) && !await CountAgainAsync(organization.Key, id, now, ct))
                {
                    continue;
                }

                try
                {
                    await store.WriteAsync(organization.Key, Urgency.Background, db => DecideAndForgetAsync(db, id, now, ct), ct);
                    done++;
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    failed++;
                    var incident = Guid.NewGuid();
                    log.LogWarning(failure, "Sweep {Sweep} failed on row {Row} and will try again, incident {Incident}", Name, id, incident);
                    await RememberAsync(organization.Key, id, $"{failure.GetBaseException().GetType().Name}, incident {incident}", ct);
                }
            }
        }

        return new(done, failed);
    }

    /// <summary>Counts the first try of each row before the work, all at once; returns those that were counted before.</summary>
    Task<HashSet<Guid>> CountFirstAsync(Guid organization, List<Guid> ids, CancellationToken ct) => store.WriteAsync(
        organization,
        Urgency.Background,
        async db =>
        {
            var known = await db.Set<ParkedRow>().Where(one => one.Sweep == Name && ids.Contains(one.RowId)).Select(one => one.RowId).ToHashSetAsync(ct);
            db.AddRange(ids.Where(id => !known.Contains(id)).Select(id => new ParkedRow { OrganizationId = organization, Sweep = Name, RowId = id, Attempts = 1 }));
            return known;
        },
        ct);

    /// <summary>
    /// A row tried before is counted alone, just before its work: what kills the process counts, and its neighbours, whose turn did not come, do not pay for it.
    /// False when it has had its tries and is parked.
    /// </summary>
    Task<bool> CountAgainAsync(Guid organization, Guid id, Instant now, CancellationToken ct) => store.WriteAsync(
        organization,
        Urgency.Background,
        async db =>
        {
            // Another node may just have finished it; then its decision finds nothing to do.
            if (await db.Set<ParkedRow>().SingleOrDefaultAsync(one => one.Sweep == Name && one.RowId == id, ct) is not { } row || ++row.Attempts <= Tries)
            {
                return true;
            }

            row.ParkedAt = now;
            log.LogError("Sweep {Sweep} parked row {Row} after {Tries} tries: {Reason}", Name, id, Tries, row.Reason ?? "the process did not live to say");
            return false;
        },
        ct);

    Task RememberAsync(Guid organization, Guid id, string reason, CancellationToken ct) => store.WriteAsync(
        organization,
        Urgency.Background,
        db => db.Set<ParkedRow>().Where(one => one.Sweep == Name && one.RowId == id).ExecuteUpdateAsync(set => set.SetProperty(one => one.Reason, reason), ct),
        ct);

    async Task DecideAndForgetAsync(EquityDb db, Guid id, Instant now, CancellationToken ct)
    {
        await DecideAsync(db, id, now, ct);
        await db.Set<ParkedRow>().Where(one => one.Sweep == Name && one.RowId == id).ExecuteDeleteAsync(ct);
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
}
