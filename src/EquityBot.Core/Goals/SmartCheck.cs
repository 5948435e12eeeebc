using System.Text.RegularExpressions;
using EquityBot.Chat;
using NodaTime;

namespace EquityBot.Goals;

/// <summary>Specific, measurable, achievable, relevant, time-bound.</summary>
public enum Letter
{
    S,
    M,
    A,
    R,
    T,
}

/// <summary>One thing that a letter lacks, or that its author is warned of.</summary>
/// <param name="Key">Of the phrase that says it.</param>
/// <param name="IsWarning">Shown and stored, while the letter holds.</param>
/// <param name="Values">For the places of the phrase; days and numbers are worded by the reader.</param>
public sealed record Finding(Letter Letter, string Key, bool IsWarning, params IReadOnlyList<(string Place, object Value)> Values);

/// <summary>What the five letters say. It is a badge, never a gate.</summary>
public sealed record Verdict(IReadOnlyList<Finding> Findings)
{
    public bool IsValid => Findings.All(finding => finding.IsWarning);

    public bool Holds(Letter letter) => Findings.All(finding => finding.Letter != letter || finding.IsWarning);

    public IEnumerable<Finding> Of(Letter letter) => Findings.Where(finding => finding.Letter == letter);
}

/// <summary>Looks at each letter of a goal (domain §1.3): what it cannot be without, and what it would be better with.</summary>
public static partial class SmartCheck
{
    /// <summary>A baseline older than this many months says nothing about now.</summary>
    public const int OldestBaseline = 18;

    /// <summary>Fewer words than this, and not led in by a verb of change, say no clear deed.</summary>
    const int WordsOfADeed = 4;

    const int LowConfidence = 2;

    /// <summary>Levels on which causes lie rather than care.</summary>
    static readonly IReadOnlyList<string> Upstream = ["community", "societal"];

    /// <param name="record">What is known beside the goal's own fields: readings, milestones, the cycle's end.</param>
    /// <param name="today">Where the owner is.</param>
    public static Verdict Of(SmartGoal goal, GoalRecord record, LocalDate today) =>
        new([.. Specific(goal), .. Measurable(goal, today), .. Achievable(goal, record, today), .. Relevant(goal, record), .. TimeBound(goal, record)]);

    static IEnumerable<Finding> Specific(SmartGoal goal)
    {
        if (string.IsNullOrWhiteSpace(goal.Who))
        {
            yield return new(Letter.S, "smart.S.who", false);
        }

        if (string.IsNullOrWhiteSpace(goal.What) || !(ChangeVerb().IsMatch(goal.What) || goal.What.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length >= WordsOfADeed))
        {
            yield return new(Letter.S, "smart.S.what", false);
        }

        if (string.IsNullOrWhiteSpace(goal.Where))
        {
            yield return new(Letter.S, "smart.S.where", false);
        }

        if (goal is { Inequity: null, Gap: null } && (goal.Who is null || Everybody().IsMatch(goal.Who)))
        {
            yield return new(Letter.S, "smart.S.no-group", true);
        }

        if (goal.What is { } what && Vague().IsMatch(what))
        {
            yield return new(Letter.S, "smart.S.vague", true);
        }
    }

    static IEnumerable<Finding> Measurable(SmartGoal goal, LocalDate today)
    {
        if (string.IsNullOrWhiteSpace(goal.Measure))
        {
            yield return new(Letter.M, "smart.M.measure", false);
        }

        if (goal.Baseline is null || (goal.Gap is not null && goal.BaselineReference is null))
        {
            yield return new(Letter.M, goal.Gap is null ? "smart.M.baseline" : "smart.M.baselines", false);
        }
        else if (goal.BaselineOn is not { } on || on.PlusMonths(OldestBaseline) < today)
        {
            yield return new(Letter.M, "smart.M.baseline-old", false, ("months", OldestBaseline));
        }

        if (goal.Target is null)
        {
            yield return new(Letter.M, "smart.M.target", false);
        }

        if (goal is { Gap: not null } && string.IsNullOrWhiteSpace(goal.Reference))
        {
            yield return new(Letter.M, "smart.M.reference", false);
        }

        if (goal.Better is not { } better)
        {
            yield return new(Letter.M, "smart.M.direction", false);
        }
        else if (goal is { Target: { } target, Baseline: not null } && (goal.Gap is null || goal.BaselineReference is not null) && !LeadsThere(goal.Start, target, goal.Gap is null ? better : Direction.Lower))
        {
            yield return new(Letter.M, goal.Gap is null ? "smart.M.contradicts" : "smart.M.gap-contradicts", false);
        }

        if (goal is { Gap: null, Stratum: null })
        {
            yield return new(Letter.M, "smart.M.everybody", true);
        }
    }

