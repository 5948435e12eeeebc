using System.Text.Json.Nodes;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Channels.Teams;

/// <summary>Brings messages into personal conversations of Teams and draws them anew there. The way to a person that it had to find is the one thing it writes.</summary>
sealed class TeamsChannel(TeamsSettings settings, Connector connector, EquityStore store, Languages languages) : IChannel
{
    public string Name => TeamsModule.Channel;

    /// <summary>The same activity twice is two messages.</summary>
    public bool IsIdempotentByMessageId => false;

    /// <summary>As published: 7 a second, 60 in half a minute and 1,800 an hour in each conversation; 30 a second for the app in one tenant, of which some are left for other instances.</summary>
    public ChannelLimits Limits { get; } = new(
        [new(7, Duration.FromSeconds(1), 3), new(60, Duration.FromSeconds(30), 10), new(1800, Duration.FromHours(1), 60)],
        [new(20, Duration.FromSeconds(1))]);

    public async Task<SendOutcome> SendAsync(RenderedMessage message, CancellationToken ct)
    {
        if (TeamsPlace.Read(message.Place) is { } place)
        {
            var drawn = await connector.CallAsync(HttpMethod.Put, place.Service, $"{ActivitiesOf(place.Conversation)}/{Uri.EscapeDataString(place.Activity)}", Message(message), ct);
            return drawn.Outcome(repeatable: true, message.Place);
        }

        if (TeamsRoute.Read(message.Route) is { } known)
        {
            return await SendAsync(message, known, ct);
        }

        var (found, failed) = await FindAsync(message, ct);
        return found is null ? failed!.Outcome(repeatable: true, null) : await SendAsync(message, found, ct);
    }

    async Task<SendOutcome> SendAsync(RenderedMessage message, TeamsRoute route, CancellationToken ct)
    {
        var answer = await connector.CallAsync(HttpMethod.Post, route.Service, ActivitiesOf(route.Conversation), Message(message), ct);
        if (answer.IsGone)
        {
            await KeepAsync(message, null, ct);
        }

        return answer.Outcome(repeatable: false, ActivityReader.Text(answer.Body, "id") is { } id ? new TeamsPlace(route.Service, route.Conversation, id).Write() : null);
    }

    /// <summary>Opens the conversation with somebody who has not written yet. The same request finds the same conversation, so that it may be repeated.</summary>
    async Task<(TeamsRoute? Route, ConnectorAnswer? Failed)> FindAsync(RenderedMessage message, CancellationToken ct)
    {
        var service = settings.Cloud.Service.AbsoluteUri.TrimEnd('/');
        var answer = await connector.CallAsync(HttpMethod.Post, service, "v3/conversations", new JsonObject
        {
            ["isGroup"] = false,
            ["bot"] = new JsonObject { ["id"] = $"28:{settings.Audience}" },
            ["members"] = new JsonArray(new JsonObject { ["id"] = message.Address }),
            ["tenantId"] = settings.TenantId.ToString("D"),
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = settings.TenantId.ToString("D") } },
        }, ct);
        if (!answer.IsFine || ActivityReader.Text(answer.Body, "id") is not { } conversation)
        {
            return (null, answer.IsFine ? answer with { Status = 500, Reason = "Teams opened a conversation without a name" } : answer);
        }

        var route = new TeamsRoute(service, conversation, null);
        await KeepAsync(message, route, ct);
        return (route, null);
    }

    Task KeepAsync(RenderedMessage message, TeamsRoute? route, CancellationToken ct) => store.WriteAsync(
        message.OrganizationId,
        Urgency.Background,
        db => db.Set<ChatAddress>().Where(one => one.Channel == Name && one.Address == message.Address && one.Route == message.Route)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Route, route == null ? null : route.Write()), ct),
        ct);

    JsonObject Message(RenderedMessage message) => Message(message.Card, message.Preview, languages[message.Language]["button.send"]);

    internal static string ActivitiesOf(string conversation) => $"v3/conversations/{Uri.EscapeDataString(conversation)}/activities";

    /// <param name="preview">What a lock screen may show.</param>
    /// <param name="submit">Title of the button that sends a form.</param>
    internal static JsonObject Message(Card card, string preview, string submit) => new()
    {
        ["type"] = "message",
        ["summary"] = preview,
        ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = TeamsAnswer.CardType, ["content"] = TeamsCards.Render(card, submit) }),
    };
}
