using System.Text.Json;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Channels.Slack;

/// <summary>Brings messages into private conversations and channels of Slack and draws them anew there.</summary>
sealed class SlackChannel(SlackSettings settings, SlackInstallations installations, SlackApi api, SlackRooms rooms, EquityStore store, Languages languages, ILogger<SlackChannel> log) : IChannel
{
    public string Name => SlackModule.Channel;

    /// <summary>The same message twice is two messages: there is no key by which Slack would know it again.</summary>
    public bool IsIdempotentByMessageId => false;

    /// <summary>As published: one a second in each channel with short bursts; for the workspace, what the settings say. Other methods have tiers of their own (<see cref="SlackApi"/>).</summary>
    public ChannelLimits Limits { get; } = new([new(30, Duration.FromSeconds(30), 10)], [new(settings.PerMinute, Duration.FromMinutes(1), Math.Max(1, settings.PerMinute / 6))]);

    public async Task<SendOutcome> SendAsync(RenderedMessage message, CancellationToken ct)
    {
        var (place, route) = (SlackPlace.Read(message.Place), SlackRoute.Read(message.Route));
        var (found, isAway) = await installations.OfAsync(place?.Tenant ?? route?.Tenant, ct);
        if (found is not { } bot)
        {
            return isAway ? new SendOutcome.Refused("Slack could not be asked whether the app may still speak there") : new SendOutcome.Permanent("the app is not installed in that workspace of Slack any more");
        }

        if (place is not null)
        {
            var drawn = await SayAsync(bot, "chat.update", message, [("channel", place.Conversation), ("ts", place.Ts)], ct);
            if (!drawn.IsStale)
            {
                return await OutcomeAsync(bot, drawn, repeatable: true, null, ct);
            }

            // From here on it is a new message, which may not be repeated.
            await store.WriteAsync(message.OrganizationId, Urgency.Background, db => db.Set<Message>().Where(one => one.Id == message.MessageId).ExecuteUpdateAsync(set => set.SetProperty(one => one.Place, (string?)null), ct), ct);
        }

        var (conversation, failed) = place?.Conversation is { } there ? (there, null) : message.IsToRoom ? (route!.Conversation, null) : await ConversationAsync(bot, message, route, ct);
        if (conversation is null)
        {
            return await OutcomeAsync(bot, failed!, repeatable: true, null, ct);
        }

        var answer = await SayAsync(bot, "chat.postMessage", message, [("channel", conversation), ("thread_ts", message.Thread)], ct);
        if (message.IsToRoom && answer.Error is "channel_not_found" or "not_in_channel" or "is_archived")
        {
            await rooms.LostAsync(message.OrganizationId, message.Address, ct);
        }

        return await OutcomeAsync(bot, answer, repeatable: false, Loose.Text(answer.Body, "ts") is { } ts ? new SlackPlace(bot.Tenant, Loose.Text(answer.Body, "channel") ?? conversation, ts).Write() : null, ct);
    }

    /// <summary>The private conversation with somebody. The same request finds the same one, so that it may be repeated.</summary>
    async Task<(string? Conversation, SlackAnswer? Failed)> ConversationAsync(SlackBot bot, RenderedMessage message, SlackRoute? route, CancellationToken ct)
    {
        if (route?.Conversation is { } known)
        {
            return (known, null);
        }

        var answer = await api.CallAsync(bot, "conversations.open", [("users", message.Address)], ct);
        if (!answer.IsFine || Loose.Text(Loose.Part(answer.Body, "channel"), "id") is not { } opened || !SlackId.IsOne(opened))
        {
            return (null, answer.IsFine ? answer with { Status = 500 } : answer);
        }

        await new SlackRoute(bot.Tenant, opened).KeepAsync(store, message.OrganizationId, message.Address, ct);
        return (opened, null);
    }

    /// <summary>What Slack does not understand, though we made it, is said once more in words alone: an escalation is not lost over a block.</summary>
    async Task<SlackAnswer> SayAsync(SlackBot bot, string method, RenderedMessage message, (string, string?)[] where, CancellationToken ct)
    {
        var blocks = SlackThrift.Json(SlackThrift.Message(message.Card, languages[message.Language]["slack.more"], message.Called));
        var posted = method == "chat.postMessage" ? "false" : null;
        (string, string?)[] always =
        [
            .. where, ("unfurl_links", posted), ("unfurl_media", posted),
            ("metadata", JsonSerializer.Serialize(new { event_type = "equitybot_message", event_payload = new { id = message.MessageId.ToString("N") } })),
        ];
        var answer = await api.CallAsync(bot, method, [.. always, ("text", SlackText.Inert(message.Preview)), ("blocks", blocks)], ct);
        if (!answer.IsOurFault)
        {
            return answer;
        }

        log.LogError("Message {Message} is sent in words alone: Slack does not take its blocks ({Error})", message.MessageId, answer.Error);
        return await api.CallAsync(bot, method, [.. always, ("text", SlackText.Inert(message.Preview)), ("blocks", SlackThrift.Json(SlackBlocks.Alone(message.Text)))], ct);
    }

    async Task<SendOutcome> OutcomeAsync(SlackBot bot, SlackAnswer answer, bool repeatable, string? place, CancellationToken ct)
    {
        if (answer.IsShutOut)
        {
            await installations.EndAsync(bot.Tenant, answer.Error!, bot.Token, ct);
        }
        else if (answer.Error == "token_expired")
        {
            await installations.ExpiredAsync(bot, ct);
        }

        return answer.Outcome(repeatable, place);
    }
}
