using System.Text.Json.Nodes;
using EquityBot.Doubles;

namespace EquityBot.Scenarios.Teams;

/// <summary>Activities as Teams sends them, bent at random from a seed: whatever comes, it is answered, and nothing breaks.</summary>
public sealed class TeamsFuzzStories
{
    /// <summary>Each is new, or all but the first would be taken for repeated.</summary>
    const string Id = "the id of this one";

    [Fact] // S20
    public async Task Bent_activities_break_nothing()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        await world.InstallForEverybodyAsync();
        var bases = await BasesAsync(world);
        var (token, madeAt) = (world.Teams.Token(DateTimeOffset.UtcNow), DateTimeOffset.UtcNow);
        await Bending.BreaksNothingAsync(bases, one => one.Replace(Id, Guid.NewGuid().ToString(), StringComparison.Ordinal), (_, bent) => world.PostAsync(bent, Token()), 501, 503);
        Assert.Equal(200, (await world.PostAsync(world.Installed("dana.reyes").ToJsonString(), Token())).Status);

        string Token()
        {
            if (DateTimeOffset.UtcNow - madeAt > TimeSpan.FromMinutes(30))
            {
                (token, madeAt) = (world.Teams.Token(DateTimeOffset.UtcNow), DateTimeOffset.UtcNow);
            }

            return token;
        }
    }

    /// <summary>One of everything that Teams sends, private and in a room.</summary>
    static async Task<List<string>> BasesAsync(InTeams world)
    {
        const string thread = "19:Equity@thread.tacv2;messageid=1700000000001";
        var lead = world.As("dana.reyes");
        var draft = await lead.SaysAsync("we'll offer an interpreter at every discharge by 2026-03-06");
        var shown = await lead.SaysAsync($"show {await lead.PromisesAsync("we'll translate the leaflets by 2026-03-13")}");
        var (confirm, form) = (draft.Verb("Confirm"), shown.Verb("Report progress"));
        var said = world.Teams.Activity("message", "dana.reyes");
        said["text"] = "<at>EquityBot</at> mine";
        var added = world.Teams.Activity("conversationUpdate", "dana.reyes");
        added["membersAdded"] = new JsonArray(new JsonObject { ["id"] = $"28:{world.Teams.AppId}" });
        var renamed = world.Teams.InRoom("conversationUpdate", "dana.reyes", thread, "Equity");
        renamed["channelData"]!["eventType"] = "channelRenamed";
        var submitted = world.Teams.Activity("message", "dana.reyes");
        submitted["value"] = new JsonObject { ["equitybot"] = confirm, ["due"] = "2026-03-06" };
        var pressedInRoom = lead.Press(shown, form, new JsonObject { ["status"] = "on-track", ["note"] = "half of them are out" });
        pressedInRoom["conversation"] = world.Teams.InRoom("invoke", "dana.reyes", thread, "Equity")["conversation"]!.DeepClone();
        var values = new JsonObject { ["equitybot"] = confirm, ["what"] = "something", ["due"] = "2026-04-01" };
        var message = new JsonObject
        {
            ["id"] = "1700000000001", ["linkToMessage"] = "https://teams.microsoft.com/l/message/19:abc@thread.tacv2/1700000000001",
            ["body"] = new JsonObject { ["contentType"] = "html", ["content"] = "<div>We <b>offer an interpreter</b><br>by 2026-03-20 &amp; say so</div>" },
        };
        return [.. new[]
        {
            said, added, renamed, submitted, pressedInRoom, world.Installed("dana.reyes"), world.Teams.Asks("dana.reyes", "mine", thread, "Equity"),
            world.Teams.Asks("mateo.vargas", "we'll open the clinic on Saturdays by 2026-03-27", "19:huddle@thread.v2"),
            lead.Press(draft, confirm, new JsonObject { ["what"] = "something", ["due"] = "2026-04-01" }),
            Invoke(world, "task/fetch", new JsonObject { ["data"] = new JsonObject { ["equitybot"] = form, ["msteams"] = new JsonObject { ["type"] = "task/fetch" } } }),
            Invoke(world, "task/submit", new JsonObject { ["data"] = values.DeepClone() }),
            Invoke(world, "composeExtension/submitAction", new JsonObject { ["commandId"] = "logCommitment", ["data"] = values.DeepClone() }),
            Invoke(world, "composeExtension/fetchTask", new JsonObject { ["commandId"] = "logCommitment", ["commandContext"] = "message", ["messagePayload"] = message }),
            Invoke(world, "composeExtension/query", new JsonObject
            {
                ["commandId"] = "searchCommitments", ["parameters"] = new JsonArray(new JsonObject { ["name"] = "text", ["value"] = "leaflets" }), ["queryOptions"] = new JsonObject { ["skip"] = 0, ["count"] = 25 },
            }),
            Invoke(world, "application/search", new JsonObject { ["queryText"] = "raman", ["dataset"] = $"{shown.Verb("Hand over")}.to", ["queryOptions"] = new JsonObject { ["skip"] = 0, ["top"] = 15 } }),
        }.Select(Timeless)];
    }

    static string Timeless(JsonObject activity)
    {
        activity["id"] = Id;
        return activity.ToJsonString();
    }

    static JsonObject Invoke(InTeams world, string name, JsonObject value)
    {
        var invoke = world.Teams.Activity("invoke", "dana.reyes");
        (invoke["name"], invoke["value"]) = (name, value);
        return invoke;
    }
}
