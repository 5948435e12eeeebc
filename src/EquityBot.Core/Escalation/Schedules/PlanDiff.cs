namespace EquityBot.Escalation;

/// <summary>What is different between two plans, in the order in which a plan is read.</summary>
public static class PlanDiff
{
    /// <summary>What is no step, a phrase each.</summary>
    public static IEnumerable<PlanRemark> Fields(Plan before, Plan after) =>
        from field in (IEnumerable<(string Name, string Old, string New)>)
        [
            ("name", before.Name, after.Name),
            ("calendar", ScheduleYaml.CalendarWord(before.Calendar), ScheduleYaml.CalendarWord(after.Calendar)),
            ("extensions", $"{before.Extensions}", $"{after.Extensions}"),
            ("postponeDays", $"{before.PostponeDays}", $"{after.PostponeDays}"),
            ("unreachedDays", $"{before.UnreachedDays}", $"{after.UnreachedDays}"),
            ("coverDays", $"{before.CoverDays}", $"{after.CoverDays}"),
            ("answerDays", Days(before.AnswerDays), Days(after.AnswerDays)),
            ("silenceDays", Days(before.SilenceDays), Days(after.SilenceDays)),
            ("checkInsStopAt", before.CheckInsStopAt ?? Off, after.CheckInsStopAt ?? Off),
        ]
        where field.Old != field.New
        select new PlanRemark($"diff.{field.Name}", ("old", field.Old), ("new", field.New));

    const string Off = "–";

    static string Days(int? days) => days is { } some ? $"{some}" : Off;

    /// <summary>Steps that are not the same: first those that are gone, then the others; null where there was none, or is none any more.</summary>
    public static IEnumerable<(EscalationStep? Before, EscalationStep? After)> Steps(Plan before, Plan after) =>
    [
        .. before.Steps.Where(step => after.Steps.All(other => other.Name != step.Name)).Select(gone => ((EscalationStep?)gone, (EscalationStep?)null)),
        .. after.Steps.Select(step => (Before: before.Steps.FirstOrDefault(other => other.Name == step.Name), After: (EscalationStep?)step)).Where(pair => !pair.After!.Equals(pair.Before)),
    ];
}
