using System.Text.RegularExpressions;
using EquityBot.Chat;
using FuzzySharp;

namespace EquityBot.Partnerships;

/// <summary>Finds partners by what people call them: the name, a part of it that no other has, its initials, or a near miss.</summary>
public static partial class PartnerNames
{
    /// <summary>Of a hundred: from here on a name is the one that was meant.</summary>
    const int NearEnough = 84;

    /// <summary>Two names that are this close to one another in likeness are two candidates.</summary>
    const int TooClose = 6;
    const int LongestMention = 10;
    const int Offered = 2;

    /// <summary>Which partners some words name.</summary>
    /// <param name="Named">Those that are meant; empty where that is not clear.</param>
    /// <param name="Candidates">Where it is not clear: those that it may be, at most two.</param>
    /// <param name="Words">What was taken for the name.</param>
    /// <param name="IsKnown">Whether one of the candidates is certainly meant; false where the words fit nobody and these are only the nearest.</param>
    public sealed record Found(IReadOnlyList<Partner> Named, IReadOnlyList<Partner> Candidates, string Words, bool IsKnown);

    /// <summary>Words that are nothing but a name, or names joined by "and".</summary>
    public static Found Find(string words, IReadOnlyCollection<Partner> partners)
    {
        words = words.Trim(' ', '.', ',', ';', ':', '?', '!');
        if (Certain(words, partners) is { Count: > 0 } named)
        {
            return new(named, [], words, true);
        }

        if (Fitting(words, partners) is { Count: > 1 } several)
        {
            return new([], [.. several.Take(Offered)], words, true);
        }

        var scored = Scored(words, partners);
        return scored.Count == 0 || scored[0].Score < NearEnough ? new([], [.. scored.Take(Offered).Select(one => one.Partner)], words, false)
            : scored.Count > 1 && scored[0].Score - scored[1].Score < TooClose ? new([], [scored[0].Partner, scored[1].Partner], words, true)
            : new([scored[0].Partner], [], words, true);
    }

    /// <summary>Names at the beginning of a text, and what follows them.</summary>
    public static (Found Found, string After) FindFirst(string text, IReadOnlyCollection<Partner> partners)
    {
        var ends = Word().Matches(Pause().Match(text).Value).Select(word => word.Index + word.Length).Take(LongestMention).ToList();
        foreach (var end in Enumerable.Reverse(ends))
        {
            if (Certain(text[..end], partners) is { Count: > 0 } named)
            {
                return (new(named, [], text[..end], true), text[end..]);
            }
        }

        var mention = Mention().Match(text) is { Success: true, Length: > 0 } match ? match.Length : ends.FirstOrDefault();
        return (Find(text[..mention], partners), text[mention..]);
    }

    /// <summary>One partner that the words fit and no other; or one for each part where "and" joins several.</summary>
    static IReadOnlyList<Partner> Certain(string words, IReadOnlyCollection<Partner> partners)
    {
        if (Fitting(words, partners) is [var only])
        {
            return [only];
        }

        var parts = And().Split(words).Where(part => part.Length > 0).Select(part => Fitting(part, partners)).ToList();
        return parts.Count > 1 && parts.TrueForAll(part => part.Count == 1) ? [.. parts.Select(part => part[0]).Distinct()] : [];
    }

    /// <summary>The one of exactly this name or these initials; else all in whose names these words stand.</summary>
    static List<Partner> Fitting(string words, IReadOnlyCollection<Partner> partners)
    {
        var said = Parts(words);
        if (said.Count == 0)
        {
            return [];
        }

        var exact = partners.Where(one => Parts(one.Name).SequenceEqual(said) || (said is [{ Length: > 2 } initials] && Initials(one.Name) == initials)).ToList();
        return exact.Count > 0 ? exact : [.. partners.Where(one => said.All(Parts(one.Name).Contains)).OrderBy(one => one.Name, StringComparer.Ordinal)];
    }

    static List<(Partner Partner, int Score)> Scored(string words, IReadOnlyCollection<Partner> partners)
    {
        var said = string.Join(' ', Parts(words));
        return [.. partners.Select(one => (one, Score(string.Join(' ', Parts(one.Name)), said))).OrderByDescending(one => one.Item2).ThenBy(one => one.one.Name, StringComparer.Ordinal)];
    }

    /// <summary>The whole against the whole, or as many of the name's words as were said against these.</summary>
    static int Score(string name, string said)
    {
        if (said.Length < 3)
        {
            return 0;
        }

        var (words, count) = (name.Split(' '), said.Split(' ').Length);
        var parts = Enumerable.Range(0, Math.Max(1, words.Length - count + 1)).Select(start => string.Join(' ', words.Skip(start).Take(count)));
        return parts.Append(name).Max(part => Fuzz.Ratio(part, said));
    }

    static List<string> Parts(string name) =>
        [.. Word().Matches(name.Replace("'s", "", StringComparison.OrdinalIgnoreCase).ToLowerInvariant()).Select(word => word.Value).Where(word => word is not ("the" or "our" or "a" or "of" or "and" or "for"))];

    static string Initials(string name) => string.Concat(Parts(name).Select(word => word[0]));

    [GeneratedRegex(@"[\p{L}\p{N}'’-]+")]
    private static partial Regex Word();

    /// <summary>As far as one breath goes.</summary>
    [GeneratedRegex(@"^[^,;:.!?()]*")]
    private static partial Regex Pause();

    [GeneratedRegex(@" and | & ", RegexOptions.IgnoreCase)]
    private static partial Regex And();

    /// <summary>Up to a word with which no name goes on.</summary>
    [GeneratedRegex(@"^.{1,160}?(?=[,;:.!?()]|$| (?:yesterday|today|tomorrow|this|last|on|about|regarding|because|where|who|they|we|at|by|to|in|until|with|for)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Mention();
}
