using EquityBot.People;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>What another plan would change for one open case: its next step and day, now and then; null where nothing comes.</summary>
public sealed record ScheduleEffect(EscalationCase Case, (EscalationStep Step, LocalDate On)? Before, (EscalationStep Step, LocalDate On)? After)
{
    /// <summary>The cases whose next step or its day would be another, if they followed this plan from now on. The cases themselves stay as they are.</summary>
    public static IReadOnlyList<ScheduleEffect> Of(IEnumerable<EscalationCase> cases, Guid schedule, Plan plan, Roster roster, Instant now) =>
    [
        .. cases.Select(@case =>
        {
            var before = Next(@case, roster);
            var then = @case.Copy();
            then.Recall(now);
            then.Follow(schedule, plan, now);
            return new ScheduleEffect(@case, before, Next(then, roster));
        }).Where(one => one.Before != one.After),
    ];

    static (EscalationStep Step, LocalDate On)? Next(EscalationCase @case, Roster roster)
    {
        var plan = @case.PlanInForce;
        return NextStep.Of(@case.Position, plan, plan.CalendarFor(roster[@case.OwnerId], roster)) is { } next ? (plan.CaseSteps[next.Place], next.On) : null;
    }
}
