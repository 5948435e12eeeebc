using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Storage;

/// <summary>Who did what to which subject, and when. Inserted in the transaction that does it; never changed.</summary>
public sealed class AuditEntry : IOwned
{
    public long Seq { get; private set; }

    public required Guid OrganizationId { get; init; }

    public required Instant At { get; init; }

    /// <summary>The person; null for the product itself (a sweep).</summary>
    public Guid? ActorId { get; init; }

    /// <summary>A verb of the catalogue or the name of a sweep.</summary>
    public required string Action { get; init; }

    public string? Subject { get; init; }

    /// <summary><c>done</c>, <c>refused</c>, <c>superseded</c> …</summary>
    public required string Outcome { get; init; }

    /// <summary>What changed, in the product's own words (never what was typed).</summary>
    public string? Detail { get; init; }

    /// <summary>An entry of the product's own: a sweep, a delivery, an import.</summary>
    public static AuditEntry Of(EquityDb db, Instant at, string action, string? subject, string outcome, string? detail = null) =>
        new() { OrganizationId = db.OrganizationId, At = at, Action = action, Subject = subject, Outcome = outcome, Detail = detail };

    sealed class Mapping : IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(EntityTypeBuilder<AuditEntry> table)
        {
            table.ToTable("AuditEntries").HasKey(one => one.Seq);
            table.Property(one => one.Action).HasMaxLength(60);
            table.Property(one => one.Subject).HasMaxLength(20);
            table.Property(one => one.Outcome).HasMaxLength(20);
            table.HasIndex(one => new { one.OrganizationId, one.Subject });
        }
    }
}
