using System.Globalization;
using EquityBot.Chat;
using EquityBot.Commitments;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Goals;

/// <summary>The fields of a goal as inputs, and back.</summary>
static class GoalForm
{
    public static readonly string[] Resources = ["none", "staff", "money", "both"];
    static readonly string[] Directions = ["lower", "higher"];
    static readonly string[] Forms = ["difference", "ratio"];
    static readonly string[] Drivers = ["social", "structural"];
    static readonly string[] Cadences = ["weekly", "two-weekly", "monthly", "quarterly"];
    const int HighestConfidence = 5;

    /// <summary>How sure somebody is, in words: one to five.</summary>
    public static IReadOnlyList<Choice> Confidences(Phrases words) => Choices(words, "goal.confidence", [.. Enumerable.Range(1, HighestConfidence).Select(one => one.ToString(CultureInfo.InvariantCulture))]);

    public static IReadOnlyList<Choice> Choices(Phrases words, string field, params IReadOnlyList<string> values) => [.. values.Select(value => new Choice(words[$"{field}.{value}"], value))];

    /// <summary>Review cadences as a promise's check-ins have them.</summary>
    public static IReadOnlyList<Choice> Rhythms(Phrases words) => Choices(words, "cadence", Cadences);

    /// <summary>All of them, filled in from the goal where there is one. Those of a gap stand there only for a gap.</summary>
    public static IReadOnlyList<Input> Inputs(SmartGoal? goal, Reader reader)
    {
        var words = reader.Words;
        var gap = goal?.Gap;
        return
        [
            Text("what", goal is { Statement.Length: > 0 } ? goal.What ?? goal.Statement : null, required: true),
            Text("who", goal?.Who),
            .. gap is null ? Array.Empty<Input>() : [Text("against", goal!.Reference)],
            Text("where", goal?.Where ?? reader.Roster.DepartmentOf(reader.Person).Name),
            Text("measure", goal?.Measure),
            Choice("better", Directions, goal?.Better?.ToString().ToLowerInvariant()),
            Text("unit", goal?.Unit),
            Number("baseline", goal?.Baseline, gap is null ? "goal.form.baseline" : "goal.form.baseline-group"),
            .. gap is null ? Array.Empty<Input>() : [Number("baselineReference", goal!.BaselineReference, "goal.form.baseline-reference")],
            new("baselineOn", words["goal.form.baseline-on"], InputType.Date) { Value = LocalDatePattern.Iso.Format(goal?.BaselineOn ?? reader.Today) },
            .. gap is { } form ? [Choice("form", Forms, form.ToString().ToLowerInvariant())] : Array.Empty<Input>(),
            Number("target", goal?.Target, gap is null ? "goal.form.target" : "goal.form.target-gap"),
            new("due", words["form.due"], InputType.Date) { Required = true, Value = goal?.Due is { } due ? LocalDatePattern.Iso.Format(due) : null },
            Choice("resources", Resources, goal?.Resources),
            Text("dependencies", goal?.Dependencies),
            new("confidence", words["goal.form.confidence"], InputType.Choice) { Value = goal?.Confidence?.ToString(CultureInfo.InvariantCulture), Choices = Confidences(words) },
            Choice("framework", [.. FrameworkGoals.Levels.Keys], goal?.FrameworkGoals?.Split(';')[0]),
            new("level", words["form.level"], InputType.Choice) { Value = goal?.Level, Choices = Choices(words, "level", Commitment.Levels) },
            new("driver", words["form.driver"], InputType.Choice) { Value = goal?.Driver, Choices = Choices(words, "driver", Drivers) },
            Text("evidence", goal?.PriorityEvidence),
            Text("inequity", goal?.Inequity),
            new("cadence", words["goal.form.cadence"], InputType.Choice) { Value = goal?.ReviewCadence is { } cadence ? CommitmentForm.CadenceName(cadence) : null, Choices = Rhythms(words) },
        ];

        Input Text(string id, string? value, bool required = false) => new(id, words[$"goal.form.{id}"], InputType.Text) { Value = value, Required = required };
        Input Number(string id, decimal? value, string label) => new(id, words[label], InputType.Number) { Value = value is { } number ? number.ToString("0.######", CultureInfo.InvariantCulture) : null };
        Input Choice(string id, string[] values, string? value) => new(id, words[$"goal.form.{id}"], InputType.Choice) { Value = value, Choices = Choices(words, $"goal.{id}", values) };
    }

