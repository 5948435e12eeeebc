using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>When a version's day has come: whatever was computed from the one before is looked at again, and the open cases follow, where somebody asked for that.</summary>
public sealed class ScheduleSweep(EquityStore store, ILogger<ScheduleSweep> log) : RowSweep<IReadOnlyDictionary<Guid, ScheduleVersion>>(store, log)
{
    public override string Name => "schedules";

    public override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<ScheduleVersion>().Where(one => one.ApplyAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.ApplyAt!.Value });

    protected override async Task<IReadOnlyDictionary<Guid, ScheduleVersion>> LoadAsync(EquityDb db, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        await db.Set<ScheduleVersion>().Where(one => ids.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToDictionaryAsync(one => one.Id, ct);

    protected override async Task DecideAsync(EquityDb db, IReadOnlyDictionary<Guid, ScheduleVersion> batch, Guid id, Instant now, CancellationToken ct)
    {
        var version = batch[id];
        if (version.ApplyAt is null || version.ApplyAt > now)
        {
            return;
        }

        version.Apply(null);
        await db.SaveChangesAsync(ct);
        await ScheduleImport.LookAgainAsync(db, now, ct);
        if (version.ForOpenCases)
        {
            await FollowAsync(db, version, now, ct);
        }
    }

    async Task FollowAsync(EquityDb db, ScheduleVersion version, Instant now, CancellationToken ct)
    {
        var plan = Plan.FromJson(version.Plan);
        var open = await db.Set<EscalationCase>().Where(one => one.ScheduleId == version.ScheduleId && one.ClosedAt == null).OrderBy(one => one.Id).Select(one => one.Id).ToListAsync(ct);
        foreach (var caseId in open)
        {
            if (await CaseKind.LockAsync(db, [caseId], ct) is [{ IsOpen: true } @case])
            {
                await CaseFollower.RecallAsync(db, @case, now, ct);
                @case.Follow(version.ScheduleId, plan, now);
                var steps = @case.PlanInForce.CaseSteps.Select(step => step.Name).ToList();
                var history = await db.Set<CaseStep>().Where(one => one.CaseId == caseId).OrderBy(one => one.Seq).ToListAsync(ct);
                history.ForEach(step => step.Place = steps.IndexOf(step.Step));
                if (history.LastOrDefault(step => step.Trigger == @case.Trigger && step.DeliveredAt is not null) is { } told)
                {
                    told.Place = @case.Told ?? -1;
                }

                db.Add(AuditEntry.Of(db, now, Name, @case.Ref, "applied", $"version {version.Number}"));
            }
        }
    }
}
