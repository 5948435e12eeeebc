using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using static EquityBot.Channels.Loose;

namespace EquityBot.Channels.Teams;

/// <summary>Somebody or something that takes part: <c>29:…</c> is a person, <c>28:…</c> a bot, both for this bot alone.</summary>
/// <param name="DirectoryId">A person's object id in the organization's directory, the same everywhere.</param>
sealed record TeamsAccount(string Id, string? Name, string? DirectoryId);

/// <summary>One activity as Teams sends it, as far as we read it. Every part may be missing; what we do not know is passed over.</summary>
sealed record Activity
{
    public required string Type { get; init; }

    public string? Id { get; init; }

    /// <summary>Of an invoke: what is asked for.</summary>
    public string? Name { get; init; }

    public string? ChannelId { get; init; }

    public string? ServiceUrl { get; init; }

    public TeamsAccount? From { get; init; }

    public TeamsAccount? Recipient { get; init; }

    public string? Conversation { get; init; }

    /// <summary><c>personal</c>, <c>groupChat</c> or <c>channel</c>.</summary>
    public string? Scope { get; init; }

    /// <summary>Every tenant that it names; more than one is a contradiction.</summary>
    public IReadOnlyList<string> Tenants { get; init; } = [];

    public string? Team { get; init; }

    /// <summary>The group chat or channel it happened in; null in a private conversation.</summary>
    public string? Room => Scope is TeamsDesk.Channel or TeamsDesk.Group ? Conversation?.Split(';')[0] : null;

    /// <summary>The conversation of a channel in which a thread is one.</summary>
    public string? Thread => Room is { } room && room != Conversation ? Conversation : null;

    /// <summary>Of a conversation's change: <c>channelDeleted</c>, <c>teamMemberRemoved</c> …</summary>
    public string? Happened { get; init; }

    /// <summary>As people see it; null where the activity does not say.</summary>
    public string? RoomName { get; init; }

    /// <summary>What was typed, without the mentions of this bot.</summary>
    public string? Text { get; init; }

    /// <summary>Of an installation: <c>add</c>, <c>remove</c>, <c>add-upgrade</c>, <c>remove-upgrade</c>.</summary>
    public string? Action { get; init; }

    public IReadOnlyList<TeamsAccount> Added { get; init; } = [];

    public IReadOnlyList<TeamsAccount> Removed { get; init; } = [];

    /// <summary>Of a button or an invoke.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>The same for every redelivery: ids are told apart within a conversation only.</summary>
    public string EventId => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Conversation}\n{Id}")));
}

/// <summary>Reads activities tolerantly: wrong kinds are as good as missing, and only what cannot be read at all is refused.</summary>
static class ActivityReader
{
    /// <summary>Largest activity, in bytes. Teams sends below 100 KB.</summary>
    public const int Largest = 256 * 1024;

    /// <summary>Null where it is no JSON object with a type.</summary>
    public static Activity? Read(ReadOnlyMemory<byte> body) => Loose.Parse(body) is { } read ? Read(read) : null;

    static Activity? Read(JsonElement body)
    {
        if (Text(body, "type") is not { Length: > 0 } type)
        {
            return null;
        }

        var (conversation, channel, recipient) = (Part(body, "conversation"), Part(body, "channelData"), Account(Part(body, "recipient")));
        return new Activity
        {
            Type = type,
            Id = Text(body, "id"),
            Name = Text(body, "name"),
            ChannelId = Text(body, "channelId"),
            ServiceUrl = Text(body, "serviceUrl"),
            From = Account(Part(body, "from")),
            Recipient = recipient,
            Conversation = Text(conversation, "id"),
            Scope = Text(conversation, "conversationType"),
            Tenants = [.. new[] { Text(conversation, "tenantId"), Text(Part(channel, "tenant"), "id") }.OfType<string>().Distinct()],
            Team = Text(Part(channel, "team"), "id"),
            Happened = Text(channel, "eventType"),
            RoomName = string.Join(" · ", new[] { Text(Part(channel, "team"), "name"), Text(Part(channel, "channel"), "name") ?? Text(conversation, "name") }.OfType<string>()),
            Text = Text(body, "text") is { } text ? WithoutMentions(text, recipient, Items(body, "entities")) : null,
            Action = Text(body, "action"),
            Added = Accounts(body, "membersAdded"),
            Removed = Accounts(body, "membersRemoved"),
            Value = Part(body, "value") is { ValueKind: JsonValueKind.Object } value ? value : null,
        };
    }

    /// <summary>By id, so that mentions of other people stay. What is left is text as it was typed, not as it is marked up.</summary>
    static string WithoutMentions(string text, TeamsAccount? recipient, IEnumerable<JsonElement> entities)
    {
        foreach (var entity in entities.Where(entity => Text(entity, "type") == "mention" && Account(Part(entity, "mentioned")) is { } mentioned && mentioned.Id == recipient?.Id))
        {
            var mention = Text(entity, "text") ?? $"<at>{Text(Part(entity, "mentioned"), "name")}</at>";
            text = mention.Length > 0 ? text.Replace(mention, " ", StringComparison.OrdinalIgnoreCase) : text;
        }

        return WebUtility.HtmlDecode(text).Replace('\u00a0', ' ').Trim();
    }

    static List<TeamsAccount> Accounts(JsonElement body, string name) => [.. Items(body, name).Select(item => Account(item)).OfType<TeamsAccount>()];

    /// <summary>Lists of members call the directory's id by another name.</summary>
    public static TeamsAccount? Account(JsonElement element) =>
        Text(element, "id") is { Length: > 0 } id ? new(id, Text(element, "name"), (Text(element, "aadObjectId") ?? Text(element, "objectId")) is { } known && Guid.TryParse(known, out var person) ? person.ToString("D") : null) : null;
}
