using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;
using NodaTime;

namespace EquityBot.Goals;

/// <summary>Takes one sentence apart into the fields of a goal.</summary>
public static class GoalSentence
{
    const string N = GoalNumber.Digits;
    const string U = GoalNumber.Unit;
    const string Versus = @"(?:vs\.?|versus|against|compared (?:to|with))";
    const string Lowering = "cut|reduce|lower|decrease|shorten|halve|drop|narrow|shrink|end|eliminate|prevent";
    const string Raising = "raise|increase|grow|expand|double|triple|lift|boost";
    const string Counting = "hire|train|open|add|recruit|sign|offer|hold|run|enroll|screen|reach|build|create|launch|publish|translate";
    const string People =
        @"(?:patients?|people|families|residents?|members?|visitors?|children|adults?|women|men|mothers?|veterans?|speakers?|communities|neighborhoods?|workers?|callers?|staff|nurses?|clinicians?)\b(?: with (?:limited english|\p{L}{3,20}))?";

    /// <summary>What a sentence says; null for everything that it does not say.</summary>
    /// <param name="Statement">The goal in its author's words, without the day.</param>
    public sealed record Sketch(string Statement)
    {
        public string? What { get; init; }

        public string? Who { get; init; }

        public string? Where { get; init; }

        public string? Measure { get; init; }

        public string? Unit { get; init; }

        public Direction? Better { get; init; }

        public decimal? Baseline { get; init; }

        public decimal? Target { get; init; }

        public GapForm? Gap { get; init; }

        public string? Reference { get; init; }

        public decimal? BaselineReference { get; init; }

        public LocalDate? Due { get; init; }

        public LocalDate? OtherDue { get; init; }
    }

    /// <summary>Reads it in English, relative to the speaker's day.</summary>
    /// <param name="said">Any text of at most <see cref="Switchboard.LongestText"/> characters; of a longer one nothing but the statement is known. Never throws.</param>
    /// <param name="fiscalMonth">The month with which the fiscal year begins.</param>
    /// <param name="groups">Groups that are known by name.</param>
    /// <param name="isGap">Said to be a gap goal; else the words decide.</param>
    public static Sketch Read(string said, LocalDate today, int? fiscalMonth, IReadOnlyList<string> groups, bool isGap = false)
    {
        if (said.Length > TextPattern.LongestText)
        {
            return new(said);
        }

        var day = Dates.Find(said, new(today, fiscalMonth));
        var statement = CommitmentForm.Statement(LeadIn.Replace(day is null ? said : said.Remove(day.Start, day.Length), ""));
        var numbers = NumbersOf(statement, out var words);
        var gap = isGap || GapWords.IsMatch(words) ? (RatioWords.IsMatch(words) || numbers.Unit == "times" ? GapForm.Ratio : GapForm.Difference) : (GapForm?)null;
        var sketch = gap is { } form ? OfGap(statement, words, form, numbers) : OfNumber(statement, words, numbers, groups);
        return sketch with { Unit = gap is null ? numbers.Unit ?? numbers.FromUnit : numbers.FromUnit ?? (numbers.Unit == "times" ? null : numbers.Unit), Target = numbers.Target, Baseline = numbers.Baseline, Due = day?.Date, OtherDue = day?.Other };
    }

    sealed record Numbers(decimal? Baseline, decimal? Reference, decimal? Target, string? Unit, string? FromUnit = null);

