using System.Globalization;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Partnerships;

/// <summary>When an agreement that ends is reminded of: sixty and fourteen days ahead, for a renewal takes weeks, and once it has ended; each moved to the next working day.</summary>
public static class AgreementWatch
{
    /// <summary>Calendar days after its last one.</summary>
    public static readonly IReadOnlyList<int> Days = [-60, -14, 1];

    /// <summary>How many reminders have fallen due by now, and when the next one does.</summary>
    /// <param name="until">The last day of the agreement.</param>
    /// <param name="hours">Of whoever hears.</param>
    public static (int Due, Instant? Next) Look(LocalDate until, WorkingHours hours, Instant now) => Reminders.Look([.. Days.Select(days => hours.OpeningOnOrAfter(until.PlusDays(days)))], now);
}

/// <summary>Reminds whoever looks after a partner that the agreement ends.</summary>
public sealed class AgreementSweep(EquityStore store, ILogger<AgreementSweep> log) : RowSweep<AgreementSweep.Batch>(store, log)
{
    public override string Name => "agreements";

    public override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<Partner>().Where(one => one.LookAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.LookAt!.Value });

    public sealed record Batch(IReadOnlyDictionary<Guid, Partner> Partners, Roster Roster);

    protected override async Task<Batch> LoadAsync(EquityDb db, IReadOnlyList<Guid> ids, CancellationToken ct) => new(
        await db.Set<Partner>().Where(one => ids.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToDictionaryAsync(one => one.Id, ct),
        await Roster.LoadAsync(db, ct));

    protected override Task DecideAsync(EquityDb db, Batch batch, Guid id, Instant now, CancellationToken ct)
    {
        var (partner, roster) = (batch.Partners[id], batch.Roster);
        if (partner.LookAt is null || partner.LookAt > now)
        {
            return Task.CompletedTask;
        }

        if (partner.AgreementExpires is not { } until)
        {
            partner.LookAgainAt(null);
            return Task.CompletedTask;
        }

        if (Reminders.Hears(roster, partner.OwnerId, partner.DepartmentId, now) is not { } hears)
        {
            partner.LookAgainAt(roster.HoursOf(roster[partner.OwnerId]).NextMorning(now));
            return Task.CompletedTask;
        }

        var (due, next) = AgreementWatch.Look(until, roster.HoursOf(hears), now);
        if (due > partner.Reminders)
        {
            partner.Remind(due);
            db.Add(AuditEntry.Of(db, now, Name, partner.Ref, "reminded"));
            db.Add(new Notice
            {
                OrganizationId = db.OrganizationId,
                SubjectId = partner.Id,
                Ref = partner.Ref,
                Trigger = AgreementNotice.Name,
                Period = AgreementNotice.Period(partner),
                RecipientId = hears.Id,
                Kind = MessageKind.Reminder,
                Slot = Slot.Morning,
                DecidedAt = now,
                NotBefore = now,
            });
        }

        partner.LookAgainAt(next);
        return Task.CompletedTask;
    }
}

/// <summary>An agreement ends, or has ended.</summary>
public sealed class AgreementNotice : NoticeWriter
{
    public const string Name = "agreement";

    public override string Trigger => Name;

    /// <summary>What makes this reminder another one than the last.</summary>
    public static string Period(Partner partner) => string.Create(CultureInfo.InvariantCulture, $"{partner.AgreementExpires:uuuu'-'MM'-'dd}:{partner.Reminders}:{partner.Version}");

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        if (await reader.ViewAsync(db, notice.Ref, ct) is not { Subject: Partner { AgreementExpires: { } until } partner } view || !notice.Period.StartsWith($"{until:uuuu'-'MM'-'dd}:", StringComparison.Ordinal))
        {
            return null;
        }

        if (Reminders.Hears(reader.Roster, partner.OwnerId, partner.DepartmentId, reader.Now)?.Id != reader.Person.Id)
        {
            // Somebody else acts by now: the sweep finds out who.
            await db.Set<Partner>().Where(one => one.Id == partner.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.LookAt, reader.Now).SetProperty(one => one.Reminders, partner.Reminders - 1), ct);
            return null;
        }

        var words = reader.Words;
        return new(
            words[until < reader.Today ? "agreement.ended" : "agreement.ends", ("partner", partner.Name), ("day", reader.Day(until))],
            partner.Funded ? new Words(words["agreement.funded"]) : null,
            new Quiet(words["agreement.what-next"]),
            reader.Buttons(view, "renew-agreement", "edit-partner", "show"));
    }
}
