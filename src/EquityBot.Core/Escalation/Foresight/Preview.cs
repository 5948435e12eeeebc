using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Cycles;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>Whose future is looked at; everything where all are null.</summary>
public sealed record PreviewScope(Guid? CommitmentId = null, Guid? DepartmentId = null, Guid? CaseId = null)
{
    public static readonly PreviewScope Everything = new();
}

/// <summary>A draft that is looked at as if it were in force from today.</summary>
/// <param name="ForOpenCases">Whether the open cases of its schedule follow it too.</param>
public sealed record ScheduleTrial(EscalationSchedule Schedule, Plan Plan, bool ForOpenCases);

/// <summary>What would happen from now on if nobody did anything: who would hear what, and when.</summary>
public sealed record Preview(Roster Roster, Instant From, Instant Until, IReadOnlyList<Foreseen> Messages, IReadOnlyList<ForeseenGap> Gaps)
{
    /// <summary>Farther than any schedule reaches, in days.</summary>
    public const int Furthest = 400;

    /// <summary>People above the owners by the most messages of escalations that one morning would bring them, the heaviest first.</summary>
    public IReadOnlyList<(Guid Person, LocalDate On, int Count)> Load =>
    [
        .. Messages.Where(one => one.To is "sponsor" or "board" or "board-deputy" || Roster.RolesOf(Roster[one.RecipientId]).Any(role => role is Role.Executive or Role.BoardOwner))
            .Where(one => one.Trigger == StepNotice.Name)
            .GroupBy(one => (one.RecipientId, one.On)).Select(day => (day.Key.RecipientId, day.Key.On, Count: day.Count()))
            .GroupBy(one => one.RecipientId).Select(person => person.OrderByDescending(one => one.Count).ThenBy(one => one.On).First())
            .OrderByDescending(one => one.Count).ThenBy(one => one.On),
    ];

    /// <summary>Copies what is there into a world of its own and lets time pass in it.</summary>
    /// <param name="trial">A draft that is in force in that world; null for the world as it is.</param>
    public static async Task<Preview> OfAsync(EquityDb db, IReadOnlyDictionary<string, IEscalationAction> actions, PreviewScope scope, Roster roster, Instant now, Instant until, ScheduleTrial? trial, CancellationToken ct)
    {
        var book = await ScheduleBook.LoadAsync(db, ct);
        var world = await LoadAsync(db, trial is null ? book : book.With(trial, roster.TodayAt(now), now), actions, scope, roster, now, ct);
        if (trial is { ForOpenCases: true })
        {
            world.Follow(trial.Schedule.Id, trial.Plan, now);
        }

        world.PassTo(now, until);
        return new(roster, now, until, [.. world.Sent], [.. world.Gaps]);
    }

    /// <summary>The rows of the scope as they stand, copied.</summary>
    static async Task<World> LoadAsync(EquityDb db, ScheduleBook book, IReadOnlyDictionary<string, IEscalationAction> actions, PreviewScope scope, Roster roster, Instant now, CancellationToken ct)
    {
        var world = new World(roster, book, actions);
        var promises = await db.Set<Commitment>().AsNoTracking()
            .Where(one => one.Status != CommitmentStatus.Draft && one.Status != CommitmentStatus.Met && one.Status != CommitmentStatus.Withdrawn)
            .Where(one => scope.CommitmentId == null || one.Id == scope.CommitmentId).Where(one => scope.DepartmentId == null || one.DepartmentId == scope.DepartmentId)
            .Where(one => scope.CaseId == null || db.Set<EscalationCase>().Any(other => other.Id == scope.CaseId && other.CommitmentId == one.Id))
            .OrderBy(one => one.Number).ToListAsync(ct);
        var ids = promises.Select(one => one.Id).ToList();
        promises.ForEach(world.Add);
        foreach (var need in (await Need.LoadAsync(db, ids, ct)).SelectMany(theirs => theirs))
        {
            world.Add(need);
        }

        await AddCasesAsync(db, world, scope, ids, now, ct);
        foreach (var checkIn in await db.Set<CheckIn>().AsNoTracking().Where(one => one.LookAt != null && ids.Contains(one.CommitmentId)).ToListAsync(ct))
        {
            world.Add(checkIn);
        }

        foreach (var request in await db.Set<Request>().AsNoTracking().Where(one => one.LookAt != null && ids.Contains(one.CommitmentId)).ToListAsync(ct))
        {
            world.Add(request);
        }

        if (scope is { CommitmentId: null, CaseId: null })
        {
            var cycles = await db.Set<Cycle>().AsNoTracking().ToDictionaryAsync(one => one.Id, ct);
            foreach (var watch in await db.Set<DepartmentWatch>().AsNoTracking().Where(one => one.LookAt != null && (scope.DepartmentId == null || one.DepartmentId == scope.DepartmentId)).ToListAsync(ct))
            {
                world.Add(watch, cycles[watch.CycleId]);
            }
        }

        await RememberAsync(db, world, now, ct);
        return world;
    }

