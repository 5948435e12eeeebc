using System.Text.Json;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Channels.Slack;

/// <summary>How a person or a room is reached in Slack.</summary>
/// <param name="Tenant">Whose token opens it.</param>
/// <param name="Conversation">The channel's id; null while a private one has not been opened.</param>
sealed record SlackRoute(string Tenant, string? Conversation)
{
    public static SlackRoute? Read(string? kept) => kept is null ? null : JsonSerializer.Deserialize<SlackRoute>(kept);

    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>Somebody's account is reached so from now on.</summary>
    public Task KeepAsync(EquityStore store, Guid organization, string account, CancellationToken ct)
    {
        var route = Write();
        return store.WriteAsync(organization, Urgency.Inbound, db => db.Set<ChatAddress>().Where(one => one.Channel == SlackModule.Channel && one.Address == account).ExecuteUpdateAsync(set => set.SetProperty(one => one.Route, route), ct), ct);
    }
}

/// <summary>Where a message stands in Slack.</summary>
sealed record SlackPlace(string Tenant, string Conversation, string Ts)
{
    public static SlackPlace? Read(string? kept) => kept is null ? null : JsonSerializer.Deserialize<SlackPlace>(kept);

    public string Write() => JsonSerializer.Serialize(this);
}
