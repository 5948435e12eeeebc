using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Digests;

/// <summary>Begins the rhythm of a new organization on the Monday after it was set up.</summary>
sealed class DigestImport : RosterPart
{
    public override async Task ImportAsync(EquityDb db, RosterFiles files, Roster roster, Instant now, CancellationToken ct)
    {
        if (!await db.Set<DigestWatch>().AnyAsync(ct))
        {
            db.Add(new DigestWatch { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, Decided = IsoWeek.Of(now.InZone(roster.Zone).Date).Monday, NextAt = now });
        }
    }

    /// <summary>Whoever came, or came back, gets the week's digest as well.</summary>
    public override Task RosterChangedAsync(EquityDb db, Instant now, CancellationToken ct) =>
        db.Set<DigestWatch>().ExecuteUpdateAsync(set => set.SetProperty(one => one.NextAt, now), ct);
}
