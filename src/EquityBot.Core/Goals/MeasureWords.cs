using FuzzySharp;

namespace EquityBot.Goals;

/// <summary>Finds goals by the words of their measure, with room for a slip of the keyboard.</summary>
public static class MeasureWords
{
    /// <summary>Below this, of 100, words mean something else.</summary>
    const int Alike = 86;

    /// <summary>Goals this near to the best fit it as well.</summary>
    const int Near = 2;

    /// <summary>
    /// The goals that fit best; more than one where the words do not tell them apart. Every word that was said counts, and may name the group or the place as well as the measure.
    /// </summary>
    public static IReadOnlyList<SmartGoal> Find(string said, IReadOnlyList<SmartGoal> goals)
    {
        var words = Plain(said);
        var ranked = goals.Where(goal => goal.Measure is not null).Select(goal => (Goal: goal, Score: Score(words, goal))).Where(one => one.Score >= Alike).ToList();
        return ranked.Count == 0 ? [] : [.. ranked.Where(one => one.Score >= ranked.Max(other => other.Score) - Near).Select(one => one.Goal)];
    }

    /// <summary>Either all that was said stands in the goal, or the measure is what was said but for a letter or two.</summary>
    static int Score(string said, SmartGoal goal) =>
        Math.Max(Fuzz.TokenSortRatio(said, Plain(goal.Measure!)), CoveredBy(said, Plain($"{goal.Measure} {goal.Who} {goal.Reference} {goal.Where}")));

    static int CoveredBy(string said, string known)
    {
        var there = known.Split(' ');
        var words = said.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? 0 : (int)words.Average(word => there.Max(one => Fuzz.Ratio(word, one)));
    }

    static string Plain(string words) => string.Join(' ', words.ToUpperInvariant().Split([' ', '-', ',', '.', '\''], StringSplitOptions.RemoveEmptyEntries).Except(["THE", "OUR", "OF", "FOR", "IN", "AT", "AMONG", "AND"]));
}
