using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace EquityBot.Doubles;

/// <summary>What Slack sends to the bot: events, presses, windows that are sent off, and the signature over them.</summary>
public static class SlackPayloads
{
    /// <summary>An event as Slack sends it.</summary>
    public static JsonObject Event(this SlackDouble slack, JsonObject what, string? id = null) => new()
    {
        ["token"] = "the old way to verify", ["team_id"] = slack.Team, ["api_app_id"] = SlackDouble.AppId, ["event"] = what, ["type"] = "event_callback", ["event_id"] = id ?? $"Ev{Guid.NewGuid():N}", ["event_time"] = 1_770_000_000,
        ["authorizations"] = new JsonArray(new JsonObject { ["enterprise_id"] = null, ["team_id"] = slack.Team, ["user_id"] = SlackDouble.Bot, ["is_bot"] = true, ["is_enterprise_install"] = false }),
    };

    public static JsonObject Says(this SlackDouble slack, string user, string text, string? id = null) => slack.Event(
        new() { ["type"] = "message", ["channel"] = SlackDouble.Conversation(user), ["channel_type"] = "im", ["user"] = user, ["text"] = text, ["ts"] = slack.Ts(), ["event_ts"] = slack.Ts() }, id);

    public static JsonObject Mentions(this SlackDouble slack, string user, string text, string channel, string? thread = null)
    {
        var what = new JsonObject { ["type"] = "app_mention", ["channel"] = channel, ["user"] = user, ["text"] = $"<@{SlackDouble.Bot}> {text}", ["ts"] = slack.Ts(), ["event_ts"] = slack.Ts() };
        if (thread is not null)
        {
            what["thread_ts"] = thread;
        }

        return slack.Event(what);
    }

    /// <summary>What all that comes from buttons, windows and shortcuts has.</summary>
    public static JsonObject Interaction(this SlackDouble slack, string type, string user) => new()
    {
        ["type"] = type, ["api_app_id"] = SlackDouble.AppId, ["token"] = "the old way to verify", ["team"] = new JsonObject { ["id"] = slack.Team, ["domain"] = "riverbend" }, ["enterprise"] = null, ["is_enterprise_install"] = false,
        ["user"] = new JsonObject { ["id"] = user, ["username"] = "somebody", ["team_id"] = slack.Team }, ["trigger_id"] = $"{Guid.NewGuid():N}",
    };

    /// <summary>A button of a message.</summary>
    public static JsonObject Press(this SlackDouble slack, string user, SlackPost post, JsonNode element, string? option = null)
    {
        var payload = slack.Interaction("block_actions", user);
        payload["container"] = new JsonObject { ["type"] = "message", ["message_ts"] = post.Ts, ["channel_id"] = post.Conversation, ["is_ephemeral"] = post.For is not null };
        payload["channel"] = new JsonObject { ["id"] = post.Conversation, ["name"] = "directmessage" };
        payload["response_url"] = $"{slack.Url}/hooks/{post.Ts}";
        payload["actions"] = new JsonArray(Acted(element, option));
        return payload;
    }

    /// <summary>A button of a window or of somebody's home.</summary>
    public static JsonObject PressIn(this SlackDouble slack, string user, string view, JsonNode element, string? option = null)
    {
        var payload = slack.Interaction("block_actions", user);
        payload["container"] = new JsonObject { ["type"] = "view", ["view_id"] = view };
        payload["view"] = Shown(slack, view);
        payload["actions"] = new JsonArray(Acted(element, option));
        return payload;
    }

    /// <summary>A window that is sent off.</summary>
    /// <param name="values"><c>view.state.values</c>.</param>
    public static JsonObject Submit(this SlackDouble slack, string user, string view, JsonObject values, string? under = null)
    {
        var payload = slack.Interaction("view_submission", user);
        var shown = Shown(slack, view);
        shown["state"] = new JsonObject { ["values"] = values };
        shown["previous_view_id"] = under;
        payload["view"] = shown;
        return payload;
    }

    static JsonObject Shown(SlackDouble slack, string view)
    {
        var shown = slack.Views[view].DeepClone().AsObject();
        (shown["id"], shown["hash"], shown["team_id"]) = (view, "1", slack.Team);
        return shown;
    }

    static JsonObject Acted(JsonNode element, string? option)
    {
        var acted = new JsonObject { ["type"] = element["type"]!.ToString(), ["action_id"] = element["action_id"]!.ToString(), ["block_id"] = "b", ["action_ts"] = "1770000000.1" };
        if (option is null)
        {
            acted["value"] = element["value"]?.ToString();
        }
        else
        {
            acted["selected_option"] = new JsonObject { ["value"] = option };
        }

        return acted;
    }

    /// <summary>As Slack signs it.</summary>
    public static string Sign(byte[] body, string timestamp, string secret = SlackDouble.SigningSecret) =>
        $"v0={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes($"v0:{timestamp}:").Concat(body).ToArray()))}";
}
