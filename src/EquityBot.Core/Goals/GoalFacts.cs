using EquityBot.Chat;
using EquityBot.Commitments;

namespace EquityBot.Goals;

/// <summary>How a goal's fields, numbers and letters are worded, on whichever card.</summary>
static class GoalFacts
{
    const int LongestOnButton = 60;

    /// <summary>"no-show rate: 22 % to 15 %", with what is not known said so.</summary>
    public static Fact FromTo(SmartGoal goal, Reader reader)
    {
        var words = reader.Words;
        var unknown = words["goal.not-known"];
        var from = goal.Start is { } start ? Amount(goal, start, words) : unknown;
        var to = goal.Target is { } target ? Amount(goal, target, words) : unknown;
        var way = words[goal.Better switch { _ when goal.Gap is not null => "goal.from-to-gap", Direction.Lower => "goal.from-to-lower", Direction.Higher => "goal.from-to-higher", _ => "goal.from-to" }, ("from", from), ("to", to)];
        return new(goal.Measure ?? words["goal.form.measure"], way);
    }

    public static Fact ForWhom(SmartGoal goal, Reader reader) => new(
        reader.Words["commitment.for-whom"],
        (goal.Who, goal.Reference) switch
        {
            ({ } group, { } reference) => reader.Words["goal.against", ("group", group), ("reference", reference)],
            ({ } who, _) => who,
            _ => reader.Words["commitment.not-named"],
        });

    /// <summary>What counts towards the goal: the number, or the gap as a difference or as times.</summary>
    public static string Amount(SmartGoal goal, decimal number, Phrases words) => goal.Gap switch
    {
        null => GoalNumber.Say(number, goal.Unit),
        GapForm.Ratio => words["goal.ratio", ("number", GoalNumber.Say(number, null))],
        _ => words["goal.difference", ("number", GoalNumber.Say(number, goal.Unit == "%" ? words["goal.points"] : goal.Unit))],
    };

    /// <summary>A reading as it was typed; of a gap both numbers.</summary>
    public static string Said(SmartGoal goal, GoalReading reading, Phrases words) => reading.Reference is { } reference
        ? words["goal.both", ("group", GoalNumber.Say(reading.Value!.Value, goal.Unit)), ("reference", GoalNumber.Say(reference, goal.Unit))]
        : GoalNumber.Say(reading.Value!.Value, goal.Unit);

    /// <summary>Where, what it takes, what it serves and how often it is looked at, as far as that is known.</summary>
    public static string? Planned(SmartGoal goal, Phrases words)
    {
        string?[] said =
        [
            goal.Resources is { } resources ? words[$"goal.resources.{resources}"] : null,
            goal.Confidence is { } confidence ? words[$"goal.confidence.{confidence}"] : null,
            goal.FrameworkGoals is { } id ? words[$"goal.framework.{id}"] : null,
            goal.Level is { } level ? words[$"level.{level}"] : null,
            goal.Driver is { } driver ? words[$"driver.{driver}"] : null,
            goal.ReviewCadence is { } cadence ? words[$"cadence.{CommitmentForm.CadenceName(cadence)}"] : null,
        ];
        return said.OfType<string>().ToList() is { Count: > 0 } known ? string.Join(" · ", known) : null;
    }

    /// <summary>As much of it as fits on a button; platforms cut what is longer.</summary>
    public static string Short(string words) => words.Length <= LongestOnButton ? words : $"{words[..(LongestOnButton - 1)].TrimEnd()}…";

    /// <summary>Letters that do not hold, and what they lack; null where all of them do.</summary>
    public static Bullets? Lacking(Verdict verdict, Reader reader) =>
        verdict.IsValid ? null : new([.. Enum.GetValues<Letter>().Where(letter => !verdict.Holds(letter)).Select(letter => Line(letter, verdict, reader))]);

    /// <summary>The letters in words: holds, holds with a warning, or what is missing.</summary>
    public static Bullets Letters(Verdict verdict, Reader reader) => new([.. Enum.GetValues<Letter>().Select(letter => Line(letter, verdict, reader))]);

    static string Line(Letter letter, Verdict verdict, Reader reader)
    {
        var words = reader.Words;
        var holds = verdict.Holds(letter);
        var said = verdict.Of(letter).Where(finding => holds || !finding.IsWarning).Select(finding => words[finding.Key, [.. finding.Values.Select(value => (value.Place, (object?)Worded(value.Value, reader)))]]).ToList();
        return words[!holds ? "smart.not-yet" : said.Count > 0 ? "smart.holds-but" : "smart.holds", ("letter", words[$"smart.{letter}"]), ("what", string.Join("; ", said))];
    }

    static object Worded(object value, Reader reader) => value is NodaTime.LocalDate day ? reader.Words.DayAndYear(day) : value;

    public static string StatusName(ProgressStatus status) => status switch
    {
        ProgressStatus.OnTrack => "on-track",
        ProgressStatus.AtRisk => "at-risk",
        _ => "off-track",
    };

    public static string StatusOf(ProgressStatus status, Phrases words) => words[$"progress.{StatusName(status)}"];

    public static Mood MoodOf(ProgressStatus status) => status switch
    {
        ProgressStatus.OnTrack => Mood.Kept,
        ProgressStatus.AtRisk => Mood.AtRisk,
        _ => Mood.Missed,
    };
}
