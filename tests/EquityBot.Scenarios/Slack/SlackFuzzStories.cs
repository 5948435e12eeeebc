using System.Text.Json.Nodes;
using EquityBot.Doubles;

namespace EquityBot.Scenarios.Slack;

/// <summary>Payloads as Slack sends them, bent at random from a seed: whatever comes, it is answered, and nothing breaks.</summary>
public sealed class SlackFuzzStories
{
    /// <summary>What is bent: an event, what a form carries, or the form itself.</summary>
    enum Way
    {
        Json,
        Payload,
        Form,
    }

    /// <summary>Each is new, or all but the first would be taken for repeated.</summary>
    const string Id = "EvTHEIDOFTHISONE";

    [Fact] // S20
    public async Task Bent_payloads_break_nothing()
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        await world.LinkEverybodyAsync();
        var bases = await BasesAsync(world);
        await Bending.BreaksNothingAsync(
            bases, one => one.Json.Replace(Id, $"Ev{Guid.NewGuid():N}", StringComparison.Ordinal),
            (one, bent) => world.PostAsync(
                one.Way switch { Way.Json => bent, Way.Payload => InSlack.Form(("payload", bent)), _ => bent },
                one.Way == Way.Json ? "application/json" : InSlack.FormType), 503);
        Assert.Empty(world.Hospital.Errors.Seen);
        Assert.Equal(200, (await world.PostAsync(world.Slack.Says(world.Account("dana.reyes"), "help").ToJsonString(), "application/json")).Status);
    }

    /// <summary>One of everything that Slack sends.</summary>
    static async Task<List<(string Json, Way Way)>> BasesAsync(InSlack world)
    {
        var slack = world.Slack;
        var lead = world.As("dana.reyes");
        var draft = await lead.SaysAsync("we'll offer an interpreter at every discharge by 2026-03-06");
        var shown = await lead.SaysAsync($"show {await lead.PromisesAsync("we'll translate the leaflets by 2026-03-13")}");
        await lead.PressesAsync(shown, "Push");
        var push = slack.LastView!;
        await lead.PressesAsync(shown, "Hand over");
        var suggestion = slack.Interaction("block_suggestion", lead.Account);
        (suggestion["block_id"], suggestion["action_id"], suggestion["value"], suggestion["view"]) = (SlackDouble.Block(slack.Views[slack.LastView!], "to")["block_id"]!.ToString(), "value", "raman", slack.Views[slack.LastView!].DeepClone());
        var home = await lead.HomeAsync();
        var message = slack.Interaction("message_action", lead.Account);
        (message["callback_id"], message["message_ts"], message["channel"]) = ("log_commitment", "1700000000.000100", new JsonObject { ["id"] = "C01ROOM", ["name"] = "equity" });
        message["message"] = new JsonObject { ["type"] = "message", ["user"] = "U1", ["ts"] = "1700000000.000100", ["text"] = "We <https://a.example|offer> an interpreter by 2026-03-20 &amp; say so" };
        var shortcut = slack.Interaction("shortcut", lead.Account);
        shortcut["callback_id"] = "check_in";
        JsonObject[] events =
        [
            slack.Says(lead.Account, "mine", Id), slack.Says(lead.Account, "we'll open the clinic on Saturdays by 2026-03-27", Id), Named(slack.Mentions(lead.Account, "mine", "C01ROOM", "1700000000.000100")),
            Named(slack.Event(new() { ["type"] = "app_home_opened", ["user"] = lead.Account, ["channel"] = lead.Conversation, ["tab"] = "home" })),
            Named(slack.Event(new() { ["type"] = "team_join", ["user"] = slack.Users[lead.Account].DeepClone() })),
            Named(slack.Event(new() { ["type"] = "member_joined_channel", ["user"] = SlackDouble.Bot, ["channel"] = "C01ROOM" })),
            Named(slack.Event(new() { ["type"] = "app_uninstalled" })), Named(slack.Event(new() { ["type"] = "tokens_revoked", ["tokens"] = new JsonObject { ["bot"] = new JsonArray(SlackDouble.Bot) } })),
            Named(slack.Event(new() { ["type"] = "channel_rename", ["channel"] = new JsonObject { ["id"] = "C01ROOM", ["name"] = "fairness" } })),
        ];
        JsonObject[] interactions =
        [
            slack.Press(lead.Account, draft.Post!, draft.Button("Confirm").Element), slack.Press(lead.Account, shown.Post!, shown.Button("Push").Element), slack.PressIn(lead.Account, lead.Account, home.Button("Show").Element),
            slack.Submit(lead.Account, push, new JsonObject { ["due"] = new JsonObject { ["value"] = new JsonObject { ["type"] = "datepicker", ["selected_date"] = "2026-03-20" } }, ["reason"] = new JsonObject { ["value"] = new JsonObject { ["value"] = "late" } } }),
            suggestion, message, shortcut,
        ];
        return
        [
            .. events.Select(one => (one.ToJsonString(), Way.Json)), .. interactions.Select(one => (Once(one), Way.Payload)), .. interactions.Select(one => (InSlack.Form(("payload", Once(one))), Way.Form)),
            (world.Command("dana.reyes", "mine"), Way.Form), (world.Command("dana.reyes", "show C-13"), Way.Form), ("""{"token":"x","challenge":"abc","type":"url_verification"}""", Way.Json), ("ssl_check=1&token=x", Way.Form),
        ];
    }

    static JsonObject Named(JsonObject happened)
    {
        happened["event_id"] = Id;
        return happened;
    }

    static string Once(JsonObject interaction)
    {
        interaction["trigger_id"] = Id;
        return interaction.ToJsonString();
    }
}
