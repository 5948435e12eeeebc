using EquityBot.Goals;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Tests.Goals;

/// <summary>When a milestone is reminded of, asked about, and missed.</summary>
public class MilestoneWatchTests
{
    static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];

    static readonly WorkingHours Hours = new(NewYork, new WorkCalendar(WorkCalendar.Weekdays, new HashSet<LocalDate> { new(2026, 5, 25) }), new(9, 0), new(17, 0));

    static Instant At(int month, int day, int hour = 9) => NewYork.AtStrictly(new LocalDateTime(2026, month, day, hour, 0)).ToInstant();

    // Due on Tuesday, May 26, after a long weekend.
    static Milestone Planned(Instant now)
    {
        var milestone = new Milestone { Id = Guid.NewGuid(), OrganizationId = Guid.NewGuid(), GoalId = Guid.NewGuid(), Number = 1, Title = "Half way", Due = new(2026, 5, 26) };
        milestone.Plan(Hours, now);
        return milestone;
    }

    [Fact]
    public void Reminded_the_working_day_before_asked_the_one_after_and_missed_five_later()
    {
        var milestone = Planned(At(5, 1));
        Assert.Equal(At(5, 22), milestone.LookAt);
        Assert.Equal((MilestoneFound.Nothing, At(5, 22)), MilestoneWatch.Look(milestone, Hours, At(5, 21)));
        Assert.Equal((MilestoneFound.ToRemind, At(5, 27)), MilestoneWatch.Look(milestone, Hours, At(5, 22)));
        milestone.Remind();
        Assert.Equal((MilestoneFound.Nothing, At(5, 27)), MilestoneWatch.Look(milestone, Hours, At(5, 22, 10)));
        Assert.Equal((MilestoneFound.ToAsk, null), MilestoneWatch.Look(milestone, Hours, At(5, 27)));
        milestone.Ask(new(2026, 5, 27));
        Assert.Equal((MilestoneFound.Nothing, At(6, 3)), MilestoneWatch.Look(milestone, Hours, At(5, 27, 10)));
        Assert.Equal((MilestoneFound.Missed, null), MilestoneWatch.Look(milestone, Hours, At(6, 3)));
        milestone.Miss(new(2026, 6, 3));
        Assert.Equal((MilestoneFound.Nothing, null), MilestoneWatch.Look(milestone, Hours, At(9, 1)));
    }

    [Fact]
    public void After_an_outage_it_is_asked_about_and_the_five_days_begin_with_the_question()
    {
        var milestone = Planned(At(5, 1));
        Assert.Equal((MilestoneFound.ToAsk, null), MilestoneWatch.Look(milestone, Hours, At(6, 30)));
        milestone.Ask(new(2026, 6, 30));
        Assert.Equal((MilestoneFound.Nothing, At(7, 7)), MilestoneWatch.Look(milestone, Hours, At(6, 30)));
    }

    [Fact]
    public void One_planned_on_the_eve_of_its_day_has_no_reminder()
    {
        var milestone = Planned(At(5, 22, 11));
        Assert.Equal(At(5, 27), milestone.LookAt);
        Assert.Equal((MilestoneFound.Nothing, At(5, 27)), MilestoneWatch.Look(milestone, Hours, At(5, 22, 12)));
    }

    [Fact]
    public void A_new_day_begins_anew_and_what_is_in_the_way_rests_five_working_days()
    {
        var milestone = Planned(At(5, 1));
        milestone.Ask(new(2026, 5, 27));
        milestone.Move(new(2026, 6, 10), Hours, At(5, 27, 10));
        Assert.Equal((new LocalDate(2026, 5, 26), MilestoneState.Planned), (milestone.FirstDue, milestone.State));
        Assert.Equal((MilestoneFound.ToRemind, At(6, 11)), MilestoneWatch.Look(milestone, Hours, At(6, 9)));
        milestone.Ask(new(2026, 6, 11));
        milestone.Block("the vendor", new(2026, 6, 12), At(6, 12));
        Assert.Equal((MilestoneFound.Nothing, At(6, 19)), MilestoneWatch.Look(milestone, Hours, At(6, 18)));
        Assert.Equal((MilestoneFound.ToAsk, null), MilestoneWatch.Look(milestone, Hours, At(6, 19)));
        milestone.Move(new(2026, 6, 24), Hours, At(6, 19));
        Assert.Equal((new LocalDate(2026, 5, 26), null), (milestone.FirstDue, milestone.Blocker));
    }

    [Fact]
    public void Done_outweighs_missed_and_taken_back_it_is_missed_again()
    {
        var milestone = Planned(At(5, 1));
        milestone.Miss(new(2026, 6, 3));
        milestone.Finish(new(2026, 6, 4), null);
        Assert.Equal(MilestoneState.Done, milestone.State);
        milestone.TakeBack(At(6, 4));
        Assert.Equal(MilestoneState.Missed, milestone.State);
        milestone.Cancel(new(2026, 6, 5), "the vendor does it");
        Assert.Equal(MilestoneState.Cancelled, milestone.State);
    }
}
