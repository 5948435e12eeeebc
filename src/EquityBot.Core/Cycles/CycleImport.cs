using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Cycles;

/// <summary>The running cycle, from organization.csv.</summary>
sealed class CycleImport : RosterPart
{
    public override IReadOnlyList<RosterFile> Files { get; } = [new("organization") { Columns = ["cycle", "cycle_start", "cycle_end"], Rows = RosterFile.Becoming<Cycle>(one => one.Name) }];

    public override async Task ImportAsync(EquityDb db, RosterFiles files, Roster roster, Instant now, CancellationToken ct)
    {
        var row = files.Rows("organization")[0];
        var (name, starts, ends) = (row.Text("cycle", 120), row.RequiredDate("cycle_start"), row.RequiredDate("cycle_end"));
        if (ends < starts)
        {
            row.Problem("cycle_end", "it must not be earlier than cycle_start");
        }

        if (!await db.Set<Cycle>().AnyAsync(one => one.Name == name, ct))
        {
            db.Add(new Cycle { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, Name = name, StartsOn = starts, EndsOn = ends });
        }
    }
}
