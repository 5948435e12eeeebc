using EquityBot.People;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Tests.People;

public class WorkCalendarTests
{
    /// <summary>Weekdays but for Good Friday 2026 and the Monday of Memorial Day.</summary>
    static readonly WorkCalendar Main = new(WorkCalendar.Weekdays, new HashSet<LocalDate> { new(2026, 4, 3), new(2026, 5, 25) });

    static LocalDate Day(string iso) => LocalDatePattern.Iso.Parse(iso).Value;

    [Theory]
    [InlineData("2026-03-02", 1, "2026-03-03")]
    [InlineData("2026-03-02", 5, "2026-03-09")]
    [InlineData("2026-03-06", 1, "2026-03-09")] // Friday to Monday
    [InlineData("2026-03-07", 1, "2026-03-09")] // due on a Saturday
    [InlineData("2026-03-07", -1, "2026-03-06")]
    [InlineData("2026-03-07", 0, "2026-03-07")]
    [InlineData("2026-03-09", -1, "2026-03-06")]
    [InlineData("2026-03-09", -6, "2026-02-27")]
    [InlineData("2026-04-02", 1, "2026-04-06")] // over Good Friday
    [InlineData("2026-04-06", -1, "2026-04-02")]
    [InlineData("2026-04-03", 1, "2026-04-06")] // on a holiday
    [InlineData("2026-05-22", 1, "2026-05-26")] // over a long weekend
    [InlineData("2026-12-31", 20, "2027-01-28")]
    [InlineData("2028-02-28", 1, "2028-02-29")] // T9
    public void The_nth_working_day_after_or_before_a_day(string from, int count, string expected) => Assert.Equal(Day(expected), Main.Add(Day(from), count));

    [Theory]
    [InlineData("2026-03-02", "2026-03-02", 0)]
    [InlineData("2026-03-02", "2026-03-01", 0)]
    [InlineData("2026-03-02", "2026-03-09", 5)]
    [InlineData("2026-03-06", "2026-03-08", 0)]
    [InlineData("2026-04-02", "2026-04-06", 1)]
    public void Working_days_between_two_days(string from, string to, int expected) => Assert.Equal(expected, Main.Between(Day(from), Day(to)));

    [Theory]
    [InlineData("2026-03-02", "2026-03-02")]
    [InlineData("2026-03-07", "2026-03-09")]
    [InlineData("2026-04-03", "2026-04-06")]
    public void The_first_working_day_on_or_after(string from, string expected) => Assert.Equal(Day(expected), Main.OnOrAfter(Day(from)));

    static readonly Gen<WorkCalendar> Calendars =
        from mask in Gen.Choose(1, 127)
        from holidays in Gen.Choose(-40, 40).Select(days => Start.PlusDays(days)).ListOf()
        select new WorkCalendar(Enumerable.Range(1, 7).Where(day => (mask & 1 << (day - 1)) != 0).Select(day => (IsoDayOfWeek)day).ToHashSet(), holidays.ToHashSet());

    static readonly Gen<LocalDate> Days = Gen.Choose(-40, 40).Select(days => Start.PlusDays(days));

    static LocalDate Start => new(2026, 12, 30);

    /// <summary>Written apart from the product: lists every working day in sight and counts places in the list.</summary>
    static LocalDate Oracle(WorkCalendar calendar, LocalDate from, int count)
    {
        var all = Enumerable.Range(-400, 800).Select(from.PlusDays).Where(day => calendar.Days.Contains(day.DayOfWeek)).Except(calendar.Holidays).ToList();
        return count == 0 ? from : count > 0 ? all.Where(day => day > from).ElementAt(count - 1) : all.Where(day => day < from).Reverse().ElementAt(-count - 1);
    }

    [Fact]
    public void Counting_agrees_with_a_list_of_all_working_days() => Check.QuickThrowOnFailure(Prop.ForAll( // T9
        (from calendar in Calendars from day in Days from count in Gen.Choose(-25, 25) select (calendar, day, count)).ToArbitrary(),
        one => one.calendar.Add(one.day, one.count) == Oracle(one.calendar, one.day, one.count)));

    [Fact]
    public void What_is_added_lies_between_and_never_on_a_day_off() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from calendar in Calendars from day in Days from count in Gen.Choose(1, 25) select (calendar, day, count)).ToArbitrary(),
        one =>
        {
            var (later, earlier) = (one.calendar.Add(one.day, one.count), one.calendar.Add(one.day, -one.count));
            return one.calendar.Between(one.day, later) == one.count
                && one.calendar.IsWorkingDay(later) && one.calendar.IsWorkingDay(earlier)
                && earlier < one.day && one.day < later
                && one.calendar.Add(one.calendar.Add(later, -one.count), one.count) == later;
        }));
}
