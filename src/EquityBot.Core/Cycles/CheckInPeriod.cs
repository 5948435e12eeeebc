using System.Globalization;
using EquityBot.Commitments;
using EquityBot.People;
using NodaTime;
using NodaTime.Calendars;

namespace EquityBot.Cycles;

/// <summary>One span of local days in which a check-in is expected.</summary>
/// <param name="Key">2026-W11, 2026-W11-Tue, 2026-W10+11, 2026-04, 2026-04-2Tue, 2026-Q2, FY2027-Q1: what makes the check-in of this span one and not two.</param>
/// <param name="Ends">The last day; a report on it is in time.</param>
public sealed record CheckInPeriod(string Key, LocalDate Starts, LocalDate Ends)
{
    /// <summary>A report keeps the bot quiet for this many working days.</summary>
    const int QuietDays = 2;

    /// <summary>Two-weekly periods count from this Monday on, for everybody alike, so that they come together.</summary>
    static readonly LocalDate FirstMonday = new(1970, 1, 5);

    /// <summary>
    /// The period that contains the day: ISO weeks from Monday to Sunday, pairs of them, calendar months, quarters of the calendar or fiscal year. Where a weekday was chosen, a period has that weekday
    /// as the first of its last seven days, so that it is asked for on it and open for a week.
    /// </summary>
    public static CheckInPeriod At(Rhythm rhythm, LocalDate day) => rhythm.Cadence switch
    {
        Cadence.Weekly => WeekAt(rhythm.Day, day),
        Cadence.TwoWeekly => PairAt(rhythm.Day, day),
        Cadence.Monthly => Months(day, 1, 1, start => string.Create(CultureInfo.InvariantCulture, $"{start.Year}-{start.Month:00}")),
        Cadence.NthWeekday => NthWeekdayAt(rhythm.Nth, rhythm.Day, day),
        Cadence.Quarterly => Months(day, 1, 3, start => string.Create(CultureInfo.InvariantCulture, $"{start.Year}-Q{((start.Month - 1) / 3) + 1}")),
        Cadence.Fiscal => Months(day, rhythm.FiscalMonth, 3, start => FiscalKey(start, rhythm.FiscalMonth)),
        _ => throw new ArgumentOutOfRangeException(nameof(rhythm)),
    };

    /// <summary>The first whole period that begins after the day.</summary>
    public static CheckInPeriod FirstAfter(Rhythm rhythm, LocalDate day) => At(rhythm, At(rhythm, day).Ends.PlusDays(1));

    /// <summary>The period with which a rhythm begins: the first whole one, or, where a weekday was chosen, the one whose day is still to come.</summary>
    public static CheckInPeriod First(Rhythm rhythm, LocalDate today) =>
        At(rhythm, today) is var here && rhythm.Day != IsoDayOfWeek.None && here.Ends.PlusDays(-6) > today ? here : FirstAfter(rhythm, today);

    /// <summary>The days on which check-ins would be asked for, soonest first, as long as nobody reports in between; a period without a working day has none.</summary>
    /// <param name="first">The period to begin with.</param>
    /// <param name="due">The promise's day: a period that it cuts short is not asked about.</param>
    /// <param name="calendar">Of the owner's site.</param>
    public static IEnumerable<LocalDate> Upcoming(Rhythm rhythm, CheckInPeriod first, LocalDate due, WorkCalendar calendar)
    {
        for (var period = first; period.Ends <= due; period = FirstAfter(rhythm, period.Ends))
        {
            if (period.AskOn(calendar, null) is { } asked)
            {
                yield return asked;
            }
        }
    }

    static CheckInPeriod WeekAt(IsoDayOfWeek chosen, LocalDate day)
    {
        var start = OnOrBefore(day, chosen);
        return new(Week(start) + Chosen(chosen), start, start.PlusDays(6));
    }

    static CheckInPeriod PairAt(IsoDayOfWeek chosen, LocalDate day)
    {
        var first = FirstMonday.PlusDays(chosen == IsoDayOfWeek.None ? 0 : (int)chosen - 1);
        var start = first.PlusDays(Period.DaysBetween(first, OnOrBefore(day, chosen)) / 14 * 14);
        return new(string.Create(CultureInfo.InvariantCulture, $"{Week(start)}+{WeekYearRules.Iso.GetWeekOfWeekYear(start.PlusDays(7)):00}{Chosen(chosen)}"), start, start.PlusDays(13));
    }

    static CheckInPeriod Months(LocalDate day, int firstMonth, int length, Func<LocalDate, string> key)
    {
        var into = (day.Month - firstMonth + 12) % length;
        var start = new LocalDate(day.Year, day.Month, 1).PlusMonths(-into);
        return new(key(start), start, start.PlusMonths(length).PlusDays(-1));
    }

    static CheckInPeriod NthWeekdayAt(int nth, IsoDayOfWeek weekday, LocalDate day)
    {
        var month = day.PlusDays(-6);
        var asked = NthOf(month, nth, weekday) is var here && here >= month ? here : NthOf(month.PlusMonths(1), nth, weekday);
        return new(string.Create(CultureInfo.InvariantCulture, $"{asked.Year}-{asked.Month:00}-{nth}{Short(weekday)}"), NthOf(asked.PlusMonths(-1), nth, weekday).PlusDays(7), asked.PlusDays(6));
    }

    static LocalDate NthOf(LocalDate month, int nth, IsoDayOfWeek weekday)
    {
        var first = new LocalDate(month.Year, month.Month, 1);
        return nth == Rhythm.Last
            ? OnOrBefore(first.PlusMonths(1).PlusDays(-1), weekday)
            : OnOrBefore(first.PlusDays((7 * nth) - 1), weekday);
    }

    static LocalDate OnOrBefore(LocalDate day, IsoDayOfWeek weekday) =>
        day.PlusDays(-(((int)day.DayOfWeek - (weekday == IsoDayOfWeek.None ? 1 : (int)weekday) + 7) % 7));

    static string Chosen(IsoDayOfWeek weekday) => weekday == IsoDayOfWeek.None ? "" : $"-{Short(weekday)}";

    static string Short(IsoDayOfWeek weekday) => weekday.ToString()[..3];

    /// <summary>A fiscal year is called by the calendar year in which it ends.</summary>
    static string FiscalKey(LocalDate start, int firstMonth)
    {
        var year = firstMonth > 1 && start.Month >= firstMonth ? start.Year + 1 : start.Year;
        return string.Create(CultureInfo.InvariantCulture, $"FY{year}-Q{(((start.Month - firstMonth + 12) % 12) / 3) + 1}");
    }

    /// <summary>
    /// The day on which the check-in is asked for: the first working day of the period's last seven, so that there is something to tell and time to tell it;
    /// two working days after a report that came just before. Null when no working day is left for it.
    /// </summary>
    /// <param name="calendar">Of the owner's site.</param>
    /// <param name="reportedOn">The last report's local date; null when there was none.</param>
    public LocalDate? AskOn(WorkCalendar calendar, LocalDate? reportedOn)
    {
        var day = calendar.OnOrAfter(Ends.PlusDays(-6));
        var quietUntil = reportedOn is { } reported ? calendar.Add(reported, QuietDays) : day;
        return LocalDate.Max(day, quietUntil) is var asked && asked <= Ends ? asked : null;
    }

    static string Week(LocalDate monday) => string.Create(
        CultureInfo.InvariantCulture, $"{WeekYearRules.Iso.GetWeekYear(monday)}-W{WeekYearRules.Iso.GetWeekOfWeekYear(monday):00}");
}
