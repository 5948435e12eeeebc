using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>What the board decided about a promise that nobody answered for, and why.</summary>
public sealed class BoardDecision : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required Guid CaseId { get; init; }

    /// <summary>new-date, recovery-plan, resources or consequence.</summary>
    public required string Decision { get; init; }

    public required string Rationale { get; init; }

    public LocalDate? Due { get; init; }

    public required Guid ById { get; init; }

    public required Instant At { get; init; }

    sealed class Mapping : IEntityTypeConfiguration<BoardDecision>
    {
        public void Configure(EntityTypeBuilder<BoardDecision> table)
        {
            table.ToTable("BoardDecisions").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Decision).HasMaxLength(20);
            table.Property(one => one.Rationale).HasMaxLength(1000);
            table.HasIndex(one => one.CaseId);
        }
    }
}
