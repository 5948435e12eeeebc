using System.Text.RegularExpressions;
using NodaTime;

namespace EquityBot.Chat;

// The vocabulary of Dates.
public static partial class Dates
{
    const string Weekday = "(?<wd>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)";
    // "sat" and "sun" are words, so a short name standing alone needs its capital, and those two need a preposition.
    const string PlainWeekday = "(?<wd>(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?-i:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri))";
    const string MonthBut = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
    const string Month = $"(?<mon>{MonthBut}|may)";
    const string MonthNotVerb = $"(?<mon>{MonthBut}|(?-i:May|MAY))";
    const string Year = "(?<y>(?:19|20)[0-9]{2})";
    const string OrYear = $@"(?:(?:,\s*|\s+(?:of\s+)?){Year})?";
    const string DayNumber = "(?<d>[0-9]{1,2})";
    const string Ordinal = "(?:st|nd|rd|th)";
    const string Number = @"(?:[0-9]{1,3}\s?(?:-|to|or)\s?)?(?<n>[0-9]{1,3}|(?:an?\s+)?couple(?:\s+of)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)";
    const string Unit = @"(?<unit>(?:(?:working|business|work)[\s-]+|work)?days?|weeks?|wks?|months?|quarters?|years?)";
    const string Quarter = @"(?:Q\s?(?<q>[1-4])|(?:the\s+)?(?<q>first|1st|second|2nd|third|3rd|fourth|4th)\s+quarter)";
    const string FiscalYear = @"FY\s?'?(?<y>(?:19|20)?[0-9]{2})";
    const string QuarterYear = $@"(?:[\s,/-]\s*(?:of\s+)?{Year})?";
    const string Which = @"(?:the\s+)?(?:(?<which>next)|this(?:\s+coming)?|current|coming)";
    const string Period = "(?<unit>week|month|quarter|year)";
    const string EndOf = @"(?:(?<prep>at)\s+)?(?:the\s+)?(?:very\s+)?end\s+(?:of\s+)?";

    const string DayEnd = @"(?:close|end)\s+of\s+(?:business|(?:the\s+)?(?:business\s+)?day)|cob|eob|eod|noon|midnight";
    const string Hour = @"[0-9]{1,2}(?::[0-9]{2})?\s?[ap]\.?m\b\.?";
    const string HourBefore = $@"(?:(?:{DayEnd}|{Hour}),?\s+(?:on\s+)?)?";
    const string HourAfter = $@"(?:,?\s+(?:at|by|before)\s+(?:{DayEnd}|{Hour})|\s+(?:eod|cob|eob|noon|midnight|morning|afternoon|evening|night)\b)?(?:\s+at\s+(?:the\s+)?latest\b)?";

    const string Limit = @"(?:by\s+)?no[t]?\s+later\s+than|on\s+or\s+before|by|before|until|till?|through|thru|(?:due(?:\s+date)?|deadline|target\s+date)(?:\s+is|:)?(?:\s+(?:by|on|in))?";
    const string Preposition = $@"(?:{Limit}|on|in|within)";
    // Recurring and past days are dates in nobody's promise.
    const string Never = @"(?<not>every|each|most|alternate|since|last|past|previous|prior|than|as\s+of)(?:\s+other)?";
    const string Freely = $@"(?:{Never}\s+|(?<prep>{Preposition})\s+)?";
    const string Introduced = $@"(?<prep>{Preposition})\s+";
    const string Limited = $@"(?<prep>{Limit}|within)\s+";

