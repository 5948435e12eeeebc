using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace EquityBot.Chat;

/// <summary>Reads the dates that people type, in English, relative to a day given by the caller.</summary>
public static partial class Dates
{
    /// <summary>A date and the words that said it.</summary>
    /// <param name="Date">The day meant; where the words can be read in two ways, the more literal reading.</param>
    /// <param name="Start">Index of the first character to take out of the sentence.</param>
    /// <param name="Length">How many characters to take out: preposition, date, hour if any, and the blank, comma or brackets that set them apart.</param>
    public sealed record DatePhrase(LocalDate Date, int Start, int Length)
    {
        /// <summary>
        /// The other day that the words may mean; null where there is one reading. "Next Friday" said on a Monday is this week's or next week's; "Q3" is the calendar's or
        /// the fiscal year's.
        /// </summary>
        public LocalDate? Other { get; init; }
    }

    /// <summary>
    /// Finds the due date in a sentence: the last date led in by a deadline preposition (by, before, until, on, due, in, within, at the end of), or else the last date. Past dates count only where there is no other.
    /// </summary>
    /// <param name="sentence">Any text. In one that is longer than anybody may say at once (<see cref="Switchboard.LongestText"/>) no date is found.</param>
    /// <param name="from">From where it is reckoned: the author's day at least.</param>
    /// <returns>
    /// The day and its place, or null when there is none. Never before <paramref name="from"/>'s day unless the words give a year. A month or quarter means its last day,
    /// a week its Friday, "before X" X itself. Recurring days ("every Friday"), spans counted from something else ("within 7 days of
    /// discharge"), fiscal quarters where the fiscal year is not known, links, fractions and days that do not exist are no dates. Never throws.
    /// </returns>
    public static DatePhrase? Find(string sentence, Reckoning from)
    {
        var found = Candidates(Fold(sentence), from).FindAll(c => c.Date is not null);
        var today = from.Today;

        // "by June 30 (baseline in Q4 2025)": what is past is the due date only where nothing else is.
        var best = found.FindLast(c => c.Deadline && c.Date >= today) ?? found.FindLast(c => c.Date >= today) ?? found.FindLast(c => c.Deadline) ?? found.LastOrDefault();
        return best is { Date: { } date } ? Cut(sentence, best.Start, best.End, date) with { Other = best.Other >= today ? best.Other : null } : null;
    }

    /// <summary>Reads a value that is nothing but a date, such as a form's input: "2027-03-31", "3/20", "Friday", "two weeks", "the 15th".</summary>
    /// <param name="words">The value; blanks and a full stop around it are ignored.</param>
    /// <param name="from">As for <see cref="Find"/>.</param>
    /// <returns>The day, or null when the words are anything besides one date; where they can be read in two ways, the more literal reading. Never throws.</returns>
    public static LocalDate? Read(string words, Reckoning from) => ReadEither(words, from)?.Date;

    /// <summary>As <see cref="Read"/>, with the other reading where there is one.</summary>
    public static (LocalDate Date, LocalDate? Other)? ReadEither(string words, Reckoning from)
    {
        var value = Fold(words).Trim().TrimEnd('.');
        // A form's label stands for the preposition that some forms need.
        foreach (var lead in (string[])["", "by ", "in ", "by the "])
        {
            if (Candidates(lead + value, from) is [{ Start: 0, Date: { } date } only] && only.End == lead.Length + value.Length) return (date, only.Other >= from.Today ? only.Other : null);
        }
        return null;
    }

    static List<Candidate> Candidates(string text, Reckoning from)
    {
        var kept = new List<Candidate>();
        if (from.Today.Calendar != CalendarSystem.Iso || from.Today.Year is < 1 or > 9900 || text.Length > TextPattern.LongestText) return kept;
        foreach (var next in Wordings.SelectMany(wording => wording.In(text, from)).OrderBy(c => c.Start).ThenByDescending(c => c.End))
        {
            if (kept.Count == 0 || next.Start >= kept[^1].End) kept.Add(next);
            else if (next.End - next.Start > kept[^1].End - kept[^1].Start) kept[^1] = next;
        }
        return kept;
    }

