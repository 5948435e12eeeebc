using System.Globalization;
using System.Text.Json.Nodes;
using EquityBot.Doubles;

namespace EquityBot.Scenarios.Teams;

/// <summary>Activities as Teams sends them, bent at random from a seed: whatever comes, it is answered, and nothing breaks. <c>EQUITYBOT_SOAK=1</c> sends 100,000, <c>EQUITYBOT_SEED</c> others.</summary>
public sealed class TeamsFuzzStories
{
    static readonly int Count = Environment.GetEnvironmentVariable("EQUITYBOT_SOAK") == "1" ? 100_000 : 600;
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Each is new, or all but the first would be taken for repeated.</summary>
    const string Id = "the id of this one";

    [Fact] // S20
    public async Task Bent_activities_break_nothing()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("EQUITYBOT_SEED"), CultureInfo.InvariantCulture, out var given) ? given : 1;
        var random = new Random(seed);
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        await world.InstallForEverybodyAsync();
        var bases = await BasesAsync(world);
        var (token, madeAt, early, statuses) = (world.Teams.Token(DateTimeOffset.UtcNow), DateTimeOffset.UtcNow, 0L, new SortedDictionary<int, int>());
        for (var number = 0; number < Count; number++)
        {
            if (DateTimeOffset.UtcNow - madeAt > TimeSpan.FromMinutes(30))
            {
                (token, madeAt) = (world.Teams.Token(DateTimeOffset.UtcNow), DateTimeOffset.UtcNow);
            }

            var body = Bending.Bent(bases[random.Next(bases.Count)].Replace(Id, Guid.NewGuid().ToString(), StringComparison.Ordinal), random);
            var answer = await world.PostAsync(body, token).WaitAsync(Longest);
            Assert.True(answer.Status is < 500 or 501 or 503, $"EQUITYBOT_SEED={seed}, number {number}: {answer.Status} for\n{body}");
            statuses[answer.Status] = statuses.GetValueOrDefault(answer.Status) + 1;
            if (number == Count / 10)
            {
                early = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        Console.WriteLine($"{Count} bent activities, EQUITYBOT_SEED={seed}: {string.Join(", ", statuses.Select(one => $"{one.Value} times {one.Key}"))}");
        Assert.True(statuses.GetValueOrDefault(200) > Count / 20, "Most of them never came past the door.");
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, early + (64 << 20));
        Assert.Equal(200, (await world.PostAsync(world.Installed("dana.reyes").ToJsonString(), world.Teams.Token(DateTimeOffset.UtcNow))).Status);
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
