using System.Diagnostics;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Sweeps;

/// <summary>
/// A sweep over rows that carry the time at which they are to be looked at. Rows are claimed oldest first and decided many in a transaction. One that throws
/// is told apart from its batch, whose others are then decided one by one; after three tries it is parked with its reason.
/// </summary>
/// <typeparam name="TBatch">What rows that are decided together need, read once for all of them.</typeparam>
public abstract class RowSweep<TBatch>(EquityStore store, ILogger log) : ISweep
{
    const int Batch = 200;

    /// <summary>How many are read, decided and saved together: enough that each costs a small part of a query, few enough to keep to <see cref="LongestHold"/>.</summary>
    const int Together = 100;
    const int Tries = 3;

    /// <summary>How long one transaction decides. Whoever waits for the pen of a file, or for a row that the batch has locked, waits that long (design §7).</summary>
    static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(90);

    /// <summary>How long one run goes on, well within every budget of the timetable; the bell rings again at once while there was something to do.</summary>
    static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(15);

    readonly RowClaims claims = new(store);

    public abstract string Name { get; }

    public abstract IQueryable<DueRow> Rows(AcrossOrganizations everywhere);

    /// <summary>Locks the rows, their subjects first and in the order of ids, and reads what deciding them asks for.</summary>
    protected abstract Task<TBatch> LoadAsync(EquityDb db, IReadOnlyList<Guid> ids, CancellationToken ct);

    /// <summary>
    /// Asks again whether the row is due, and decides. Must leave it with a later time or none. What others of the batch have changed before it is saved together
    /// with it: whoever asks the database about that saves first.
    /// </summary>
    protected abstract Task DecideAsync(EquityDb db, TBatch batch, Guid id, Instant now, CancellationToken ct);

    /// <summary>Decides what is due, batch after batch. A row that fails, or that another process has in hand, is left to the next run.</summary>
    public async Task<SweepResult> RunAsync(Instant now, CancellationToken ct)
    {
        var (run, watch) = (new Run(now), Stopwatch.StartNew());
        while (watch.Elapsed < LongestRun && await DueAsync(run, ct) is { Count: > 0 } due)
        {
            foreach (var organization in due.GroupBy(row => row.OrganizationId))
            {
                var ids = organization.Select(row => row.Id).ToList();
                var (tried, busy) = await claims.TriedAsync(Name, organization.Key, ids, ct);
                run.Leave(busy);
                await TogetherAsync(organization.Key, [.. ids.Where(id => !tried.Contains(id) && !busy.Contains(id))], run, ct);
                foreach (var id in ids.Where(tried.Contains))
                {
                    await AgainAsync(organization.Key, id, run, ct);
                }
            }
        }

        return new(run.Done, run.Failed);
    }

    async Task TogetherAsync(Guid organization, List<Guid> ids, Run run, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return;
        }