    /// <summary>The numbers, and the words without them.</summary>
    static Numbers NumbersOf(string statement, out string words)
    {
        words = statement;
        decimal? from = null, reference = null, to = null;
        string? unit = null, fromUnit = null;
        foreach (var pattern in (Regex[])[FromTo, Compared, Baseline, To])
        {
            if (pattern.Match(words) is not { Success: true } match || (match.Groups["to"].Success && to is not null) || (match.Groups["from"].Success && from is not null))
            {
                continue;
            }

            from ??= GoalNumber.Read(Group(match, "from"));
            reference ??= GoalNumber.Read(Group(match, "ref"));
            to ??= GoalNumber.Read(Group(match, "to"));
            unit ??= GoalNumber.UnitOf(Group(match, "unit"));
            fromUnit ??= GoalNumber.UnitOf(Group(match, "fromUnit"));
            words = words.Remove(match.Index, match.Length).Insert(match.Index, " ");
        }

        words = Tidy(words);
        if (to is null && from is null && CountOf.Match(words) is { Success: true } count)
        {
            // "hire 5 interpreters": a deliverable that is counted begins with none.
            words = Tidy($"{count.Groups["verb"].Value} {words[count.Groups["thing"].Index..]}");
            return new(0, null, GoalNumber.Read(count.Groups["to"].Value), null);
        }

        return new(from, reference, to, unit, fromUnit);
    }

    static Sketch OfNumber(string statement, string words, Numbers numbers, IReadOnlyList<string> groups)
    {
        words = Means.Replace(words, "");
        string? who = null, where = null;
        if (groups.FirstOrDefault(group => words.Contains(group, StringComparison.OrdinalIgnoreCase)) is { } named)
        {
            var place = words.IndexOf(named, StringComparison.OrdinalIgnoreCase);
            who = named;
            var (before, after) = (Joint.Replace(words[..place], " "), Possessive.Replace(words[(place + named.Length)..], " "));
            (words, where) = Place.Match(after) is { Success: true } at ? ($"{before} {after.Remove(at.Index, at.Length)}", Cut(at.Groups["where"].Value, 200)) : ($"{before} {after}", null);
        }
        else if (WhoWords.Match(words) is { Success: true } of)
        {
            who = Cut(of.Groups["who"].Value, 200);
            words = words.Remove(of.Index, of.Length);
        }

        words = Tidy(words);
        if (where is null && Place.Match(words) is { Success: true } lies)
        {
            where = Cut(lies.Groups["where"].Value, 200);
            words = words.Remove(lies.Index, lies.Length);
        }

        var what = Cut(CommitmentForm.Statement(Tidy(words)), 500);
        var better = (numbers.Baseline, numbers.Target) is ({ } from, { } to) && from != to ? (to < from ? Direction.Lower : Direction.Higher) : DirectionOf(what);
        return new(statement) { What = what, Who = who, Where = where, Measure = MeasureOf(what), Better = better };
    }

    static Sketch OfGap(string statement, string words, GapForm form, Numbers numbers)
    {
        words = Means.Replace(words, "");
        string? group = null, reference = null, where = null;
        if (Between.Match(words) is { Success: true } both)
        {
            (group, reference) = (both.Groups["group"].Value.Trim(), both.Groups["reference"].Value.Trim());
            if (TrailingPeople.Match(reference) is { Success: true } people && !TrailingPeople.IsMatch(group))
            {
                group += " " + people.Value;
            }

            words = words.Remove(both.Index, both.Length);
        }

        words = Tidy(words);
        var measured = GapName.Replace(words, " ");
        if (Place.Match(measured) is { Success: true } lies)
        {
            where = Cut(lies.Groups["where"].Value, 200);
            measured = measured.Remove(lies.Index, lies.Length);
        }

        var better = (numbers.Baseline, numbers.Reference) is ({ } of, { } than) && of != than ? (of > than ? Direction.Lower : Direction.Higher) : (Direction?)null;
        return new(statement)
        {
            What = Cut(CommitmentForm.Statement(words), 500), Who = Cut(group, 200), Where = where, Measure = MeasureOf(Tidy(measured)), Better = better,
            Gap = form, Reference = Cut(reference, 200), BaselineReference = numbers.Reference,
        };
    }

    /// <summary>What is left once the verb and the article are gone.</summary>
    static string? MeasureOf(string? what) => what is null ? null : Cut(Verb.Replace(what, "").Trim(), 200);

