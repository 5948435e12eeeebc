using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Cycles;

/// <summary>One stay of a cycle at a step. Coming back to a step is another visit.</summary>
public sealed class CycleVisit : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required Guid CycleId { get; init; }

    public required CycleStep Step { get; init; }

    public required Instant EnteredAt { get; init; }

    public required Guid EnteredById { get; init; }

    /// <summary>Null while the cycle is there.</summary>
    public Instant? LeftAt { get; private set; }

    public void Leave(Instant now) => LeftAt = now;

    sealed class Mapping : IEntityTypeConfiguration<CycleVisit>
    {
        public void Configure(EntityTypeBuilder<CycleVisit> table)
        {
            table.ToTable("CycleVisits").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Step).HasMaxLength(40);
            table.HasIndex(one => one.CycleId).IsUnique().HasFilter("\"LeftAt\" IS NULL");
            table.HasIndex(one => new { one.OrganizationId, one.CycleId });
        }
    }
}
