using EquityBot.Partnerships;
using EquityBot.People;
using EquityBot.Tests.Given;
using NodaTime;

namespace EquityBot.Tests.Partnerships;

public class ReminderTests
{
    static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];

    static readonly WorkingHours Hours = new(NewYork, new WorkCalendar(WorkCalendar.Weekdays, new HashSet<LocalDate> { new(2026, 5, 25) }), new(9, 0), new(17, 0));

    static Instant At(int month, int day, int hour = 9) => NewYork.AtStrictly(new LocalDateTime(2026, month, day, hour, 0)).ToInstant();

    [Fact]
    public void A_follow_up_is_reminded_of_the_working_day_before_the_one_after_and_five_later()
    {
        // Due on Tuesday, May 26, after a long weekend.
        var due = new LocalDate(2026, 5, 26);
        Assert.Equal((0, At(5, 22)), FollowUpWatch.Look(due, Hours, At(5, 21)));
        Assert.Equal((1, At(5, 27)), FollowUpWatch.Look(due, Hours, At(5, 22)));
        Assert.Equal((2, At(6, 3)), FollowUpWatch.Look(due, Hours, At(5, 27)));
        Assert.Equal((3, null), FollowUpWatch.Look(due, Hours, At(6, 3)));
    }

    [Fact]
    public void An_agreement_is_reminded_of_sixty_and_fourteen_days_ahead_and_once_it_has_ended_on_working_days()
    {
        // Ends on Wednesday, September 30: sixty days before is Saturday, August 1.
        var until = new LocalDate(2026, 9, 30);
        Assert.Equal((0, At(8, 3)), AgreementWatch.Look(until, Hours, At(7, 31)));
        Assert.Equal((1, At(9, 16)), AgreementWatch.Look(until, Hours, At(8, 3)));
        Assert.Equal((2, At(10, 1)), AgreementWatch.Look(until, Hours, At(9, 16)));
        Assert.Equal((3, null), AgreementWatch.Look(until, Hours, At(12, 1)));
    }

    [Theory]
    [InlineData(null, "owner")]
    [InlineData("owner", "stand-in")]
    [InlineData("owner stand-in", "lead")]
    [InlineData("owner stand-in lead", "officer")]
    [InlineData("owner stand-in lead officer", null)]
    public void Whoever_is_there_hears_for_the_owner(string? away, string? expected)
    {
        string? Until(string handle) => away?.Split(' ').Contains(handle) == true ? "2026-12-31" : null;
        var told = new RosterOf().Person("owner", standIn: "stand-in", awayUntil: Until("owner")).Person("stand-in", awayUntil: Until("stand-in")).Person("lead", awayUntil: Until("lead"))
            .Person("officer", awayUntil: Until("officer"), roles: [Role.EquityOfficer]).LedBy("lead");
        var roster = told.Build();
        Assert.Equal(expected, Reminders.Hears(roster, roster.ByHandle("owner")!.Id, told.Cardiology, At(5, 22))?.Handle);
    }
}
