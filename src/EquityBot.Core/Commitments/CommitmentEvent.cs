using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Commitments;

public enum ProgressStatus
{
    OnTrack,
    AtRisk,
    OffTrack,
}

/// <summary>One thing that became of a promise: who did it, when, why. Never changed; all old due dates stay visible here.</summary>
public sealed class CommitmentEvent : IOwned
{
    public long Seq { get; private set; }

    public required Guid OrganizationId { get; init; }

    public required Guid CommitmentId { get; init; }

    /// <summary>logged, proposed, accepted, declined, progress-reported, done-claimed, met-confirmed, not-yet, due-moved, missed, decided, supply-asked, day-proposed.</summary>
    public required string What { get; init; }

    public required Instant At { get; init; }

    /// <summary>Null when nobody did it: a due day that ended.</summary>
    public Guid? ById { get; init; }

    /// <summary>The local date that a report is about, where it was entered late; null where it is the day of <see cref="At"/>.</summary>
    public LocalDate? About { get; init; }

    public LocalDate? OldDue { get; init; }

    public LocalDate? NewDue { get; init; }

    /// <summary>on-track, at-risk, off-track in a report.</summary>
    public ProgressStatus? Progress { get; init; }

    /// <summary>Note, reason, evidence: in the person's words, screened.</summary>
    public string? Note { get; init; }

    /// <summary>What the owner needs to keep the new date.</summary>
    public string? Need { get; init; }

    /// <summary>What it said before it was worded anew.</summary>
    public string? OldWords { get; init; }

    /// <summary>Why a report was entered late, in the person's words.</summary>
    public string? Late { get; init; }

    sealed class Mapping : IEntityTypeConfiguration<CommitmentEvent>
    {
        public void Configure(EntityTypeBuilder<CommitmentEvent> table)
        {
            table.ToTable("CommitmentEvents").HasKey(one => one.Seq);
            table.Property(one => one.What).HasMaxLength(40);
            table.Property(one => one.Progress).HasMaxLength(20);
            table.Property(one => one.Note).HasMaxLength(1000);
            table.Property(one => one.OldWords).HasMaxLength(1000);
            table.Property(one => one.Late).HasMaxLength(1000);
            table.Property(one => one.Need).HasMaxLength(1000);
            table.HasIndex(one => new { one.OrganizationId, one.CommitmentId });
        }
    }
}

static class TurnEvents
{
    /// <summary>Records what the speaker did.</summary>
    public static void Record(this Turn turn, Commitment commitment, string what, string? note = null, ProgressStatus? progress = null, LocalDate? oldDue = null, LocalDate? newDue = null, string? need = null, LocalDate? about = null, string? oldWords = null, string? late = null) =>
        turn.Db.Add(new CommitmentEvent
        {
            OrganizationId = turn.Db.OrganizationId,
            CommitmentId = commitment.Id,
            What = what,
            At = turn.Now,
            ById = turn.Speaker.Id,
            Note = note,
            About = about,
            Progress = progress,
            OldDue = oldDue,
            NewDue = newDue,
            Need = need,
            OldWords = oldWords,
            Late = late,
        });
}
