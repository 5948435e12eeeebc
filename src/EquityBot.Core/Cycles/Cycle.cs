using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Cycles;

/// <summary>One round of promises, from commitment to learning.</summary>
public sealed class Cycle : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required string Name { get; init; }

    public required LocalDate StartsOn { get; init; }

    public required LocalDate EndsOn { get; init; }

    sealed class Mapping : IEntityTypeConfiguration<Cycle>
    {
        public void Configure(EntityTypeBuilder<Cycle> table)
        {
            table.ToTable("Cycles").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Name).HasMaxLength(120);
            table.HasIndex(one => new { one.OrganizationId, one.Name }).IsUnique();
        }
    }
}