    static bool LeadsThere(decimal? start, decimal target, Direction better) => start is { } from && (better == Direction.Lower ? target < from : target > from);

    static IEnumerable<Finding> Achievable(SmartGoal goal, GoalRecord record, LocalDate today)
    {
        if (goal.Resources is null)
        {
            yield return new(Letter.A, "smart.A.resources", false);
        }

        if (goal.Confidence is null)
        {
            yield return new(Letter.A, "smart.A.confidence", false);
        }
        else if (goal.Confidence is <= LowConfidence and { } confidence)
        {
            yield return new(Letter.A, "smart.A.low-confidence", true, ("confidence", confidence));
        }

        if (goal is { Line: { IsReadable: true } line, ReviewCadence: { } cadence }
            && Pace.BestPerPeriod(record.Values(goal), line.Better, cadence) is { } best
            && Pace.RequiredPerPeriod(line, record.Counted(goal) ?? line.Baseline, today, cadence) > 2 * best)
        {
            yield return new(Letter.A, "smart.A.steep", true);
        }
    }

    static IEnumerable<Finding> Relevant(SmartGoal goal, GoalRecord record)
    {
        if (goal.FrameworkGoals is null)
        {
            yield return new(Letter.R, "smart.R.goal", false);
        }

        if (goal.Level is null)
        {
            yield return new(Letter.R, "smart.R.level", false);
        }

        if (goal.PriorityEvidence is null)
        {
            yield return new(Letter.R, "smart.R.evidence", true);
        }

        // Work on one's own patients and house alone leaves causes as they are (domain §2, F48).
        if (goal.Level is { } level && record.Beside is { } beside && !beside.Append(level).Any(Upstream.Contains))
        {
            yield return new(Letter.R, "smart.R.coverage", true);
        }
    }

    static IEnumerable<Finding> TimeBound(SmartGoal goal, GoalRecord record)
    {
        if (goal.ReviewCadence is null)
        {
            yield return new(Letter.T, "smart.T.cadence", false);
        }

        if (goal.Due is not { } due)
        {
            yield return new(Letter.T, "smart.T.due", false);
            yield break;
        }

        if (due <= goal.Starts)
        {
            yield return new(Letter.T, "smart.T.due-first", false);
        }
        else if (due > goal.Starts + SmartGoal.Longest)
        {
            yield return new(Letter.T, "smart.T.too-far", false, ("months", SmartGoal.Longest.Months));
        }

        var midpoint = goal.Starts.PlusDays(Period.DaysBetween(goal.Starts, due) / 2);
        if (!record.Milestones.Any(milestone => milestone.CancelledOn is null && milestone.Due <= midpoint))
        {
            yield return new(Letter.T, "smart.T.no-milestone", true, ("day", midpoint));
        }

        if (record.CycleEndsOn is { } ends && due > ends)
        {
            yield return new(Letter.T, "smart.T.after-cycle", true, ("day", ends));
        }
    }

    [GeneratedRegex(@"^(?:cut|reduce|lower|decrease|shorten|halve|drop|close|narrow|shrink|end|eliminate|prevent|raise|increase|grow|expand|double|triple|lift|boost|hire|train|open|add|recruit|sign|offer|hold|run|enroll|screen|reach|build|create|launch|publish|replace|translate|keep|maintain)\b", RegexOptions.IgnoreCase)]
    private static partial Regex ChangeVerb();

    [GeneratedRegex(@"^(?:(?:all|every|our|any) )?(?:patients?|people|everybody|everyone|staff|visitors?)$", RegexOptions.IgnoreCase)]
    public static partial Regex Everybody();

    /// <summary>A vague verb with hardly anything behind it.</summary>
    [GeneratedRegex(@"^(?:(?:improve|support|enhance|promote|address|strengthen|advance|foster)(?: \S+){0,2}|(?:raise|increase|build) awareness\b.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Vague();
}
