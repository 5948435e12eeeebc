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

    /// <summary>
    /// How far below the last sealed entry another one may still turn up, committed late by a transaction that had its number early. Sealed history is not
    /// looked through at every ring; the first one after a start looks at all of it. A file has one writer at a time, whose numbers commit in their order.
    /// </summary>
    long Window => store.IsPostgres ? 10_000 : 0;

    bool lookedAtAll;

    public string Name => "seal";

    public async Task<SweepResult> RunAsync(Instant now, CancellationToken ct)
    {
        var done = 0;
        foreach (var (organization, midnight, floor) in await DueAsync(now, ct))
        {
            var (links, head) = await store.WriteAsync(organization, Urgency.Background, db => SealAsync(db, midnight, floor, ct), ct);
            done += links + (head is null ? 0 : 1);
            if (head is not null)
            {
                log.LogInformation("Audit head of {Organization} for {Date}: link {Number} {Hash}", organization, LocalDatePattern.Iso.Format(head.Date), head.Number, head.Hash);
            }
        }

        lookedAtAll = true;
        return new(done, 0);
    }

    public IQueryable<DueRow>? Rows(AcrossOrganizations everywhere) => null;

    /// <summary>Organizations with new entries or an ended day without a head, each with its last midnight and the entry after which new ones may be.</summary>
    async Task<List<(Guid Organization, ZonedDateTime Midnight, long Floor)>> DueAsync(Instant now, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        var published = await everywhere.Rows<AuditHead>().GroupBy(head => head.OrganizationId)
            .Select(heads => new { Organization = heads.Key, Date = heads.Max(head => head.Date) })
            .ToDictionaryAsync(one => one.Organization, one => one.Date, ct);
        var due = new List<(Guid, ZonedDateTime, long)>();
        foreach (var organization in await everywhere.Rows<Organization>().ToListAsync(ct))
        {
            var midnight = LastMidnight(now, DateTimeZoneProviders.Tzdb[organization.Zone]);
            var floor = lookedAtAll ? await everywhere.Rows<AuditLink>().Where(link => link.OrganizationId == organization.Id).MaxAsync(link => (long?)link.EntrySeq, ct) - Window ?? 0 : 0;
            if (!published.TryGetValue(organization.Id, out var date) || date < midnight.Date.PlusDays(-1) || await Unsealed(everywhere.Rows<AuditEntry>(), everywhere.Rows<AuditLink>(), organization.Id, floor).AnyAsync(ct))
            {
                due.Add((organization.Id, midnight, floor));
            }
        }

        return due;
    }

    static IQueryable<AuditEntry> Unsealed(IQueryable<AuditEntry> entries, IQueryable<AuditLink> links, Guid organization, long floor) =>
        entries.Where(entry => entry.OrganizationId == organization && entry.Seq > floor && !links.Any(link => link.OrganizationId == organization && link.EntrySeq == entry.Seq));

    static ZonedDateTime LastMidnight(Instant now, DateTimeZone zone) => now.InZone(zone).Date.AtStartOfDayInZone(zone);

    /// <summary>A chain has one end: its number is the key, so of two nodes that seal at once one is refused. An entry that commits late is sealed late, not lost.</summary>
    static async Task<(int Links, AuditHead? Head)> SealAsync(EquityDb db, ZonedDateTime midnight, long floor, CancellationToken ct)
    {
        var last = (await db.Set<AuditLink>().AsNoTracking().OrderByDescending(one => one.Number).Take(1).ForUpdate().ToListAsync(ct)).SingleOrDefault();
        var entries = await Unsealed(db.Set<AuditEntry>().AsNoTracking(), db.Set<AuditLink>(), db.OrganizationId, floor).OrderBy(entry => entry.Seq).Take(Batch).ToListAsync(ct);
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
        // Asked first, since what follows walks back over the whole of today.
        var (ended, end) = (midnight.Date.PlusDays(-1), midnight.ToInstant());
        if (await db.Set<AuditHead>().AnyAsync(one => one.Date >= ended, ct) || !(await db.Set<AuditEntry>().OrderBy(one => one.Seq).Select(one => (Instant?)one.At).FirstOrDefaultAsync(ct) < end))
        {
            return null;
        }

        var reached = await db.Set<AuditLink>().AsNoTracking()
            .Where(link => db.Set<AuditEntry>().Any(entry => entry.Seq == link.EntrySeq && entry.At < end))
            .OrderByDescending(link => link.Number).FirstOrDefaultAsync(ct);
        if (reached is null)
        {
            return null;
        }

        var head = new AuditHead { OrganizationId = db.OrganizationId, Date = ended, Number = reached.Number, Hash = reached.Hash };
        db.Add(head);
        return head;
    }
}
