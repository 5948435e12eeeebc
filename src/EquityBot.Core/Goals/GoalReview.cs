using EquityBot.Commitments;
using EquityBot.Cycles;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Goals;

/// <summary>The question for a goal's newest number: one row a goal, asked once a period of its review cadence.</summary>
public sealed class GoalReview : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required Guid GoalId { get; init; }

    /// <summary>Key of the <see cref="CheckInPeriod"/> that was asked about last; null before the first.</summary>
    public string? Period { get; private set; }

    /// <summary>Counts the times it was asked; each is a notice of its own.</summary>
    public int Asks { get; private set; }

    /// <summary>When to look next; null where nothing is to be asked.</summary>
    public Instant? LookAt { get; private set; }

    public void Ask(string period) => (Period, Asks) = (period, Asks + 1);

    public void LookAgainAt(Instant? at) => LookAt = at;

    sealed class Mapping : IEntityTypeConfiguration<GoalReview>
    {
        public void Configure(EntityTypeBuilder<GoalReview> table)
        {
            table.ToTable("GoalReviews").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Period).HasMaxLength(20);
            table.HasIndex(one => one.GoalId).IsUnique();
            table.HasIndex(one => new { one.LookAt, one.OrganizationId }).HasFilter("\"LookAt\" IS NOT NULL");
        }
    }
}

/// <summary>When a goal's number is asked for: in the last week of each whole period of its cadence, unless one of that period is there already.</summary>
public static class GoalReviewWatch
{
    /// <summary>A last period that the due day cuts shorter than a week asks for nothing: what it would bring has just been asked for.</summary>
    const int Shortest = 7;

    /// <summary>The period that contains the day, up to the goal's own day; null where the goal has no cadence or the day lies outside of its whole periods.</summary>
    public static CheckInPeriod? PeriodAt(SmartGoal goal, LocalDate day, DateTimeZone zone)
    {
        if (goal is not { IsRunning: true, ReviewCadence: { } cadence, Due: { } due, PlacedAt: { } placed } || day > due)
        {
            return null;
        }

        var first = CheckInPeriod.First(new Rhythm(cadence), placed.InZone(zone).Date);
        var period = CheckInPeriod.At(new Rhythm(cadence), LocalDate.Max(day, first.Starts));
        period = period with { Ends = LocalDate.Min(period.Ends, due) };
        return Period.DaysBetween(period.Starts, period.Ends) + 1 < Shortest ? null : period;
    }

    /// <summary>Whether a number of that period is there.</summary>
    public static bool IsGiven(CheckInPeriod period, GoalRecord record) => record.Counting.Any(one => one.Value is not null && one.On >= period.Starts && one.On <= period.Ends);

    /// <summary>The period to ask about now and whom, or neither; and when to look again, null when never.</summary>
    public static (CheckInPeriod? Period, Person? Asked, Instant? Next) Look(GoalReview review, SmartGoal goal, GoalRecord record, Roster roster, Instant now)
    {
        var owner = roster[goal.OwnerId];
        var (today, zone) = (roster.TodayOf(owner, now), roster.ZoneOf(owner));
        if (PeriodAt(goal, today, zone) is not { } period)
        {
            return (null, null, null);
        }

        if (period.Key == review.Period || IsGiven(period, record) || period.AskOn(roster.CalendarOf(owner), null) is not { } day)
        {
            return (null, null, AskAt(PeriodAt(goal, period.Ends.PlusDays(1), zone), owner, roster));
        }

        var acting = roster.IsAbsent(owner, now) ? roster.ActingFor(owner, now) : owner;
        if (acting is null)
        {
            // Somebody may be back before the period ends; after it, the next one is looked at.
            var back = LocalDate.Min(owner.AwayUntil ?? period.Ends, period.Ends).PlusDays(1);
            return (null, null, zone.AtStartOfDay(LocalDate.Max(back, today.PlusDays(1))).ToInstant());
        }

        var at = roster.HoursOf(acting).OpeningOnOrAfter(day);
        return at <= now ? (period, acting, AskAt(PeriodAt(goal, period.Ends.PlusDays(1), zone), owner, roster)) : (null, null, at);
    }

    /// <summary>The morning on which the owner would be asked; the end of a period that has none.</summary>
    static Instant? AskAt(CheckInPeriod? period, Person owner, Roster roster) => period is null ? null
        : period.AskOn(roster.CalendarOf(owner), null) is { } day ? roster.HoursOf(owner).OpeningOnOrAfter(day) : roster.ZoneOf(owner).AtStartOfDay(period.Ends.PlusDays(1)).ToInstant();
}
