using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Chat;

/// <summary>Every sentence the product says in one language, merged from the phrase files that lie beside the slices.</summary>
public sealed partial class Phrases(string language, IReadOnlyDictionary<string, string> texts)
{
    /// <summary>As browsers and readers aloud name it.</summary>
    public string Language => language;

    readonly CultureInfo culture = CultureInfo.GetCultureInfo(language);

    /// <summary>The names of what it can say.</summary>
    public IEnumerable<string> Keys => texts.Keys;

    /// <summary>
    /// The phrase with its <c>{places}</c> filled. A key that no file has, or a place that was given no value, is a bug and an exception.
    /// Values go in as they are: a place is never looked for inside a value.
    /// </summary>
    public string this[string key, params (string Place, object? Value)[] values] =>
        PlaceInText().Replace(Text(key), place =>
        {
            var name = place.Groups[1].Value;
            foreach (var (given, value) in values)
            {
                if (given == name)
                {
                    return Convert.ToString(value, culture) ?? "";
                }
            }

            throw new InvalidOperationException($"Phrase '{key}' has a place '{name}' that was given no value.");
        });

    /// <summary>The phrase <c>key.one</c> or <c>key.many</c>, with <c>{count}</c>.</summary>
    public string Count(string key, int count, params (string, object?)[] values) =>
        this[$"{key}.{(count == 1 ? "one" : "many")}", [.. values, ("count", count)]];

    public bool Has(string key) => texts.ContainsKey(key);

    /// <summary>The day as people say it and the date so that nobody errs: "Friday, March 13"; with the year when it is not this one.</summary>
    public string Day(LocalDate date, LocalDate today) =>
        Pattern(date.Year == today.Year ? "date.day" : "date.day-and-year").Format(date);

    /// <summary>"Friday, March 13, 2026": where a date is agreed on.</summary>
    public string DayAndYear(LocalDate date) => Pattern("date.day-and-year").Format(date);

    /// <summary>"March 13": inside a sentence that has said the weekday already.</summary>
    public string MonthAndDay(LocalDate date) => Pattern("date.month-and-day").Format(date);

    /// <summary>"March 2026": the month of that day.</summary>
    public string Month(LocalDate date) => Pattern("date.month-and-year").Format(date);

    /// <summary>"Tuesday".</summary>
    public string Weekday(IsoDayOfWeek day) => Pattern("date.weekday").Format(new LocalDate(1970, 1, 4).PlusDays((int)day));

    LocalDatePattern Pattern(string key) => LocalDatePattern.Create(Text(key), culture);

    string Text(string key) => texts.TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"No phrase file says '{key}'.");

    /// <summary>All phrase files of one language in Core: resources named <c>*.{language}.json</c>, each a flat object of key and text.</summary>
    public static Phrases Load(string language)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith($".{language}.json", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            foreach (var (key, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!)
            {
                texts.Add(key, text);
            }
        }

        return new(language, texts);
    }

    [GeneratedRegex(@"\{([a-z][a-zA-Z]*)\}")]
    private static partial Regex PlaceInText();
}

/// <summary>The languages the product speaks, by name; an organization's choice that is not among them is answered in English.</summary>
public sealed class Languages(IReadOnlyDictionary<string, Phrases> spoken)
{
    public Languages() : this(new Dictionary<string, Phrases> { ["en"] = Phrases.Load("en") })
    {
    }

    public Phrases this[string language] => spoken.GetValueOrDefault(language) ?? spoken["en"];
}
