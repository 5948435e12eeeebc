using EquityBot.Commitments;
using EquityBot.Goals;
using NodaTime;

namespace EquityBot.Tests.Goals;

/// <summary>A goal with all five letters, to take something from.</summary>
static class AnyGoal
{
    public static readonly LocalDate Today = new(2026, 3, 2);

    public static SmartGoal Whole(Action<SmartGoal>? but = null, LocalDate? starts = null, Guid? owner = null)
    {
        var goal = new SmartGoal
        {
            Id = Guid.NewGuid(), OrganizationId = Guid.NewGuid(), Number = 1, Statement = "Cut the no-show rate", OwnerId = owner ?? Guid.NewGuid(), DepartmentId = Guid.NewGuid(), Starts = starts ?? Today,
            Who = "Spanish-speaking patients", What = "Cut the no-show rate", Where = "Cardiology", Measure = "no-show rate", Unit = "%", Better = Direction.Lower,
            Baseline = 22, BaselineOn = Today, Target = 15, Stratum = "Spanish-speaking patients", Resources = "none", Confidence = 4, FrameworkGoals = "4.1", Level = "patient",
            PriorityEvidence = "community survey of 2025", Due = Today.PlusDays(200), ReviewCadence = Cadence.Monthly,
        };
        but?.Invoke(goal);
        return goal;
    }

    public static SmartGoal Gap(Action<SmartGoal>? but = null) => Whole(goal =>
    {
        (goal.Gap, goal.Reference, goal.BaselineReference, goal.Target, goal.Stratum) = (GapForm.Difference, "English-speaking patients", 12, 4, null);
        but?.Invoke(goal);
    });

    public static GoalRecord With(IReadOnlyList<GoalReading>? readings = null, LocalDate? milestone = null, LocalDate? cycleEnds = null) =>
        new(readings ?? [], milestone is { } due ? [new Milestone { Id = Guid.NewGuid(), OrganizationId = Guid.NewGuid(), GoalId = Guid.NewGuid(), Number = 1, Title = "Half way", Due = due }] : [], cycleEnds);

    public static GoalReading Reading(int day, decimal value, decimal? reference = null) => new()
    {
        OrganizationId = Guid.NewGuid(), GoalId = Guid.NewGuid(), ById = Guid.NewGuid(), At = Instant.FromUtc(2026, 3, 2, 14, 0) + Duration.FromDays(day), On = Today.PlusDays(day), Value = value, Reference = reference,
    };
}
