using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Sweeps;

/// <summary>Seals new audit entries into each organization's chain. It is due whenever it is rung; nothing waits for it.</summary>
public sealed class SealSweep(EquityStore store) : ISweep
{
    const int Batch = 500;

    public string Name => "seal";

    public async Task<SweepResult> RunAsync(Instant now, CancellationToken ct)
    {
        var sealedEntries = 0;
        foreach (var organization in await WithNewEntriesAsync(ct))
        {
            sealedEntries += await store.WriteAsync(organization, Urgency.Background, db => SealAsync(db, ct), ct);
        }

        return new(sealedEntries, 0);
    }

    public Task<Instant?> NextDueAsync(CancellationToken ct) => Task.FromResult<Instant?>(null);

    async Task<List<Guid>> WithNewEntriesAsync(CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        return await everywhere.Rows<AuditEntry>()
            .Where(entry => !everywhere.Rows<AuditLink>().Any(link => link.EntrySeq == entry.Seq))
            .Select(entry => entry.OrganizationId).Distinct().ToListAsync(ct);
    }

    /// <summary>A chain has one end: its number is the key, so of two nodes that seal at once one is refused. An entry that commits late is sealed late, not lost.</summary>
    static async Task<int> SealAsync(EquityDb db, CancellationToken ct)
    {
        var last = (await db.Set<AuditLink>().AsNoTracking().OrderByDescending(one => one.Number).Take(1).ForUpdate().ToListAsync(ct)).SingleOrDefault();
        var entries = await db.Set<AuditEntry>().AsNoTracking()
            .Where(entry => !db.Set<AuditLink>().Any(link => link.EntrySeq == entry.Seq))
            .OrderBy(entry => entry.Seq).Take(Batch).ToListAsync(ct);
        foreach (var entry in entries)
        {
            last = AuditLink.After(last, entry);
            db.Add(last);
        }

        return entries.Count;
    }
}
