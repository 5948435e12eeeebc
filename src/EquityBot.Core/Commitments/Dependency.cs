using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>A promise needs something of another department by a day. What is supplied is a promise of that department's own, with all that belongs to one; see docs/decisions/0017.</summary>
public sealed class Dependency : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    /// <summary>The promise that needs it.</summary>
    public required Guid DependentId { get; init; }

    /// <summary>The supplying department's promise. Until that is accepted this is nobody's.</summary>
    public required Guid SupplyId { get; init; }

    /// <summary>The day that both sides agreed on: the last local date, where the dependent promise's owner is, on which it comes in time. A supplier who moves their own day does not move this one.</summary>
    public required LocalDate NeededBy { get; set; }

    /// <summary>When it was supplied, given up, or needed no more; null while it stands.</summary>
    public Instant? EndedAt { get; private set; }

    public void End(Instant now) => EndedAt ??= now;

    sealed class Mapping : IEntityTypeConfiguration<Dependency>
    {
        public void Configure(EntityTypeBuilder<Dependency> table)
        {
            table.ToTable("Dependencies").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.HasIndex(one => one.DependentId);
            table.HasIndex(one => one.SupplyId).IsUnique();
        }
    }
}

/// <summary>A dependency as the promise that needs it sees it.</summary>
public sealed record Need(Dependency Dependency, Commitment Supply)
{
    /// <summary>Agreed and not supplied, and somebody still answers for it: its own day is watched, or its miss is on its way up.</summary>
    public bool IsOwed => Dependency.EndedAt is null && (Supply.IsWatched || Supply.Status == CommitmentStatus.Missed);

    /// <summary>What stands of what these promises need, the earliest day first.</summary>
    public static async Task<ILookup<Guid, Need>> LoadAsync(EquityDb db, IReadOnlyCollection<Guid> dependents, CancellationToken ct)
    {
        var found = await (
            from dependency in db.Set<Dependency>().AsNoTracking()
            join supply in db.Set<Commitment>().AsNoTracking() on dependency.SupplyId equals supply.Id
            where dependents.Contains(dependency.DependentId) && dependency.EndedAt == null
            orderby dependency.NeededBy, supply.Number
            select new { dependency, supply }).ToListAsync(ct);
        return found.ToLookup(one => one.dependency.DependentId, one => new Need(one.dependency, one.supply));
    }
}

/// <summary>How a promise is tied to others: what it needs of them, and for which promise it is itself supplied.</summary>
/// <param name="For">Null where it is nobody's supply, or no longer.</param>
public sealed record Ties(IReadOnlyList<Need> Needs, (Dependency Dependency, Commitment Dependent)? For);
