using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Goals;

public enum MilestoneState
{
    Planned,
    Done,

    /// <summary>Its day passed, its owner was asked, and five working days brought no word.</summary>
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
    public required LocalDate Due { get; set; }

    /// <summary>The day it was first planned for; null unless it was moved.</summary>
    public LocalDate? FirstDue { get; private set; }

    public LocalDate? DoneOn { get; private set; }

    public string? Evidence { get; private set; }

    public LocalDate? CancelledOn { get; private set; }

    /// <summary>Why it was dropped, in the person's words.</summary>
    public string? Reason { get; private set; }

    public LocalDate? MissedOn { get; private set; }

    /// <summary>What is in the way, in the person's words, and since when.</summary>
    public string? Blocker { get; private set; }

    public LocalDate? BlockedOn { get; private set; }

    /// <summary>Since when an answer is awaited; null when none is.</summary>
    public LocalDate? AskedOn { get; private set; }

    /// <summary>The due day of which somebody was reminded, or need not be.</summary>
    public LocalDate? RemindedFor { get; private set; }

    /// <summary>Counts reminders and askings; each is a notice of its own.</summary>
    public int Notices { get; private set; }

    /// <summary>When to look next; null when nothing can fall due.</summary>
    public Instant? LookAt { get; private set; }

    public Instant? SettledAt { get; private set; }

    public Guid? SettledById { get; private set; }

    /// <summary>The goal's newest reading when it was settled: which of the two came later.</summary>
    public long? SettledAfter { get; private set; }

    /// <summary>Done, moved or dropped it may be at any time, also when it counts as missed.</summary>
    public bool IsOpen => DoneOn is null && CancelledOn is null;

    public MilestoneState State =>
        CancelledOn is not null ? MilestoneState.Cancelled
        : DoneOn is not null ? MilestoneState.Done
        : MissedOn is not null ? MilestoneState.Missed
        : MilestoneState.Planned;

    /// <summary>Begins its reminders; one that would come on the day of planning itself is left out.</summary>
    /// <param name="hours">Of the goal's owner.</param>
    public void Plan(WorkingHours hours, Instant now)
    {
        RemindedFor = now >= MilestoneWatch.RemindAt(this, hours) ? Due : null;
        LookAt = MilestoneWatch.Look(this, hours, now).Next;
    }

    public void Remind() => (RemindedFor, Notices) = (Due, Notices + 1);

    public void Ask(LocalDate on) => (AskedOn, RemindedFor, Notices) = (on, Due, Notices + 1);

    /// <summary>Nobody who was asked could answer: it is asked again.</summary>
    public void Recall() => AskedOn = null;

    public void LookAgainAt(Instant? at) => LookAt = at;

    public void Move(LocalDate due, WorkingHours hours, Instant now)
    {
        FirstDue ??= Due;
        (Due, Blocker, BlockedOn, MissedOn, AskedOn) = (due, null, null, null, null);
        Plan(hours, now);
    }

    /// <summary>That is an answer: it is asked about anew five working days later.</summary>
    public void Block(string what, LocalDate on, Instant now) => (Blocker, BlockedOn, MissedOn, AskedOn, LookAt) = (what, on, null, null, now);

    public void Miss(LocalDate on) => (MissedOn, AskedOn, LookAt) = (on, null, null);

    public void Finish(LocalDate on, string? evidence)
    {
        (DoneOn, Evidence) = (on, evidence);
        (AskedOn, LookAt) = (null, null);
    }

    public void Cancel(LocalDate on, string reason)
    {
        (CancelledOn, Reason) = (on, reason);
        (AskedOn, LookAt) = (null, null);
    }

    /// <summary>Who settled it and when, for as long as it can be taken back.</summary>
    public void SettledBy(Guid by, long? after, Instant now) => (SettledById, SettledAfter, SettledAt) = (by, after, now);

    /// <summary>Open again, as it was before it was settled.</summary>
    public void TakeBack(Instant now)
    {
        (DoneOn, Evidence, CancelledOn, Reason) = (null, null, null, null);
        (SettledById, SettledAfter, SettledAt, LookAt) = (null, null, null, now);
    }

    sealed class Mapping : IEntityTypeConfiguration<Milestone>
    {
        public void Configure(EntityTypeBuilder<Milestone> table)
        {
            table.ToTable("Milestones").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Ignore(one => one.State).Ignore(one => one.IsOpen);
            table.Property(one => one.Title).HasMaxLength(500);
            table.Property(one => one.Evidence).HasMaxLength(1000);
            table.Property(one => one.Reason).HasMaxLength(1000);
            table.Property(one => one.Blocker).HasMaxLength(1000);
            table.Property(one => one.Notices).HasDefaultValue(0);
            table.HasIndex(one => new { one.GoalId, one.Number }).IsUnique();
            table.HasIndex(one => new { one.LookAt, one.OrganizationId }).HasFilter("\"LookAt\" IS NOT NULL");
        }
    }
}
