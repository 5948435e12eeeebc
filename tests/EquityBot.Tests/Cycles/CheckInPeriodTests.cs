using EquityBot.Commitments;
using EquityBot.Cycles;
using EquityBot.People;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Tests.Cycles;

/// <summary>When check-ins are expected and asked for. // T3, T4</summary>
public class CheckInPeriodTests
{
    static readonly WorkCalendar Plain = new(WorkCalendar.Weekdays, new HashSet<LocalDate>());

    static LocalDate Day(string iso) => LocalDatePattern.Iso.Parse(iso).Value;

    [Theory]
    [InlineData(Cadence.Weekly, "2026-03-04", "2026-W10", "2026-03-02", "2026-03-08")]
    [InlineData(Cadence.Weekly, "2026-03-08", "2026-W10", "2026-03-02", "2026-03-08")]
    [InlineData(Cadence.Weekly, "2026-12-31", "2026-W53", "2026-12-28", "2027-01-03")]
    [InlineData(Cadence.Weekly, "2027-01-01", "2026-W53", "2026-12-28", "2027-01-03")]
    [InlineData(Cadence.Weekly, "2024-12-30", "2025-W01", "2024-12-30", "2025-01-05")]
    [InlineData(Cadence.TwoWeekly, "2026-03-02", "2026-W10+11", "2026-03-02", "2026-03-15")]
    [InlineData(Cadence.TwoWeekly, "2026-03-15", "2026-W10+11", "2026-03-02", "2026-03-15")]
    [InlineData(Cadence.TwoWeekly, "2026-12-31", "2026-W52+53", "2026-12-21", "2027-01-03")]
    [InlineData(Cadence.Monthly, "2028-02-29", "2028-02", "2028-02-01", "2028-02-29")]
    [InlineData(Cadence.Monthly, "2026-12-01", "2026-12", "2026-12-01", "2026-12-31")]
    [InlineData(Cadence.Quarterly, "2026-03-31", "2026-Q1", "2026-01-01", "2026-03-31")]
    [InlineData(Cadence.Quarterly, "2026-11-15", "2026-Q4", "2026-10-01", "2026-12-31")]
    public void A_day_lies_in_one_period(Cadence cadence, string day, string key, string starts, string ends) =>
        Assert.Equal(new CheckInPeriod(key, Day(starts), Day(ends)), CheckInPeriod.At(cadence, Day(day)));

    [Theory]
    [InlineData(Cadence.Weekly, "2026-03-02", "2026-03-09")]
    [InlineData(Cadence.Weekly, "2026-03-08", "2026-03-09")]
    [InlineData(Cadence.TwoWeekly, "2026-03-02", "2026-03-16")]
    [InlineData(Cadence.Monthly, "2026-03-31", "2026-04-01")]
    [InlineData(Cadence.Quarterly, "2026-03-02", "2026-04-01")]
    public void The_first_period_is_the_first_whole_one(Cadence cadence, string accepted, string starts) =>
        Assert.Equal(Day(starts), CheckInPeriod.FirstAfter(cadence, Day(accepted)).Starts);

    [Theory]
    [InlineData(Cadence.Weekly, "2026-03-09", null, "2026-03-09")]
    [InlineData(Cadence.Weekly, "2026-03-09", "2026-03-06", "2026-03-10")] // Friday's report keeps Monday quiet.
    [InlineData(Cadence.Weekly, "2026-03-09", "2026-03-05", "2026-03-09")]
    [InlineData(Cadence.Monthly, "2026-04-01", null, "2026-04-24")]
    [InlineData(Cadence.Monthly, "2026-05-01", null, "2026-05-25")]
    [InlineData(Cadence.Quarterly, "2026-04-01", "2026-03-20", "2026-06-24")]
    public void It_is_asked_for_in_the_last_seven_days(Cadence cadence, string day, string? reported, string asked) =>
        Assert.Equal(Day(asked), CheckInPeriod.At(cadence, Day(day)).AskOn(Plain, reported is null ? null : Day(reported)));

    [Fact]
    public void A_week_without_a_working_day_is_not_asked_about()
    {
        var week = CheckInPeriod.At(Cadence.Weekly, Day("2026-12-23"));
        var shut = new WorkCalendar(WorkCalendar.Weekdays, Enumerable.Range(0, 7).Select(week.Starts.PlusDays).ToHashSet());
        Assert.Null(week.AskOn(shut, null));
    }

    [Fact]
    public void Periods_follow_one_another_without_gap_or_overlap_and_every_key_is_another() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from cadence in Gen.Elements(Enum.GetValues<Cadence>()) from days in Gen.Choose(-10_000, 60_000) select (cadence, new LocalDate(2000, 1, 1).PlusDays(days))).ToArbitrary(),
        one =>
        {
            var (cadence, day) = one;
            var here = CheckInPeriod.At(cadence, day);
            var next = CheckInPeriod.FirstAfter(cadence, day);
            return here.Starts <= day && day <= here.Ends && next.Starts == here.Ends.PlusDays(1) && next.Key != here.Key && next.Key.Length <= 20
                && CheckInPeriod.At(cadence, here.Starts) == here && CheckInPeriod.At(cadence, here.Ends) == here
                && here.AskOn(Plain, null) is { } asked && asked >= here.Starts && asked <= here.Ends && Plain.IsWorkingDay(asked);
        }));
}
