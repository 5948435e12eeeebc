using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Goals;

/// <summary>Gives a new organization its numbers for goals.</summary>
sealed class GoalImport : RosterPart
{
    public override async Task ImportAsync(EquityDb db, RosterFiles files, Roster roster, Instant now, CancellationToken ct)
    {
        if (!await db.Set<Counter>().AnyAsync(one => one.Prefix == "G", ct))
        {
            db.Add(new Counter { OrganizationId = db.OrganizationId, Prefix = "G" });
        }
    }
}
