using EquityBot.Chat;

namespace EquityBot.Commitments;

/// <summary>
/// The framework's goals, 1.1 to 5.3, in its five steps: commit, build capacity, assess, change, learn ("Bringing Light &amp; Heat", HealthBegins, July 2021). Their titles, and the words by which
/// a promise is recognised to serve one, are the organization's own, in its phrase file. Pure.
/// </summary>
public static class Framework
{
    const int Suggested = 3;

    public static readonly IReadOnlyList<string> Goals = ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3", "4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "5.1", "5.2", "5.3"];

    /// <summary>Whose change a goal is about, one of <see cref="Commitment.Levels"/>; null for those that name none.</summary>
    public static string? LevelOf(string goal) => goal switch
    {
        "4.1" or "4.2" => "patient",
        "4.3" or "4.4" => "organization",
        "4.5" or "4.6" => "community",
        "4.7" => "societal",
        _ => null,
    };

    /// <summary>Goals as they are said or chosen, "4.1, 2.2", in their order and each once; null where one of them does not exist. Nothing said is none.</summary>
    public static IReadOnlyList<string>? Read(string said)
    {
        var named = said.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(word => word is not ("and" or "goal" or "goals")).ToHashSet();
        return named.IsSubsetOf(Goals) ? [.. Goals.Where(named.Contains)] : null;
    }

    /// <summary>The goals that the words speak of, the one with the most words first, three at most.</summary>
    public static IReadOnlyList<string> Suggest(string statement, Phrases words)
    {
        var said = statement.ToLowerInvariant().Split([' ', ',', '.', ';', ':', '(', ')', '"', '/'], StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. Goals.Select(goal => (goal, hits: words[$"goal.{goal}.words"].Split('|').Count(stem => Speaks(said, stem))))
                .Where(one => one.hits > 0).OrderByDescending(one => one.hits).Take(Suggested).Select(one => one.goal),
        ];
    }

    /// <summary>A stem of one word begins one of the words; one of several stands in them as it is.</summary>
    static bool Speaks(string[] said, string stem) =>
        stem.Contains(' ', StringComparison.Ordinal) ? string.Join(' ', said).Contains(stem, StringComparison.Ordinal) : said.Any(word => word.StartsWith(stem, StringComparison.Ordinal));
}
