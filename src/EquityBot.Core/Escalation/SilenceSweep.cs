using EquityBot.Commitments;
using EquityBot.Cycles;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>A department that has promised nothing three weeks into a cycle escalates like a promise that was missed, on the line of its lead.</summary>
public sealed class SilenceSweep(EquityStore store, ILogger<SilenceSweep> log) : RowSweep<IReadOnlyDictionary<Guid, DepartmentWatch>>(store, log)
{
    public override string Name => "silence";

    public override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<DepartmentWatch>().Where(one => one.LookAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.LookAt!.Value });

    protected override async Task<IReadOnlyDictionary<Guid, DepartmentWatch>> LoadAsync(EquityDb db, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        await db.Set<DepartmentWatch>().Where(one => ids.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToDictionaryAsync(one => one.Id, ct);

    protected override async Task DecideAsync(EquityDb db, IReadOnlyDictionary<Guid, DepartmentWatch> batch, Guid id, Instant now, CancellationToken ct)
    {
        var watch = batch[id];
        if (watch.LookAt is null || watch.LookAt > now)
        {
            return;
        }

        var roster = await Roster.LoadAsync(db, ct);
        var cycle = await db.Set<Cycle>().AsNoTracking().SingleAsync(one => one.Id == watch.CycleId, ct);
        var followed = (await ScheduleBook.LoadAsync(db, ct)).For(watch.DepartmentId, null, roster.TodayAt(now));
        var isDone = cycle.Status == CycleStatus.Closed || await HasPromisedAsync(db, watch.DepartmentId, cycle, ct) || await db.Set<EscalationCase>().AnyAsync(one => one.AboutId == id && one.ClosedAt == null, ct);
        (var miss, watch.LookAt) = AnswerWatch.Look(watch, cycle, isDone, followed.Plan, roster, now);
        if (miss is not null)
        {
            await miss.OpenCaseAsync(db, followed, now, ct);
        }
    }

    /// <summary>Something accepted that reaches into the cycle and was not given back.</summary>
    static Task<bool> HasPromisedAsync(EquityDb db, Guid department, Cycle cycle, CancellationToken ct) =>
        db.Set<Commitment>().AnyAsync(one => one.DepartmentId == department && one.AcceptedAt != null && one.Due >= cycle.StartsOn && one.Status != CommitmentStatus.Withdrawn, ct);
}

/// <summary>Every department is watched in every cycle.</summary>
sealed class DepartmentWatchImport : RosterPart
{
    /// <summary>After the cycles.</summary>
    public override int Order => 1;

    public override Task ImportAsync(EquityDb db, RosterFiles files, Roster roster, Instant now, CancellationToken ct) => WatchAsync(db, now, ct);

    /// <summary>Whose calendar counts may have changed, and a cycle may have begun.</summary>
    public override async Task RosterChangedAsync(EquityDb db, Instant now, CancellationToken ct)
    {
        await WatchAsync(db, now, ct);
        await db.Set<DepartmentWatch>().Where(one => one.LookAt != null).ExecuteUpdateAsync(set => set.SetProperty(one => one.LookAt, now), ct);
    }

    static async Task WatchAsync(EquityDb db, Instant now, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        var watched = await db.Set<DepartmentWatch>().Select(one => new { one.CycleId, one.DepartmentId }).ToListAsync(ct);
        var departments = await db.Set<Department>().Select(one => one.Id).ToListAsync(ct);
        foreach (var cycle in await db.Set<Cycle>().Where(one => one.Status != CycleStatus.Closed).Select(one => one.Id).ToListAsync(ct))
        {
            db.AddRange(departments.Where(one => !watched.Contains(new { CycleId = cycle, DepartmentId = one }))
                .Select(one => new DepartmentWatch { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, CycleId = cycle, DepartmentId = one, LookAt = now }));
        }

        await db.SaveChangesAsync(ct);
    }
}
