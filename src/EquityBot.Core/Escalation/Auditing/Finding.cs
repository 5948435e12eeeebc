using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Escalation.Auditing;

/// <summary>What the auditor can find.</summary>
public enum FindingKind
{
    /// <summary>Nothing will look at it in time: its look-ahead time is missing or lies behind the day. Healed by looking now.</summary>
    Unwatched,

    /// <summary>Past its day without the case that its silence opens. Healed by looking now.</summary>
    WithoutCase,

    /// <summary>The reminder's morning has passed and nobody was reminded. Healed by looking now.</summary>
    NotReminded,

    /// <summary>The ledger has lost a row that a case's history names. Healed by deciding the step again, where certainly nobody got it.</summary>
    LedgerGap,

    /// <summary>A step that was decided neither arrives nor fails.</summary>
    StandsStill,

    /// <summary>Two open cases on one line.</summary>
    Double,

    /// <summary>A row or a notice that was given up after its tries and that nobody has attended to.</summary>
    Parked,

    /// <summary>A delivery whose process is gone.</summary>
    Stuck,

    /// <summary>A sweep or the post has work in hand and does not get on with it.</summary>
    Late,
}

/// <summary>
/// Something that should have happened and has not. It is seen first; it counts, and is alerted once, when it is still there after the patience of its kind;
/// it is resolved when an audit no longer sees it. Never deleted once it counts: the monthly statement is made of it.
/// </summary>
public sealed class Finding : IOwned
{
    public const int LongestSubject = 140;

    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required FindingKind Kind { get; init; }

    /// <summary>C-12, E-4, the name of a sweep or a department, the beginning of an id. Never what somebody wrote.</summary>
    public required string Subject { get; init; }

    /// <summary>When it should have happened, as far as that is known; else when it was first seen.</summary>
    public required Instant Since { get; set; }

    public required Instant SeenAt { get; set; }

    /// <summary>Null while it may still right itself.</summary>
    public Instant? FoundAt { get; set; }

    /// <summary>When the auditor set it right itself; null where it could not, or may not.</summary>
    public Instant? HealedAt { get; set; }

    public Instant? ResolvedAt { get; set; }

    sealed class Mapping : IEntityTypeConfiguration<Finding>
    {
        public void Configure(EntityTypeBuilder<Finding> table)
        {
            table.ToTable("Findings").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Kind).HasMaxLength(20);
            table.Property(one => one.Subject).HasMaxLength(LongestSubject);
            table.HasIndex(one => new { one.OrganizationId, one.Kind, one.Subject }).IsUnique().HasDatabaseName("IX_Findings_OneOpen").HasFilter("\"ResolvedAt\" IS NULL");
            table.HasIndex(one => new { one.OrganizationId, one.FoundAt });
        }
    }
}
