using System.Globalization;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Goals;

public enum GoalState
{
    /// <summary>Not whole yet. It may stand on the plan all the same.</summary>
    Draft,

    /// <summary>Every machine check of its five letters holds.</summary>
    Valid,
    Achieved,
    NotAchieved,
    Retired,
}

/// <summary>Which way is better.</summary>
public enum Direction
{
    Lower,
    Higher,
}

/// <summary>A number to move, by when, for whom; or a gap to close between a group and its reference.</summary>
public sealed class SmartGoal : ISubject, IOwned
{
    /// <summary>Longest time from start to due day.</summary>
    public static readonly Period Longest = Period.FromMonths(36);

    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required int Number { get; init; }

    public string Ref => string.Create(CultureInfo.InvariantCulture, $"G-{Number}");

    /// <summary>The goal in its author's words.</summary>
    public required string Statement { get; set; }

    public required Guid OwnerId { get; init; }

    public required Guid DepartmentId { get; init; }

    public Guid AuthorId => OwnerId;

    /// <summary>The promise whose number it is; null where it stands for itself.</summary>
    public Guid? CommitmentId { get; init; }

    /// <summary>Population or group; of a gap the group that is worse off.</summary>
    public string? Who { get; set; }

    /// <summary>Verb and object.</summary>
    public string? What { get; set; }

    /// <summary>Unit, site or area.</summary>
    public string? Where { get; set; }

    /// <summary>The inequity that it closes, in words.</summary>
    public string? Inequity { get; set; }

    /// <summary>What is counted: "no-show rate".</summary>
    public string? Measure { get; set; }

    /// <summary>As it is said after a number: "%", "minutes"; null for a bare count.</summary>
    public string? Unit { get; set; }

    /// <summary>Which way is better for the measure; of a gap goal still the measure's, since a smaller gap is always better.</summary>
    public Direction? Better { get; set; }

    /// <summary>Where it began; of a gap the group's number.</summary>
    public decimal? Baseline { get; set; }

    public LocalDate? BaselineOn { get; set; }

    /// <summary>Where it is to be; of a gap the gap itself, never a group's number.</summary>
    public decimal? Target { get; set; }

    /// <summary>The group that the number is counted for; null where it is everybody's.</summary>
    public string? Stratum { get; set; }

    /// <summary>How the gap is reckoned; null where it is no gap goal.</summary>
    public GapForm? Gap { get; set; }

    /// <summary>Of a gap, the group that the other is compared with.</summary>
    public string? Reference { get; set; }

    /// <summary>Of a gap, where the reference began.</summary>
    public decimal? BaselineReference { get; set; }

    /// <summary>none, staff, money or both.</summary>
    public string? Resources { get; set; }

    public string? Dependencies { get; set; }

    /// <summary>1 to 5: whether its owner believes in it, whatever its status.</summary>
    public int? Confidence { get; set; }

    /// <summary>Ids of the framework from 1.1 to 5.3, parted by semicolons.</summary>
    public string? FrameworkGoals { get; set; }

    /// <summary>patient, organization, community or societal.</summary>
    public string? Level { get; set; }

    /// <summary>social or structural.</summary>
    public string? Driver { get; set; }

    /// <summary>The assessed need, plan objective or disparity that it answers.</summary>
    public string? PriorityEvidence { get; set; }

    public required LocalDate Starts { get; init; }

    /// <summary>Ends at midnight in the owner's zone. Null only in a draft.</summary>
    public LocalDate? Due { get; set; }

    /// <summary>Of a draft whose words can be read in two ways, the other day.</summary>
    public LocalDate? OtherDue { get; set; }

    public Cadence? ReviewCadence { get; set; }

    public GoalState State { get; private set; } = GoalState.Draft;

    /// <summary>Keys of what its letters lacked or were warned of when it was last changed, parted by semicolons.</summary>
    public string? Findings { get; private set; }

    public Instant? PlacedAt { get; private set; }

    public Instant? ClosedAt { get; private set; }

    public Guid? ClosedById { get; private set; }

    public string? ClosingNote { get; private set; }

    public int Version { get; private set; } = 1;

    /// <summary>The room in which it was first said; null in a personal conversation.</summary>
    public Guid? RoomId { get; init; }

    public bool IsOnThePlan => PlacedAt is not null;