    static async Task AddCasesAsync(EquityDb db, World world, PreviewScope scope, List<Guid> promises, Instant now, CancellationToken ct)
    {
        var open = await db.Set<EscalationCase>().AsNoTracking()
            .Where(one => one.ClosedAt == null && (one.CommitmentId == null ? one.Id == scope.CaseId || (scope.CommitmentId == null && scope.CaseId == null && (scope.DepartmentId == null || one.DepartmentId == scope.DepartmentId)) : promises.Contains(one.CommitmentId.Value)))
            .OrderBy(one => one.Number).ToListAsync(ct);
        var ids = open.Select(one => one.Id).ToList();
        var steps = (await db.Set<CaseStep>().AsNoTracking().Where(one => ids.Contains(one.CaseId)).OrderBy(one => one.Seq).ToListAsync(ct)).ToLookup(one => one.CaseId);
        var pending = open.Select(one => one.Pending).OfType<Guid>().ToList();
        var notices = await db.Set<Notice>().AsNoTracking().Where(one => pending.Contains(one.Id)).ToDictionaryAsync(one => one.Id, ct);
        foreach (var @case in open)
        {
            world.Add(@case, steps[@case.Id].Where(step => step.NoticeId is null || step.NoticeId != @case.Pending));
            if (@case.Pending is { } waits && notices.TryGetValue(waits, out var notice))
            {
                world.Resume(@case, steps[@case.Id].Last(step => step.NoticeId == waits), Instant.Max(notice.NotBefore, now));
            }
        }
    }

    /// <summary>What was said before is not said again, and whoever has had their bundle today gets no second one.</summary>
    static async Task RememberAsync(EquityDb db, World world, Instant now, CancellationToken ct)
    {
        var subjects = world.Promises.Select(one => one.Id).Concat(world.Cases.Select(one => one.Id)).Concat(world.CheckIns.Select(one => one.Id)).ToList();
        foreach (var notice in await db.Set<Notice>().AsNoTracking().Where(one => subjects.Contains(one.SubjectId) && one.Slot == Slot.Morning && one.Trigger != StepNotice.Name).ToListAsync(ct))
        {
            world.Remember(notice.Trigger, notice.SubjectId, notice.Trigger == CoverNeededNotice.Name ? $"{notice.Period} {notice.RecipientId}" : notice.Period);
            if (notice is { DeliveryId: null, SupersededAt: null })
            {
                world.Resume(notice, Instant.Max(notice.NotBefore, now));
            }
        }

        var yesterday = world.Roster.TodayAt(now).PlusDays(-1);
        foreach (var delivery in await db.Set<Delivery>().AsNoTracking().Where(one => one.Slot == "morning" && one.Date >= yesterday).ToListAsync(ct))
        {
            world.Post.Remember(delivery.RecipientId, delivery.Date);
        }
    }
}
