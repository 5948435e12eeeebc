using System.Text.RegularExpressions;

namespace EquityBot.Chat;

/// <summary>
/// Expressions over what people type. What somebody pastes must not be able to buy time: none repeats a repetition over the same characters, so that the time grows with
/// the square of the length at most; no text is longer than <see cref="LongestText"/>; and each gives up after <see cref="Limit"/>. The linear engine of .NET would
/// need none of this, but holds about three mebibytes for each of our expressions (docs/decisions/0016).
/// </summary>
static class TextPattern
{
    /// <summary>In characters: as much as anybody may say at once.</summary>
    public const int LongestText = Switchboard.LongestText;

    /// <summary>A hundred times what the worst of them takes for the longest text.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>Without regard to case or culture; only named groups capture.</summary>
    public static Regex Of(string pattern) => new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Limit);
}
