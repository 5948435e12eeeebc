using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Goals;

/// <summary>G-7.</summary>
public sealed class SmartGoalKind : SubjectKind
{
    public override string Prefix => "G";

    public override async Task<IReadOnlyList<ISubject>> LoadAsync(EquityDb db, IReadOnlyCollection<int> numbers, bool locked, CancellationToken ct)
    {
        var rows = db.Set<SmartGoal>().Where(one => numbers.Contains(one.Number));
        return await (locked ? rows.OrderBy(one => one.Id).ForUpdate() : rows.AsNoTracking()).ToListAsync(ct);
    }

    public override Card Card(View view, Reader reader) => ((SmartGoal)view.Subject).IsOnThePlan ? GoalCard.Of(view, reader) : GoalDraftCard.Of(view, reader);

    /// <summary>What is aimed at and by when; how near it is, its owner says.</summary>
    public override Card? Public(View view, Reader reader)
    {
        var (goal, words) = ((SmartGoal)view.Subject, reader.Words);
        var said = goal switch
        {
            { State: GoalState.Achieved } => "goal.public-achieved",
            { IsOnThePlan: false } or { State: GoalState.Retired } => "goal.public-gone",
            _ => "goal.public",
        };
        return new(
            words[said, ("reference", goal.Ref), ("statement", goal.Statement), ("day", goal.Due is { } due ? reader.Day(due) : ""), ("department", reader.Roster.Department(goal.DepartmentId).Name)],
            goal.IsOnThePlan ? new ButtonRow([reader.Show(goal)]) : null);
    }
}
