using EquityBot.Escalation.Auditing;
using NodaTime;

namespace EquityBot.Jobs;

/// <summary>One line of the timetable.</summary>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="Every">How often it is rung; between rings nothing is lost, since due is computed from rows.</param>
/// <param name="Budget">A run that takes longer is stopped, and its alert names it.</param>
public sealed record Ring(string Sweep, Duration Every, Duration Budget);

/// <summary>How many times faster than the timetable says the bell rings and the postman polls: 1 in every installation; a rehearsal with a fast hospital clock sets <c>Jobs__Pace</c>.</summary>
public sealed record Pace(double Times)
{
    public static readonly Pace Real = new(1);

    public TimeSpan Of(Duration interval) => interval.ToTimeSpan() / Times;
}

/// <summary>Every sweep, its rhythm and its time budget: the one table.</summary>
public static class Timetable
{
    public static readonly IReadOnlyList<Ring> Rings =
    [
        new("schedules", Duration.FromMinutes(1), Duration.FromSeconds(30)),
        new("due", Duration.FromMinutes(1), Duration.FromSeconds(30)),
        new("answers", Duration.FromMinutes(1), Duration.FromSeconds(30)),
        new("departures", Duration.FromMinutes(1), Duration.FromSeconds(30)),
        new("requests", Duration.FromMinutes(1), Duration.FromSeconds(30)),
        new("silence", Duration.FromMinutes(1), Duration.FromSeconds(30)),
        new("check-ins", Duration.FromMinutes(1), Duration.FromSeconds(30)),
        new("budget-season", Duration.FromMinutes(1), Duration.FromSeconds(30)),
        new("milestones", Duration.FromMinutes(1), Duration.FromSeconds(30)),
        new("goal-reviews", Duration.FromMinutes(1), Duration.FromSeconds(30)),
        new("follow-ups", Duration.FromMinutes(1), Duration.FromSeconds(30)),
        new("agreements", Duration.FromMinutes(1), Duration.FromSeconds(30)),
        new("ratings", Duration.FromMinutes(1), Duration.FromSeconds(30)),
        new("meeting-pulse", Duration.FromMinutes(1), Duration.FromSeconds(30)),
        new("escalation", Duration.FromMinutes(1), Duration.FromSeconds(30)),
        new("digests", Duration.FromMinutes(1), Duration.FromSeconds(30)),
        new("seal", Duration.FromMinutes(5), Duration.FromSeconds(30)),
        new("statements", Duration.FromMinutes(1), Duration.FromSeconds(30)),
        new(AuditorSweep.Sweep, AuditorSweep.Period, Duration.FromMinutes(2)),
        new("prune", Duration.FromMinutes(5), Duration.FromSeconds(30)),
    ];
}
