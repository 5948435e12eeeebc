using System.Text.RegularExpressions;

namespace EquityBot.Channels.Email;

/// <summary>A delivery status notification (RFC 3464) as far as it concerns us: which of our messages came back for good.</summary>
/// <param name="Status">The enhanced status code, such as 5.1.1.</param>
/// <param name="Messages">Message ids of ours that it names.</param>
sealed partial record Bounce(string Status, IReadOnlyList<Guid> Messages)
{
    /// <summary>Null for anything but a report of a permanent failure: a delay, a receipt, an absence note, an ordinary mail.</summary>
    /// <param name="raw">The whole mail with its headers.</param>
    public static Bounce? Read(string raw)
    {
        var unfolded = Fold().Replace(raw, " ");
        return Report().IsMatch(unfolded) && Failed().IsMatch(unfolded) && Permanent().Match(unfolded) is { Success: true } status
            && OurIds().Matches(unfolded).Select(match => Guid.ParseExact(match.Groups[1].Value, "N")).Distinct().ToList() is { Count: > 0 } ours
            ? new(status.Groups[1].Value, ours)
            : null;
    }

    [GeneratedRegex(@"\r?\n[ \t]+")]
    private static partial Regex Fold();

    [GeneratedRegex(@"^Content-Type:\s*(?:multipart/report\b.*\bdelivery-status|message/delivery-status)", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Report();

    [GeneratedRegex(@"^Action:\s*failed\s*$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Failed();

    [GeneratedRegex(@"^Status:\s*(5\.\d{1,3}\.\d{1,3})", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Permanent();

    [GeneratedRegex(@"^(?:Message-ID|X-Original-Message-ID|References|In-Reply-To):.*?<([0-9a-f]{32})@", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex OurIds();
}
