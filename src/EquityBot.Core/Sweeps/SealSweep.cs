using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Sweeps;

/// <summary>Seals new audit entries into each organization's chain, and publishes the chain's head once a day has ended. It is due whenever it is rung; nothing waits for it.</summary>
public sealed class SealSweep(EquityStore store, ILogger<SealSweep> log) : ISweep
{
    const int Batch = 500;

    public string Name => "seal";

    public async Task<SweepResult> RunAsync(Instant now, CancellationToken ct)
    {
        var done = 0;
        foreach (var (organization, midnight) in await DueAsync(now, ct))
        {
            var (links, head) = await store.WriteAsync(organization, Urgency.Background, db => SealAsync(db, midnight, ct), ct);
            done += links + (head is null ? 0 : 1);
            if (head is not null)
            {
                log.LogInformation("Audit head of {Organization} for {Date}: link {Number} {Hash}", organization, LocalDatePattern.Iso.Format(head.Date), head.Number, head.Hash);
            }
        }

        return new(done, 0);
    }

    public Task<Instant?> NextDueAsync(CancellationToken ct) => Task.FromResult<Instant?>(null);

    /// <summary>Organizations with new entries or an ended day without a head, each with its last midnight.</summary>
    async Task<List<(Guid Organization, ZonedDateTime Midnight)>> DueAsync(Instant now, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        var fresh = await everywhere.Rows<AuditEntry>()
            .Where(entry => !everywhere.Rows<AuditLink>().Any(link => link.EntrySeq == entry.Seq))
            .Select(entry => entry.OrganizationId).Distinct().ToListAsync(ct);
        var published = await everywhere.Rows<AuditHead>().GroupBy(head => head.OrganizationId)
            .Select(heads => new { Organization = heads.Key, Date = heads.Max(head => head.Date) })
            .ToDictionaryAsync(one => one.Organization, one => one.Date, ct);
        var midnights = (await everywhere.Rows<Organization>().ToListAsync(ct)).Select(one => (one.Id, Midnight: LastMidnight(now, DateTimeZoneProviders.Tzdb[one.Zone])));
        return [.. midnights.Where(one => fresh.Contains(one.Id) || !published.TryGetValue(one.Id, out var date) || date < one.Midnight.Date.PlusDays(-1))];
    }

    static ZonedDateTime LastMidnight(Instant now, DateTimeZone zone) => now.InZone(zone).Date.AtStartOfDayInZone(zone);

    /// <summary>A chain has one end: its number is the key, so of two nodes that seal at once one is refused. An entry that commits late is sealed late, not lost.</summary>
    static async Task<(int Links, AuditHead? Head)> SealAsync(EquityDb db, ZonedDateTime midnight, CancellationToken ct)
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

        await db.SaveChangesAsync(ct);
        return (entries.Count, entries.Count == Batch ? null : await PublishAsync(db, midnight, ct));
    }

    static async Task<AuditHead?> PublishAsync(EquityDb db, ZonedDateTime midnight, CancellationToken ct)
    {
        var (ended, end) = (midnight.Date.PlusDays(-1), midnight.ToInstant());
        var reached = await db.Set<AuditLink>().AsNoTracking()
            .Where(link => db.Set<AuditEntry>().Any(entry => entry.Seq == link.EntrySeq && entry.At < end))
            .OrderByDescending(link => link.Number).FirstOrDefaultAsync(ct);
        if (reached is null || await db.Set<AuditHead>().AnyAsync(one => one.Date >= ended, ct))
        {
            return null;
        }

        var head = new AuditHead { OrganizationId = db.OrganizationId, Date = ended, Number = reached.Number, Hash = reached.Hash };
        db.Add(head);
        return head;
    }
}