    public bool IsOpen => State is GoalState.Draft or GoalState.Valid;

    /// <summary>On the plan and not closed: numbers, status and milestones may be reported.</summary>
    public bool IsRunning => IsOnThePlan && IsOpen;

    /// <summary>Whole goals stand as they are: a target that is not reached cannot be moved.</summary>
    public bool MayBeEdited => State == GoalState.Draft;

    /// <summary>The straight line from baseline to target; null until both and the day are known. Of a gap goal the line of the gap.</summary>
    public PaceLine? Line => (Start, Target, Due, Better) is ({ } start, { } target, { } due, { } better)
        ? new(start, target, Starts, due, Gap is null ? better : Direction.Lower)
        : null;

    /// <summary>Where the number, or the gap, began.</summary>
    public decimal? Start => Gap is not { } form ? Baseline
        : (Baseline, BaselineReference, Better) is ({ } group, { } reference, { } better) ? Goals.Gap.Of(form, better, group, reference) : null;

    /// <summary>A draft said more precisely, or a goal made whole; its letters are looked at again.</summary>
    public void Refine(Verdict verdict)
    {
        Judge(verdict);
        Version++;
    }

    public void Place(Verdict verdict, Instant now)
    {
        PlacedAt = now;
        Refine(verdict);
    }

    /// <summary>A number, a status, a confidence or a milestone was added.</summary>
    public void Report(Verdict verdict) => Refine(verdict);

    public void Close(GoalState state, string? note, Guid by, Instant now)
    {
        (State, ClosingNote, ClosedById, ClosedAt) = (state, note, by, now);
        Version++;
    }

    /// <summary>Its end was taken back.</summary>
    public void Reopen(Verdict verdict)
    {
        (ClosingNote, ClosedById, ClosedAt) = (null, null, null);
        Refine(verdict);
    }

    void Judge(Verdict verdict)
    {
        State = verdict.IsValid ? GoalState.Valid : GoalState.Draft;
        Findings = verdict.Findings.Count == 0 ? null : string.Join(';', verdict.Findings.Select(finding => finding.Key));
    }

    sealed class Mapping : IEntityTypeConfiguration<SmartGoal>
    {
        public void Configure(EntityTypeBuilder<SmartGoal> table)
        {
            table.ToTable("SmartGoals").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Ignore(one => one.Ref);
            table.Property(one => one.Statement).HasMaxLength(1000);
            table.Property(one => one.Who).HasMaxLength(200);
            table.Property(one => one.What).HasMaxLength(500);
            table.Property(one => one.Where).HasMaxLength(200);
            table.Property(one => one.Inequity).HasMaxLength(500);
            table.Property(one => one.Measure).HasMaxLength(200);
            table.Property(one => one.Unit).HasMaxLength(40);
            table.Property(one => one.Better).HasMaxLength(20);
            table.Property(one => one.Baseline).HasPrecision(18, 6);
            table.Property(one => one.Target).HasPrecision(18, 6);
            table.Property(one => one.Stratum).HasMaxLength(200);
            table.Property(one => one.Gap).HasMaxLength(20);
            table.Property(one => one.Reference).HasMaxLength(200);
            table.Property(one => one.BaselineReference).HasPrecision(18, 6);
            table.Property(one => one.Resources).HasMaxLength(20);
            table.Property(one => one.Dependencies).HasMaxLength(1000);
            table.Property(one => one.FrameworkGoals).HasMaxLength(100);
            table.Property(one => one.Level).HasMaxLength(20);
            table.Property(one => one.Driver).HasMaxLength(20);
            table.Property(one => one.PriorityEvidence).HasMaxLength(1000);
            table.Property(one => one.ReviewCadence).HasMaxLength(20);
            table.Property(one => one.State).HasMaxLength(20);
            table.Property(one => one.Findings).HasMaxLength(1000);
            table.Property(one => one.ClosingNote).HasMaxLength(1000);
            table.Property(one => one.Version).IsConcurrencyToken();
            table.HasIndex(one => new { one.OrganizationId, one.Number }).IsUnique();
            table.HasIndex(one => new { one.OrganizationId, one.OwnerId });
            table.HasIndex(one => one.CommitmentId).HasFilter("\"CommitmentId\" IS NOT NULL");
        }
    }
}
