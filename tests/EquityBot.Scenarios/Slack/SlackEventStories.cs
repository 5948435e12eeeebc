using System.Text.Json.Nodes;
using EquityBot.Doubles;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios.Slack;

/// <summary>What Slack tells that is nobody's word: what bots say, what was said already, what it sends again.</summary>
public sealed class SlackEventStories
{
    [Theory]
    [InlineData("message", """{"bot_id":"B0BOT"}""")]
    [InlineData("message", """{"bot_id":"B0OTHER","subtype":"bot_message"}""")]
    [InlineData("message", """{"subtype":"bot_message"}""")]
    [InlineData("message", """{"user":"U0BOT"}""")]
    [InlineData("message", """{"subtype":"message_changed","message":{"text":"help"}}""")]
    [InlineData("message", """{"subtype":"message_deleted","deleted_ts":"1.1"}""")]
    [InlineData("message", """{"subtype":"channel_join"}""")]
    [InlineData("message", """{"channel_type":"channel"}""")]
    [InlineData("app_mention", """{"bot_id":"B0OTHER"}""")]
    [InlineData("app_mention", """{"user":"U0BOT"}""")]
    public async Task What_no_person_said_just_now_is_not_answered(string kind, string change)
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var lead = world.As("dana.reyes");
        await lead.SaysAsync("help");
        var said = kind == "message" ? world.Slack.Says(lead.Account, "help") : world.Slack.Mentions(lead.Account, "help", "C01ROOM");
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            said["event"]![name] = value!.DeepClone();
        }

        var (posts, before) = (world.Slack.Posts.Count, await ReceivedAsync(world));
        Assert.Equal((200, ""), await world.SendAsync(said) is var answer ? (answer.Status, answer.Body) : default);
        Assert.Equal((posts, before), (world.Slack.Posts.Count, await ReceivedAsync(world)));
    }

    [Theory]
    [InlineData("file_share")]
    [InlineData("thread_broadcast")]
    public async Task What_is_said_with_a_file_or_out_of_a_thread_is_said(string subtype)
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var lead = world.As("dana.reyes");
        var said = world.Slack.Says(lead.Account, "help");
        said["event"]!["subtype"] = subtype;
        await world.SendAsync(said);
        Assert.Single(lead.Sees);
    }

    [Theory] // R13
    [InlineData("1", "http_timeout")]
    [InlineData("3", "connection_failed")]
    public async Task What_Slack_sends_again_is_taken_where_the_first_was_not_and_only_there(string number, string reason)
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var lead = world.As("dana.reyes");
        var said = world.Slack.Says(lead.Account, "help").ToJsonString();
        world.Hospital.Http.DefaultRequestHeaders.Add("X-Slack-Retry-Num", number);
        world.Hospital.Http.DefaultRequestHeaders.Add("X-Slack-Retry-Reason", reason);
        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(200, (await world.PostAsync(said, "application/json")).Status);
            await world.SettleAsync();
            Assert.Single(lead.Sees);
        }
    }

    [Fact]
    public async Task What_Slack_says_for_our_information_is_heard()
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        Assert.Equal((200, ""), await world.SendAsync(new() { ["type"] = "app_rate_limited", ["team_id"] = world.Slack.Team, ["minute_rate_limited"] = 1_770_000_000, ["api_app_id"] = SlackDouble.AppId }) is var limited ? (limited.Status, limited.Body) : default);
        Assert.Contains(world.Hospital.Errors.Lines, line => line.Contains("Slack held events back", StringComparison.Ordinal));
        var closed = world.Slack.Interaction("view_closed", world.Account("dana.reyes"));
        closed["view"] = new JsonObject { ["id"] = "V1", ["type"] = "modal" };
        Assert.Equal((200, ""), await world.InteractAsync(closed) is var answer ? (answer.Status, answer.Body) : default);
        Assert.Empty(world.Slack.Posts);
    }

    [Fact]
    public async Task A_stranger_in_a_channel_hears_so_alone_and_the_channel_nothing()
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var stranger = world.Slack.Employ("mallory", "mallory@elsewhere.example");
        var said = world.Slack.Mentions(stranger, "what's on fire", "C01ROOM", "1700000000.000100");
        Assert.Equal(200, (await world.SendAsync(said)).Status);
        var told = Assert.Single(world.Slack.Posts);
        Assert.Equal(("C01ROOM", stranger, "1700000000.000100"), (told.Conversation, told.For, told.Thread));
        Assert.Contains("I do not know you yet", told.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing_scope", "I cannot see who you are")]
    [InlineData("no_permission", "I cannot see who you are")]
    [InlineData("user_not_found", "I do not know this account")]
    public async Task Slack_that_does_not_say_who_somebody_is_makes_no_stranger_of_them(string error, string words)
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var lead = world.As("dana.reyes");
        world.Slack.Script = request => request.Method == "users.info" ? SlackReply.Error(error) : null;
        Assert.Equal(200, (await world.SendAsync(world.Slack.Says(lead.Account, "help"))).Status);
        var said = Assert.Single(world.Slack.In(lead.Conversation)).Text;
        Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.Equal(error == "user_not_found", said.Contains("not met", StringComparison.Ordinal));
        world.Hospital.Errors.Forget();
    }

    static async Task<int> ReceivedAsync(InSlack world)
    {
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        return await everywhere.Rows<Chat.ReceivedEvent>().CountAsync();
    }
}