    static Direction? DirectionOf(string? what) => what is null ? null : Down.IsMatch(what) ? Direction.Lower : Up.IsMatch(what) ? Direction.Higher : null;

    static string? Group(Match match, string name) => match.Groups[name] is { Success: true } group ? group.Value : null;

    static string Tidy(string words) => Blanks.Replace(words, " ").Trim(' ', ',', ';', ':', '.', '(', ')');

    static string? Cut(string? words, int longest) => words?.Trim(' ', ',', '.') is { Length: > 0 } kept ? kept[..Math.Min(kept.Length, longest)] : null;

    static readonly Regex LeadIn = TextPattern.Of(@"^(?:(?:we|i)(?:'ll| will| want to| are going to|'re going to)|our goal is to|to)\s");
    static readonly Regex FromTo = TextPattern.Of($@"\bfrom (?:about )?\$?(?<from>{N})\s?(?<fromUnit>{U})?(?: {Versus} \$?(?<ref>{N})\s?(?:{U})?)?,? (?:down |up )?to (?:under |below |over |at most |at least |about |a gap of )?\$?(?<to>{N})\s?(?<unit>{U})?");
    static readonly Regex Compared = TextPattern.Of($@"\(?\b(?:from |now |currently )?(?<from>{N})\s?(?<fromUnit>{U})? {Versus} (?<ref>{N})\s?(?:{U})?\)?");
    static readonly Regex Baseline = TextPattern.Of($@"\(?\b(?:now|today|currently|baseline)(?: is| at| of|:)? \$?(?<from>{N})\s?(?<fromUnit>{U})?\)?|\bfrom \$?(?<from>{N})\s?(?<fromUnit>{U})?");
    static readonly Regex To = TextPattern.Of($@"\b(?:to (?:under |below |over |at most |at least |about )?|under |below |above |over |at least |at most )\$?(?<to>{N})\s?(?<unit>{U})?");
    static readonly Regex CountOf = TextPattern.Of($@"^(?<verb>{Counting}) \$?(?<to>{N}) (?<thing>\p{{L}})");
    static readonly Regex GapWords = TextPattern.Of(@"\b(?:gap|disparity|ratio)\b");
    static readonly Regex RatioWords = TextPattern.Of(@"\bratio\b");
    static readonly Regex GapName = TextPattern.Of(@" ?\b(?:gap|disparity|ratio)\b(?: (?:in|of|for)\b)?(?: the\b)? ?");
    static readonly Regex Between = TextPattern.Of($@" ?\b(?:between|for|of) (?<group>[^,]{{2,60}}?) (?:and|{Versus}) (?<reference>[^,]{{2,60}}?)(?=$| (?:in|at|across|within) )");
    static readonly Regex TrailingPeople = TextPattern.Of($@"\b{People}$");
    static readonly Regex WhoWords = TextPattern.Of($@" (?:of|for|among) (?:the |our )?(?<who>[^,.]{{0,60}}?{People})");
    static readonly Regex Joint = TextPattern.Of(@" (?:of|for|among|in)(?: the| our| all)? $");
    static readonly Regex Possessive = TextPattern.Of(@"^'s? ?");
    static readonly Regex Place = TextPattern.Of(@" (?:in|at|across|within) (?:the |our )?(?<where>[^,]{2,80})$");
    static readonly Regex Means = TextPattern.Of(@",? (?:with|through|using|via|because|so that|thanks to) (?!limited english|disabilities|diabetes|hypertension).*$");
    static readonly Regex Verb = TextPattern.Of($@"^(?:{Lowering}|{Raising}|{Counting}|close|improve|keep|bring|move|get|make|change)(?: (?:up|down|off))? (?:(?:the|our|a|an|all) )?");
    static readonly Regex Down = TextPattern.Of($@"^(?:{Lowering}|bring down)\b");
    static readonly Regex Up = TextPattern.Of($@"^(?:{Raising}|{Counting}|bring up)\b");
    static readonly Regex Blanks = TextPattern.Of(" {2,}");
}
