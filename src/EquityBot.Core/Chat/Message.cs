using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Chat;

/// <summary>What a message is to its reader. The order is the order inside a bundle.</summary>
public enum MessageKind
{
    Escalation,
    Request,
    CheckIn,
    Reminder,
    Digest,
    Task,
    Correction,
    Reply,
}

public enum MessageState
{
    Current,
    Superseded,
}

/// <summary>One part of a bundle.</summary>
public sealed record MessageItem(MessageKind Kind, string? Ref, string? Step);

/// <summary>A card that was, or is about to be, in somebody's conversation. What people type is never kept; what we say is.</summary>
public sealed class Message : IOwned
{
    public long Seq { get; private set; }

    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    /// <summary>Whom it addresses.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Null in a personal conversation.</summary>
    public Guid? RoomId { get; init; }

    /// <summary>Where in a room it answers, in the channel's own words: also of what was then answered in private.</summary>
    public string? Thread { get; init; }

    /// <summary>The room's message of which this is what one person sees, or the person whose own page it is; null in a conversation.</summary>
    public Guid? ViewOf { get; set; }

    public required MessageKind Kind { get; init; }

    public string? Ref { get; set; }

    public string? Step { get; init; }

    /// <summary>The <see cref="Chat.Card"/> as JSON.</summary>
    public required string Card { get; set; }

    /// <summary>The card that stood there before this one, as JSON; null while there was none. Somebody may still have it before their eyes.</summary>
    public string? Earlier { get; private set; }

    /// <summary>What a lock screen may show: never a name, a reference or a number.</summary>
    public required string Preview { get; init; }

    /// <summary>The parts of a bundle as JSON; null for replies.</summary>
    public string? Items { get; init; }

    public MessageState State { get; private set; }

    public int Rev { get; private set; } = 1;

    public required Instant CreatedAt { get; init; }

    /// <summary>Null until it is known to have arrived.</summary>
    public Instant? SentAt { get; set; }

    /// <summary>The channel that shows it and can draw it anew; null where none can.</summary>
    public string? Channel { get; set; }

    /// <summary>Where it stands there, in that channel's own words.</summary>
    public string? Place { get; set; }

    /// <summary>The <see cref="Rev"/> that was last on its way there; null before the first.</summary>
    public int? ShownRev { get; set; }

    /// <summary>What stands there is no longer so.</summary>
    public bool IsOutdatedThere => Place is not null && Rev > ShownRev;

    /// <summary>As it stands, and as it stood before.</summary>
    public IEnumerable<Card> Cards() => new[] { Card, Earlier }.OfType<string>().Select(Chat.Card.FromJson);

    /// <summary>The same message with other contents: a draft becomes its receipt.</summary>
    public void Replace(Card card, string? reference)
    {
        (Earlier, Card) = (Card, card.ToJson());
        Ref = reference ?? Ref;
        Rev++;
    }

    public void Supersede(string reason)
    {
        (Earlier, Card) = (Card, Chat.Card.FromJson(Card).Superseded(reason).ToJson());
        State = MessageState.Superseded;
        Rev++;
    }

    sealed class Mapping : IEntityTypeConfiguration<Message>
    {
        public void Configure(EntityTypeBuilder<Message> table)
        {
            table.ToTable("Messages").HasKey(one => one.Seq);
            table.HasAlternateKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Kind).HasMaxLength(20);
            table.Property(one => one.State).HasMaxLength(20);
            table.Property(one => one.Ref).HasMaxLength(20);
            table.Property(one => one.Step).HasMaxLength(20);
            table.Property(one => one.Channel).HasMaxLength(20);
            table.Property(one => one.Thread).HasMaxLength(300);
            table.Property(one => one.Place).HasMaxLength(1200);
            table.HasIndex(one => new { one.OrganizationId, one.PersonId });
            table.HasIndex(one => new { one.OrganizationId, one.Ref });
        }
    }
}

/// <summary>That a message appeared or changed; channels which show changes in place follow these in order.</summary>
public sealed class MessageChange : IOwned
{
    public long Seq { get; private set; }

    public required Guid OrganizationId { get; init; }

    public required Guid MessageId { get; init; }

    sealed class Mapping : IEntityTypeConfiguration<MessageChange>
    {
        public void Configure(EntityTypeBuilder<MessageChange> table)
        {
            table.ToTable("MessageChanges").HasKey(one => one.Seq);
            table.HasIndex(one => new { one.OrganizationId, one.MessageId });
        }
    }
}