    /// <summary>Writes the values into the goal. Returns the refusal, or null when all of them make sense.</summary>
    public static Reply? Apply(SmartGoal goal, Turn turn)
    {
        if (Misread(turn) is { } refusal)
        {
            return refusal;
        }

        // A goal written field by field is stated by its deed; one that was said keeps its author's words.
        var what = turn.Value("what");
        goal.Statement = what is not null && (goal.Statement.Length == 0 || !what.Equals(goal.What ?? goal.Statement, StringComparison.Ordinal)) ? CommitmentForm.Statement(what) : goal.Statement;
        goal.What = Field("what", goal.What);
        goal.Who = Field("who", goal.Who);
        goal.Reference = Field("against", goal.Reference);
        goal.Where = Field("where", goal.Where);
        goal.Measure = Field("measure", goal.Measure);
        goal.Unit = turn.Value("unit") is { } unit ? GoalNumber.UnitOf(unit) : turn.Cleared("unit") ? null : goal.Unit;
        goal.Baseline = Number("baseline", goal.Baseline);
        goal.BaselineReference = Number("baselineReference", goal.BaselineReference);
        goal.BaselineOn = turn.Value("baselineOn") is { } on ? LocalDatePattern.Iso.Parse(on).Value : goal.BaselineOn;
        goal.Target = Number("target", goal.Target);
        goal.Better = turn.Value("better") is { } better ? Enum.Parse<Direction>(better, ignoreCase: true) : goal.Better;
        goal.Gap = turn.Value("form") is { } form ? Enum.Parse<GapForm>(form, ignoreCase: true) : goal.Gap;
        goal.Resources = Field("resources", goal.Resources);
        goal.Dependencies = Field("dependencies", goal.Dependencies);
        goal.Confidence = turn.Value("confidence") is { } confidence ? int.Parse(confidence, CultureInfo.InvariantCulture) : turn.Cleared("confidence") ? null : goal.Confidence;
        if (turn.Value("framework") is { } id)
        {
            goal.Level = id == goal.FrameworkGoals ? goal.Level : FrameworkGoals.Levels[id];
            goal.FrameworkGoals = id;
        }

        goal.Level = Field("level", goal.Level);
        goal.Driver = Field("driver", goal.Driver);
        goal.PriorityEvidence = Field("evidence", goal.PriorityEvidence);
        goal.Inequity = Field("inequity", goal.Inequity);
        goal.ReviewCadence = turn.Value("cadence") is { } cadence ? Enum.Parse<Cadence>(cadence.Replace("-", "", StringComparison.Ordinal), ignoreCase: true) : turn.Cleared("cadence") ? null : goal.ReviewCadence;
        if (turn.Value("due") is { } due)
        {
            (goal.Due, goal.OtherDue) = (LocalDatePattern.Iso.Parse(due).Value, null);
        }

        if (goal.Stratum is null && goal is { Gap: null, Who: { } who } && !SmartCheck.Everybody().IsMatch(who))
        {
            goal.Stratum = who;
        }

        goal.BaselineOn = goal.Baseline is null ? null : goal.BaselineOn ?? turn.Today;
        return Check(goal, turn);

        string? Field(string id, string? before) => turn.Cleared(id) ? null : turn.Value(id) ?? before;
        decimal? Number(string id, decimal? before) => turn.Cleared(id) ? null : GoalNumber.Read(turn.Value(id)) ?? before;
    }

    static Reply? Misread(Turn turn)
    {
        foreach (var (field, longest) in new[] { ("what", 500), ("who", 200), ("against", 200), ("where", 200), ("measure", 200), ("unit", 40), ("inequity", 500) })
        {
            if (turn.Value(field)?.Length > longest)
            {
                return turn.No("goal.too-long", ("label", turn.Words[$"goal.form.{field}"]), ("limit", longest));
            }
        }

        foreach (var field in (string[])["baseline", "baselineReference", "target"])
        {
            if (turn.Value(field) is { } typed && GoalNumber.Read(typed) is null)
            {
                return turn.No("goal.no-number", ("value", typed));
            }
        }

        foreach (var (field, allowed) in new (string, IReadOnlyCollection<string>)[]
        {
            ("better", Directions), ("form", Forms), ("resources", Resources), ("confidence", ["1", "2", "3", "4", "5"]), ("framework", [.. FrameworkGoals.Levels.Keys]),
            ("level", Commitment.Levels.ToArray()), ("driver", Drivers), ("cadence", Cadences),
        })
        {
            if (turn.Value(field) is { } value && !allowed.Contains(value))
            {
                return turn.No("goal.no-choice", ("value", value), ("choices", string.Join(", ", allowed)));
            }
        }

        return null;
    }

    static Reply? Check(SmartGoal goal, Turn turn) =>
        goal.Statement.Length is 0 or > 500 ? turn.No("goal.what")
        : goal.BaselineOn > turn.Today ? turn.No("goal.baseline-to-come", ("day", turn.Words.DayAndYear(goal.BaselineOn.Value)))
        : goal.Due is { } due ? CommitmentForm.CheckDay(due, turn.Roster[goal.OwnerId], turn) : null;
}
