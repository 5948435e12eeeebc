using System.Globalization;
using NodaTime;

namespace EquityBot.Cycles;

/// <summary>A fiscal year, called by the calendar year in which it ends.</summary>
public sealed record FiscalYear(int Number, LocalDate Starts)
{
    public string Key => string.Create(CultureInfo.InvariantCulture, $"FY{Number}");

    /// <summary>The first one that begins after the day.</summary>
    /// <param name="firstMonth">The month with whose first day fiscal years begin, 1 to 12.</param>
    public static FiscalYear After(LocalDate day, int firstMonth)
    {
        var start = new LocalDate(day.Year, firstMonth, 1) is var thisYears && thisYears > day ? thisYears : thisYears.PlusYears(1);
        return new(firstMonth > 1 ? start.Year + 1 : start.Year, start);
    }

    public FiscalYear Next => new(Number + 1, Starts.PlusYears(1));
}
