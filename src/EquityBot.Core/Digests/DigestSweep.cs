using EquityBot.Chat;
using EquityBot.Escalation;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Digests;

/// <summary>Decides the week's digests once a week, when its Monday begins where the organization is. Weeks that nobody ran are not made up for.</summary>
public sealed class DigestSweep(EquityStore store, ILogger<DigestSweep> log) : RowSweep<IReadOnlyDictionary<Guid, DigestWatch>>(store, log)
{
    public override string Name => "digests";

    public override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<DigestWatch>().Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.NextAt });

    protected override async Task<IReadOnlyDictionary<Guid, DigestWatch>> LoadAsync(EquityDb db, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        await db.Set<DigestWatch>().Where(one => ids.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToDictionaryAsync(one => one.Id, ct);

    protected override async Task DecideAsync(EquityDb db, IReadOnlyDictionary<Guid, DigestWatch> batch, Guid id, Instant now, CancellationToken ct)
    {
        var watch = batch[id];
        if (watch.NextAt > now)
        {
            return;
        }

        var roster = await Roster.LoadAsync(db, ct);
        var week = IsoWeek.Of(now.InZone(roster.Zone).Date);
        watch.NextAt = week.Next.BeginsIn(roster.Zone);
        var digests = await db.Set<Digest>().Where(one => one.Monday == week.Monday).ToListAsync(ct);
        if (week.Monday > watch.Decided)
        {
            foreach (var audience in await DueAsync(db, week, ct))
            {
                if (Readership.Of(audience, roster).Any(person => Readership.MorningOf(person, week, roster, now) is not null))
                {
                    var digest = await Digest.OfAsync(db, audience, week, roster, now, ct);
                    db.Add(digest);
                    digests.Add(digest);
                    db.Add(AuditEntry.Of(db, now, Name, null, "decided", $"{week.Name} {audience}"));
                    watch.Decided = week.Monday;
                }
            }
        }

        foreach (var digest in digests)
        {
            await TellAsync(db, digest, week, roster, now, ct);
        }
    }

    /// <summary>The board's owner hears every week while a decision is due, and otherwise in the first week of a month.</summary>
    static async Task<IReadOnlyList<Audience>> DueAsync(EquityDb db, IsoWeek week, CancellationToken ct) =>
        week.IsFirstOfMonth || await db.Set<EscalationCase>().AnyAsync(one => one.Status == CaseStatus.Exhausted, ct)
            ? [Audience.Executive, Audience.Board]
            : [Audience.Executive];

    /// <summary>A notice to everybody of the audience who has none yet.</summary>
    static async Task TellAsync(EquityDb db, Digest digest, IsoWeek week, Roster roster, Instant now, CancellationToken ct)
    {
        var told = await db.Set<Notice>().Where(one => one.SubjectId == digest.Id && one.Trigger == DigestNotice.Name).Select(one => one.RecipientId).ToListAsync(ct);
        foreach (var person in Readership.Of(digest.Audience, roster).Where(person => !told.Contains(person.Id)))
        {
            if (Readership.MorningOf(person, week, roster, now) is { } morning)
            {
                db.Add(new Notice
                {
                    OrganizationId = db.OrganizationId,
                    SubjectId = digest.Id,
                    Ref = "",
                    Trigger = DigestNotice.Name,
                    Period = week.Name,
                    RecipientId = person.Id,
                    Kind = MessageKind.Digest,
                    Slot = Slot.Morning,
                    DecidedAt = now,
                    NotBefore = morning,
                });
            }
        }
    }
}
