using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Cycles;

/// <summary>The running cycle, from organization.csv.</summary>
sealed class CycleImport : RosterPart
{
    public override async Task ImportAsync(EquityDb db, RosterFiles files, Roster roster, Instant now, CancellationToken ct)
    {
        var row = files.Rows("organization")[0];
        var name = row.Text("cycle");
        if (!await db.Set<Cycle>().AnyAsync(one => one.Name == name, ct))
        {
            db.Add(new Cycle { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, Name = name, StartsOn = row.RequiredDate("cycle_start"), EndsOn = row.RequiredDate("cycle_end") });
        }
    }
}
