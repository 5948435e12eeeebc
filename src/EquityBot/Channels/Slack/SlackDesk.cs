using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Channels.Slack;

/// <summary>Takes authentic requests: what was said goes to the switchboard, and the protocol is answered. What is not ours has no effect and is answered all the same, or Slack would send it again.</summary>
sealed class SlackDesk(
    SlackSettings settings, SlackInstallations installations, SlackPeople people, SlackRooms rooms, SlackPresses presses, SlackWindows windows, SlackHome home, SlackCommands commands, SlackApi api, Switchboard switchboard, Languages languages, Refusals refusals)
{
    static readonly HashSet<string> Said = ["file_share", "thread_broadcast"];

    /// <summary>Answers an event.</summary>
    public async Task<IResult> HappenedAsync(JsonElement body, SlackTurn turn, CancellationToken ct)
    {
        switch (Loose.Text(body, "type"))
        {
            case "url_verification":
                return Results.Json(new { challenge = Loose.Text(body, "challenge") ?? "" });
            case "app_rate_limited":
                refusals.Note(SlackEndpoint.Path, "Slack held events back: more than 30,000 an hour", 200);
                return Results.Ok();
            case "event_callback":
                break;
            default:
                return Results.Ok();
        }

        var (what, eventId) = (Loose.Part(body, "event"), Loose.Text(body, "event_id"));
        var tenant = TenantOf(Loose.Items(body, "authorizations").FirstOrDefault()) ?? TenantOf(body);
        if (Loose.Text(what, "type") is "app_uninstalled" or "tokens_revoked" && IsOurs(body) && tenant is not null && settings.Teams.Contains(tenant))
        {
            return await EndedAsync(what, tenant, eventId, ct);
        }

        if (!SlackId.IsOne(eventId))
        {
            return Results.Ok();
        }

        var (found, isAway) = await BotAsync(body, tenant, ct);
        return found is { } bot ? await HappenedAsync(bot, what, eventId!, turn, ct) : Unknown(isAway);
    }

    async Task<IResult> HappenedAsync(SlackBot bot, JsonElement what, string eventId, SlackTurn turn, CancellationToken ct)
    {
        var (user, channel) = (Loose.Text(what, "user"), Loose.Text(what, "channel") ?? Loose.Text(Loose.Part(what, "channel"), "id"));
        switch (Loose.Text(what, "type"))
        {
            case "message" when Loose.Text(what, "channel_type") == "im" && IsSomebody(bot, what, user) && SlackId.IsOne(channel):
                return await SaidAsync(bot, what, user!, channel!, eventId, isRoom: false, turn, ct);
            case "app_mention" when IsSomebody(bot, what, user) && SlackId.IsOne(channel):
                return await SaidAsync(bot, what, user!, channel!, eventId, isRoom: true, turn, ct);
            case "app_home_opened" when SlackId.IsOne(user) && SlackId.IsOne(channel):
                return await home.OpenedAsync(await people.SenderAsync(bot, user!, channel, ct), Loose.Text(what, "tab") is "home", turn, ct);
            case "team_join" when Loose.Part(what, "user") is var joined && SlackId.IsOne(Loose.Text(joined, "id")):
                await people.LinkAsync(bot, joined, Loose.Text(joined, "id")!, null, ct);
                return Results.Ok();
            case "member_joined_channel" when SlackId.IsOne(channel) && SlackId.IsOne(user):
                await rooms.EnterAsync(bot, channel!, user == bot.User ? null : user, ct);
                return Results.Ok();
            case "member_left_channel" when SlackId.IsOne(channel) && SlackId.IsOne(user):
                await (user == bot.User ? rooms.LostAsync(bot.Organization, channel!, ct) : rooms.LeftAsync(bot, channel!, user!, ct));
                return Results.Ok();
            case "channel_left" or "group_left" or "channel_deleted" or "group_deleted" or "channel_archive" or "group_archive" when SlackId.IsOne(channel):
                await rooms.LostAsync(bot.Organization, channel!, ct);
                return Results.Ok();
            case "channel_rename" or "group_rename" when SlackId.IsOne(channel):
                await rooms.RenamedAsync(bot, channel!, Loose.Text(Loose.Part(what, "channel"), "name"), ct);
                return Results.Ok();
            default:
                return Results.Ok();
        }
    }

    /// <summary>A person said it, not a bot, and not anew: changed and deleted messages are told as messages too.</summary>
    static bool IsSomebody(SlackBot bot, JsonElement what, string? user) =>
        SlackId.IsOne(user) && user != bot.User && Loose.Part(what, "bot_id").ValueKind is JsonValueKind.Undefined or JsonValueKind.Null && (Loose.Text(what, "subtype") is not { } kind || Said.Contains(kind));

    async Task<IResult> SaidAsync(SlackBot bot, JsonElement what, string user, string channel, string eventId, bool isRoom, SlackTurn turn, CancellationToken ct)
    {
        var sender = await people.SenderAsync(bot, user, isRoom ? null : channel, ct);
        if (sender.IsUnsure)
        {
            return SlackTurn.Unsure;
        }

        var typed = Loose.Text(what, "text") ?? "";
        var text = SlackText.Typed(typed, bot.User, await people.HandlesAsync(bot, typed, ct));
        if (text.Length == 0 && !isRoom)
        {
            return Results.Ok();
        }

        if (isRoom)
        {
            await rooms.EnterAsync(bot, channel, user, ct);
        }

        var thread = !isRoom ? null : new[] { Loose.Text(what, "thread_ts"), Loose.Text(what, "ts") }.FirstOrDefault(SlackId.IsTime);

        // To call it by name and say no more is to ask what it can do.
        var handled = await switchboard.HandleAsync(sender.Incoming(eventId) with { IsAnsweredByPost = true, Room = isRoom ? channel : null, Thread = thread, Text = text.Length == 0 ? "help" : text }, ct);

        // Only what was not kept is to come again.
        turn.Late = handled is Handled.Busy ? SlackTurn.Unsure : Results.Ok();
        if (handled is Handled.Stranger)
        {
            await (isRoom
                ? api.CallAsync(bot, "chat.postEphemeral", [("channel", channel), ("user", user), ("thread_ts", thread), ("text", SlackText.Inert(sender.Words[sender.Why ?? "room.stranger"]))], ct, SlackApi.WhileAsked)
                : api.CallAsync(bot, "chat.postMessage", [("channel", channel), ("text", SlackText.Inert(PlainText.Of(sender.Stranger)))], ct, SlackApi.WhileAsked));
        }

        return turn.Late;
    }

    /// <summary>Answers <c>/equity …</c> in the response, for the person's own eyes; later, where that takes long, by the address that came with it.</summary>
    public async Task<IResult> CommandedAsync(IReadOnlyDictionary<string, string> form, SlackTurn turn, CancellationToken ct)
    {
        var body = JsonSerializer.SerializeToElement(form);
        SlackBot? bot = null;
        JsonObject? shown = null;
        try
        {
            (bot, var isAway) = await BotAsync(body, TenantOf(body), ct);
            shown = bot is not null ? await commands.AnswerAsync(bot, form, OnceOf(form.GetValueOrDefault("trigger_id"), body), ct) : isAway ? commands.Busy : null;
        }
        catch when (!turn.TrySpeak())
        {
            // An answer was announced.
            await commands.FollowAsync(bot, form, commands.Unsure, ct);
            throw;
        }

        if (turn.TrySpeak())
        {
            return shown is null ? Results.Ok() : Results.Json(shown);
        }

        await commands.FollowAsync(bot, form, shown, ct);
        return turn.Late;
    }

    /// <summary>What Slack hears of a command that takes long.</summary>
    public IResult LateCommand => Results.Json(commands.Later);

    /// <summary>What Slack hears of an interaction that takes long, until something is kept of it.</summary>
    public IResult Late(JsonElement body) => Loose.Text(body, "type") switch
    {
        "view_submission" => SlackWindows.Late(body, languages["en"]),
        "block_suggestion" => SlackWindows.Options([]),
        _ => SlackTurn.Unsure,
    };

    /// <summary>Answers buttons, lists, windows and shortcuts.</summary>
    public async Task<IResult> InteractedAsync(JsonElement body, SlackTurn turn, CancellationToken ct)
    {
        var (user, trigger) = (Loose.Text(Loose.Part(body, "user"), "id"), Loose.Text(body, "trigger_id"));
        if (!SlackId.IsOne(user))
        {
            return Results.Ok();
        }

        var (found, isAway) = await BotAsync(body, TenantOf(body), ct);
        if (found is not { } bot)
        {
            return Unknown(isAway);
        }

        var (sender, once) = (await people.SenderAsync(bot, user!, null, ct), OnceOf(trigger, body));
        if (sender.IsUnsure)
        {
            return SlackTurn.Unsure;
        }

        return Loose.Text(body, "type") switch
        {
            "block_actions" => await presses.TakeAsync(sender, body, once, turn, ct),
            "view_submission" => await windows.SubmittedAsync(sender, body, once, turn, ct),
            "block_suggestion" => await windows.SuggestAsync(sender, body, ct),
            "shortcut" => await windows.ShortcutAsync(sender, body, turn, ct),
            "message_action" => await windows.LogMessageAsync(sender, body, once, turn, ct),
            _ => Results.Ok(),
        };
    }

    async Task<SlackFound> BotAsync(JsonElement body, string? tenant, CancellationToken ct)
    {
        var found = IsOurs(body) ? await installations.OfAsync(tenant, ct) : default;
        if (found.Bot is null)
        {
            refusals.Note(SlackEndpoint.Path, found.IsAway ? "Slack cannot be asked who we are there" : "of another app or workspace, or nothing is installed there", found.IsAway ? 503 : 200);
        }

        return found;
    }

    /// <summary>Events come again; whoever typed or pressed is told by Slack itself that it did not go through.</summary>
    static IResult Unknown(bool isAway) => isAway ? SlackTurn.Unsure : Results.Ok();

    bool IsOurs(JsonElement body) => settings.AppId is null || Loose.Text(body, "api_app_id") == settings.AppId;

    /// <summary>Where Slack still takes the token, the app was installed anew meanwhile: what is told of an earlier installation ends no later one.</summary>
    async Task<IResult> EndedAsync(JsonElement what, string tenant, string? eventId, CancellationToken ct)
    {
        var (bot, isAway) = await installations.OfAsync(tenant, ct);
        var isAbout = Loose.Text(what, "type") == "app_uninstalled" || bot is null || Loose.Items(Loose.Part(what, "tokens"), "bot").Any(one => one.ValueKind == JsonValueKind.String && one.GetString() == bot.User);
        var isOver = true;
        if (bot is not null && isAbout)
        {
            var answer = await api.CallAsync(bot.Token, "auth.test", [], ct, SlackApi.WhileAsked);
            (isOver, isAway) = (!answer.IsFine, answer.IsPassing);
        }

        if (isAbout && isOver && !isAway)
        {
            await installations.EndAsync(tenant, Loose.Text(what, "type")!, bot?.Token, ct, SlackId.IsOne(eventId) ? eventId : null);
        }

        return Unknown(isAway);
    }

    /// <summary>The organization where the app is installed for all of its workspaces, else the workspace. Forms say yes and no as words.</summary>
    static string? TenantOf(JsonElement body)
    {
        var enterprise = Loose.Text(body, "enterprise_id") ?? Loose.Text(Loose.Part(body, "enterprise"), "id");
        var team = Loose.Text(body, "team_id") ?? Loose.Text(Loose.Part(body, "team"), "id");
        var isWhole = Loose.Part(body, "is_enterprise_install").ValueKind == JsonValueKind.True || Loose.Text(body, "is_enterprise_install") == "true";
        return isWhole && SlackId.IsOne(enterprise) ? enterprise : SlackId.IsOne(team) ? team : SlackId.IsOne(enterprise) ? enterprise : null;
    }

    /// <summary>The same for the same request sent again: a trigger is given once; what has none is told apart by its contents.</summary>
    static string OnceOf(string? trigger, JsonElement body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(trigger is { Length: > 0 } ? trigger : body.GetRawText())));
}