    static DatePhrase Cut(string sentence, int start, int end, LocalDate date)
    {
        if (start > 0 && end < sentence.Length && sentence[start - 1] == '(' && sentence[end] == ')') (start, end) = (start - 1, end + 1);
        var before = sentence.AsSpan(0, start).TrimEnd().TrimEnd(',').Length;
        if (before > 0) return new(date, before, end - before);
        var after = sentence.AsSpan(end).TrimStart().TrimStart(",:;-–—").TrimStart().Length;
        return new(date, 0, sentence.Length - after);
    }

    // One character for one, so that places in the folded text are places in the sentence.
    static string Fold(string text) => string.Create(text.Length, text, static (folded, source) =>
    {
        for (var i = 0; i < folded.Length; i++)
        {
            folded[i] = source[i] switch
            {
                >= '\u2010' and <= '\u2015' or '\u2212' => '-',
                '\u2018' or '\u2019' => '\'',
                >= '\uFF01' and <= '\uFF5E' => (char)(source[i] - 0xFEE0),
                _ => source[i],
            };
        }
    });

    static LocalDate? Nothing(Match match, Reckoning from) => null;

    static LocalDate? Numbered(Match match, Reckoning from) => Day(Int(match, "y"), Int(match, "m"), Int(match, "d"));

    static LocalDate? Slashed(Match match, Reckoning from)
    {
        var (a, b) = (Int(match, "a"), Int(match, "b"));
        var (month, day) = a > 12 && b <= 12 ? (b, a) : (a, b);
        return Coming(YearOf(match), from.Today, year => Day(year, month, day));
    }

    static LocalDate? Named(Match match, Reckoning from) => Coming(YearOf(match), from.Today, year => Day(year, MonthOf(match), Int(match, "d")));

    /// <summary>The holidays of the United States by the rules of their days, whatever the site's calendar makes of them.</summary>
    static LocalDate? Holiday(Match match, Reckoning from)
    {
        var name = Word(match, "hol");
        return Coming(YearOf(match), from.Today, year => name switch
        {
            _ when name.EndsWith("eve", StringComparison.Ordinal) => Day(year, 12, name[0] == 'c' ? 24 : 31),
            ['n', ..] => Day(year, 1, 1),
            ['m', 'a' or 'l', ..] => Nth(year, 1, 3, IsoDayOfWeek.Monday),
            ['p', ..] => Nth(year, 2, 3, IsoDayOfWeek.Monday),
            ['m', ..] => new LocalDate(year, 6, 1).Previous(IsoDayOfWeek.Monday),
            ['j', ..] => Day(year, 6, 19),
            ['l', ..] => Nth(year, 9, 1, IsoDayOfWeek.Monday),
            ['i', 'n', 'd', 'i', ..] or ['c', 'o', ..] => Nth(year, 10, 2, IsoDayOfWeek.Monday),
            ['v', ..] => Day(year, 11, 11),
            ['t', 'h', 'a', ..] => Nth(year, 11, 4, IsoDayOfWeek.Thursday),
            ['c', ..] => Day(year, 12, 25),
            _ => Day(year, 7, 4),
        });
    }

    static LocalDate Nth(int year, int month, int n, IsoDayOfWeek day) => new LocalDate(year, month, 1).PlusDays(-1).Next(day).PlusWeeks(n - 1);

    static LocalDate? Middle(Match match, Reckoning from) => Coming(YearOf(match), from.Today, year => Day(year, MonthOf(match), 15));

    static LocalDate? NextWeekday(Match match, Reckoning from)
    {
        var day = (IsoDayOfWeek)("motuwethfrsasu".IndexOf(Word(match, "wd")[..2], StringComparison.Ordinal) / 2 + 1);
        return match.Groups["which"].Success ? Monday(from.Today).PlusDays(6 + (int)day) : from.Today.Next(day);
    }

    /// <summary>This week's, where "next" may mean the one that comes next.</summary>
    static LocalDate? ThisWeekday(Match match, Reckoning from) =>
        match.Groups["which"].Success && !match.Value.Contains("week", StringComparison.OrdinalIgnoreCase) ? from.Today.Next(NextWeekday(match, from)!.Value.DayOfWeek) : null;

