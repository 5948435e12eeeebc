using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>One step of one case: to whom it went, and whether it arrived. The story that the board reads.</summary>
public sealed class CaseStep : IOwned
{
    public long Seq { get; private set; }

    public required Guid OrganizationId { get; init; }

    public required Guid CaseId { get; init; }

    /// <summary>What the case was open for at that time; a case that begins anew forgets the steps before.</summary>
    public required string Trigger { get; init; }

    public required string Step { get; init; }

    /// <summary>The step's role, as the plan had it: owner, lead, board …</summary>
    public required string To { get; init; }

    /// <summary>Among the plan's case steps, as the plan was then.</summary>
    public required int Place { get; set; }

    /// <summary>Null where it resolved to nobody and was skipped.</summary>
    public Guid? RecipientId { get; init; }

    public Guid? NoticeId { get; init; }

    public required Instant DecidedAt { get; init; }

    public Instant? DeliveredAt { get; set; }

    /// <summary>Where the owner is.</summary>
    public LocalDate? DeliveredOn { get; set; }

    public Instant? UnreachedAt { get; set; }

    sealed class Mapping : IEntityTypeConfiguration<CaseStep>
    {
        public void Configure(EntityTypeBuilder<CaseStep> table)
        {
            table.ToTable("CaseSteps").HasKey(one => one.Seq);
            table.Property(one => one.Trigger).HasMaxLength(20);
            table.Property(one => one.Step).HasMaxLength(20);
            table.Property(one => one.To).HasMaxLength(80);
            table.HasIndex(one => one.CaseId);
            table.HasIndex(one => one.NoticeId);
        }
    }
}
