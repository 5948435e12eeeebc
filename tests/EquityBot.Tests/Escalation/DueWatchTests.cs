using EquityBot.Escalation;
using EquityBot.People;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Tests.Escalation;

public class DueWatchTests
{
    static readonly Plan Plan = ScheduleTemplates.Standard;

    static Instant Utc(string text) => InstantPattern.General.Parse(text).Value;

    static LocalDate Day(string iso) => LocalDatePattern.Iso.Parse(iso).Value;

    static DueWatch Watch(string due, string accepted = "2026-01-05T15:00:00Z", string zone = "America/New_York", IReadOnlySet<IsoDayOfWeek>? own = null, Plan? plan = null, params string[] holidays)
    {
        var closed = holidays.Select(Day).ToHashSet();
        return DueWatch.Of(
            Day(due), Utc(accepted), plan ?? Plan, new WorkCalendar(WorkCalendar.Weekdays, closed),
            new WorkingHours(DateTimeZoneProviders.Tzdb[zone], new WorkCalendar(own ?? WorkCalendar.Weekdays, closed), new(9, 0), new(17, 0)));
    }

    [Theory]
    [InlineData("2026-03-06", "2026-03-03T14:00:00Z")] // Friday: Tuesday morning
    [InlineData("2026-03-09", "2026-03-04T14:00:00Z")] // Monday: the Wednesday before
    [InlineData("2026-03-07", "2026-03-04T14:00:00Z")] // Saturday: Friday, Thursday, Wednesday
    [InlineData("2026-03-10", "2026-03-05T14:00:00Z")]
    [InlineData("2026-03-12", "2026-03-09T13:00:00Z")] // summer time by then
    public void The_owner_is_reminded_three_working_days_before_at_opening(string due, string expected) => Assert.Equal(Utc(expected), Watch(due).RemindAt);

    [Fact]
    public void A_holiday_moves_the_reminder_further_ahead() => // Good Friday
        Assert.Equal(Utc("2026-03-31T13:00:00Z"), Watch("2026-04-06", holidays: ["2026-04-03"]).RemindAt);

    [Fact]
    public void A_reminder_waits_for_the_owners_own_working_day() => // works Thursday to Sunday
        Assert.Equal(
            Utc("2026-03-05T14:00:00Z"),
            Watch("2026-03-06", own: new HashSet<IsoDayOfWeek> { IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday, IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday }).RemindAt);

    [Fact]
    public void A_reminder_that_would_come_after_the_due_day_does_not_come() =>
        Assert.Null(Watch("2026-03-06", own: new HashSet<IsoDayOfWeek> { IsoDayOfWeek.Saturday }).RemindAt);

    [Theory]
    [InlineData("2026-03-03T04:59:00Z", true)] // late on Monday
    [InlineData("2026-03-03T05:00:00Z", false)] // Tuesday has begun: they have only just said it
    [InlineData("2026-03-03T13:00:00Z", false)] // before opening on the reminder day
    [InlineData("2026-03-05T15:00:00Z", false)]
    public void Nobody_is_reminded_of_what_they_have_only_just_said(string accepted, bool reminded) =>
        Assert.Equal(reminded, Watch("2026-03-06", accepted).RemindAt is not null);

    [Theory]
    [InlineData("2026-03-06", "America/New_York", "2026-03-07T05:00:00Z")]
    [InlineData("2026-03-06", "America/Phoenix", "2026-03-07T07:00:00Z")]
    [InlineData("2026-03-07", "America/New_York", "2026-03-08T05:00:00Z")] // a Saturday ends like any day
    [InlineData("2026-03-08", "America/New_York", "2026-03-09T04:00:00Z")] // the day of 23 hours
    [InlineData("2026-10-31", "America/New_York", "2026-11-01T04:00:00Z")]
    [InlineData("2026-11-01", "America/New_York", "2026-11-02T05:00:00Z")] // the day of 25 hours
    [InlineData("2018-11-03", "America/Sao_Paulo", "2018-11-04T03:00:00Z")] // the next day begins at one o'clock
    public void A_due_day_ends_at_midnight_where_the_owner_is(string due, string zone, string expected) => // T1, T2
        Assert.Equal(Utc(expected), Watch(due, "2018-01-05T15:00:00Z", zone).Ends);

    [Fact]
    public void A_plan_without_a_reminder_reminds_nobody() =>
        Assert.Null(Watch("2026-03-06", plan: Plan with { Steps = [.. Plan.CaseSteps] }).RemindAt);
}