    static LocalDate? NextDay(Match match, Reckoning from)
    {
        var first = from.Today.With(DateAdjusters.StartOfMonth);
        if (match.Groups["which"].Success) return Day(first.PlusMonths(1).Year, first.PlusMonths(1).Month, Int(match, "d"));
        return Enumerable.Range(0, 3).Select(first.PlusMonths).Select(month => Day(month.Year, month.Month, Int(match, "d"))).FirstOrDefault(day => day >= from.Today);
    }

    static LocalDate? InUnits(Match match, Reckoning from)
    {
        var n = Count(Word(match, "n"));
        var day = match.Groups["wd"].Success ? NextWeekday(match, from) ?? from.Today : from.Today;
        return Word(match, "unit") switch
        {
            ['w', 'o', ..] or ['b', ..] => from.WorkingDays(day, n),
            ['d', ..] => day.PlusDays(n),
            ['w', ..] => day.PlusWeeks(n),
            ['m', ..] => day.PlusMonths(n),
            ['q', ..] => day.PlusMonths(3 * n),
            _ => n < 100 ? day.PlusYears(n) : null,
        };
    }

    static LocalDate? PeriodEnd(Match match, Reckoning from)
    {
        if (match.Groups["mon"].Success) return Coming(YearOf(match), from.Today, year => LastOf(year, MonthOf(match)));
        if (YearOf(match) is { } given) return LastOf(given, 12);
        var next = match.Groups["which"].Success ? 1 : 0;
        switch (Word(match, "unit")[0])
        {
            case 'w':
                var friday = Monday(from.Today).PlusDays(4).PlusWeeks(next);
                return friday < from.Today ? friday.PlusWeeks(1) : friday;
            case 'm': return from.Today.PlusMonths(next).With(DateAdjusters.EndOfMonth);
            case 'q': return LastOf(from.Today.PlusMonths(3 * next).Year, (from.Today.PlusMonths(3 * next).Month + 2) / 3 * 3);
            default: return LastOf(from.Today.Year + next, 12);
        }
    }

    static LocalDate? QuarterEnd(Match match, Reckoning from) => Coming(YearOf(match), from.Today, year => LastOf(year, 3 * QuarterOf(match)));

    static int QuarterOf(Match match) => Word(match, "q")[0] switch { '1' => 1, '2' or 's' => 2, '3' or 't' => 3, '4' => 4, _ => Word(match, "q") == "first" ? 1 : 4 };

    /// <summary>The end of the fiscal year's quarter, or of the fiscal year where none is named.</summary>
    static LocalDate? FiscalEnd(Match match, Reckoning from)
    {
        if (from.FiscalMonth is not { } first)
        {
            return null;
        }

        var months = match.Groups["q"].Success ? 3 * QuarterOf(match) : 12;
        var next = match.Groups["which"].Success ? 1 : 0;
        return Coming(YearOf(match), from.Today.PlusYears(next), year => new LocalDate(first == 1 ? year : year - 1, first, 1).PlusMonths(months).PlusDays(-1));
    }

    // Eight years always hold a February 29.
    static LocalDate? Coming(int? year, LocalDate today, Func<int, LocalDate?> inYear) =>
        year is { } given ? inYear(given) : Enumerable.Range(today.Year, 9).Select(inYear).FirstOrDefault(day => day >= today);

    static LocalDate? Day(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month) ? new LocalDate(year, month, day) : null;

    static LocalDate LastOf(int year, int month) => new LocalDate(year, month, 1).With(DateAdjusters.EndOfMonth);

    static LocalDate Monday(LocalDate day) => day.PlusDays(1 - (int)day.DayOfWeek);

    static int Count(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n
        : word.Contains("couple", StringComparison.Ordinal) ? 2
        : Math.Max(1, Array.IndexOf(["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], word));

    static int MonthOf(Match match) => "janfebmaraprmayjunjulaugsepoctnovdec".IndexOf(Word(match, "mon")[..3], StringComparison.Ordinal) / 3 + 1;

    static int? YearOf(Match match) => !match.Groups["y"].Success ? null : Int(match, "y") is var year && year < 100 ? 2000 + year : Int(match, "y");

    static int Int(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    static string Word(Match match, string group) => match.Groups[group].Value.ToLowerInvariant();
}
