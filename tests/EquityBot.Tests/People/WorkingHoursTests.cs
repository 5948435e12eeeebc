using EquityBot.People;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Tests.People;

/// <summary>When somebody may be written to, in zones that change their clocks and in one that does not.</summary>
public class WorkingHoursTests
{
    static readonly IReadOnlySet<IsoDayOfWeek> EveryDay = Enumerable.Range(1, 7).Select(day => (IsoDayOfWeek)day).ToHashSet();

    static WorkingHours In(string zone, string from, string to, IReadOnlySet<IsoDayOfWeek>? days = null, params string[] holidays) => new(
        DateTimeZoneProviders.Tzdb[zone],
        new WorkCalendar(days ?? EveryDay, holidays.Select(day => LocalDatePattern.Iso.Parse(day).Value).ToHashSet()),
        LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(from).Value,
        LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(to).Value);

    static Instant Utc(string text) => InstantPattern.General.Parse(text).Value;

    static LocalDate Day(string iso) => LocalDatePattern.Iso.Parse(iso).Value;

    [Theory] // T1
    [InlineData("2026-03-07", "2026-03-07T07:30:00Z")] // 02:30 EST
    [InlineData("2026-03-08", "2026-03-08T07:30:00Z")] // 02:30 does not exist: as far after the gap as it was into it, 03:30 EDT
    [InlineData("2026-03-09", "2026-03-09T06:30:00Z")] // 02:30 EDT
    public void An_opening_that_the_spring_skips_comes_once_and_the_next_day_as_ever(string day, string expected) =>
        Assert.Equal(Utc(expected), In("America/New_York", "02:30", "10:00").OpeningOnOrAfter(Day(day)));

    [Theory] // T2
    [InlineData("2026-10-31", "2026-10-31T05:30:00Z")] // 01:30 EDT
    [InlineData("2026-11-01", "2026-11-01T05:30:00Z")] // 01:30 happens twice: the first, EDT
    [InlineData("2026-11-02", "2026-11-02T06:30:00Z")] // 01:30 EST
    public void An_opening_that_the_autumn_doubles_is_the_first(string day, string expected) =>
        Assert.Equal(Utc(expected), In("America/New_York", "01:30", "10:00").OpeningOnOrAfter(Day(day)));

    [Fact]
    public void The_doubled_hour_is_open_twice_and_the_morning_after_it_is_the_next_day() // T2
    {
        var hours = In("America/New_York", "01:30", "10:00");
        Assert.True(hours.IsOpen(Utc("2026-11-01T05:45:00Z")));
        Assert.False(hours.IsOpen(Utc("2026-11-01T06:15:00Z")));
        Assert.True(hours.IsOpen(Utc("2026-11-01T06:45:00Z")));
        Assert.Equal(Utc("2026-11-02T06:30:00Z"), hours.NextMorning(Utc("2026-11-01T05:45:00Z")));
    }

    [Theory] // T1, T2
    [InlineData("2026-03-07")]
    [InlineData("2026-03-08")]
    [InlineData("2026-11-01")]
    [InlineData("2026-11-02")]
    public void In_Phoenix_half_past_two_is_half_past_two_all_year(string day) =>
        Assert.Equal(Day(day).At(new LocalTime(9, 30)), In("America/Phoenix", "02:30", "10:00").OpeningOnOrAfter(Day(day)).InUtc().LocalDateTime);

    [Fact]
    public void Somebody_in_Phoenix_opens_with_New_York_in_summer_two_hours_and_in_winter_three_after()
    {
        var (east, west) = (In("America/New_York", "08:00", "17:00"), In("America/Phoenix", "08:00", "17:00"));
        Assert.Equal(Duration.FromHours(2), west.OpeningOnOrAfter(Day("2026-03-06")) - east.OpeningOnOrAfter(Day("2026-03-06")));
        Assert.Equal(Duration.FromHours(3), west.OpeningOnOrAfter(Day("2026-03-09")) - east.OpeningOnOrAfter(Day("2026-03-09")));
    }

    [Theory] // T8
    [InlineData("2026-03-02T13:59:59Z", "2026-03-02T14:00:00Z")] // before opening: today's
    [InlineData("2026-03-02T14:00:00Z", "2026-03-02T14:00:00Z")] // at opening: now
    [InlineData("2026-03-02T21:59:59Z", "2026-03-02T21:59:59Z")] // the last second
    [InlineData("2026-03-02T22:00:00Z", "2026-03-03T14:00:00Z")] // at close: tomorrow
    [InlineData("2026-03-06T22:00:00Z", "2026-03-09T13:00:00Z")] // over the weekend and the clock change
    [InlineData("2026-04-02T21:00:00Z", "2026-04-06T13:00:00Z")] // over Good Friday
    [InlineData("2026-04-03T15:00:00Z", "2026-04-06T13:00:00Z")] // on the holiday itself
    public void What_may_not_go_now_goes_at_the_next_opening(string at, string expected) =>
        Assert.Equal(Utc(expected), In("America/New_York", "09:00", "17:00", WorkCalendar.Weekdays, "2026-04-03").OpenAtOrAfter(Utc(at)));

    [Theory]
    [InlineData("2026-03-02T10:00:00Z", "2026-03-03T14:00:00Z")] // even before today's opening
    [InlineData("2026-03-06T15:00:00Z", "2026-03-09T13:00:00Z")]
    public void The_next_morning_is_never_today(string at, string expected) =>
        Assert.Equal(Utc(expected), In("America/New_York", "09:00", "17:00", WorkCalendar.Weekdays).NextMorning(Utc(at)));

    [Fact]
    public void Late_evening_in_New_York_is_judged_by_its_own_date() =>
        Assert.Equal(Utc("2026-03-03T14:00:00Z"), In("America/New_York", "09:00", "17:00").NextMorning(Utc("2026-03-03T03:00:00Z"))); // still Monday there

    [Theory]
    [InlineData("America/New_York")]
    [InlineData("America/Phoenix")]
    [InlineData("Europe/London")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("America/St_Johns")]
    [InlineData("Africa/Casablanca")]
    public void In_every_zone_each_day_of_ten_years_opens_once_later_than_the_day_before(string zone) // T1, T9
    {
        var hours = In(zone, "02:30", "10:00");
        var before = Instant.MinValue;
        for (var day = Day("2025-12-31"); day < Day("2036-01-02"); day = day.PlusDays(1))
        {
            var opening = hours.OpeningOnOrAfter(day);
            Assert.True(opening > before, $"{day} in {zone}");
            Assert.Equal(day, opening.InZone(hours.Zone).Date);
            Assert.True(hours.IsOpen(opening), $"{day} in {zone} is closed at its own opening");
            before = opening;
        }
    }
}
