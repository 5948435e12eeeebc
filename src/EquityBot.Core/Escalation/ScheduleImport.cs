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
}
