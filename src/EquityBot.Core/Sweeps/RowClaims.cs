using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Sweeps;

/// <summary>What became of asking for a row that was tried before.</summary>
enum Claim
{
    Mine,

    /// <summary>Another process has it in hand, or has just finished it.</summary>
    Another,

    /// <summary>It has had its tries.</summary>
    Parked,
}

/// <summary>
/// Who decides a row, and how often it was tried. A claim is an advisory lock of the transaction that decides: it ends with that transaction, however the
/// process ends, and does not disturb the order in which everybody locks subjects. The count commits before the work, so that a try that kills the process counts.
/// A file has one process, which needs no claim.
/// </summary>
sealed class RowClaims(EquityStore store)
{
    public static IQueryable<DueRow> Unparked(AcrossOrganizations everywhere, string sweep, IQueryable<DueRow> rows) =>
        rows.Where(row => !everywhere.Rows<ParkedRow>().Any(parked => parked.Sweep == sweep && parked.RowId == row.Id && parked.ParkedAt != null));

    public static IQueryable<DueRow> Untouched(AcrossOrganizations everywhere, string sweep, IQueryable<DueRow> rows) =>
        rows.Where(row => !everywhere.Rows<ParkedRow>().Any(begun => begun.Sweep == sweep && begun.RowId == row.Id));

    /// <summary>Of these rows, those that nobody else is deciding; ours until the transaction ends.</summary>
    public static async Task<List<Guid>> ClaimAsync(EquityDb db, string sweep, List<Guid> ids, CancellationToken ct)
    {
        if (!db.IsPostgres)
        {
            return ids;
        }

        var free = await db.Database
            .SqlQuery<Guid>($"SELECT id AS \"Value\" FROM unnest({ids.ToArray()}) AS id WHERE pg_try_advisory_xact_lock(hashtextextended({sweep} || id::text, 0))")
            .ToHashSetAsync(ct);
        return [.. ids.Where(free.Contains)];
    }

    /// <summary>Those that were begun before and not finished; apart from them those that somebody is deciding at this moment.</summary>
    public Task<(HashSet<Guid> Tried, HashSet<Guid> Busy)> TriedAsync(string sweep, Guid organization, List<Guid> ids, CancellationToken ct) => store.WriteAsync(
        organization,
        Urgency.Background,
        async db =>
        {
            var begun = await db.Set<ParkedRow>().Where(one => one.Sweep == sweep && ids.Contains(one.RowId)).Select(one => one.RowId).ToListAsync(ct);
            var free = begun.Count == 0 ? begun : await ClaimAsync(db, sweep, begun, ct);
            return (free.ToHashSet(), begun.Except(free).ToHashSet());
        },
        ct);

    /// <summary>Counts the first try of each; a count that is there already stays.</summary>
    public Task CountFirstAsync(string sweep, Guid organization, List<Guid> ids, CancellationToken ct) => store.WriteAsync(
        organization,
        Urgency.Background,
        async db =>
        {
            var known = await db.Set<ParkedRow>().Where(one => one.Sweep == sweep && ids.Contains(one.RowId)).Select(one => one.RowId).ToHashSetAsync(ct);
            db.Append(ids.Where(id => !known.Contains(id)).Select(id => new ParkedRow { OrganizationId = organization, Sweep = sweep, RowId = id, Attempts = 1 }));
        },
        ct);

    /// <summary>Counts one more try; parks the row when it has had them all.</summary>
    public Task<(Claim Claim, string? Reason)> CountAgainAsync(string sweep, Guid organization, Guid id, int tries, Instant now, CancellationToken ct) => store.WriteAsync(
        organization,
        Urgency.Background,
        async db =>
        {
            if ((await ClaimAsync(db, sweep, [id], ct)).Count == 0 || await db.Set<ParkedRow>().SingleOrDefaultAsync(one => one.Sweep == sweep && one.RowId == id, ct) is not { ParkedAt: null } row)
            {
                return (Claim.Another, null);
            }

            if (++row.Attempts <= tries)
            {
                return (Claim.Mine, null);
            }

            row.ParkedAt = now;
            return (Claim.Parked, row.Reason);
        },
        ct);

    public Task RememberAsync(string sweep, Guid organization, Guid id, string reason, CancellationToken ct) => store.WriteAsync(
        organization,
        Urgency.Background,
        db => db.Set<ParkedRow>().Where(one => one.Sweep == sweep && one.RowId == id).ExecuteUpdateAsync(set => set.SetProperty(one => one.Reason, reason), ct),
        ct);

    /// <summary>A row that was decided, or whose turn did not come, was never in trouble.</summary>
    public static Task ForgetAsync(EquityDb db, string sweep, List<Guid> ids, CancellationToken ct) =>
        db.Set<ParkedRow>().Where(one => one.Sweep == sweep && ids.Contains(one.RowId)).ExecuteDeleteAsync(ct);
}
