using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Sweeps;

/// <summary>What waits for all sweeps together, asked in one query: it is asked every second, and after each turn of a practice.</summary>
public sealed class Outlook(EquityStore store, IEnumerable<ISweep> sweeps)
{
    /// <summary>Of each sweep for which a row waits, when the first of these is due; parked ones do not wait.</summary>
    public Task<IReadOnlyDictionary<string, Instant>> NextAsync(CancellationToken ct) => FirstAsync(RowClaims.Unparked, ct);

    /// <summary>The same of rows that nobody has begun. What was begun and failed comes again at the bell's rhythm, so that a passing fault passes.</summary>
    public Task<IReadOnlyDictionary<string, Instant>> UntouchedAsync(CancellationToken ct) => FirstAsync(RowClaims.Untouched, ct);

    /// <summary>The same of one organization.</summary>
    public Task<IReadOnlyDictionary<string, Instant>> NextOfAsync(Guid organization, CancellationToken ct) =>
        FirstAsync((everywhere, sweep, rows) => RowClaims.Unparked(everywhere, sweep, rows.Where(row => row.OrganizationId == organization)), ct);

    /// <summary>When any of them is due next; null when nothing is in sight.</summary>
    public async Task<Instant?> EarliestAsync(CancellationToken ct) => (await NextAsync(ct)).Values.Min(at => (Instant?)at);

    /// <summary>Those with something to do by this time and those that are due whenever they are rung; and when any is due next.</summary>
    public async Task<(IReadOnlySet<string> Due, Instant? Next)> DueAsync(Instant by, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        var next = await NextAsync(ct);
        return (sweeps.Where(sweep => sweep.Rows(everywhere) is null || (next.TryGetValue(sweep.Name, out var at) && at <= by)).Select(sweep => sweep.Name).ToHashSet(), next.Values.Min(at => (Instant?)at));
    }

    async Task<IReadOnlyDictionary<string, Instant>> FirstAsync(Func<AcrossOrganizations, string, IQueryable<DueRow>, IQueryable<DueRow>> narrow, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        var firsts = sweeps.Select(sweep => sweep.Rows(everywhere) is { } rows ? First(sweep.Name, narrow(everywhere, sweep.Name, rows)) : null).OfType<IQueryable<SweepDue>>().ToList();
        return firsts.Count == 0 ? new() : await firsts.Aggregate(Queryable.Concat).ToDictionaryAsync(one => one.Sweep, one => one.At, ct);
    }

    static IQueryable<SweepDue> First(string sweep, IQueryable<DueRow> rows) => rows.OrderBy(row => row.At).Take(1).Select(row => new SweepDue { Sweep = sweep, At = row.At });

    sealed class SweepDue
    {
        public required string Sweep { get; init; }

        public required Instant At { get; init; }
    }
}
