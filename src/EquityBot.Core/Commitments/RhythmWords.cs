using System.Text.RegularExpressions;
using EquityBot.Chat;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>Rhythms in people's words: "monthly", "every second Tuesday", "the last Friday of the month", "each fiscal quarter".</summary>
public static partial class RhythmWords
{
    static readonly string[] DayNames = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <summary>What the words may mean, the likelier first; empty where they are no rhythm. "Every second Tuesday" is two: of each month, or every other week.</summary>
    /// <param name="fiscalMonth">The month with whose first day the fiscal year begins, 1 to 12.</param>
    public static IReadOnlyList<Rhythm> Read(string words, int fiscalMonth)
    {
        var said = words.Trim(' ', '.', ',', ':').ToLowerInvariant();
        if (Plain().Match(said) is { Success: true } plain)
        {
            return [PlainOf(plain, fiscalMonth)];
        }

        if (NthDay().Match(said) is not { Success: true } match)
        {
            return [];
        }

        var day = DayOf(match);
        var isMonthly = match.Groups["month"].Success || match.Groups["monthly"].Success || match.Groups["the"].Success;
        return match.Groups["nth"].Value switch
        {
            "second" or "2nd" when isMonthly => [Rhythm.On(2, day)],
            "second" or "2nd" => [Rhythm.On(2, day), new(Cadence.TwoWeekly, day)],
            "first" or "1st" => [Rhythm.On(1, day)],
            "third" or "3rd" => [Rhythm.On(3, day)],
            "fourth" or "4th" => [Rhythm.On(4, day)],
            _ => [Rhythm.On(Rhythm.Last, day)],
        };
    }

    /// <summary>"Second Tuesday of the month".</summary>
    public static string Title(Rhythm rhythm, Phrases words) => rhythm switch
    {
        { Cadence: Cadence.NthWeekday } => words[$"cadence.nth-{rhythm.Nth}", ("weekday", words.Weekday(rhythm.Day))],
        { Cadence: Cadence.Weekly, Day: not IsoDayOfWeek.None } => words["cadence.weekly-on", ("weekday", words.Weekday(rhythm.Day))],
        { Cadence: Cadence.TwoWeekly, Day: not IsoDayOfWeek.None } => words["cadence.two-weekly-on", ("weekday", words.Weekday(rhythm.Day))],
        _ => words[$"cadence.{CommitmentForm.CadenceName(rhythm.Cadence)}"],
    };

    static Rhythm PlainOf(Match match, int fiscalMonth)
    {
        var day = match.Groups["day"].Success ? DayOf(match) : IsoDayOfWeek.None;
        return match.Groups["fiscal"].Success ? Rhythm.OfFiscalYear(fiscalMonth)
            : match.Groups["quarter"].Success ? Cadence.Quarterly
            : match.Groups["month"].Success ? Cadence.Monthly
            : new Rhythm(match.Groups["two"].Success ? Cadence.TwoWeekly : Cadence.Weekly, day);
    }

    static IsoDayOfWeek DayOf(Match match) => (IsoDayOfWeek)(Array.FindIndex(DayNames, name => name.StartsWith(match.Groups["day"].Value[..3], StringComparison.Ordinal)) + 1);

    const string Day = "(?<day>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?";

    [GeneratedRegex($@"^(?:(?:once )?(?:every|each|a|per) (?:(?<fiscal>fiscal(?: quarter)?)|(?<quarter>(?:calendar )?quarter)|(?<month>month)|(?<two>(?:two|2) weeks|other week|second week|fortnight)(?: on (?:a )?{Day})?|week(?: on (?:a )?{Day})?|(?<two>other ){Day}|{Day})|(?<fiscal>fiscal quarterly|(?:by )?fiscal quarters?)|(?<quarter>quarterly)|(?<month>monthly)|(?<two>two-weekly|bi-?weekly|fortnightly)(?: on (?:a )?{Day})?|weekly(?: on (?:a )?{Day})?|on (?<day>mon|tues|wednes|thurs|fri|satur|sun)days)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Plain();

    [GeneratedRegex($@"^(?<monthly>monthly )?(?:on )?(?:(?<the>the)|every|each) (?<nth>first|1st|second|2nd|third|3rd|fourth|4th|last) {Day}(?<month> (?:of|in|every|each) (?:(?:the|every|each) )?month)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex NthDay();
}
