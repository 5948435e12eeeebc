using System.Globalization;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>How often a promise is asked about.</summary>
public enum Cadence
{
    Weekly,
    TwoWeekly,
    Monthly,

    /// <summary>On one weekday of each month, such as its second Tuesday.</summary>
    NthWeekday,
    Quarterly,

    /// <summary>Each quarter of the fiscal year.</summary>
    Fiscal,
}

/// <summary>How often a promise is asked about, and on which day where that was said. Written as <see cref="Name"/> in forms and tables alike.</summary>
/// <param name="Day">The weekday of a weekly, two-weekly or nth-weekday rhythm; none where nobody chose, which is Monday.</param>
/// <param name="Nth">1 to 4, or <see cref="Last"/>, of an nth-weekday rhythm; else 0.</param>
/// <param name="FiscalMonth">The month with whose first day the fiscal year began when a fiscal rhythm was chosen, 1 to 12; else 0. A promise keeps it, so that its periods neither overlap nor leave a gap when the organization moves its year.</param>
public readonly record struct Rhythm(Cadence Cadence, IsoDayOfWeek Day = IsoDayOfWeek.None, int Nth = 0, int FiscalMonth = 0)
{
    public const int Last = 5;

    static readonly string[] Places = ["first", "second", "third", "fourth", "last"];
    static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static Rhythm On(int nth, IsoDayOfWeek day) => new(Cadence.NthWeekday, day, nth);

    public static Rhythm OfFiscalYear(int month) => new(Cadence.Fiscal, FiscalMonth: month);

    public static implicit operator Rhythm(Cadence cadence) => new(cadence);

    public static Rhythm FromCadence(Cadence cadence) => cadence;

    /// <summary>weekly, two-weekly-tuesday, monthly, second-tuesday, last-friday, quarterly, fiscal-7; at most 20 characters.</summary>
    public string Name => Cadence switch
    {
        Cadence.NthWeekday => $"{Places[Nth - 1]}-{Days[(int)Day - 1]}",
        Cadence.Fiscal => string.Create(CultureInfo.InvariantCulture, $"fiscal-{FiscalMonth}"),
        _ => $"{(Cadence == Cadence.TwoWeekly ? "two-weekly" : Cadence.ToString().ToLowerInvariant())}{(Day == IsoDayOfWeek.None ? "" : "-" + Days[(int)Day - 1])}",
    };

    /// <summary>From its name, or null where it is none. Capitals do not matter, and neither does the hyphen of two-weekly, which tables were written without.</summary>
    public static Rhythm? Parse(string name)
    {
        var parts = name.ToLowerInvariant().Replace("two-weekly", "twoweekly", StringComparison.Ordinal).Split('-');
        var day = parts.Length == 2 ? (IsoDayOfWeek)(Array.IndexOf(Days, parts[1]) + 1) : IsoDayOfWeek.None;
        return (parts, day) switch
        {
            (["weekly"] or ["weekly", _], _) when parts.Length == 1 || day != IsoDayOfWeek.None => new(Cadence.Weekly, day),
            (["twoweekly"] or ["twoweekly", _], _) when parts.Length == 1 || day != IsoDayOfWeek.None => new(Cadence.TwoWeekly, day),
            (["monthly"], _) => Cadence.Monthly,
            (["quarterly"], _) => Cadence.Quarterly,
            (["fiscal", var month], _) when int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out var first) && first is >= 1 and <= 12 => OfFiscalYear(first),
            ([var place, _], not IsoDayOfWeek.None) when Array.IndexOf(Places, place) is >= 0 and var nth => On(nth + 1, day),
            _ => null,
        };
    }
}
