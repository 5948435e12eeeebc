namespace EquityBot.Escalation;

/// <summary>What is different between two plans, a phrase each, in the order in which a plan is read.</summary>
public static class PlanDiff
{
    public static IEnumerable<PlanRemark> Of(Plan before, Plan after)
    {
        foreach (var (field, old, now) in Fields(before, after).Where(one => one.Old != one.New))
        {
            yield return new("diff.field", ("field", field), ("old", old), ("new", now));
        }

        foreach (var step in before.Steps.Where(step => after.Steps.All(other => other.Name != step.Name)))
        {
            yield return new("diff.removed", ("step", step.Name), ("text", Text(step)));
        }

        foreach (var step in after.Steps)
        {
            var old = before.Steps.FirstOrDefault(other => other.Name == step.Name);
            if (old is null)
            {
                yield return new("diff.added", ("step", step.Name), ("text", Text(step)));
            }
            else if (!old.Equals(step))
            {
                yield return new("diff.changed", ("step", step.Name), ("old", Text(old)), ("new", Text(step)));
            }
        }
    }

    static IEnumerable<(string Field, string Old, string New)> Fields(Plan before, Plan after) =>
    [
        ("name", before.Name, after.Name),
        ("calendar", ScheduleYaml.CalendarWord(before.Calendar), ScheduleYaml.CalendarWord(after.Calendar)),
        ("extensions", $"{before.Extensions}", $"{after.Extensions}"),
        ("postponeDays", $"{before.PostponeDays}", $"{after.PostponeDays}"),
        ("unreachedDays", $"{before.UnreachedDays}", $"{after.UnreachedDays}"),
        ("coverDays", $"{before.CoverDays}", $"{after.CoverDays}"),
        ("answerDays", $"{before.AnswerDays}", $"{after.AnswerDays}"),
        ("silenceDays", $"{before.SilenceDays}", $"{after.SilenceDays}"),
        ("checkInsStopAt", before.CheckInsStopAt ?? "", after.CheckInsStopAt ?? ""),
    ];

    /// <summary>A step in one line, in the words of the file.</summary>
    public static string Text(EscalationStep step) =>
        $"{step.Offset:+0;-0} {step.To} {string.Join(" + ", step.Actions)}{(step.AnswerWithin is { } days ? $", answer within {days}" : "")}{(step.Repeat is { } repeat ? $", again every {repeat.Every}, {repeat.Times}x" : "")}";
}
