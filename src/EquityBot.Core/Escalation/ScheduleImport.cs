using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>Gives a new organization the default schedule. One that has a schedule keeps it.</summary>
sealed class ScheduleImport : RosterPart
{
    public override async Task ImportAsync(EquityDb db, RosterFiles files, Roster roster, Instant now, CancellationToken ct)
    {
        if (!await db.Set<EscalationSchedule>().AnyAsync(ct))
        {
            db.Add(new EscalationSchedule { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, Version = 1, Plan = Plan.Default().ToJson() });
            db.Add(new Counter { OrganizationId = db.OrganizationId, Prefix = "E" });
        }
    }

    /// <summary>Who is told, and on which morning, was computed from the roster as it was.</summary>
    public override async Task RosterChangedAsync(EquityDb db, Instant now, CancellationToken ct)
    {
        await db.Set<Commitment>().Where(one => one.LookAt != null).ExecuteUpdateAsync(set => set.SetProperty(one => one.LookAt, now), ct);
        await db.Set<Commitment>().Where(one => one.AnswerLookAt != null).ExecuteUpdateAsync(set => set.SetProperty(one => one.AnswerLookAt, now), ct);
        await db.Set<EscalationCase>().Where(one => one.NextAt != null).ExecuteUpdateAsync(set => set.SetProperty(one => one.NextAt, now), ct);
    }
}