    static readonly Wording[] Wordings =
    [
        // What only looks like a date comes first, so that it wins a tie.
        new(Freely, @"(?:https?://|www\.)\S+", Nothing),
        new(Freely, "24/7", Nothing),
        new(Freely, @"[0-9]{1,2}/[0-9]{1,2}[\s-]+(?:of|patients?|staff|beds?|ftes?|time|days?|people|units?|clinics?|departments?|teams?|full|points?)", Nothing),
        new(Freely, $@"{Weekday}\s*(?:-|/|&|to|through|thru|and)\s*{Weekday}", Nothing),
        new(Freely, $@"(?:the\s+)?(?:[1-5]{Ordinal}|first|second|third|fourth|last)\s+{Weekday}", Nothing),
        new("", $@"(?:in|within|over|during)\s+(?:the\s+)?(?:(?:first|last|past|previous)\s+)?{Number}\s+{Unit}(?:\s+(?:of|after|from|before|following|post|prior)|-post|\s+(?:a|per|each|every)\s+{Unit})", Nothing),

        new(Freely, "(?<y>[0-9]{4})-(?<m>[0-9]{1,2})-(?<d>[0-9]{1,2})", Numbered),
        new(Freely, $@"(?:{Weekday}\.?,?\s+)?(?<a>[0-9]{{1,2}})/(?<b>[0-9]{{1,2}})(?:/(?<y>[0-9]{{4}}|[0-9]{{2}}))?", Slashed),
        new(Freely, $@"(?:(?:{Which}\s+)?{Weekday}\.?,?\s+)?{Month}\.?\s+(?:the\s+)?{DayNumber}{Ordinal}?{OrYear}", Named),
        new(Freely, $@"(?:(?:{Which}\s+)?{Weekday}\.?,?\s+)?(?:the\s+)?{DayNumber}(?:{Ordinal}?\s+of\s+{Month}|{Ordinal}\s+{Month}|[\s-]{MonthNotVerb})(?:-{Year}|\.?{OrYear})", Named),
        new(Freely, $@"(?:{Which}\s+)?{PlainWeekday}(?:,?\s+(?:of\s+)?(?<which>next)\s+week)?", NextWeekday, ThisWeekday),
        new(Introduced, $@"{Weekday}(?:,?\s+(?:of\s+)?(?<which>next)\s+week)?", NextWeekday),
        new(Freely, $@"{Which}\s+{Weekday}", NextWeekday, ThisWeekday),
        new(Freely, $@"(?<which>next)\s+week(?:,|\s+on)?\s+{Weekday}", NextWeekday),
        new(Freely, $@"(?:the\s+)?day\s+after\s+tomorrow", (_, from) => from.Today.PlusDays(2)),
        new(Freely, $"today|tonight|{DayEnd}", (_, from) => from.Today),
        new(Freely, "tomorrow", (_, from) => from.Today.PlusDays(1)),
        new(@"(?<prep>due\s+in|in|within|over|during)\s+", $@"(?:about\s+|around\s+|roughly\s+|at\s+most\s+|the\s+)?(?:(?:next|coming)\s+)?{Number}\s+{Unit}(?:'?s?\s+time|\s+(?:from|of)\s+(?:now|today))?", InUnits),
        new(Freely, $@"{Number}\s+{Unit}\s+from\s+(?:now|today|{Weekday})", InUnits),
        new(Freely, $@"{EndOf}(?:(?:the\s+)?(?:calendar\s+)?{Period}|{Which}\s+(?:calendar\s+)?{Period}|{Month}{OrYear}|{Year})", PeriodEnd),
        new(Freely, $@"(?:{EndOf})?(?:the\s+)?{Quarter}[\s,/-]\s*(?:of\s+)?(?:the\s+)?(?:{FiscalYear}|fiscal(?:\s+year)?(?:\s+{Year})?)", Nothing, FiscalEnd),
        new(Freely, $@"(?:{EndOf})?{FiscalYear}(?:[\s,/-]\s*{Quarter})?", Nothing, FiscalEnd),
        new(Freely, $@"(?:{EndOf})?(?:the\s+)?fiscal\s+{Quarter}", Nothing, FiscalEnd),
        new(Freely, $@"{EndOf}(?:(?:the|this|our|(?<which>next))\s+)?fiscal\s+year(?:\s+{Year})?", Nothing, FiscalEnd),
        new(Freely, $@"{EndOf}{Quarter}{QuarterYear}", QuarterEnd, FiscalEnd),
        new(Freely, @"eo(?<unit>[wmqy])|(?:the\s+)?(?<unit>month|quarter|year)[\s-]?end", PeriodEnd),
        new(Freely, $@"{Which}\s+{Period}", PeriodEnd),
        new(@"(?<prep>within)\s+", $@"the\s+{Period}", PeriodEnd),
        new(Introduced, $"(?:the\\s+)?{Quarter}{QuarterYear}", QuarterEnd, FiscalEnd),
        new(Limited, $"{Month}{OrYear}", PeriodEnd),
        new(@"(?<prep>in|during)\s+", $"{MonthNotVerb}{OrYear}", PeriodEnd),
        new(Freely, $@"{MonthNotVerb}\.?,?\s+{Year}", PeriodEnd),
        new(Freely, $@"(?:the\s+)?(?:mid|middle\s+of)[\s-]+{Month}{OrYear}", Middle),
        new(Freely, $@"(?<hol>new\s+year'?s(?:\s+(?:day|eve))?|martin\s+luther\s+king(?:\s+jr\.?)?(?:\s+day)?|mlk\s+day|presidents'?s?\s+day|memorial\s+day|juneteenth|(?:independence\s+day|(?:the\s+)?(?:4th|fourth)\s+of\s+july)|labor\s+day|(?:indigenous\s+peoples'?|columbus)\s+day|veterans'?\s+day|thanksgiving(?:\s+day)?|christmas(?:\s+(?:day|eve))?){OrYear}", Holiday),
        // "the 5th floor" is no day: only the end of a clause or a small word may follow.
        new(Freely, $@"the\s+{DayNumber}{Ordinal}(?:\s+of\s+(?:(?<which>next)|the|this)\s+month)?", NextDay,
            tail: @"(?<tail>\s*(?:$|[.,;:!?)])|\s+(?:we|we'll|i|i'll|they|our|all|the|with|for|to|and|so|at|in)\b)"),
    ];

