using System.Text.RegularExpressions;

namespace EquityBot.Goals;

/// <summary>The goals 1.1 to 5.3 of the framework: their levels, and the words that point to them. Their titles are phrases.</summary>
public static partial class FrameworkGoals
{
    const string Organization = "organization";

    /// <summary>Every id with the level it works on; where the framework names none, that of an organization, which its author may change.</summary>
    public static readonly IReadOnlyDictionary<string, string> Levels = new Dictionary<string, string>
    {
        ["1.1"] = Organization, ["1.2"] = Organization, ["1.3"] = "community",
        ["2.1"] = Organization, ["2.2"] = Organization, ["2.3"] = "community",
        ["3.1"] = Organization, ["3.2"] = Organization, ["3.3"] = Organization,
        ["4.1"] = "patient", ["4.2"] = "patient", ["4.3"] = Organization, ["4.4"] = Organization, ["4.5"] = "community", ["4.6"] = "community", ["4.7"] = "societal",
        ["5.1"] = Organization, ["5.2"] = Organization, ["5.3"] = Organization,
    };

    /// <summary>Shown where nothing in the words points anywhere.</summary>
    static readonly string[] Common = ["4.1", "4.3", "4.4", "4.5"];

    static readonly (string Id, Regex Words)[] Pointers =
    [
        ("4.7", Advocacy()), ("4.6", Anchor()), ("4.5", Community()), ("4.2", PatientVoice()), ("2.2", Training()), ("2.1", CoreTeam()), ("4.4", Workforce()), ("4.3", Policy()),
        ("5.1", Metrics()), ("3.1", Causes()), ("4.1", Care()),
    ];

    /// <summary>The likeliest first, four in all, each once.</summary>
    public static IReadOnlyList<string> Suggest(string words) =>
        [.. Pointers.Where(pointer => pointer.Words.IsMatch(words)).Select(pointer => pointer.Id).Concat(Common).Distinct().Take(4)];

    [GeneratedRegex(@"\b(?:advoca|legislat|lobb|medicaid expansion|ordinance|state policy)", RegexOptions.IgnoreCase)]
    private static partial Regex Advocacy();

    [GeneratedRegex(@"\b(?:local (?:spend|hire|hiring|vendor|business)|purchas|procure|invest|living wage|anchor)", RegexOptions.IgnoreCase)]
    private static partial Regex Anchor();

    [GeneratedRegex(@"\b(?:community|partner|church|food bank|coalition|neighborhood)", RegexOptions.IgnoreCase)]
    private static partial Regex Community();

    [GeneratedRegex(@"\b(?:patient (?:advisor|council|advocate)|advisory)", RegexOptions.IgnoreCase)]
    private static partial Regex PatientVoice();

    [GeneratedRegex(@"\b(?:train|course|bias|curriculum)", RegexOptions.IgnoreCase)]
    private static partial Regex Training();

    [GeneratedRegex(@"\b(?:core team|steering)", RegexOptions.IgnoreCase)]
    private static partial Regex CoreTeam();

    [GeneratedRegex(@"\b(?:hire|hiring|recruit|workforce|retention|interpreters?|navigators?|bilingual)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Workforce();

    [GeneratedRegex(@"\b(?:polic|billing|charity care|financial assistance|security|pay equity)", RegexOptions.IgnoreCase)]
    private static partial Regex Policy();

    [GeneratedRegex(@"\b(?:data|metric|stratif|race and ethnicity|survey)", RegexOptions.IgnoreCase)]
    private static partial Regex Metrics();

    [GeneratedRegex(@"\b(?:root cause|causes|needs assessment|chna)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Causes();

    [GeneratedRegex(@"\b(?:no-?shows?|visit|appointment|wait|readmi|screening|discharge|follow-up|blood pressure|control|mortality|satisfaction|care|a1c|referral)", RegexOptions.IgnoreCase)]
    private static partial Regex Care();
}
