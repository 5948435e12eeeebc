using System.Globalization;
using EquityBot.Commitments;
using EquityBot.People;
using NodaTime;
using NodaTime.Calendars;

namespace EquityBot.Cycles;

/// <summary>One span of local days in which a check-in is expected.</summary>
/// <param name="Key">2026-W11, 2026-W10+11, 2026-04, 2026-Q2: what makes the check-in of this span one and not two.</param>
/// <param name="Ends">The last day; a report on it is in time.</param>
public sealed record CheckInPeriod(string Key, LocalDate Starts, LocalDate Ends)
{
    /// <summary>A report keeps the bot quiet for this many working days.</summary>
    const int QuietDays = 2;

    /// <summary>Two-weekly periods count from this Monday on, for everybody alike, so that they come together.</summary>
    static readonly LocalDate FirstMonday = new(1970, 1, 5);

    /// <summary>The period that contains the day: ISO weeks from Monday to Sunday, pairs of them, calendar months and quarters.</summary>
    public static CheckInPeriod At(Cadence cadence, LocalDate day)
    {
        var monday = day.PlusDays(1 - (int)day.DayOfWeek);
        var pair = FirstMonday.PlusDays(Period.DaysBetween(FirstMonday, monday) / 14 * 14);
        var month = new LocalDate(day.Year, day.Month, 1);
        var quarter = new LocalDate(day.Year, (((day.Month - 1) / 3) * 3) + 1, 1);
        return cadence switch
        {
            Cadence.Weekly => new(Week(monday), monday, monday.PlusDays(6)),
            Cadence.TwoWeekly => new(string.Create(CultureInfo.InvariantCulture, $"{Week(pair)}+{WeekYearRules.Iso.GetWeekOfWeekYear(pair.PlusDays(7)):00}"), pair, pair.PlusDays(13)),
            Cadence.Monthly => new(string.Create(CultureInfo.InvariantCulture, $"{month.Year}-{month.Month:00}"), month, month.PlusMonths(1).PlusDays(-1)),
            Cadence.Quarterly => new(string.Create(CultureInfo.InvariantCulture, $"{quarter.Year}-Q{((quarter.Month - 1) / 3) + 1}"), quarter, quarter.PlusMonths(3).PlusDays(-1)),
            _ => throw new ArgumentOutOfRangeException(nameof(cadence)),
        };
    }

    /// <summary>The first whole period that begins after the day.</summary>
    public static CheckInPeriod FirstAfter(Cadence cadence, LocalDate day) => At(cadence, At(cadence, day).Ends.PlusDays(1));

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
