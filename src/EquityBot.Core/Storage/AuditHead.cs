using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Storage;

/// <summary>How far an organization's audit chain reached when a day had ended there. Published once a day, here and in the log, so that a chain cut back or rewritten later no longer fits. Inserted, never changed.</summary>
public sealed class AuditHead : IOwned
{
    public required Guid OrganizationId { get; init; }

    /// <summary>The day that ended, in the organization's zone.</summary>
    public required LocalDate Date { get; init; }

    /// <summary>The last link over an entry of that day or an earlier one.</summary>
    public required long Number { get; init; }

    public required string Hash { get; init; }

    sealed class Mapping : IEntityTypeConfiguration<AuditHead>
    {
        public void Configure(EntityTypeBuilder<AuditHead> table)
        {
            table.ToTable("AuditHeads").HasKey(one => new { one.OrganizationId, one.Date });
            table.Property(one => one.Hash).HasMaxLength(64);
        }
    }
}
