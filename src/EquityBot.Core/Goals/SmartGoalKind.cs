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
}
