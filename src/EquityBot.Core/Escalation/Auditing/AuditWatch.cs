using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Escalation.Auditing;

/// <summary>How the auditor stands in one organization: what the heartbeat is taken from.</summary>
public sealed class AuditWatch : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    /// <summary>When an audit last came to its end.</summary>
    public required Instant LastAuditAt { get; set; }

    /// <summary>The longest time between two audits since the last statement, in minutes: while nobody looked, nothing is attested.</summary>
    public int LongestPause { get; set; }

    /// <summary>When the next monthly statement is to be made.</summary>
    public required Instant StatementAt { get; set; }

    sealed class Mapping : IEntityTypeConfiguration<AuditWatch>
    {
        public void Configure(EntityTypeBuilder<AuditWatch> table)
        {
            table.ToTable("AuditWatches").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.HasIndex(one => one.OrganizationId).IsUnique();
            table.HasIndex(one => one.StatementAt);
        }
    }
}
