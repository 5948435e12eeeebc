using EquityBot.Commitments;
using EquityBot.Goals;
using EquityBot.People;
using EquityBot.Tests.Given;
using NodaTime;

namespace EquityBot.Tests.Goals;

/// <summary>When a goal's number is asked for, and of whom.</summary>
public class GoalReviewTests
{
    static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];

    static Instant At(int month, int day, int hour = 9) => NewYork.AtStrictly(new LocalDateTime(2026, month, day, hour, 0)).ToInstant();

    static SmartGoal Goal(Cadence? cadence, LocalDate due, Guid? owner = null)
    {
        var goal = AnyGoal.Whole(but: one => (one.ReviewCadence, one.Due) = (cadence, due), owner: owner);
        goal.Place(new Verdict([]), At(3, 2));
        return goal;
    }

    [Theory]
    [InlineData(Cadence.Monthly, "2026-09-30", "2026-03-10", "2026-04-01", "2026-04-30")] // the first whole one
    [InlineData(Cadence.Monthly, "2026-09-30", "2026-05-10", "2026-05-01", "2026-05-31")]
    [InlineData(Cadence.Monthly, "2026-05-15", "2026-05-10", "2026-05-01", "2026-05-15")] // up to the goal's own day
    [InlineData(Cadence.Monthly, "2026-05-06", "2026-05-02", null, null)] // too short to be asked about again
    [InlineData(Cadence.Monthly, "2026-05-15", "2026-05-16", null, null)]
    [InlineData(Cadence.Weekly, "2026-09-30", "2026-03-12", "2026-03-09", "2026-03-15")]
    [InlineData(Cadence.Quarterly, "2026-09-30", "2026-03-12", "2026-04-01", "2026-06-30")]
    [InlineData(null, "2026-09-30", "2026-05-10", null, null)]
    public void The_period_that_a_day_belongs_to(Cadence? cadence, string due, string day, string? starts, string? ends)
    {
        var period = GoalReviewWatch.PeriodAt(Goal(cadence, Day(due)), Day(day), NewYork);
        Assert.Equal((starts, ends), (period is null ? null : Iso(period.Starts), period is null ? null : Iso(period.Ends)));
    }

    static LocalDate Day(string iso) => NodaTime.Text.LocalDatePattern.Iso.Parse(iso).Value;

    static string Iso(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day);

    [Fact]
    public void Asked_once_in_the_last_week_and_not_where_a_number_of_that_period_counts()
    {
        var roster = new RosterOf().Person("owner").Build();
        var goal = Goal(Cadence.Monthly, new(2026, 9, 30), roster.ByHandle("owner")!.Id);
        var review = new GoalReview { Id = Guid.NewGuid(), OrganizationId = Guid.NewGuid(), GoalId = goal.Id };
        Assert.Equal((null, At(4, 24)), Found(review, GoalRecord.Empty, At(3, 3)));
        Assert.Equal(("2026-04 owner", At(5, 25)), Found(review, GoalRecord.Empty, At(4, 24)));
        review.Ask("2026-04");
        Assert.Equal((null, At(5, 25)), Found(review, GoalRecord.Empty, At(4, 24)));

        // May 25 is day 84 after March 2. A number that was about April says nothing of May.
        Assert.Equal(("2026-05 owner", At(6, 24)), Found(review, AnyGoal.With([AnyGoal.Reading(59, 20)]), At(5, 25)));
        Assert.Equal((null, At(6, 24)), Found(review, AnyGoal.With([AnyGoal.Reading(60, 20)]), At(5, 25)));

        (string?, Instant?) Found(GoalReview of, GoalRecord record, Instant now)
        {
            var (period, asked, next) = GoalReviewWatch.Look(of, goal, record, roster, now);
            return (period is null ? null : $"{period.Key} {asked?.Handle}", next);
        }
    }

    [Theory]
    [InlineData("2026-04-26", null, null, "2026-04-27")] // back within the period: then
    [InlineData("2026-05-20", null, null, "2026-05-01")] // not before its end: the next one
    [InlineData("2026-05-20", "other", "other", "2026-05-25")]
    public void Whoever_acts_is_asked_and_with_nobody_there_the_return_is_waited_for(string awayUntil, string? standIn, string? asked, string next)
    {
        var roster = new RosterOf().Person("owner", awayUntil: awayUntil, standIn: standIn).Person("other").Build();
        var goal = Goal(Cadence.Monthly, new(2026, 9, 30), roster.ByHandle("owner")!.Id);
        var found = GoalReviewWatch.Look(new GoalReview { Id = Guid.NewGuid(), OrganizationId = Guid.NewGuid(), GoalId = goal.Id }, goal, GoalRecord.Empty, roster, At(4, 24));
        Assert.Equal((asked, next), (found.Asked?.Handle, Iso(found.Next!.Value.InZone(NewYork).Date)));
    }
}
