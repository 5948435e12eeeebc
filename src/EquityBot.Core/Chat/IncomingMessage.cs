using System.Security.Cryptography;
using System.Text.Json;

namespace EquityBot.Chat;

/// <summary>What a channel's endpoint made of one authentic request: somebody said something or pressed a button.</summary>
/// <param name="Channel">Name of the channel.</param>
/// <param name="Tenant">The channel's own name for the organization's workspace.</param>
/// <param name="Sender">The sender's id in that channel.</param>
/// <param name="EventId">The same for every redelivery of the same event; unique within the channel and tenant.</param>
/// <param name="Room">What the channel calls the room it was said in; null in a personal conversation.</param>
public sealed record IncomingMessage(string Channel, string Tenant, string Sender, string EventId, string? Room = null)
{
    public string? Text { get; init; }

    public Press? Press { get; init; }

    /// <summary>Whose workspace the tenant is, where the channel has asked already; null has the switchboard ask.</summary>
    public Guid? Organization { get; init; }

    /// <summary>Refusals travel in the response, beside what was typed, and are not posted as well.</summary>
    public bool IsRefusedAtOnce { get; init; }

    /// <summary>Where the channel shows the message that this is about, as the channel itself says; null for what is said here.</summary>
    public Uri? Source { get; init; }

    /// <summary>Where in the room, in the channel's own words; null where the room has but one place.</summary>
    public string? Thread { get; init; }

    /// <summary>The protocol has no room for answers in its response: the postman brings them.</summary>
    public bool IsAnsweredByPost { get; init; }

    /// <summary>SHA-256 of who says or presses what where, in hexadecimal: the same for every redelivery, another one where an id is used for something else.</summary>
    public string Digest() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new object?[] { Sender, Room, Text, Press?.MessageId, Press?.ButtonId, Press?.Values.OrderBy(value => value.Key, StringComparer.Ordinal).SelectMany(value => new[] { value.Key, value.Value }) })));
}

/// <param name="MessageId">The message the button was on, as far as the channel knows.</param>
public sealed record Press(Guid MessageId, Guid ButtonId, IReadOnlyDictionary<string, string> Values);

/// <summary>An event that was taken, so that its redelivery changes nothing.</summary>
public sealed class ReceivedEvent : Storage.IOwned
{
    /// <summary>Of an event's id, in characters.</summary>
    public const int LongestId = 200;

    public required Guid OrganizationId { get; init; }

    public required string Channel { get; init; }

    public required string EventId { get; init; }

    public required NodaTime.Instant At { get; init; }

    /// <summary>Of what it said (<see cref="IncomingMessage.Digest"/>); null where that did not pass the screen, of which nothing is kept, and in rows from before.</summary>
    public string? Digest { get; set; }

    /// <summary>What came of it; null where it was answered with no message.</summary>
    public PressOutcome? Outcome { get; private set; }

    /// <summary>The messages that answered it.</summary>
    public List<Guid>? Answers { get; private set; }

    public void Answer(PressOutcome outcome, IEnumerable<Guid> messages) => (Outcome, Answers) = (outcome, [.. messages]);

    sealed class Mapping : Microsoft.EntityFrameworkCore.IEntityTypeConfiguration<ReceivedEvent>
    {
        public void Configure(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<ReceivedEvent> table)
        {
            Microsoft.EntityFrameworkCore.RelationalEntityTypeBuilderExtensions.ToTable(table, "ReceivedEvents");
            table.HasKey(one => new { one.OrganizationId, one.Channel, one.EventId });
            table.Property(one => one.Channel).HasMaxLength(20);
            table.Property(one => one.EventId).HasMaxLength(LongestId);
            table.Property(one => one.Digest).HasMaxLength(64);
            table.Property(one => one.Outcome).HasMaxLength(20);
            table.HasIndex(one => one.At);
        }
    }
}
