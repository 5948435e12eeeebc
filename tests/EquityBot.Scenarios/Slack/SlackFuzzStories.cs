using System.Globalization;
using System.Text.Json.Nodes;
using EquityBot.Doubles;

namespace EquityBot.Scenarios.Slack;

/// <summary>Payloads as Slack sends them, bent at random from a seed: whatever comes, it is answered, and nothing breaks. <c>EQUITYBOT_SOAK=1</c> sends 100,000, <c>EQUITYBOT_SEED</c> others.</summary>
public sealed class SlackFuzzStories
{
    static readonly int Count = Environment.GetEnvironmentVariable("EQUITYBOT_SOAK") == "1" ? 100_000 : 600;
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Each is new, or all but the first would be taken for repeated.</summary>
    const string Id = "EvTHEIDOFTHISONE";

    [Fact] // S20
    public async Task Bent_payloads_break_nothing()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("EQUITYBOT_SEED"), CultureInfo.InvariantCulture, out var given) ? given : 1;
        var random = new Random(seed);
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        await world.LinkEverybodyAsync();
        var bases = await BasesAsync(world);
        var (early, statuses) = (0L, new SortedDictionary<int, int>());
        for (var number = 0; number < Count; number++)
        {
            var (json, isForm) = bases[random.Next(bases.Count)];
            var bent = Bending.Bent(json.Replace(Id, $"Ev{Guid.NewGuid():N}", StringComparison.Ordinal), random);
            var answer = await world.PostAsync(isForm ? InSlack.Form(("payload", bent)) : bent, isForm ? InSlack.FormType : "application/json").WaitAsync(Longest);
            Assert.True(answer.Status is < 500 or 503, $"EQUITYBOT_SEED={seed}, number {number}: {answer.Status} for\n{bent}");
            statuses[answer.Status] = statuses.GetValueOrDefault(answer.Status) + 1;
            if (number == Count / 10)
            {
                early = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        Console.WriteLine($"{Count} bent payloads, EQUITYBOT_SEED={seed}: {string.Join(", ", statuses.Select(one => $"{one.Value} times {one.Key}"))}");
        Assert.True(statuses.GetValueOrDefault(200) > Count / 20, "Most of them never came past the door.");
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, early + (64 << 20));
        world.Hospital.Errors.Forget();
        Assert.Equal(200, (await world.PostAsync(world.Slack.Says(world.Account("dana.reyes"), "help").ToJsonString(), "application/json")).Status);
    }

    /// <summary>One of everything that Slack sends.</summary>
    static async Task<List<(string Json, bool IsForm)>> BasesAsync(InSlack world)
    {
        var slack = world.Slack;
        var lead = world.As("dana.reyes");
        var draft = await lead.SaysAsync("we'll offer an interpreter at every discharge by 2026-03-06");
        var shown = await lead.SaysAsync($"show {await lead.PromisesAsync("we'll translate the leaflets by 2026-03-13")}");
        await lead.PressesAsync(shown, "Push");
        var push = slack.LastView!;
        await lead.PressesAsync(shown, "Hand over");
        var suggestion = slack.Interaction("block_suggestion", lead.Account);
        (suggestion["block_id"], suggestion["action_id"], suggestion["value"], suggestion["view"]) = ("to", "value", "raman", slack.Views[slack.LastView!].DeepClone());
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
            Named(slack.Event(new() { ["type"] = "channel_rename", ["channel"] = new JsonObject { ["id"] = "C01ROOM", ["name"] = "fairness" } })),
        ];
        JsonObject[] interactions =
        [
            slack.Press(lead.Account, draft.Post!, draft.Button("Confirm").Element), slack.Press(lead.Account, shown.Post!, shown.Button("Push").Element), slack.PressIn(lead.Account, lead.Account, home.Button("Show").Element),
            slack.Submit(lead.Account, push, new JsonObject { ["due"] = new JsonObject { ["value"] = new JsonObject { ["type"] = "datepicker", ["selected_date"] = "2026-03-20" } }, ["reason"] = new JsonObject { ["value"] = new JsonObject { ["value"] = "late" } } }),
            suggestion, message, shortcut,
        ];
        return [.. events.Select(one => (one.ToJsonString(), false)), .. interactions.Select(one => (Once(one), true))];
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
