using System.Globalization;
using NodaTime;
using NodaTime.Calendars;

namespace EquityBot.Digests;

/// <summary>A week from Monday to Sunday, counted as ISO 8601 does: a year has 52 or 53, and the days around New Year may belong to the other year's.</summary>
/// <param name="Monday">Its first day.</param>
public readonly record struct IsoWeek(LocalDate Monday)
{
    public static IsoWeek Of(LocalDate day) => new(day.PlusDays(1 - (int)day.DayOfWeek));

    public LocalDate Sunday => Monday.PlusDays(6);

    public IsoWeek Next => new(Monday.PlusWeeks(1));

    /// <summary>The one that begins with the first Monday of a month.</summary>
    public bool IsFirstOfMonth => Monday.Day <= 7;

    /// <summary>2026-W11.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{WeekYearRules.Iso.GetWeekYear(Monday):0000}-W{WeekYearRules.Iso.GetWeekOfWeekYear(Monday):00}");

    /// <summary>When its Monday begins there.</summary>
    public Instant BeginsIn(DateTimeZone zone) => zone.AtStartOfDay(Monday).ToInstant();
}
