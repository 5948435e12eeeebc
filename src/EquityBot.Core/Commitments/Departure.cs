using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>Somebody leaves, and what is theirs is to be offered to others. One a person.</summary>
public sealed class Departure : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>The last day of employment or of the mandate, where they are.</summary>
    public required LocalDate LastDay { get; set; }

    /// <summary>When to look next at what waits for somebody; null while nothing is known to.</summary>
    public Instant? LookAt { get; set; }

    sealed class Mapping : IEntityTypeConfiguration<Departure>
    {
        public void Configure(EntityTypeBuilder<Departure> table)
        {
            table.ToTable("Departures").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.HasIndex(one => new { one.OrganizationId, one.PersonId }).IsUnique();
            table.HasIndex(one => new { one.LookAt, one.OrganizationId }).HasFilter("\"LookAt\" IS NOT NULL");
        }
    }
}

/// <summary>Notes who leaves and when. Nothing is handed to anybody here: that is offered once the last day is over.</summary>
sealed class DepartureRoster : RosterPart
{
    public override async Task RosterChangedAsync(EquityDb db, Instant now, CancellationToken ct)
    {
        var leaving = await db.Set<Person>().AsNoTracking().Where(one => one.LeavesOn != null).ToDictionaryAsync(one => one.Id, one => one.LeavesOn!.Value, ct);
        var known = await db.Set<Departure>().ToListAsync(ct);
        foreach (var departure in known)
        {
            if (!leaving.TryGetValue(departure.PersonId, out var day))
            {
                db.Remove(departure);
            }
            else if (day != departure.LastDay)
            {
                (departure.LastDay, departure.LookAt) = (day, now);
            }
        }

        db.AddRange(leaving.Where(one => known.TrueForAll(departure => departure.PersonId != one.Key))
            .Select(one => new Departure { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, PersonId = one.Key, LastDay = one.Value, LookAt = now }));
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>What becomes of a promise whose owner has left may leave it without anybody again: a hand-over that is declined, a claim of done that is not confirmed.</summary>
public sealed class DepartureFollower : SubjectFollower
{
    public override Task<IReadOnlyDictionary<Guid, object>> LoadAspectsAsync(EquityDb db, IReadOnlyCollection<ISubject> subjects, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<Guid, object>>(new Dictionary<Guid, object>());

    public override async Task FollowAsync(EquityDb db, Change change, Roster roster, Instant now, CancellationToken ct)
    {
        if (change.Subject is Commitment commitment && roster.Find(commitment.OwnerId) is { } owner && roster.HasLeft(owner, now))
        {
            await db.Set<Departure>().Where(one => one.PersonId == owner.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.LookAt, now), ct);
        }
    }

    public override IEnumerable<Block> Describe(View view, Reader reader) => [];
}
