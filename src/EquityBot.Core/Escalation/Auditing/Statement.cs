using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Escalation.Auditing;

/// <summary>What the ledger says about one month, made once and kept: that nothing was missed, or what was.</summary>
public sealed class Statement : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    /// <summary>First day of the month, in the organization's zone.</summary>
    public required LocalDate Month { get; init; }

    public required Instant DecidedAt { get; init; }

    /// <summary>The <see cref="StatementFigures"/> as JSON.</summary>
    public required string Figures { get; init; }

    sealed class Mapping : IEntityTypeConfiguration<Statement>
    {
        public void Configure(EntityTypeBuilder<Statement> table)
        {
            table.ToTable("Statements").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.HasIndex(one => new { one.OrganizationId, one.Month }).IsUnique();
        }
    }
}
