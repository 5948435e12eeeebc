using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Goals;

public enum MilestoneState
{
    Planned,
    Done,
    Missed,
    Cancelled,
}

/// <summary>A step on the way to a goal, with a day of its own that is never after the goal's.</summary>
public sealed class Milestone : IOwned
{
    /// <summary>More than this many are a plan, not milestones.</summary>
    public const int Most = 20;

    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required Guid GoalId { get; init; }

    /// <summary>1, 2, 3 … within the goal; never given out again.</summary>
    public required int Number { get; init; }

    public required string Title { get; init; }

    /// <summary>Ends at midnight where the goal's owner is.</summary>
    public required LocalDate Due { get; init; }

    public LocalDate? DoneOn { get; private set; }

    public string? Evidence { get; private set; }

    public LocalDate? CancelledOn { get; private set; }

    /// <summary>Why it was dropped, in the person's words.</summary>
    public string? Reason { get; private set; }

    public bool IsOpen => DoneOn is null && CancelledOn is null;

    /// <summary>How it stands on that day where the owner is: past its day and not done is missed.</summary>
    public MilestoneState StateOn(LocalDate today) =>
        CancelledOn is not null ? MilestoneState.Cancelled
        : DoneOn is not null ? MilestoneState.Done
        : Due < today ? MilestoneState.Missed
        : MilestoneState.Planned;

    public void Finish(LocalDate on, string? evidence) => (DoneOn, Evidence) = (on, evidence);

    public void Cancel(LocalDate on, string reason) => (CancelledOn, Reason) = (on, reason);

    sealed class Mapping : IEntityTypeConfiguration<Milestone>
    {
        public void Configure(EntityTypeBuilder<Milestone> table)
        {
            table.ToTable("Milestones").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Title).HasMaxLength(500);
            table.Property(one => one.Evidence).HasMaxLength(1000);
            table.Property(one => one.Reason).HasMaxLength(1000);
            table.HasIndex(one => new { one.GoalId, one.Number }).IsUnique();
        }
    }
}
