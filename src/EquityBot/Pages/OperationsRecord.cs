using EquityBot.Chat;
using EquityBot.Escalation.Auditing;
using EquityBot.Jobs;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Pages;

/// <summary>One sweep of the timetable as it stands.</summary>
/// <param name="Last">The last run that did something or went wrong; null where none was kept.</param>
/// <param name="NextDue">On the hospital clock; null where nothing is in sight, or where it is due whenever it is rung.</param>
sealed record SweepLine(Ring Ring, SweepRun? Last, Instant? NextDue);

/// <summary>How the machinery stands at this moment, in ids and counts: what the operations page shows.</summary>
sealed record OperationsRecord(
    IReadOnlyList<SweepLine> Sweeps, IReadOnlyList<(DeliveryState State, int Count)> Deliveries, IReadOnlyList<DeadLetter> Letters, IReadOnlyList<Finding> Findings, AuditWatch? Watch, Duration? ClocksApart)
{
    /// <summary>Deliveries are counted over so many days.</summary>
    public const int Days = 30;
}

/// <summary>Reads it.</summary>
sealed class OperationsDesk(EquityStore store, Outlook outlook, IReadOnlyList<Ring> timetable, SweepHistory history, DeadLetters letters, ClockCheck clocks)
{
    const int ResolvedAtMost = 20;

    public DeadLetters Letters => letters;

    public async Task<OperationsRecord> ReadAsync(Guid organization, LocalDate today, CancellationToken ct)
    {
        await using var db = store.For(organization);
        var since = today.PlusDays(-OperationsRecord.Days);
        var byState = await db.Set<Delivery>().Where(one => one.Date >= since).GroupBy(one => one.State).Select(same => new { same.Key, Count = same.Count() }).ToListAsync(ct);
        var found = db.Set<Finding>().AsNoTracking().Where(one => one.FoundAt != null);
        return new(
            await SweepsAsync(ct),
            [.. byState.OrderBy(one => one.Key).Select(one => (one.Key, one.Count))],
            await letters.ListAsync(organization, ct),
            [
                .. await found.Where(one => one.ResolvedAt == null).OrderBy(one => one.FoundAt).ToListAsync(ct),
                .. await found.Where(one => one.ResolvedAt != null).OrderByDescending(one => one.ResolvedAt).Take(ResolvedAtMost).ToListAsync(ct),
            ],
            await db.Set<AuditWatch>().AsNoTracking().SingleOrDefaultAsync(ct),
            clocks.Apart);
    }

    async Task<List<SweepLine>> SweepsAsync(CancellationToken ct)
    {
        var next = await outlook.NextAsync(ct);
        var lines = new List<SweepLine>();
        foreach (var ring in timetable)
        {
            lines.Add(new(ring, await history.LastAsync(ring.Sweep, ct), next.TryGetValue(ring.Sweep, out var at) ? at : null));
        }

        return lines;
    }
}
