using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Cycles;

public enum Outcome
{
    /// <summary>It goes on as it is.</summary>
    CarryOver,

    /// <summary>It goes on, and its owner is asked to say it anew.</summary>
    Revise,

    /// <summary>It is given up.</summary>
    Retire,
}

/// <summary>What the review of a cycle decided about one promise that was still open, and why.</summary>
public sealed class CycleOutcome : IOwned
{
    public required Guid OrganizationId { get; init; }

    public required Guid CycleId { get; init; }

    public required Guid CommitmentId { get; init; }

    public required Outcome Outcome { get; set; }

    public required string Reason { get; set; }

    public required Guid ById { get; set; }

    public required Instant At { get; set; }

    sealed class Mapping : IEntityTypeConfiguration<CycleOutcome>
    {
        public void Configure(EntityTypeBuilder<CycleOutcome> table)
        {
            table.ToTable("CycleOutcomes").HasKey(one => new { one.CycleId, one.CommitmentId });
            table.Property(one => one.Outcome).HasMaxLength(20);
            table.Property(one => one.Reason).HasMaxLength(1000);
            table.HasIndex(one => one.OrganizationId);
        }
    }
}
