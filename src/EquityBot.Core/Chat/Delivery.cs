using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Chat;

/// <summary>Where a delivery stands. See docs/decisions/0002.</summary>
public enum DeliveryState
{
    /// <summary>Nobody works on it; free to be claimed.</summary>
    Due,

    /// <summary>One process has it in hand; a claim whose lease ran out is free again.</summary>
    Claimed,

    /// <summary>Committed just before the request: from here on it may have arrived.</summary>
    Sending,
    Sent,

    /// <summary>Certainly not sent; again at <see cref="Delivery.NextAt"/>.</summary>
    RetryAt,

    /// <summary>Certainly not sent and never will be by this address.</summary>
    Failed,

    /// <summary>It may have arrived. Never sent again blindly.</summary>
    Unknown,

    /// <summary>Nothing in it was still true.</summary>
    Superseded,
}

/// <summary>One message to one person, made of that person's notices. Unique by (recipient, local date, slot).</summary>
public sealed class Delivery : IOwned, IRings
{
    public long Seq { get; private set; }

    public Guid Id { get; init; } = Guid.NewGuid();

    public required Guid OrganizationId { get; init; }

    public required Guid RecipientId { get; init; }

    /// <summary>Where it goes to a room, whose limits it then counts against; null for the person alone.</summary>
    public Guid? RoomId { get; init; }

    /// <summary>In the recipient's zone.</summary>
    public required LocalDate Date { get; init; }

    /// <summary><c>morning</c>, or <c>now:</c> and the notice's id; <c>reply:</c> or <c>redraw:</c> and the message's.</summary>
    public required string Slot { get; init; }

    /// <summary>What goes first where not all can go at once: 0 for answers and all that does not wait for a morning, then cards that are drawn anew, and bundles by what they begin with.</summary>
    public int Precedence { get; init; }

    /// <summary>Null until it is first composed.</summary>
    public Guid? MessageId { get; set; }

    public required string Channel { get; set; }

    public DeliveryState State { get; private set; } = DeliveryState.Due;

    /// <summary>Counted before each try, so that a try that kills the process counts as well.</summary>
    public int Attempts { get; private set; }

    /// <summary>How often a process died, or was too slow, with it in hand before anything was sent.</summary>
    public int Losses { get; private set; }

    /// <summary>Grows with every claim. Whoever comes back with an old one is refused.</summary>
    public int Fence { get; private set; }

    /// <summary>On the clock of the machine that claimed it, for people to read: others go by how long they have seen it stand (<see cref="Leases"/>).</summary>
    public Instant? LeaseUntil { get; private set; }

    /// <summary>On the hospital clock: when a retry is due.</summary>
    public Instant? NextAt { get; private set; }

    public Instant? SentAt { get; private set; }

    /// <summary>Why it was not, in words for the operations page.</summary>
    public string? Reason { get; private set; }

    /// <summary>Its message is there already, and no notice stands behind it: an answer, or a card that changed where it stands.</summary>
    public bool IsMade => Slot.StartsWith(ReplySlot, StringComparison.Ordinal) || IsRedraw;

    public bool IsRedraw => Slot.StartsWith(RedrawSlot, StringComparison.Ordinal);

    /// <summary>The postman makes the others itself.</summary>
    bool IRings.Rings => IsMade;

    internal const string ReplySlot = "reply:";
    internal const string RedrawSlot = "redraw:";

    /// <summary>Brings an answer to whoever asked.</summary>
    /// <param name="today">In the recipient's zone.</param>
    public static Delivery Reply(Message message, LocalDate today, string channel) => Of(message, today, channel, $"{ReplySlot}{message.Id}");

    /// <summary>Draws a message anew where it stands. Once for every change.</summary>
    public static Delivery Redraw(Message message, LocalDate today, string channel) => Of(message, today, channel, $"{RedrawSlot}{message.Id:N}:{message.Rev}", precedence: 1);

    static Delivery Of(Message message, LocalDate today, string channel, string slot, int precedence = 0) => new()
    {
        Precedence = precedence,
        OrganizationId = message.OrganizationId, RecipientId = message.PersonId, RoomId = message.RoomId, Date = today, Slot = slot, MessageId = message.Id, Channel = channel,
    };

    public void Claim(Instant leaseUntil)
    {
        State = DeliveryState.Claimed;
        LeaseUntil = leaseUntil;
        Fence++;
    }

    public void StartSending(Instant leaseUntil)
    {
        State = DeliveryState.Sending;
        LeaseUntil = leaseUntil;
        Attempts++;
    }

    public void MarkSent(Instant at) => Settle(DeliveryState.Sent, null, at, null);

    public void RetryAt(Instant at, string reason) => Settle(DeliveryState.RetryAt, reason, null, at);

    public void Fail(string reason) => Settle(DeliveryState.Failed, reason, null, null);

    public void MarkUnknown(string reason) => Settle(DeliveryState.Unknown, reason, null, null);

    public void Supersede() => Settle(DeliveryState.Superseded, null, null, null);

    /// <summary>The address failed for good; the person has another one.</summary>
    public void TryNext(string channel)
    {
        Channel = channel;
        Free();
    }

    public void Free() => Settle(DeliveryState.Due, null, null, null);

    /// <summary>Whoever had claimed it is gone.</summary>
    public void Lose()
    {
        Losses++;
        Free();
    }

    /// <summary>There were too many at once, which is no try of this one.</summary>
    public void HoldBack(string reason)
    {
        Attempts--;
        Settle(DeliveryState.Due, reason, null, null);
    }

    void Settle(DeliveryState state, string? reason, Instant? sentAt, Instant? nextAt)
    {
        State = state;
        Reason = reason;
        SentAt = sentAt;
        NextAt = nextAt;
        LeaseUntil = null;
    }

    sealed class Mapping : IEntityTypeConfiguration<Delivery>
    {
        public void Configure(EntityTypeBuilder<Delivery> table)
        {
            table.ToTable("Deliveries").HasKey(one => one.Seq);
            table.HasAlternateKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Slot).HasMaxLength(60);
            table.Property(one => one.Channel).HasMaxLength(20);
            table.Property(one => one.State).HasMaxLength(20);
            table.Property(one => one.Reason).HasMaxLength(300);
            table.HasIndex(one => new { one.OrganizationId, one.RecipientId, one.Date, one.Slot }).IsUnique();
            table.Property(one => one.Precedence).HasDefaultValue(0);
            table.Property(one => one.Losses).HasDefaultValue(0);
            table.HasIndex(one => new { one.State, one.NextAt });
            table.HasIndex(one => new { one.OrganizationId, one.Channel, one.Precedence, one.Seq }).HasFilter("\"State\" IN ('Due', 'RetryAt')").HasDatabaseName("IX_Deliveries_Ready");
            table.HasIndex(one => one.LeaseUntil).HasFilter("\"LeaseUntil\" IS NOT NULL");
            table.HasIndex(one => one.MessageId);
        }
    }
}
