using System.Globalization;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Commitments;

public enum CommitmentStatus
{
    Draft,
    Proposed,
    Active,
    AtRisk,
    DoneUnconfirmed,
    Met,
    Missed,
    WithdrawalPending,
    Withdrawn,
    CarriedOver,
}

public enum Cadence
{
    Weekly,
    TwoWeekly,
    Monthly,
    Quarterly,
}

/// <summary>A promise: what, by when, by whom, for whom.</summary>
public sealed class Commitment : ISubject, IOwned
{
    /// <summary>A due date may be moved this often, before or after a miss; after that the sponsor decides.</summary>
    public const int ExtensionLimit = 2;

    /// <summary>A promise for a day further away than this is a slip of the keyboard.</summary>
    public static readonly Period Furthest = Period.FromYears(10);

    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required int Number { get; init; }

    public string Ref => string.Create(CultureInfo.InvariantCulture, $"C-{Number}");

    public required string Statement { get; set; }

    public required Guid OwnerId { get; set; }

    public required Guid DepartmentId { get; set; }

    /// <summary>Who said it; not always the owner.</summary>
    public required Guid AuthorId { get; init; }

    /// <summary>Ends at midnight in the owner's zone. Null only in a draft.</summary>
    public LocalDate? Due { get; set; }

    /// <summary>The group or inequity; null is shown as "not named".</summary>
    public string? ForWhom { get; set; }

    /// <summary>patient, organization, community or societal.</summary>
    public string? Level { get; set; }

    /// <summary>social or structural.</summary>
    public string? Driver { get; set; }

    /// <summary>Null means no check-ins.</summary>
    public Cadence? Cadence { get; set; }

    public CommitmentStatus Status { get; private set; } = CommitmentStatus.Draft;

    public int Version { get; private set; } = 1;

    public Instant? AcceptedAt { get; private set; }

    public int Extensions { get; private set; }

    public string? LastNote { get; private set; }

    public Guid? LastNoteById { get; private set; }

    public Instant? LastReportAt { get; private set; }

    public string? Evidence { get; private set; }

    /// <summary>When the escalation has to look at this promise next; null when nothing can fall due. Set to now by whatever changes it.</summary>
    public Instant? LookAt { get; set; }

    /// <summary>Promised, and neither kept nor given up.</summary>
    public bool IsRunning => Status is CommitmentStatus.Active or CommitmentStatus.AtRisk;

    /// <summary>Its day counts: running, or only asked to be given back.</summary>
    public bool IsWatched => IsRunning || Status == CommitmentStatus.WithdrawalPending;

    public bool IsOpen => IsRunning || Status is CommitmentStatus.Missed or CommitmentStatus.DoneUnconfirmed or CommitmentStatus.Proposed or CommitmentStatus.WithdrawalPending;

    public void Propose() => Become(CommitmentStatus.Proposed);

    public void Accept(Instant now)
    {
        AcceptedAt = now;
        Become(CommitmentStatus.Active, now);
    }

    /// <summary>A report by the owner, a delegate or the lead. A promise already missed stays missed until it is met or moved.</summary>
    public void Report(ProgressStatus status, string? note, Guid by, Instant now)
    {
        (LastNote, LastNoteById, LastReportAt) = (note ?? LastNote, note is null ? LastNoteById : by, now);
        var running = status == ProgressStatus.OnTrack ? CommitmentStatus.Active : CommitmentStatus.AtRisk;
        Become(Status == CommitmentStatus.Missed ? Status : running, now);
    }

    public void ClaimDone(string? evidence, Instant now)
    {
        Evidence = evidence;
        Become(CommitmentStatus.DoneUnconfirmed, now);
    }

    public void ConfirmMet() => Become(CommitmentStatus.Met);

    /// <summary>The confirmer says that it is not done; on a day after the due day it is missed again.</summary>
    public void NotYet(LocalDate today, Instant now) => Become(today > Due ? CommitmentStatus.Missed : CommitmentStatus.Active, now);

    /// <summary>The owner asks to give it back; its day goes on counting.</summary>
    public void AskToWithdraw(Instant now) => Become(CommitmentStatus.WithdrawalPending, now);

    public void Withdraw() => Become(CommitmentStatus.Withdrawn);

    /// <summary>Department, calendar, lead and sponsor are the new owner's from here on.</summary>
    public void HandTo(Person owner, Instant now)
    {
        (OwnerId, DepartmentId) = (owner.Id, owner.DepartmentId);
        Become(Status, now);
    }

    /// <summary>The due day ended. No person did this, so buttons made before it stay good.</summary>
    public void Miss() => Status = Status == CommitmentStatus.WithdrawalPending ? Status : CommitmentStatus.Missed;

    /// <summary>A later day, which spends one of the two extensions.</summary>
    public void Extend(LocalDate due, string reason, Guid by, Instant now)
    {
        Extensions++;
        (LastNote, LastNoteById, LastReportAt) = (reason, by, now);
        MoveDue(due, now);
    }

    /// <summary>A later day that the board gave, which spends nothing.</summary>
    public void MoveDue(LocalDate due, Instant now)
    {
        Due = due;
        Become(CommitmentStatus.Active, now);
    }

    void Become(CommitmentStatus status, Instant? lookAt = null)
    {
        Status = status;
        Version++;
        LookAt = lookAt;
    }

    sealed class Mapping : IEntityTypeConfiguration<Commitment>
    {
        public void Configure(EntityTypeBuilder<Commitment> table)
        {
            table.ToTable("Commitments").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Ignore(one => one.Ref);
            table.Property(one => one.Statement).HasMaxLength(1000);
            table.Property(one => one.ForWhom).HasMaxLength(200);
            table.Property(one => one.Level).HasMaxLength(20);
            table.Property(one => one.Driver).HasMaxLength(20);
            table.Property(one => one.Cadence).HasMaxLength(20);
            table.Property(one => one.Status).HasMaxLength(20);
            table.Property(one => one.LastNote).HasMaxLength(1000);
            table.Property(one => one.Evidence).HasMaxLength(1000);
            table.Property(one => one.Version).IsConcurrencyToken();
            table.HasIndex(one => new { one.OrganizationId, one.Number }).IsUnique();
            table.HasIndex(one => new { one.OrganizationId, one.OwnerId });
            table.HasIndex(one => new { one.LookAt, one.OrganizationId }).HasFilter("\"LookAt\" IS NOT NULL");
        }
    }
}
