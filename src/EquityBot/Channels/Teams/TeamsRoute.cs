using System.Text.Json;
using System.Text.Json.Serialization;

namespace EquityBot.Channels.Teams;

/// <summary>How a person or a room is reached in Teams. Kept from authentic activities alone, and still asked at each use whether it may be called.</summary>
/// <param name="User">The person's id for this bot, <c>29:…</c>; null where only the directory's is known.</param>
sealed record TeamsRoute(string Service, string Conversation, string? User)
{
    /// <summary>Of what is kept, in characters.</summary>
    const int Longest = 1200;

    /// <summary>A channel of a team, in which a new message opens a thread.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsChannel { get; init; }

    /// <summary>The team that it is a channel of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Team { get; init; }

    public static TeamsRoute? Read(string? kept) => kept is null ? null : JsonSerializer.Deserialize<TeamsRoute>(kept);

    /// <summary>Null where it is longer than any that Teams makes.</summary>
    public string? Write() => JsonSerializer.Serialize(this) is { Length: <= Longest } text ? text : null;
}

/// <summary>Where a message stands in Teams.</summary>
sealed record TeamsPlace(string Service, string Conversation, string Activity)
{
    public static TeamsPlace? Read(string? kept) => kept is null ? null : JsonSerializer.Deserialize<TeamsPlace>(kept);

    public string Write() => JsonSerializer.Serialize(this);
}