    sealed record Candidate(int Start, int End, LocalDate? Date, bool Deadline, LocalDate? Other = null);

    /// <param name="other">The second reading, or the only one where <paramref name="read"/> has none.</param>
    sealed class Wording(string lead, string body, Func<Match, Reckoning, LocalDate?> read, Func<Match, Reckoning, LocalDate?>? other = null, string tail = "")
    {
        public Regex Pattern { get; } = TextPattern.Of($@"\b{lead}{HourBefore}(?:{body})\b{HourAfter}{tail}");

        // A wording that matches without making a date (February 30, "every Friday") still claims its words.
        public IEnumerable<Candidate> In(string text, Reckoning from)
        {
            var found = new List<Candidate>();
            try
            {
                for (var match = Pattern.Match(text); match.Success; match = match.NextMatch())
                {
                    var end = match.Groups["tail"] is { Success: true } tail ? tail.Index : match.Index + match.Length;
                    if (IsAmount(text, end)) continue;
                    var none = match.Groups["not"].Success || text.AsSpan(end).StartsWith("'s");
                    var (date, second) = none ? (null, null) : (read(match, from), other?.Invoke(match, from));
                    found.Add(new(match.Index, end, date ?? second, match.Groups["prep"].Success, date is null || date == second ? null : second));
                }
            }
            catch (RegexMatchTimeoutException)
            {
                // Nobody means a date that takes a second to find.
            }

            return found;
        }

        // "by March 14 % of patients", "in May 1,200 people": the number belongs to what follows.
        static bool IsAmount(string text, int end)
        {
            if (!char.IsAsciiDigit(text[end - 1])) return false;
            var rest = text.AsSpan(end);
            return rest is [',' or '.' or '/' or ':', >= '0' and <= '9', ..] && !(rest[0] == ',' && rest is not [_, _, >= '0' and <= '9', >= '0' and <= '9', ..])
                || rest.TrimStart().StartsWith("%") || rest.TrimStart().StartsWith("percent", StringComparison.OrdinalIgnoreCase);
        }
    }
}
