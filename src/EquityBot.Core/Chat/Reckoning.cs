using EquityBot.People;
using NodaTime;

namespace EquityBot.Chat;

/// <summary>From where a date is reckoned.</summary>
/// <param name="Today">The author's day, in the ISO calendar, years 1 to 9900.</param>
/// <param name="FiscalMonth">The month with whose first day the fiscal year begins, 1 to 12; a fiscal year is called by the calendar year in which it ends. Null where it is not known.</param>
/// <param name="Working">Which days are working days; null where that is not known, and only weekends are free.</param>
public sealed record Reckoning(LocalDate Today, int? FiscalMonth = null, WorkCalendar? Working = null)
{
    static readonly WorkCalendar Weekdays = new(WorkCalendar.Weekdays, new HashSet<LocalDate>());

    /// <summary>From a day of which nothing else is known.</summary>
    public static implicit operator Reckoning(LocalDate today) => new(today);

    /// <summary>The day that is so many working days later.</summary>
    public LocalDate WorkingDays(LocalDate day, int count) => (Working ?? Weekdays).Add(day, count);
}
