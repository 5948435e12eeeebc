using System.Text.Json.Nodes;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Channels.Teams;

/// <summary>The private conversation with each person: opened where it is not known yet, and kept.</summary>
sealed class TeamsChats(TeamsSettings settings, Connector connector, EquityStore store)
{
    /// <summary>Opens the conversation with somebody who has not written yet. The same request finds the same conversation, so that it may be repeated.</summary>
    /// <param name="account">The person's id in the directory.</param>
    /// <param name="known">What is kept so far, so that nothing newer is overwritten.</param>
    /// <param name="patience">Null waits as long as deliveries may.</param>
    public async Task<(TeamsRoute? Route, ConnectorAnswer? Failed)> OpenAsync(Guid organization, string account, string? known, CancellationToken ct, TimeSpan? patience = null)
    {
        var service = settings.Cloud.Service.AbsoluteUri.TrimEnd('/');
        var answer = await connector.CallAsync(HttpMethod.Post, service, "v3/conversations", new JsonObject
        {
            ["isGroup"] = false,
            ["bot"] = new JsonObject { ["id"] = $"28:{settings.Audience}" },
            ["members"] = new JsonArray(new JsonObject { ["id"] = account }),
            ["tenantId"] = settings.TenantId.ToString("D"),
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = settings.TenantId.ToString("D") } },
        }, ct, patience);
        if (!answer.IsFine || Loose.Text(answer.Body, "id") is not { } conversation)
        {
            return (null, answer.IsFine ? answer with { Status = 500, Reason = "Teams opened a conversation without a name" } : answer);
        }

        var route = new TeamsRoute(service, conversation, null);
        await KeepAsync(organization, account, known, route, Urgency.Background, ct);
        return (route, null);
    }

    /// <summary>Keeps how somebody is reached, or that it is not known any more; null <paramref name="known"/> overwrites only nothing.</summary>
    public Task KeepAsync(Guid organization, string account, string? known, TeamsRoute? route, Urgency urgency, CancellationToken ct) => store.WriteAsync(
        organization,
        urgency,
        db => db.Set<ChatAddress>().Where(one => one.Channel == TeamsModule.Channel && one.Address == account && one.Route == known)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Route, route == null ? null : route.Write()), ct),
        ct);
}
