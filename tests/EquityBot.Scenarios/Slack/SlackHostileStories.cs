using System.Text.Json.Nodes;
using EquityBot.Doubles;

namespace EquityBot.Scenarios.Slack;

/// <summary>Words that mean something to Slack, wherever people type them and wherever they are shown.</summary>
public sealed class SlackHostileStories
{
    [Fact]
    public async Task What_people_wrote_calls_nobody_and_leads_nowhere() // I1, I3
    {
        const string hostile = "offer <!channel> <!here> <@U123> <!subteam^S1> *bold* _it_ `x` <https://evil.test|https://hospital.example/ack>";
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        await world.LinkEverybodyAsync();
        var lead = world.As("dana.reyes");
        Assert.Equal(200, (await world.SendAsync(world.Slack.Mentions(lead.Account, $"we'll {hostile.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)} by 2026-03-06", "C01ROOM"))).Status);
        await lead.PressesAsync(lead.Sees[^1], "Confirm");
        var shown = await lead.CommandsAsync("show C-12");
        Assert.Contains("<!channel>", shown.Text, StringComparison.Ordinal);
        Assert.Contains(world.Slack.In("C01ROOM"), post => new SlackSeen(post.Blocks, post).Text.Contains("<!channel>", StringComparison.Ordinal));
        foreach (var post in world.Slack.Posts)
        {
            Assert.DoesNotContain("<!", post.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("mrkdwn", post.Blocks.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain("\"url\"", post.Blocks.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Theory] // I1, I3
    [InlineData("words alone")]
    [InlineData("no window")]
    [InlineData("one pair of eyes")]
    public async Task Wherever_hostile_words_are_shown_they_call_nobody_and_lead_nowhere(string where)
    {
        const string hostile = "offer <!channel> <@U123> *bold* https://evil.test <https://evil.test|https://hospital.example/ack>";
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var lead = world.As("dana.reyes");
        await lead.SaysAsync("help");
        var typed = hostile.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
        var before = world.Slack.Requests.Count;
        world.Slack.Script = request => where == "words alone" && request["blocks"]?.Contains("\"header\"", StringComparison.Ordinal) == true ? SlackReply.Error("invalid_blocks")
            : where == "no window" && request.Method == "views.open" ? SlackReply.Error("expired_trigger_id") : null;
        if (where == "one pair of eyes")
        {
            await lead.PressesAsync(await lead.CommandsAsync($"we'll {typed} by 2026-03-06"), "Confirm");
        }
        else if (where == "no window")
        {
            await lead.PromisesAsync($"we'll {typed} by 2026-03-06");
            await lead.PressesAsync(await lead.HomeAsync(), "Show");
        }
        else
        {
            await lead.SaysAsync($"we'll {typed} by 2026-03-06");
        }

        // In texts that Slack reads for marks there are none; wherever the words stand, they stand in plain text.
        var sent = world.Slack.Requests.Skip(before).ToList();
        Assert.Contains(sent, request => request.Text.Contains("evil.test", StringComparison.Ordinal) || request["blocks"]?.Contains("evil.test", StringComparison.Ordinal) == true);
        foreach (var request in sent)
        {
            var text = request["text"] ?? (request.Path.StartsWith("/hooks/", StringComparison.Ordinal) ? JsonNode.Parse(request.Text)!["text"]!.ToString() : "");
            Assert.DoesNotContain("<", text, StringComparison.Ordinal);
            Assert.DoesNotContain("evil.test", text, StringComparison.Ordinal);
            Assert.DoesNotContain("mrkdwn", request.Text, StringComparison.Ordinal);
        }

        world.Hospital.Errors.Forget();
    }
}
