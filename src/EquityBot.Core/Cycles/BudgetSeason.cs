using System.Globalization;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Cycles;

/// <summary>The weeks before a fiscal year in which its budget is made. One row an organization: how long they are, and whether its leads were asked for this year.</summary>
public sealed class BudgetSeason : IOwned
{
    /// <summary>A quarter ahead, what a department asks for can still be changed nearly everywhere.</summary>
    public const int UsualWeeks = 13;

    /// <summary>Longer than this, and one season would run into the next.</summary>
    public const int MostWeeks = 40;

    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    /// <summary>How long before the fiscal year it begins; zero where nobody is to be asked.</summary>
    public int Weeks { get; set; } = UsualWeeks;

    /// <summary>Key of the latest fiscal year that was asked about; null before the first.</summary>
    public string? Asked { get; private set; }

    /// <summary>When to ask next; null where nobody is to be asked.</summary>
    public Instant? LookAt { get; private set; }

    /// <summary>The fiscal year whose budget is being made on this day; null outside of the season.</summary>
    public FiscalYear? YearOn(LocalDate today, int firstMonth) => FiscalYear.After(today, firstMonth) is var next && today >= OpensFor(next) ? next : null;

    LocalDate OpensFor(FiscalYear year) => year.Starts.PlusWeeks(-Weeks);

    public void Ask(FiscalYear year) => Asked = year.Key;

    /// <summary>Looks again when the season opens whose leads were not asked yet; that may have been before now.</summary>
    public void Plan(Roster roster, Instant now)
    {
        var next = FiscalYear.After(roster.TodayAt(now), roster.Organization.FiscalMonth);
        LookAt = Weeks == 0 ? null : roster.Zone.AtStartOfDay(OpensFor(Asked == next.Key ? next.Next : next)).ToInstant();
    }

    sealed class Mapping : IEntityTypeConfiguration<BudgetSeason>
    {
        public void Configure(EntityTypeBuilder<BudgetSeason> table)
        {
            table.ToTable("BudgetSeasons").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Asked).HasMaxLength(10);
            table.HasIndex(one => one.OrganizationId).IsUnique();
            table.HasIndex(one => new { one.LookAt, one.OrganizationId }).HasFilter("\"LookAt\" IS NOT NULL");
        }
    }
}

/// <summary>How many weeks ahead leads are asked: <c>budget_weeks</c> in organization.csv.</summary>
sealed class BudgetSeasonImport : RosterPart
{
    public override IReadOnlyList<RosterFile> Files { get; } = [new("organization") { Optional = ["budget_weeks"] }];

    public override async Task ImportAsync(EquityDb db, RosterFiles files, Roster roster, Instant now, CancellationToken ct)
    {
        var row = files.Rows("organization")[0];
        var said = row.Optional("budget_weeks");
        var weeks = BudgetSeason.UsualWeeks;
        if (said is not null && (!int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out weeks) || weeks > BudgetSeason.MostWeeks))
        {
            row.Problem("budget_weeks", $"“{said}” is no number of weeks from 0 (nobody is asked) to {BudgetSeason.MostWeeks}");
            return;
        }

        if (await db.Set<BudgetSeason>().SingleOrDefaultAsync(ct) is not { } season)
        {
            db.Add(season = new BudgetSeason { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId });
        }

        season.Weeks = weeks;
        season.Plan(roster, now);
    }
}
