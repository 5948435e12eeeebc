using System.Globalization;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Cycles;

/// <summary>When a budget season opens, asks each department lead with open promises what these need from it, once, and tells the equity officer how many say nothing yet.</summary>
public sealed class BudgetSweep(EquityStore store, ILogger<BudgetSweep> log) : RowSweep<BudgetSweep.Batch>(store, log)
{
    public override string Name => "budget-season";

    public override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<BudgetSeason>().Where(one => one.LookAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.LookAt!.Value });

    public sealed record Batch(IReadOnlyDictionary<Guid, BudgetSeason> Seasons, Roster Roster);

    protected override async Task<Batch> LoadAsync(EquityDb db, IReadOnlyList<Guid> ids, CancellationToken ct) => new(
        await db.Set<BudgetSeason>().Where(one => ids.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToDictionaryAsync(one => one.Id, ct),
        await Roster.LoadAsync(db, ct));

    protected override async Task DecideAsync(EquityDb db, Batch batch, Guid id, Instant now, CancellationToken ct)
    {
        var (season, roster) = (batch.Seasons[id], batch.Roster);
        if (season.LookAt is null || season.LookAt > now)
        {
            return;
        }

        if (season.YearOn(roster.TodayAt(now), roster.Organization.FiscalMonth) is { } year && season.Asked != year.Key)
        {
            season.Ask(year);
            db.Append(AuditEntry.Of(db, now, Name, null, "asked", year.Key));
            await AskAsync(db, season, year, roster, now, ct);
        }

        season.Plan(roster, now);
    }

    /// <summary>Whoever was asked for this year already is left out: it is asked again where somebody had gone before their message left.</summary>
    static async Task AskAsync(EquityDb db, BudgetSeason season, FiscalYear year, Roster roster, Instant now, CancellationToken ct)
    {
        var promises = await BudgetPrompt.PromisesAsync(db, ct);
        var about = await db.Set<Notice>().AsNoTracking()
            .Where(one => (one.Trigger == BudgetPrompt.Name || one.Trigger == BudgetOutlook.Name) && one.Period.StartsWith(year.Key + ":")).Select(one => new { one.SubjectId, Stands = one.SupersededAt == null }).ToListAsync(ct);
        foreach (var lead in roster.Departments.Select(one => roster.ActingLeadOf(one.Id, now)).OfType<Person>().DistinctBy(one => one.Id))
        {
            var theirs = BudgetPrompt.LedBy(lead, roster, now);
            Tell(promises.Exists(one => theirs.Contains(one.DepartmentId)) ? lead : null, lead.Id, BudgetPrompt.Name, MessageKind.CheckIn);
        }

        Tell(promises.TrueForAll(BudgetPrompt.IsStated) ? null : roster.Holder(Role.EquityOfficer), season.Id, BudgetOutlook.Name, MessageKind.Digest);

        void Tell(Person? person, Guid subject, string trigger, MessageKind kind)
        {
            if (person is null || roster.HasLeft(person, now) || about.Exists(one => one.SubjectId == subject && one.Stands))
            {
                return;
            }

            var hears = BudgetPrompt.Hears(person, roster, now);
            db.Append(new Notice
            {
                OrganizationId = db.OrganizationId,
                SubjectId = subject,
                Ref = "",
                Trigger = trigger,
                Period = string.Create(CultureInfo.InvariantCulture, $"{year.Key}:{1 + about.Count(one => one.SubjectId == subject)}"),
                RecipientId = (hears ?? person).Id,
                Kind = kind,
                Slot = Slot.Morning,
                DecidedAt = now,
                // With nobody there for them it waits for their return.
                NotBefore = hears is null && person.AwayUntil is { } away ? roster.HoursOf(person).OpeningOnOrAfter(away.PlusDays(1)) : now,
            });
        }
    }
}
