using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Cycles;

public enum CycleStatus
{
    Active,

    /// <summary>What it came to is being talked about; it closes when every open promise has an outcome.</summary>
    InReview,
    Closed,
}

/// <summary>One round of promises, from commitment to learning. One an organization runs at a time; each begins at whichever step is needed and may come back to any.</summary>
public sealed class Cycle : IOwned
{
    public const int LongestName = 120;

    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required string Name { get; init; }

    public required LocalDate StartsOn { get; init; }

    /// <summary>The planned end; a cycle without one never learns.</summary>
    public required LocalDate EndsOn { get; init; }

    /// <summary>The cycle that it follows; null for the first.</summary>
    public Guid? PreviousId { get; init; }

    public CycleStatus Status { get; private set; } = CycleStatus.Active;

    /// <summary>What moved, as the review says it; null before.</summary>
    public string? Progress { get; private set; }

    /// <summary>What did not.</summary>
    public string? Gaps { get; private set; }

    /// <summary>What to do differently; null where the review decided that nothing changes.</summary>
    public string? Recommendations { get; private set; }

    public Instant? ReviewedAt { get; private set; }

    public Guid? ReviewedById { get; private set; }

    public Instant? ClosedAt { get; private set; }

    public void Review(string progress, string gaps, string? recommendations, Guid by, Instant now) =>
        (Status, Progress, Gaps, Recommendations, ReviewedById, ReviewedAt) = (CycleStatus.InReview, progress, gaps, recommendations, by, now);

    public void Close(Instant now) => (Status, ClosedAt) = (CycleStatus.Closed, now);

    sealed class Mapping : IEntityTypeConfiguration<Cycle>
    {
        public void Configure(EntityTypeBuilder<Cycle> table)
        {
            table.ToTable("Cycles").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Name).HasMaxLength(LongestName);
            table.Property(one => one.Status).HasMaxLength(20).HasDefaultValue(CycleStatus.Active);
            table.Property(one => one.Progress).HasMaxLength(1000);
            table.Property(one => one.Gaps).HasMaxLength(1000);
            table.Property(one => one.Recommendations).HasMaxLength(1000);
            table.HasIndex(one => new { one.OrganizationId, one.Name }).IsUnique();
        }
    }
}
