using EquityBot.People;
using FuzzySharp;
using NodaTime;

namespace EquityBot.Chat;

/// <summary>Whom or what somebody means by a name.</summary>
/// <param name="One">What it names beyond doubt; null when that is nothing, or several.</param>
/// <param name="Near">Where there is doubt, what it may mean, the nearest first; three at most.</param>
public sealed record Meant<T>(T? One, IReadOnlyList<T> Near) where T : class;

/// <summary>Finds people and departments by what they are called. A name that is only similar is never taken for the one it resembles: it is asked. Pure.</summary>
public static class Naming
{
    const int NearAtMost = 3;

    /// <summary>Of a hundred: one slip in four letters, two in eight.</summary>
    const int Similar = 72;

    static readonly string[] Titles = ["dr", "mr", "mrs", "ms", "mx", "prof", "professor", "nurse", "sister", "brother"];
    static readonly string[] Kinds = ["department", "dept", "team", "unit", "office", "group", "clinic", "service"];
    static readonly string[] Small = ["and", "of", "the", "for", "&"];

    /// <summary>By handle or full name, else by given name or a short form of it, else by family name; each only where one person has it.</summary>
    public static Meant<Person> Person(Roster roster, string said, LocalDate today, Phrases words)
    {
        said = said.Trim(' ', '@', '.', ',', '!', '?');
        var parts = said.Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipWhile(part => Is(Titles, part.TrimEnd('.'))).ToList();
        var plain = string.Join(' ', parts);
        var people = roster.People.Where(person => !person.HasLeftBy(today)).ToList();
        return Meant(
            people,
            [
                person => Same(person.Handle, said) || Same(person.Name, plain),
                person => parts.Count > 0 && Alike(words, Given(person), parts[0]) && (parts.Count == 1 || Same(Family(person), string.Join(' ', parts.Skip(1)))),
                person => Same(Family(person), plain),
            ],
            person => Math.Max(Fuzz.Ratio(Lower(person.Name), Lower(plain)), Math.Max(Fuzz.Ratio(Lower(Given(person)), Lower(plain)), Fuzz.Ratio(Lower(Family(person)), Lower(plain)))));
    }

    /// <summary>Everybody whose name or handle stands in the words as one word or two, in their order.</summary>
    public static IEnumerable<Person> PeopleIn(string said, Roster roster, LocalDate today, Phrases words)
    {
        var parts = said.Split([' ', ',', '.', ';', ':', '?', '!'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Select((part, place) => (place + 1 < parts.Length ? Person(roster, $"{part} {parts[place + 1]}", today, words).One : null) ?? (char.IsUpper(part[0]) || part[0] == '@' ? Person(roster, part, today, words).One : null))
            .OfType<Person>().Distinct();
    }

    /// <summary>By name, with or without "department" and the like, else by its kind, its initials or its first word; each only where one department has it.</summary>
    public static Meant<Department> Department(Roster roster, string said)
    {
        var parts = said.Trim(' ', '.', ',', '!', '?').Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (parts.Count > 1 && Same(parts[0], "the"))
        {
            parts.RemoveAt(0);
        }

        var (whole, plain) = (string.Join(' ', parts), string.Join(' ', parts.Count > 1 && Is(Kinds, parts[^1]) ? parts[..^1] : parts));
        return Meant(
            [.. roster.Departments],
            [
                department => Same(department.Name, whole) || Same(department.Name, plain),
                department => Same(department.Kind, plain) || Same(Initials(department.Name), plain),
                department => Same(department.Name.Split(' ')[0], plain),
            ],
            department => Fuzz.Ratio(Lower(department.Name), Lower(plain)));
    }

    static Meant<T> Meant<T>(IReadOnlyList<T> all, IEnumerable<Func<T, bool>> ways, Func<T, int> likeness) where T : class
    {
        foreach (var named in ways.Select(way => all.Where(way).ToList()).Where(named => named.Count > 0))
        {
            return named.Count == 1 ? new(named[0], []) : new(null, [.. named.Take(NearAtMost)]);
        }

        return new(null, [.. all.Select(one => (one, score: likeness(one))).Where(scored => scored.score >= Similar).OrderByDescending(scored => scored.score).Take(NearAtMost).Select(scored => scored.one)]);
    }

    /// <summary>Bob is Robert: by the lists of the organization's language, one name's forms between two bars.</summary>
    static bool Alike(Phrases words, string given, string said) =>
        Same(given, said) || words["names.alike"].Split('|').Select(forms => forms.Split(' ')).Any(forms => Is(forms, given) && Is(forms, said));

    static string Given(Person person) => person.Name.Split(' ')[0];

    static string Family(Person person) => person.Name.Contains(' ', StringComparison.Ordinal) ? person.Name[(person.Name.IndexOf(' ', StringComparison.Ordinal) + 1)..] : "";

    static string Initials(string name) => string.Concat(name.Split(' ').Where(word => !Is(Small, word)).Select(word => word[..1]));

    static bool Is(IEnumerable<string> list, string word) => list.Contains(word, StringComparer.OrdinalIgnoreCase);

    static bool Same(string one, string other) => one.Length > 0 && one.Equals(other, StringComparison.OrdinalIgnoreCase);

    static string Lower(string text) => text.ToLowerInvariant();
}
