using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Escalation.Auditing;

/// <summary>Makes each month's statement on the officer's first morning of the next one. Months that nobody ran are made up for, one by one.</summary>
public sealed class StatementSweep(EquityStore store, ILogger<StatementSweep> log) : RowSweep<IReadOnlyDictionary<Guid, AuditWatch>>(store, log)
{
    public override string Name => "statements";

    public override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<AuditWatch>().Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.StatementAt });

    protected override async Task<IReadOnlyDictionary<Guid, AuditWatch>> LoadAsync(EquityDb db, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        await db.Set<AuditWatch>().Where(one => ids.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToDictionaryAsync(one => one.Id, ct);

    protected override async Task DecideAsync(EquityDb db, IReadOnlyDictionary<Guid, AuditWatch> batch, Guid id, Instant now, CancellationToken ct)
    {
        var watch = batch[id];
        if (watch.StatementAt > now)
        {
            return;
        }

        var roster = await Roster.LoadAsync(db, ct);
        var begun = Month.Of(watch.StatementAt.InZone(roster.Zone).Date);
        var month = begun.Before;
        var figures = await StatementFigures.OfAsync(db, month, roster.Zone, watch.LongestPause, ct);
        var next = begun.Next.MorningFor(roster);
        (watch.StatementAt, watch.LongestPause) = (next > watch.StatementAt ? next : begun.Next.BeginsIn(roster.Zone), 0);
        var statement = new Statement { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, Month = month.First, DecidedAt = now, Figures = figures.ToJson() };
        db.Add(statement);
        db.Add(AuditEntry.Of(db, now, Name, null, "decided", month.Name));
        if (roster.Holder(Role.EquityOfficer) is { } officer)
        {
            db.Add(new Notice
            {
                OrganizationId = db.OrganizationId,
                SubjectId = statement.Id,
                Ref = "",
                Trigger = StatementNotice.Name,
                Period = month.Name,
                RecipientId = officer.Id,
                Kind = MessageKind.Digest,
                Slot = Slot.Morning,
                DecidedAt = now,
                NotBefore = roster.HoursOf(officer).OpenAtOrAfter(now),
            });
        }
    }
}

/// <summary>The month's statement, to whoever answers for the plan.</summary>
public sealed class StatementNotice : NoticeWriter
{
    public const string Name = "statement";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct) =>
        StatementCard.Of(await StatementCard.LoadAsync(db, notice.SubjectId, ct), reader);
}
