using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Tests.Given;
using NodaTime;

namespace EquityBot.Tests.Chat;

public partial class PhrasesTests
{
    static readonly Phrases English = Phrases.Load("en");

    static Phrases Saying(string text) => new("en", new Dictionary<string, string> { ["key"] = text, ["many.one"] = "One", ["many.many"] = "{count} of {name}" });

    [Fact]
    public void A_place_without_a_value_is_a_bug_that_names_it()
    {
        var bug = Assert.Throws<InvalidOperationException>(() => Saying("Hello {name}")["key", ("nam", "Dana")]);
        Assert.Contains("'key'", bug.Message, StringComparison.Ordinal);
        Assert.Contains("'name'", bug.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_phrase_that_no_file_has_is_a_bug_that_names_it() =>
        Assert.Contains("'missing'", Assert.Throws<KeyNotFoundException>(() => Saying("")["missing"]).Message, StringComparison.Ordinal);

    [Theory] // I5
    [InlineData("{name}")]
    [InlineData("{other}")]
    [InlineData("${env}")]
    [InlineData("$0 $1 $&")]
    [InlineData("{{name}}")]
    public void What_people_typed_is_never_looked_into_for_places(string typed) =>
        Assert.Equal($"“{typed}” by Dana", Saying("“{what}” by {name}")["key", ("what", typed), ("name", "Dana"), ("other", "WRONG")]);

    [Fact]
    public void One_and_many_are_told_apart()
    {
        Assert.Equal("One", Saying("").Count("many", 1, ("name", "three")));
        Assert.Equal("2 of three", Saying("").Count("many", 2, ("name", "three")));
        Assert.Equal("0 of three", Saying("").Count("many", 0, ("name", "three")));
    }

    [Fact]
    public void Days_carry_weekday_and_date_and_the_year_only_when_it_is_another()
    {
        Assert.Equal("Friday, March 13", English.Day(new(2026, 3, 13), new(2026, 1, 1)));
        Assert.Equal("Friday, January 1, 2027", English.Day(new(2027, 1, 1), new(2026, 12, 31)));
        Assert.Equal("Friday, March 13, 2026", English.DayAndYear(new(2026, 3, 13)));
        Assert.Equal("March 13", English.MonthAndDay(new(2026, 3, 13)));
    }

    [Fact]
    public void A_language_that_nobody_wrote_is_answered_in_English() => Assert.Equal("Not done", new Languages()["xx"]["refusal.title"]);

    /// <summary>Keys as the sources name them: inside <c>words[…]</c>, <c>No(…)</c> and <c>Count(…)</c>; braces of interpolation become wildcards.</summary>
    static IReadOnlyList<(string Path, Regex Key, bool Counted)> Asked { get; } =
    [
        .. Repository.Sources.SelectMany(source => Lookup().Matches(source.Text).SelectMany(lookup => Literal().Matches(lookup.Groups["keys"].Value)
            .Where(literal => literal.Groups["text"].Value is "denied" || literal.Groups["text"].Value.Contains('.', StringComparison.Ordinal))
            .Select(literal => (source.Path, Pattern(literal), lookup.Value.Contains("Count(", StringComparison.Ordinal))))),
    ];

    static Regex Pattern(Match literal) => new(
        "^" + (literal.Groups["dollar"].Success ? string.Join("[^ ]+", Place().Split(literal.Groups["text"].Value).Select(Regex.Escape)) : Regex.Escape(literal.Groups["text"].Value)));

    [Fact]
    public void Every_key_that_the_sources_ask_for_is_in_a_file()
    {
        Assert.True(Asked.Count > 150, $"the scan found {Asked.Count} look-ups only");
        Assert.Empty(Asked
            .Where(one => !English.Keys.Any(key => one.Counted ? Regex.IsMatch(key, one.Key + @"\.(one|many)$") : Regex.IsMatch(key, one.Key + "$")))
            .Select(one => $"{one.Path}: {one.Key}"));
    }

    [Fact]
    public void Whatever_somebody_may_have_changed_is_told_to_whoever_edits_it_too()
    {
        var changes = Repository.Sources.SelectMany(source => Changes().Matches(source.Text).Select(match => match.Groups["what"].Value)).Distinct().ToList();
        Assert.True(changes.Count > 15, $"the scan found {changes.Count} changes only");
        Assert.All(changes, what => Assert.True(English.Has($"changed.{what}"), what));
    }

    [GeneratedRegex(@"turn\.ChangedAsync\([^\n]*""(?<what>[a-z-]+)""")]
    private static partial Regex Changes();

    [Fact]
    public void Every_counted_phrase_has_both_forms() =>
        Assert.Equal(
            English.Keys.Where(key => key.EndsWith(".one", StringComparison.Ordinal)).Select(key => key[..^".one".Length]).Order(StringComparer.Ordinal),
            English.Keys.Where(key => key.EndsWith(".many", StringComparison.Ordinal)).Select(key => key[..^".many".Length]).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_phrase_in_a_file_is_said_somewhere()
    {
        var everything = string.Join('\n', Repository.Sources.Select(source => source.Text));
        var patterns = Interpolated().Matches(everything).Where(literal => literal.Groups["text"].Value is [>= 'a' and <= 'z', ..] text && text.Contains('.', StringComparison.Ordinal)).Select(literal => new Regex(Pattern(literal) + @"(\.(one|many))?$")).ToList();
        var listed = new Regex(@"^(level|driver|cadence|role|your-role|show-mine|show-due|show-overdue)\.|^step\.[a-z-]+\.title-"); // asked for as {field}.{value}, {kind}.{step} and {Verb}.title
        Assert.Empty(English.Keys.Where(key => !listed.IsMatch(key) && !everything.Contains($"\"{Counted().Replace(key, "")}\"", StringComparison.Ordinal) && !patterns.Any(pattern => pattern.IsMatch(key))).ToList());
    }

    [GeneratedRegex(@"\.(one|many)$")]
    private static partial Regex Counted();

    [Fact]
    public void No_phrase_is_empty_or_has_a_brace_that_is_no_place() =>
        Assert.Empty(English.Keys.Where(key => !key.StartsWith("date.", StringComparison.Ordinal)).Where(key =>
        {
            var text = Raw[key];
            return string.IsNullOrWhiteSpace(text) || Place().Replace(text, "").AsSpan().IndexOfAny('{', '}') >= 0;
        }).ToList());

    static readonly Dictionary<string, string> Raw = Directory.GetFiles(Path.Combine(Repository.Root, "src", "EquityBot.Core"), "*.en.json", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
        .SelectMany(file => System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!)
        .ToDictionary(pair => pair.Key, pair => pair.Value);

    [Fact]
    public void What_is_loaded_is_what_lies_beside_the_slices() => Assert.Equal(Raw.Keys.Order(StringComparer.Ordinal), English.Keys.Order(StringComparer.Ordinal));

    [GeneratedRegex(@"(?:[wW]ords\[|\.No\(|[wW]ords\.Count\()(?<keys>(?:\$?""(?:[^""{]|\{[^}]*\})*""|[^,\])""])*)")]
    private static partial Regex Lookup();

    [GeneratedRegex(@"(?<dollar>\$)?""(?<text>(?:[^""{\\]|\{[^}]*\})*)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"(?<dollar>\$)""(?<text>(?:[^""{\\\n]|\{[^}\n]*\})*)""")]
    private static partial Regex Interpolated();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Place();
}
