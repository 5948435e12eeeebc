using System.Text.RegularExpressions;
using EquityBot.Chat;
using NodaTime;

namespace EquityBot.Partnerships;

/// <summary>Reads the day on which something was done: today or before, unless the words give a year or say that it is still to come.</summary>
public static partial class PastDay
{
    /// <param name="Day">Null where the words leave the day open, as "last week" does.</param>
    public sealed record Said(LocalDate? Day, int Start, int Length);

    /// <summary>The day named in a text's first clause or standing as its second; null where neither names one.</summary>
    /// <param name="today">The author's day.</param>
    public static Said? Find(string text, LocalDate today)
    {
        var first = Clause().Match(text);
        var second = Clause().Match(text, Math.Min(text.Length, first.Index + first.Length + 1));
        return In(text, first.Index, first.Length, today) ?? (In(text, second.Index, second.Length, today) is { } alone && text.Substring(second.Index, second.Length).Trim().Length == alone.Length ? alone : null);
    }

    static Said? In(string text, int start, int length, LocalDate today)
    {
        var clause = text.Substring(start, length);
        if (Relative().Match(clause) is { Success: true } relative)
        {
            return new(Before(relative, today), start + relative.Index, relative.Length);
        }

        return Written().Match(clause) is { Success: true } written && Read(written, today) is { } day ? new(day, start + written.Index, written.Length) : null;
    }

    static LocalDate? Before(Match match, LocalDate today)
    {
        if (match.Groups["wd"].Success)
        {
            var weekday = (IsoDayOfWeek)(("motuwethfrsasu".IndexOf(match.Groups["wd"].Value[..2], StringComparison.OrdinalIgnoreCase) / 2) + 1);
            return today.DayOfWeek == weekday && !match.Value.StartsWith("last", StringComparison.OrdinalIgnoreCase) ? today : today.Previous(weekday);
        }

        if (match.Groups["n"].Success)
        {
            var count = int.TryParse(match.Groups["n"].Value, out var digits) ? digits : Math.Max(1, Array.IndexOf(["", "one", "two", "three", "four", "five", "six"], match.Groups["n"].Value.ToLowerInvariant()));
            return (match.Groups["unit"].Value[0] | 0x20) == 'd' ? today.PlusDays(-count) : today.PlusWeeks(-count);
        }

        return match.Value.ToLowerInvariant() switch
        {
            "yesterday" or "last night" => today.PlusDays(-1),
            "the day before yesterday" => today.PlusDays(-2),
            "tomorrow" => today.PlusDays(1),
            "last week" or "last month" => null,
            _ => today,
        };
    }

    /// <summary>As <see cref="Dates"/> reads it, and where that is still to come and no year was said, the time before.</summary>
    static LocalDate? Read(Match written, LocalDate today)
    {
        if (Dates.Read(written.Groups["date"].Value, today) is not { } read)
        {
            return null;
        }

        return read <= today || written.Groups["year"].Success ? read
            : written.Groups["day"].Success ? MonthBefore(today, read.Day)
            : YearBefore(today, read.Month, read.Day);
    }

    static LocalDate YearBefore(LocalDate today, int month, int day)
    {
        var year = today.Year;
        while (day > CalendarSystem.Iso.GetDaysInMonth(year, month) || new LocalDate(year, month, day) > today)
        {
            year--;
        }

        return new(year, month, day);
    }

    static LocalDate MonthBefore(LocalDate today, int day)
    {
        var month = new LocalDate(today.Year, today.Month, 1).PlusMonths(-1);
        while (day > CalendarSystem.Iso.GetDaysInMonth(month.Year, month.Month))
        {
            month = month.PlusMonths(-1);
        }

        return new(month.Year, month.Month, day);
    }

    [GeneratedRegex(@"\G(?:[^,;:.!?]|,(?= [12][0-9][0-9][0-9]\b))*")]
    private static partial Regex Clause();

    [GeneratedRegex(@"\b(?:the day before yesterday|yesterday|tomorrow|today|last night|this (?:morning|afternoon|evening)|last (?:week|month)|(?:a|(?<n>\d{1,3}|one|two|three|four|five|six)) (?<unit>day|week)s? ago|(?:(?:last|this past|this|on) )?(?<wd>mon|tues|wednes|thurs|fri|satur|sun)day)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Relative();

    [GeneratedRegex(@"\b(?:on )?(?<date>\d{4}-\d{2}-(?<year>\d{2})|\d{1,2}/\d{1,2}(?<year>/\d{2,4})?|(?<day>the \d{1,2}(?:st|nd|rd|th))|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}(?:st|nd|rd|th)?(?<year>,? \d{4})?|\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}(?<year>,? \d{4})?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Written();
}
