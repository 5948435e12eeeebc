using System.Globalization;
using System.Text.RegularExpressions;

namespace EquityBot.Goals;

/// <summary>Numbers as people type them and as they are shown.</summary>
public static partial class GoalNumber
{
    /// <summary>For expressions: digits, commas between thousands, a decimal point.</summary>
    public const string Digits = @"\d{1,9}(?:,\d\d\d)?(?:,\d\d\d)?(?:\.\d{1,6})?";

    /// <summary>For expressions: what is counted, after a number.</summary>
    public const string Unit =
        @"(?:%|percent(?:age points?)?\b|points?\b|times\b|minutes?\b|mins?\b|hours?\b|days?\b|weeks?\b|months?\b|patients?\b|people\b|families\b|visits?\b|calls?\b|staff\b|nurses?\b|interpreters?\b"
        + @"|navigators?\b|partners?\b|sites?\b|clinics?\b|events?\b|homes?\b|dollars\b|ftes?\b)";

    /// <summary>The number at the start of the words, whatever follows it; null where there is none. At most twelve digits, so that no arithmetic overflows.</summary>
    public static decimal? Read(string? words) =>
        words is not null && Leading().Match(words) is { Success: true } match
            && decimal.TryParse(match.Groups["number"].Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number : null;

    /// <summary>"17 %", "1,200 patients", "2.5"; with up to two decimals, as many as it needs.</summary>
    public static string Say(decimal number, string? unit) =>
        Math.Round(number, 2, MidpointRounding.AwayFromZero).ToString("#,##0.##", CultureInfo.InvariantCulture) is var said && unit is null ? said : $"{said} {unit}";

    /// <summary>One spelling for what people say in several: percent is %, minutes and minute and mins are minutes.</summary>
    public static string? UnitOf(string? words) => string.IsNullOrWhiteSpace(words) ? null : words.Trim().ToLowerInvariant() switch
    {
        "percent" => "%",
        "percentage point" or "percentage points" or "point" => "points",
        "min" or "mins" or "minute" => "minutes",
        "fte" or "ftes" => "FTE",
        var one when Known().IsMatch(one) => one is "people" or "staff" or "%" || one.EndsWith('s') ? one : one + "s",
        _ => words.Trim(),
    };

    [GeneratedRegex(@"^[$ ]?(?<number>-?" + Digits + @")(?![\d,.]*\d)")]
    private static partial Regex Leading();

    [GeneratedRegex("^" + Unit + "$", RegexOptions.IgnoreCase)]
    private static partial Regex Known();
}
