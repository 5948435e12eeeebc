using FuzzySharp;

namespace EquityBot.People;

/// <summary>What somebody probably meant.</summary>
static class Nearest
{
    /// <summary>Of a hundred: so alike two words must be.</summary>
    const int Alike = 60;

    /// <summary>The known word that is most like the one that was written; null where none is like it.</summary>
    public static string? To(string written, IEnumerable<string> known) => known
        .Select(word => (word, likeness: Fuzz.Ratio(written.ToUpperInvariant(), word.ToUpperInvariant())))
        .Where(one => one.likeness >= Alike)
        .OrderByDescending(one => one.likeness).ThenBy(one => one.word, StringComparer.Ordinal)
        .Select(one => one.word).FirstOrDefault();

    /// <summary>"; did you mean X?" to put behind a complaint; nothing where nothing is like it.</summary>
    public static string Hint(string written, IEnumerable<string> known) => To(written, known) is { } meant ? $"; did you mean “{meant}”?" : "";
}
