using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Chat;

/// <summary>When a notice may travel.</summary>
public enum Slot
{
    /// <summary>In the one scheduled bundle of the recipient's day.</summary>
    Morning,

    /// <summary>At once and alone: replies, handshakes, offers of help, corrections.</summary>
    Now,
}

/// <summary>A decided fact, not yet words: this person is to hear this about that subject. Unique by (subject, trigger, period, step, recipient).</summary>
public sealed class Notice : IOwned, IRings
{
    public long Seq { get; private set; }

    public Guid Id { get; init; } = Guid.NewGuid();

    public required Guid OrganizationId { get; init; }

    public required Guid SubjectId { get; init; }

    /// <summary>C-12, E-4; empty where it is about no one subject, as a digest is.</summary>
    public required string Ref { get; init; }

    /// <summary>Names the <see cref="NoticeWriter"/>.</summary>
    public required string Trigger { get; init; }

    /// <summary>What makes this occurrence another one than the last: a due date, a round, an id. Never empty.</summary>
    public required string Period { get; init; }

    /// <summary>The step's name in an escalation; empty elsewhere, since databases do not compare nulls.</summary>
    public string Step { get; init; } = "";

    public required Guid RecipientId { get; init; }

    public required MessageKind Kind { get; init; }

    public required Slot Slot { get; init; }

    /// <summary>Facts of the moment of decision that the subject will not remember, as JSON.</summary>
    public string? Facts { get; init; }

    public required Instant DecidedAt { get; init; }

    /// <summary>Not before this; moved to the next morning when today's bundle has left.</summary>
    public required Instant NotBefore { get; set; }

    /// <summary>The delivery that carries it; null while it waits for one.</summary>
    public Guid? DeliveryId { get; set; }

    /// <summary>When the one follow-up of an unknown outcome is due; null when none is.</summary>
    public Instant? FollowUpAt { get; set; }

    /// <summary>When the follow-up was written; a second unknown outcome is the end.</summary>
    public Instant? FollowedUpAt { get; set; }

    /// <summary>When writing it failed by a bug of ours; it is left alone and the rest of its bundle goes on.</summary>
    public Instant? ParkedAt { get; set; }

    /// <summary>When it stopped being true or theirs before it was sent.</summary>
    public Instant? SupersededAt { get; set; }

    sealed class Mapping : IEntityTypeConfiguration<Notice>
    {
        public void Configure(EntityTypeBuilder<Notice> table)
        {
            table.ToTable("Notices").HasKey(one => one.Seq);
            table.HasAlternateKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Ref).HasMaxLength(20);
            table.Property(one => one.Trigger).HasMaxLength(40);
            table.Property(one => one.Period).HasMaxLength(60);
            table.Property(one => one.Step).HasMaxLength(20);
            table.Property(one => one.Kind).HasMaxLength(20);
            table.Property(one => one.Slot).HasMaxLength(20);
            table.HasIndex(one => new { one.OrganizationId, one.SubjectId, one.Trigger, one.Period, one.Step, one.RecipientId }).IsUnique().HasDatabaseName("IX_Notices_Once");
            table.HasIndex(one => new { one.NotBefore, one.OrganizationId }).HasFilter("\"DeliveryId\" IS NULL AND \"SupersededAt\" IS NULL");
            table.HasIndex(one => new { one.FollowUpAt, one.OrganizationId }).HasFilter("\"FollowUpAt\" IS NOT NULL");
            table.HasIndex(one => one.DeliveryId);
            table.HasIndex(one => one.ParkedAt).HasFilter("\"ParkedAt\" IS NOT NULL");
        }
    }
}
