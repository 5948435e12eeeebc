using EquityBot.Commitments;
using EquityBot.Cycles;
using EquityBot.People;
using EquityBot.Tests.Given;
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

    static readonly Gen<Rhythm> Rhythms = Gen.OneOf(
        Gen.Elements<Rhythm>(Cadence.Weekly, Cadence.TwoWeekly, Cadence.Monthly, Cadence.Quarterly),
        Gen.Choose(1, 12).Select(Rhythm.OfFiscalYear),
        from nth in Gen.Choose(1, Rhythm.Last) from day in Gen.Choose(1, 7) select Rhythm.On(nth, (IsoDayOfWeek)day),
        from cadence in Gen.Elements(Cadence.Weekly, Cadence.TwoWeekly) from day in Gen.Choose(1, 7) select new Rhythm(cadence, (IsoDayOfWeek)day));

    [Theory]
    [InlineData("weekly-tuesday", "2026-03-02", "2026-W09-Tue", "2026-02-24", "2026-03-02")]
    [InlineData("weekly-tuesday", "2026-03-03", "2026-W10-Tue", "2026-03-03", "2026-03-09")]
    [InlineData("two-weekly-tuesday", "2026-03-12", "2026-W10+11-Tue", "2026-03-03", "2026-03-16")]
    [InlineData("second-tuesday", "2026-03-02", "2026-03-2Tue", "2026-02-17", "2026-03-16")]
    [InlineData("second-tuesday", "2026-03-16", "2026-03-2Tue", "2026-02-17", "2026-03-16")]
    [InlineData("second-tuesday", "2026-03-17", "2026-04-2Tue", "2026-03-17", "2026-04-20")]
    [InlineData("last-friday", "2026-03-01", "2026-02-5Fri", "2026-02-06", "2026-03-05")]
    [InlineData("last-friday", "2026-12-31", "2026-12-5Fri", "2026-12-04", "2026-12-31")]
    [InlineData("first-monday", "2026-01-11", "2026-01-1Mon", "2025-12-08", "2026-01-11")]
    [InlineData("fiscal-7", "2026-06-30", "FY2026-Q4", "2026-04-01", "2026-06-30")]
    [InlineData("fiscal-7", "2026-07-01", "FY2027-Q1", "2026-07-01", "2026-09-30")]
    [InlineData("fiscal-2", "2028-01-31", "FY2028-Q4", "2027-11-01", "2028-01-31")]
    [InlineData("fiscal-2", "2028-02-29", "FY2029-Q1", "2028-02-01", "2028-04-30")]
    [InlineData("fiscal-1", "2026-11-15", "FY2026-Q4", "2026-10-01", "2026-12-31")]
    public void A_day_lies_in_one_period_of_a_chosen_day_or_a_fiscal_year(string rhythm, string day, string key, string starts, string ends) =>
        Assert.Equal(new CheckInPeriod(key, Day(starts), Day(ends)), CheckInPeriod.At(Rhythm.Parse(rhythm)!.Value, Day(day)));

    [Theory]
    [InlineData("second-tuesday", "2026-03-02", "2026-03-10, 2026-04-14, 2026-05-12, 2026-06-09, 2026-07-14")]
    [InlineData("second-tuesday", "2026-03-10", "2026-04-14, 2026-05-12, 2026-06-09, 2026-07-14, 2026-08-11")]
    [InlineData("last-monday", "2026-03-02", "2026-03-30, 2026-04-27, 2026-05-26, 2026-06-29, 2026-07-27")] // Memorial Day
    [InlineData("weekly-friday", "2026-03-02", "2026-03-06, 2026-03-13, 2026-03-20, 2026-03-27, 2026-04-03")]
    [InlineData("monthly", "2026-01-31", "2026-02-23, 2026-03-25, 2026-04-24, 2026-05-26, 2026-06-24")]
    [InlineData("fiscal-7", "2026-03-02", "2026-06-24, 2026-09-24, 2026-12-25, 2027-03-25, 2027-06-24")]
    public void The_next_five_are_foreseen(string rhythm, string today, string days)
    {
        var memorialDay = new WorkCalendar(WorkCalendar.Weekdays, new HashSet<LocalDate> { Day("2026-05-25") });
        var read = Rhythm.Parse(rhythm)!.Value;
        Assert.Equal(days.Split(", ").Select(Day), CheckInPeriod.Upcoming(read, CheckInPeriod.First(read, Day(today)), Day("2028-12-31"), memorialDay).Take(5));
        Assert.Empty(CheckInPeriod.Upcoming(read, CheckInPeriod.First(read, Day(today)), Day(today), memorialDay));
    }

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
        (from cadence in Rhythms from days in Gen.Choose(-10_000, 60_000) select (cadence, new LocalDate(2000, 1, 1).PlusDays(days))).ToArbitrary(),
        one =>
        {
            var (cadence, day) = one;
            var here = CheckInPeriod.At(cadence, day);
            var next = CheckInPeriod.FirstAfter(cadence, day);
            return here.Starts <= day && day <= here.Ends && next.Starts == here.Ends.PlusDays(1) && next.Key != here.Key && next.Key.Length <= 20
                && CheckInPeriod.At(cadence, here.Starts) == here && CheckInPeriod.At(cadence, here.Ends) == here
                && here.AskOn(Plain, null) is { } asked && asked >= here.Starts && asked <= here.Ends && Plain.IsWorkingDay(asked);
        }));

    // Two years hold both changes of the clocks twice, a fiscal year's end whatever its month, and every end of a month.
    [Fact]
    public void Each_period_is_asked_about_once_on_its_day_whatever_the_clocks_do() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from rhythm in Rhythms from days in Gen.Choose(0, 800) from inMesa in Gen.Elements(true, false) from patience in Gen.Choose(0, 6) select (rhythm, new LocalDate(2026, 1, 1).PlusDays(days), inMesa, patience)).ToArbitrary(),
        one =>
        {
            var (rhythm, start, inMesa, patience) = one;
            var roster = new RosterOf().Person("ben", inMesa: inMesa).Build();
            var (ben, zone) = (roster.People.Single(), roster.ZoneOf(roster.People.Single()));
            var promise = new Commitment { Id = Guid.NewGuid(), OrganizationId = ben.OrganizationId, Number = 1, Statement = "s", OwnerId = ben.Id, DepartmentId = ben.DepartmentId, AuthorId = ben.Id, Due = start.PlusYears(2), Rhythm = rhythm };
            var now = zone.AtLeniently(start.At(new LocalTime(10, 0))).ToInstant();
            promise.Accept(now);
            var asked = new List<string>();
            for (var period = CheckInPeriod.First(rhythm, start); period.Ends <= promise.Due; period = CheckInPeriod.FirstAfter(rhythm, period.Ends))
            {
                var checkIn = CheckIn.Of(period, promise, now);
                while (checkIn.LookAt is { } look)
                {
                    now = Instant.Max(now, look);
                    var (found, who, lookAt) = CheckInWatch.Look(checkIn, promise, false, roster, now);
                    Assert.Contains(found, new[] { CheckInFound.Nothing, CheckInFound.ToAsk });
                    checkIn.LookAt = lookAt;
                    if (found == CheckInFound.ToAsk)
                    {
                        checkIn.Ask();
                        asked.Add(period.Key);
                        var on = now.InZone(zone).Date;
                        Assert.Equal((ben, period.AskOn(roster.CalendarOf(ben), promise.LastReportOn)), (who, (LocalDate?)on));
                        var answered = LocalDate.Min(on.PlusDays(patience), period.Ends);
                        now = zone.AtLeniently(answered.At(new LocalTime(18, 0))).ToInstant();
                        promise.Report(ProgressStatus.OnTrack, null, null, ben.Id, answered, now);
                        checkIn.Give(now);
                    }
                }
            }

            Assert.Equal(asked.Distinct(), asked);
            var span = Period.DaysBetween(start, promise.Due!.Value);
            Assert.InRange(asked.Count, (span / (rhythm.Cadence switch { Cadence.Weekly => 7, Cadence.TwoWeekly => 14, Cadence.Monthly or Cadence.NthWeekday => 31, _ => 92 })) - 2, (span / (rhythm.Cadence switch { Cadence.Weekly => 7, Cadence.TwoWeekly => 14, Cadence.Monthly or Cadence.NthWeekday => 28, _ => 90 })) + 1);
        }));
}
