using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>Gives a new organization the standard schedule. One that has a schedule keeps it.</summary>
sealed class ScheduleImport : RosterPart
{
    public override async Task ImportAsync(EquityDb db, RosterFiles files, Roster roster, Instant now, CancellationToken ct)
    {
        if (await db.Set<EscalationSchedule>().AnyAsync(ct) || (roster.Holder(Role.EquityOfficer) ?? roster.Holder(Role.BoardOwner)) is not { } author)
        {
            return;
        }

        var plan = ScheduleTemplates.Standard;
        var schedule = EscalationSchedule.New(db.OrganizationId, 1, plan.Name, null, null, author.Id, author.DepartmentId);
        var version = new ScheduleVersion { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, ScheduleId = schedule.Id, Number = 1, Plan = plan.ToJson(), ById = author.Id, At = now };
        version.Approve(null, roster.TodayAt(now), now);
        db.Add(schedule);
        db.Add(version);
        db.Add(new Counter { OrganizationId = db.OrganizationId, Prefix = "E" });
        var counter = new Counter { OrganizationId = db.OrganizationId, Prefix = "S" };
        counter.StartAfter(schedule.Number);
        db.Add(counter);
    }

    /// <summary>Who is told, and on which morning, was computed from the roster as it was.</summary>
    public override Task RosterChangedAsync(EquityDb db, Instant now, CancellationToken ct) => LookAgainAsync(db, now, ct);

    /// <summary>Whatever was computed from people, days or schedules is to be looked at again.</summary>
    public static async Task LookAgainAsync(EquityDb db, Instant now, CancellationToken ct)
    {
        await db.Set<Commitment>().Where(one => one.LookAt != null).ExecuteUpdateAsync(set => set.SetProperty(one => one.LookAt, now), ct);
        await db.Set<Commitment>().Where(one => one.AnswerLookAt != null).ExecuteUpdateAsync(set => set.SetProperty(one => one.AnswerLookAt, now), ct);
        await db.Set<EscalationCase>().Where(one => one.NextAt != null).ExecuteUpdateAsync(set => set.SetProperty(one => one.NextAt, now), ct);
        await db.Set<Request>().Where(one => one.LookAt != null).ExecuteUpdateAsync(set => set.SetProperty(one => one.LookAt, now), ct);
        await db.Set<DepartmentWatch>().Where(one => one.LookAt != null).ExecuteUpdateAsync(set => set.SetProperty(one => one.LookAt, now), ct);
    }
}
