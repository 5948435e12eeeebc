using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Digests;

/// <summary>When an organization's digests are to be looked at next.</summary>
public sealed class DigestWatch : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    /// <summary>Monday of the last week that was decided; the week of the set-up counts as decided, since nothing could have changed in it.</summary>
    public required LocalDate Decided { get; set; }

    /// <summary>The next Monday's begin in the organization's zone, or now when the roster changed.</summary>
    public required Instant NextAt { get; set; }

    sealed class Mapping : IEntityTypeConfiguration<DigestWatch>
    {
        public void Configure(EntityTypeBuilder<DigestWatch> table)
        {
            table.ToTable("DigestWatches").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.HasIndex(one => one.OrganizationId).IsUnique();
            table.HasIndex(one => one.NextAt);
        }
    }
}
