using System.Globalization;
using System.Text.RegularExpressions;

namespace EquityBot.Channels.Slack;

/// <summary>Words on their way to Slack and from it. Pure.</summary>
static partial class SlackText
{
    /// <summary>In UTF-16 units as they are sent; an update may have 4,000 bytes.</summary>
    const int LongestBeside = 1300;

    /// <summary>For texts that Slack reads for its marks: what people wrote calls nobody and leads nowhere (docs.slack.dev/messaging/formatting-message-text).</summary>
    public static string Inert(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Beside blocks, for lock screens and readers: whole letters and whole marks.</summary>
    public static string Beside(string text)
    {
        var (end, said) = (LongestBeside, Inert(Cut(text, LongestBeside)));
        while (said.Length > LongestBeside)
        {
            end -= Math.Max(1, (said.Length - LongestBeside) / 5);
            said = Inert(Cut(text, end));
        }

        return said;
    }

    /// <summary>Cut between letters as people count them, with "…" at the end.</summary>
    /// <param name="most">UTF-16 units, as Slack counts; at least 2.</param>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = 0;
        for (var letters = StringInfo.GetTextElementEnumerator(text); letters.MoveNext() && letters.ElementIndex + letters.GetTextElement().Length <= most - 1;)
        {
            end = letters.ElementIndex + letters.GetTextElement().Length;
        }

        return text[..end] + "…";
    }

    /// <summary>What somebody typed, as they meant it: without the mention of this bot, links as they read, other people by their handles.</summary>
    /// <param name="bot">The bot's own user id.</param>
    /// <param name="handles">Of people, by their ids in Slack; who is not among them stays an id.</param>
    public static string Typed(string text, string bot, IReadOnlyDictionary<string, string> handles) => Marks().Replace(text, mark => Said(mark.Groups["mark"].Value, bot, handles))
        .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal)
        .Replace('\u00a0', ' ').Trim();

    /// <summary>The ids of the people who are named in it.</summary>
    public static IReadOnlyList<string> Named(string text) => [.. Marks().Matches(text).Select(mark => mark.Groups["mark"].Value).Where(mark => mark.StartsWith('@')).Select(mark => mark[1..].Split('|')[0]).Where(SlackId.IsOne).Distinct()];

    static string Said(string mark, string bot, IReadOnlyDictionary<string, string> handles)
    {
        var (target, label) = mark.IndexOf('|', StringComparison.Ordinal) is >= 0 and var bar ? (mark[..bar], mark[(bar + 1)..]) : (mark, null);
        return mark[0] switch
        {
            '@' when target[1..] == bot => " ",
            '@' => handles.GetValueOrDefault(target[1..]) ?? label ?? target,
            '#' => $"#{label ?? target[1..]}",
            '!' => label ?? $"@{target[1..].Split('^')[0]}",
            _ => label is null or "" ? target.StartsWith("mailto:", StringComparison.Ordinal) ? target["mailto:".Length..] : target : label,
        };
    }

    [GeneratedRegex("<(?<mark>[@#!][^<>]+|[a-z][a-z0-9+.-]*:[^<>]+)>", RegexOptions.IgnoreCase)]
    private static partial Regex Marks();
}
