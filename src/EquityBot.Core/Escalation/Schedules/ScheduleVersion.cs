using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Escalation;

public enum VersionStatus
{
    /// <summary>Being written; nothing follows it.</summary>
    Draft,

    /// <summary>Waits for the second pair of eyes.</summary>
    Proposed,

    /// <summary>In force from its day until a later one is.</summary>
    Approved,
    Declined,

    /// <summary>Given up by its author.</summary>
    Discarded,
}

/// <summary>One version of a schedule: its numbers, who wrote them and why, who agreed, and from which day they count. Once approved it never changes.</summary>
public sealed class ScheduleVersion : IOwned, IShared
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required Guid ScheduleId { get; init; }

    /// <summary>1, 2, 3 … within its schedule.</summary>
    public required int Number { get; init; }

    /// <summary>The <see cref="Escalation.Plan"/> as JSON.</summary>
    public required string Plan { get; set; }

    public VersionStatus Status { get; private set; } = VersionStatus.Draft;

    public required Guid ById { get; init; }

    public required Instant At { get; init; }

    /// <summary>In the author's words, screened; null while it is a draft.</summary>
    public string? Reason { get; private set; }

    /// <summary>Whether open cases are to follow it too, once it is approved.</summary>
    public bool ForOpenCases { get; private set; }

    public Guid? AnsweredById { get; private set; }

    public Instant? AnsweredAt { get; private set; }

    /// <summary>The organization's day from which it counts; null until it is approved.</summary>
    public LocalDate? InForceFrom { get; private set; }

    /// <summary>When what was computed from the version before is to be looked at again; null once it was.</summary>
    public Instant? ApplyAt { get; private set; }

    public void Apply(Instant? at) => ApplyAt = at;

    public bool IsOpen => Status is VersionStatus.Draft or VersionStatus.Proposed;

    public void Propose(string reason, bool forOpenCases) => (Status, Reason, ForOpenCases) = (VersionStatus.Proposed, reason, forOpenCases);

    public void Approve(Guid? by, LocalDate from, Instant now) => (Status, AnsweredById, AnsweredAt, InForceFrom) = (VersionStatus.Approved, by, now, from);

    public void Decline(Guid by, Instant now) => (Status, AnsweredById, AnsweredAt) = (VersionStatus.Declined, by, now);

    public void Discard(Instant now) => (Status, AnsweredAt) = (VersionStatus.Discarded, now);

    sealed class Mapping : IEntityTypeConfiguration<ScheduleVersion>
    {
        public void Configure(EntityTypeBuilder<ScheduleVersion> table)
        {
            table.ToTable("ScheduleVersions").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Ignore(one => one.IsOpen);
            table.Property(one => one.Status).HasMaxLength(20);
            table.Property(one => one.Reason).HasMaxLength(1000);
            table.HasIndex(one => new { one.ScheduleId, one.Number }).IsUnique();
            table.HasIndex(one => new { one.ApplyAt, one.OrganizationId }).HasFilter("\"ApplyAt\" IS NOT NULL");
        }
    }
}
