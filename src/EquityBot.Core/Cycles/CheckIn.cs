using EquityBot.Commitments;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Cycles;

public enum CheckInStatus
{
    /// <summary>To be asked for.</summary>
    Planned,
    Asked,
    Given,

    /// <summary>Asked for, and the period ended without a word.</summary>
    Missed,

    /// <summary>Never asked for: nobody was there, or the promise rested.</summary>
    Skipped,
}

/// <summary>How a promise goes in one period of its cadence. One a promise and period; the next is planned when this one is settled.</summary>
public sealed class CheckIn : IOwned
{
    /// <summary>A check-in may be put off this often.</summary>
    public const int SnoozeLimit = 2;

    /// <summary>Working days that one snooze puts it off.</summary>
    public const int SnoozeDays = 2;

    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required Guid CommitmentId { get; init; }

    /// <summary>Key of the <see cref="CheckInPeriod"/>.</summary>
    public required string Period { get; init; }

    public required LocalDate StartsOn { get; init; }

    public required LocalDate EndsOn { get; init; }

    public CheckInStatus Status { get; private set; } = CheckInStatus.Planned;

    /// <summary>Counts the times it was asked for; each is a notice of its own.</summary>
    public int Asks { get; private set; }

    public int Snoozes { get; private set; }

    public LocalDate? SnoozedUntil { get; private set; }

    public Instant? AnsweredAt { get; private set; }

    /// <summary>When to look next; null when it is settled.</summary>
    public Instant? LookAt { get; set; }

    public static CheckIn Of(CheckInPeriod period, Commitment commitment, Instant now) => new()
    {
        Id = Guid.NewGuid(),
        OrganizationId = commitment.OrganizationId,
        CommitmentId = commitment.Id,
        Period = period.Key,
        StartsOn = period.Starts,
        EndsOn = period.Ends,
        LookAt = now,
    };

    public CheckInPeriod Span => new(Period, StartsOn, EndsOn);

    public void Ask() => (Status, Asks) = (CheckInStatus.Asked, Asks + 1);

    /// <summary>Whoever was asked is not there to answer; somebody else may be.</summary>
    public void Recall() => Status = CheckInStatus.Planned;

    /// <summary>It was skipped, and the promise goes on in time for it after all.</summary>
    public void Resume(Instant now) => (Status, LookAt) = (CheckInStatus.Planned, now);

    public void Snooze(LocalDate until, Instant now) => (Status, Snoozes, SnoozedUntil, LookAt) = (CheckInStatus.Planned, Snoozes + 1, until, now);

    public void Give(Instant now) => (Status, AnsweredAt, LookAt) = (CheckInStatus.Given, now, null);

    public void Miss() => (Status, LookAt) = (CheckInStatus.Missed, null);

    public void Skip() => (Status, LookAt) = (CheckInStatus.Skipped, null);

    sealed class Mapping : IEntityTypeConfiguration<CheckIn>
    {
        public void Configure(EntityTypeBuilder<CheckIn> table)
        {
            table.ToTable("CheckIns").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Ignore(one => one.Span);
            table.Property(one => one.Period).HasMaxLength(20);
            table.Property(one => one.Status).HasMaxLength(20);
            table.HasIndex(one => new { one.CommitmentId, one.Period }).IsUnique();
            table.HasIndex(one => new { one.LookAt, one.OrganizationId }).HasFilter("\"LookAt\" IS NOT NULL");
        }
    }
}
