using EquityBot.Commitments;
using NodaTime;

namespace EquityBot.Goals;

/// <summary>What is known about a goal beside its own fields.</summary>
/// <param name="Readings">Every row about it, oldest first.</param>
/// <param name="Milestones">In the order of their numbers.</param>
/// <param name="CycleEndsOn">The last day of the latest cycle; null where there is none.</param>
/// <param name="Beside">Levels of what else its department has promised and set itself and is still at; null where nobody has looked.</param>
public sealed record GoalRecord(IReadOnlyList<GoalReading> Readings, IReadOnlyList<Milestone> Milestones, LocalDate? CycleEndsOn, IReadOnlySet<string>? Beside = null)
{
    public static readonly GoalRecord Empty = new([], [], null);

    /// <summary>Rows that count: neither taken back nor taking back.</summary>
    public IReadOnlyList<GoalReading> Counting { get; } = [.. Readings.Where(one => one.Reverses is null && !Readings.Any(other => other.Reverses == one.Seq))];

    /// <summary>The number that is newest by the day it is about.</summary>
    public GoalReading? Latest => Counting.Where(one => one.Value is not null).OrderBy(one => one.On).ThenBy(one => one.Seq).LastOrDefault();

    /// <summary>How somebody last said that it stands, as long as the number they spoke of counts.</summary>
    public GoalReading? Claim => Counting.LastOrDefault(one => one is { Claimed: not null, Stands: true } && (one.About is null || Counting.Any(other => other.Seq == one.About)));

    /// <summary>Nobody has said yet how the newest number leaves it.</summary>
    public bool AwaitsClaim => Latest is { } latest && Claim?.About != latest.Seq;

    /// <summary>The owner was asked already whether the newest number can be on track.</summary>
    public bool WasAsked => Counting.Any(one => one is { Claimed: not null, Stands: false } && one.About == Latest?.Seq);

    /// <summary>What counts towards the goal: the newest number, or the gap that it makes; null where there is none.</summary>
    public decimal? Counted(SmartGoal goal) => Latest is { } latest ? Counted(goal, latest) : null;

    static decimal? Counted(SmartGoal goal, GoalReading reading) => goal.Gap is not { } form ? reading.Value
        : (goal.Better, goal.Baseline, goal.BaselineReference, reading.Value, reading.Reference) is ({ } better, { } group, { } reference, { } now, { } beside)
            ? Gap.Counted(form, better, (group, reference), (now, beside)) : null;

    /// <summary>What became of a gap since the start; null for other goals.</summary>
    public GapChange? Change(SmartGoal goal) =>
        (goal.Gap, goal.Better, goal.Baseline, goal.BaselineReference, Latest) is ({ } form, { } better, { } group, { } reference, { Value: { } now, Reference: { } beside })
            ? Gap.Change(form, better, (group, reference), (now, beside)) : null;

    /// <summary>The baseline and every number since, as they count.</summary>
    public IEnumerable<(LocalDate On, decimal Value)> Values(SmartGoal goal) =>
    [
        .. goal is { Start: { } start, BaselineOn: { } on } ? [(on, start)] : Array.Empty<(LocalDate, decimal)>(),
        .. Counting.Where(one => one.Value is not null).Select(one => (one.On, Counted: Counted(goal, one))).Where(one => one.Counted is not null).Select(one => (one.On, one.Counted!.Value)),
    ];

    /// <summary>What the newest number suggests today; null where there is none, or no line to hold it against.</summary>
    public ProgressStatus? Suggested(SmartGoal goal, LocalDate today) =>
        goal.Line is { } line && Latest is { } latest && Counted(goal, latest) is { } counted ? Pace.Suggest(line, counted, latest.On, today) : null;

    public bool Reached(SmartGoal goal) => goal.Line is { } line && Counted(goal) is { } counted && Pace.Reached(line, counted);
}
