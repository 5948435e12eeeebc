using System.Text.Json.Nodes;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Channels.Teams;

/// <summary>Brings messages into private conversations, group chats and channels of Teams and draws them anew there. The ways that it finds or loses are all it writes.</summary>
sealed class TeamsChannel(TeamsSettings settings, Connector connector, TeamsChats chats, EquityStore store, Languages languages) : IChannel
{
    public string Name => TeamsModule.Channel;

    /// <summary>The same activity twice is two messages.</summary>
    public bool IsIdempotentByMessageId => false;

    /// <summary>As published: 7 a second, 60 in half a minute and 1,800 an hour in each conversation; for the app in one tenant, what the settings say.</summary>
    public ChannelLimits Limits { get; } = new(
        [new(7, Duration.FromSeconds(1), 3), new(60, Duration.FromSeconds(30), 10), new(1800, Duration.FromHours(1), 60)],
        [new(settings.PerSecond, Duration.FromSeconds(1))]);

    public async Task<SendOutcome> SendAsync(RenderedMessage message, CancellationToken ct)
    {
        if (TeamsPlace.Read(message.Place) is { } place)
        {
            var drawn = await connector.CallAsync(HttpMethod.Put, place.Service, $"{ActivitiesOf(place.Conversation)}/{Uri.EscapeDataString(place.Activity)}", Message(message), ct);
            return drawn.Outcome(repeatable: true, null);
        }

        if (TeamsRoute.Read(message.Route) is { } known)
        {
            return message.IsToRoom ? await ToRoomAsync(message, known, ct) : await SendAsync(message, known, ct);
        }

        var (found, failed) = message.IsToRoom ? (null, null) : await chats.OpenAsync(message.OrganizationId, message.Address, message.Route, ct);
        return found is not null ? await SendAsync(message, found, ct) : failed?.Outcome(repeatable: true, null) ?? new SendOutcome.Permanent("the way to this room is not known");
    }

    async Task<SendOutcome> SendAsync(RenderedMessage message, TeamsRoute route, CancellationToken ct)
    {
        var answer = await connector.CallAsync(HttpMethod.Post, route.Service, ActivitiesOf(route.Conversation), Message(message), ct);
        if (answer.IsGone)
        {
            await chats.KeepAsync(message.OrganizationId, message.Address, message.Route, null, Urgency.Background, ct);
        }

        return Outcome(answer, route.Service, route.Conversation, "id");
    }

    /// <summary>Where it was asked, or as something new; a channel wants a thread opened for that, with its first message.</summary>
    async Task<SendOutcome> ToRoomAsync(RenderedMessage message, TeamsRoute route, CancellationToken ct)
    {
        var opens = message.Thread is null && route.IsChannel;
        var conversation = message.Thread ?? route.Conversation;
        var answer = await connector.CallAsync(HttpMethod.Post, route.Service, opens ? "v3/conversations" : ActivitiesOf(conversation), opens ? Opening(message, route) : Message(message), ct);
        if (answer.IsGone)
        {
            await store.WriteAsync(message.OrganizationId, Urgency.Background, db => db.Set<Room>().Where(one => one.Channel == Name && one.Address == message.Address).ExecuteDeleteAsync(ct), ct);
        }

        return opens ? Outcome(answer, route.Service, Loose.Text(answer.Body, "id") ?? route.Conversation, "activityId") : Outcome(answer, route.Service, conversation, "id");
    }

    static SendOutcome Outcome(ConnectorAnswer answer, string service, string conversation, string id) =>
        answer.Outcome(repeatable: false, Loose.Text(answer.Body, id) is { } activity ? new TeamsPlace(service, conversation, activity).Write() : null);

    JsonObject Opening(RenderedMessage message, TeamsRoute route) => new()
    {
        ["isGroup"] = true,
        ["channelData"] = new JsonObject { ["channel"] = new JsonObject { ["id"] = route.Conversation }, ["tenant"] = new JsonObject { ["id"] = settings.TenantId.ToString("D") } },
        ["tenantId"] = settings.TenantId.ToString("D"),
        ["bot"] = new JsonObject { ["id"] = $"28:{settings.Audience}" },
        ["activity"] = Message(message),
    };

    JsonObject Message(RenderedMessage message)
    {
        var shown = Message(message.Card, message.Preview, languages[message.Language]["button.send"]);
        if (message.IsToRoom)
        {
            TeamsRoomCard.Make((JsonObject)shown["attachments"]![0]!["content"]!, message.Card, message.Called);
        }

        return shown;
    }

    internal static string ActivitiesOf(string conversation) => $"v3/conversations/{Uri.EscapeDataString(conversation)}/activities";

    /// <param name="preview">What a lock screen may show.</param>
    /// <param name="submit">Title of the button that sends a form.</param>
    internal static JsonObject Message(Card card, string preview, string submit) => new()
    {
        ["type"] = "message",
        ["summary"] = preview,
        ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = TeamsAnswer.CardType, ["content"] = TeamsCards.Render(card, submit, CardClient.Teams) }),
    };
}