        try
        {
            if (!store.IsPostgres)
            {
                await claims.CountFirstAsync(Name, organization, ids, ct);
            }

            var (mine, decided) = await store.WriteAsync(organization, Urgency.Background, db => DecideAsync(db, ids, run.Now, ct), ct);
            run.Leave(ids.Except(mine));
            run.Done += decided;
        }
        catch (RowFailed failed)
        {
            if (failed.Id is { } bad)
            {
                await FailedAsync(organization, bad, failed.InnerException!, run, ct);
            }
            else
            {
                log.LogWarning(failed.InnerException, "Sweep {Sweep} cannot decide {Count} rows together and decides them one by one", Name, ids.Count);
            }

            foreach (var id in ids.Where(id => id != failed.Id))
            {
                await AloneAsync(organization, id, run, ct);
            }
        }
        catch (Exception nobodys) when (nobodys is OperationCanceledException || EquityStore.WhyAway(nobodys) is not null)
        {
            // Asked to stop, or the database is in trouble.
            await ForgetAsync(organization, ids);
            throw;
        }
    }

    Task ForgetAsync(Guid organization, List<Guid> ids) => store.WriteAsync(organization, Urgency.Background, db => RowClaims.ForgetAsync(db, Name, ids, CancellationToken.None), CancellationToken.None);

    /// <summary>What was claimed, and how many of these were decided before the time was up; the others stay due.</summary>
    async Task<(List<Guid> Mine, int Decided)> DecideAsync(EquityDb db, List<Guid> ids, Instant now, CancellationToken ct)
    {
        var mine = await RowClaims.ClaimAsync(db, Name, ids, ct);
        if (store.IsPostgres && mine.Count > 0)
        {
            // In a transaction of its own, while this one holds the claim.
            await claims.CountFirstAsync(Name, db.OrganizationId, mine, ct);
        }

        var (watch, decided) = (Stopwatch.StartNew(), 0);
        foreach (var some in mine.Chunk(Together))
        {
            await DecideAndSaveAsync(db, some, now, ct);
            decided += some.Length;
            if (watch.Elapsed > LongestHold)
            {
                break;
            }
        }

        await RowClaims.ForgetAsync(db, Name, mine, ct);
        return (mine, decided);
    }

    async Task DecideAndSaveAsync(EquityDb db, IReadOnlyList<Guid> ids, Instant now, CancellationToken ct)
    {
        Guid? alone = ids is [var one] ? one : null;
        var deciding = alone;
        try
        {
            var batch = await LoadAsync(db, ids, ct);
            foreach (var id in ids)
            {
                deciding = id;
                await DecideAsync(db, batch, id, now, ct);
            }

            // The next ones may ask about what these have changed.
            deciding = alone;
            await db.SaveChangesAsync(ct);
            db.Forget();
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !EquityStore.AsksForAnotherTry(failure) && EquityStore.WhyAway(failure) is null)
        {
            throw new RowFailed(deciding, failure);
        }
    }

    async Task AloneAsync(Guid organization, Guid id, Run run, CancellationToken ct)
    {
        try
        {
            var mine = await store.WriteAsync(organization, Urgency.Background, async db =>
            {
                var claimed = await RowClaims.ClaimAsync(db, Name, [id], ct);
                if (claimed.Count > 0)
                {
                    await DecideAndSaveAsync(db, [id], run.Now, ct);
                    await RowClaims.ForgetAsync(db, Name, claimed, ct);
                }

                return claimed.Count > 0;
            }, ct);
            run.Done += mine ? 1 : 0;
            run.Leave(mine ? [] : [id]);
        }
        catch (RowFailed failed)
        {
            await FailedAsync(organization, id, failed.InnerException!, run, ct);
        }
    }

    /// <summary>A row tried before is counted again and alone, just before its work: what kills the process counts, and its neighbours do not pay for it.</summary>
    async Task AgainAsync(Guid organization, Guid id, Run run, CancellationToken ct)
    {
        var (turn, reason) = await claims.CountAgainAsync(Name, organization, id, Tries, run.Now, ct);
        if (turn == Claim.Mine)
        {
            try
            {
                await AloneAsync(organization, id, run, ct);
                return;
            }
            catch (Exception nobodys) when (EquityStore.WhyAway(nobodys) is not null)
            {
                await ForgetAsync(organization, [id]);
                throw;
            }
        }

        run.Leave([id]);
        if (turn == Claim.Parked)
        {
            log.LogError("Sweep {Sweep} parked row {Row} after {Tries} tries: {Reason}", Name, id, Tries, reason ?? "the process did not live to say");
        }
    }

    async Task FailedAsync(Guid organization, Guid id, Exception failure, Run run, CancellationToken ct)
    {
        run.Failed++;
        run.Leave([id]);
        var incident = Guid.NewGuid();
        log.LogWarning(failure, "Sweep {Sweep} failed on row {Row} and will try again, incident {Incident}", Name, id, incident);
        await claims.RememberAsync(Name, organization, id, $"{failure.GetBaseException().GetType().Name}, incident {incident}", ct);
    }

    async Task<List<DueRow>> DueAsync(Run run, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        await using var everywhere = store.AcrossOrganizations();
        var due = await RowClaims.Unparked(everywhere, Name, Rows(everywhere)).Where(row => row.At <= run.Now).OrderBy(row => row.At).Take(Batch + run.Left.Count).ToListAsync(ct);
        return [.. due.Where(row => !run.Left.Contains(row.Id))];
    }

    sealed class Run(Instant now)
    {
        public Instant Now => now;

        public int Done { get; set; }

        public int Failed { get; set; }

        /// <summary>Not to be looked at again in this run.</summary>
        public HashSet<Guid> Left { get; } = [];

        public void Leave(IEnumerable<Guid> ids) => Left.UnionWith(ids);
    }

    /// <summary>Null where it is one of several and nobody can say which.</summary>
    sealed class RowFailed(Guid? id, Exception failure) : Exception(failure.Message, failure)
    {
        public Guid? Id => id;
    }
}
