using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Cycles;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Goals;

/// <summary>The goals whose promise it is.</summary>
public sealed record GoalsOfPromise(IReadOnlyList<SmartGoal> Goals);

/// <summary>Puts readings and milestones beside their goal, and goals beside their promise.</summary>
public sealed class GoalFollower : SubjectFollower
{
    public override async Task<IReadOnlyDictionary<Guid, object>> LoadAspectsAsync(EquityDb db, IReadOnlyCollection<ISubject> subjects, CancellationToken ct)
    {
        var aspects = new Dictionary<Guid, object>();
        var goals = subjects.OfType<SmartGoal>().Select(one => one.Id).ToList();
        if (goals.Count > 0)
        {
            var readings = (await db.Set<GoalReading>().AsNoTracking().Where(one => goals.Contains(one.GoalId)).OrderBy(one => one.Seq).ToListAsync(ct)).ToLookup(one => one.GoalId);
            var milestones = (await db.Set<Milestone>().AsNoTracking().Where(one => goals.Contains(one.GoalId)).OrderBy(one => one.Number).ToListAsync(ct)).ToLookup(one => one.GoalId);
            var ends = await db.Set<Cycle>().OrderByDescending(one => one.StartsOn).Select(one => (LocalDate?)one.EndsOn).FirstOrDefaultAsync(ct);
            var levels = await LevelsAsync(db, [.. subjects.OfType<SmartGoal>().Select(one => one.DepartmentId).Distinct()], ct);
            foreach (var goal in subjects.OfType<SmartGoal>())
            {
                var beside = levels.Where(one => one.Department == goal.DepartmentId && one.Id != goal.Id).Select(one => one.Level).ToHashSet();
                aspects.Add(goal.Id, new GoalRecord([.. readings[goal.Id]], [.. milestones[goal.Id]], ends, beside));
            }
        }

        var promises = subjects.OfType<Commitment>().Select(one => (Guid?)one.Id).ToList();
        var theirs = promises.Count == 0 ? [] : await db.Set<SmartGoal>().AsNoTracking().Where(one => promises.Contains(one.CommitmentId) && one.PlacedAt != null).OrderBy(one => one.Number).ToListAsync(ct);
        foreach (var own in theirs.GroupBy(goal => goal.CommitmentId!.Value))
        {
            aspects.Add(own.Key, new GoalsOfPromise([.. own]));
        }

        return aspects;
    }

    /// <summary>What these departments are at, goals and promises, and on which level each is.</summary>
    static async Task<List<(Guid Id, Guid Department, string Level)>> LevelsAsync(EquityDb db, IReadOnlyList<Guid> departments, CancellationToken ct)
    {
        var goals = await db.Set<SmartGoal>().Where(one => departments.Contains(one.DepartmentId) && one.PlacedAt != null && one.Level != null && (one.State == GoalState.Draft || one.State == GoalState.Valid))
            .Select(one => new { one.Id, one.DepartmentId, one.Level }).ToListAsync(ct);
        var promises = await db.Set<Commitment>().Where(one => departments.Contains(one.DepartmentId) && one.Level != null && (one.Status == CommitmentStatus.Active || one.Status == CommitmentStatus.AtRisk))
            .Select(one => new { one.Id, one.DepartmentId, one.Level }).ToListAsync(ct);
        return [.. goals.Concat(promises).Select(one => (one.Id, one.DepartmentId, one.Level!))];
    }

    /// <summary>A goal on the plan is asked about at its cadence; one that runs again has its milestones watched again.</summary>
    public override async Task FollowAsync(EquityDb db, Change change, Roster roster, Instant now, CancellationToken ct)
    {
        if (change is { Subject: SmartGoal asked, What: "goal-set" or "goal-completed" or "goal-reopened" })
        {
            if (await db.Set<GoalReview>().SingleOrDefaultAsync(one => one.GoalId == asked.Id, ct) is not { } review)
            {
                db.Add(review = new GoalReview { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, GoalId = asked.Id });
            }

            review.LookAgainAt(now);
        }

        if (change is { Subject: SmartGoal goal, What: "goal-reopened" })
        {
            await db.Set<Milestone>().Where(one => one.GoalId == goal.Id && one.DoneOn == null && one.CancelledOn == null && one.MissedOn == null).ExecuteUpdateAsync(set => set.SetProperty(one => one.LookAt, now), ct);
        }
    }

    /// <summary>On a promise's card, the badge of its goal.</summary>
    public override IEnumerable<Block> Describe(View view, Reader reader) =>
        view is { Subject: Commitment } && view.Aspect<GoalsOfPromise>() is { } own
            ? own.Goals.Where(goal => goal.State != GoalState.Retired).Select(goal => new Quiet(reader.Words[$"goal.of-promise.{goal.State}", ("reference", goal.Ref), ("statement", goal.Statement)]))
            : [];
}
