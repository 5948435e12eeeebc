using System.Text;
using System.Text.RegularExpressions;
using FuzzySharp;

namespace EquityBot.Chat;

/// <summary>What somebody meant: a command with the values its sentence carried, or the nearest things it might have been.</summary>
public sealed record Understood(ChatCommand? Command, IReadOnlyDictionary<string, string> Values, IReadOnlyList<ChatCommand> Nearest);

/// <summary>From words to command.</summary>
public sealed partial class Phrasebook(Catalogue catalogue)
{
    const int NearestShown = 2;

    /// <summary>The first command one of whose sentences fits, as it was said or without the manners around it; else the two whose example sentences are nearest.</summary>
    public Understood Understand(string text, Phrases words)
    {
        var said = Manners.Without(Tidy(text));
        var straight = Manners.Straight(said);
        string[] ways = [said, straight, Manners.WithNumber(straight)];
        return Fitting(catalogue.Commands.Where(command => !command.AskedLast), command => command.Sentences, ways)
            ?? Fitting(catalogue.Commands, command => command.LooseSentences, ways)
            ?? Fitting(catalogue.Commands.Where(command => command.AskedLast), command => command.Sentences, ways[..2])
            ?? new(null, new Dictionary<string, string>(), Nearest(said, words));
    }

    static Understood? Fitting(IEnumerable<ChatCommand> commands, Func<ChatCommand, IReadOnlyList<Regex>> sentences, IEnumerable<string> ways) =>
        (from command in commands from sentence in sentences(command) from way in ways.Distinct() let match = sentence.Match(way) where match.Success select new Understood(command, ValuesOf(match), [])).FirstOrDefault();

    /// <summary>
    /// One for each reference where the same is said of several ("C-12 and C-13 done"), and one for each clause where several things are said in a row ("C-12 done; C-13 is blocked
    /// by IT"). What does not come apart into sentences about a subject each is one sentence.
    /// </summary>
    public IReadOnlyList<Understood> UnderstandEach(string text, Phrases words)
    {
        var parts = Clauses().Split(text).Where(clause => !string.IsNullOrWhiteSpace(clause)).SelectMany(AboutEach).Select(part => Understand(part, words)).ToList();
        return parts.Count > 1 && parts.TrueForAll(part => part.Values.ContainsKey("ref")) ? parts : [Understand(text, words)];
    }

    static IEnumerable<string> AboutEach(string clause) => References().Match(clause) is { Success: true } list
        ? Reference().Matches(list.Value).Select(reference => clause.Remove(list.Index, list.Length).Insert(list.Index, reference.Value)).Distinct(StringComparer.OrdinalIgnoreCase)
        : [clause];

    List<ChatCommand> Nearest(string said, Phrases words) =>
    [
        .. catalogue.Commands
            .Where(command => words.Has($"help.{command.Verb}"))
            .OrderByDescending(command => Fuzz.WeightedRatio(said.ToUpperInvariant(), words[$"help.{command.Verb}"].ToUpperInvariant()))
            .Take(NearestShown),
    ];

    static Dictionary<string, string> ValuesOf(Match match) =>
        match.Groups.Values
            .Where(group => group.Success && !char.IsAsciiDigit(group.Name[0]) && !string.IsNullOrWhiteSpace(group.Value))
            .ToDictionary(group => group.Name, group => group.Value.Trim());

    /// <summary>One line, straight quotes, no zero-width characters, single blanks: how people's keyboards differ, not what they said.</summary>
    public static string Tidy(string text)
    {
        var tidy = new StringBuilder(text.Length);
        foreach (var letter in WholeCharacters(text).Normalize(NormalizationForm.FormC))
        {
            tidy.Append(letter switch
            {
                '\u2018' or '\u2019' => '\'',
                '\u201C' or '\u201D' => '"',
                '\u2010' or '\u2011' or '\u2012' or '\u2013' => '-',
                '\u200B' or '\u2060' or '\uFEFF' => '\0',
                _ when char.IsWhiteSpace(letter) || char.IsControl(letter) => ' ',
                _ => letter,
            });
        }

        return Blanks().Replace(tidy.ToString().Replace("\0", "", StringComparison.Ordinal), " ").Trim();
    }

    /// <summary>U+FFFE, a byte-order mark the wrong way round, is none by the standard, and normalization refuses it.</summary>
    internal const int NoCharacter = 0xFFFE;

    /// <summary>Half of a surrogate pair is no character: normalization and databases refuse it.</summary>
    static string WholeCharacters(string text) => string.Concat(text.EnumerateRunes().Where(rune => rune.Value != NoCharacter).Select(rune => rune.ToString()));

    // Between two references that are no list: "C-12 is done and C-13 is stuck".
    [GeneratedRegex(@"[\r\n;]+|(?<!\b[a-z]-\d{1,9})(?:[.,]|,? (?:and|but|while)) (?=[a-z]-\d{1,9}\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Clauses();

    [GeneratedRegex(@"\b[a-z]-\d{1,9}(?:(?:\s?[,&+]\s?(?:and\s)?|\sand\s)[a-z]-\d{1,9})+\b", RegexOptions.IgnoreCase)]
    private static partial Regex References();

    [GeneratedRegex(@"[a-z]-\d+", RegexOptions.IgnoreCase)]
    private static partial Regex Reference();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();
}
