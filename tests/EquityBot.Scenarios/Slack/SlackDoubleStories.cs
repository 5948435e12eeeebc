using EquityBot.Doubles;

namespace EquityBot.Scenarios.Slack;

/// <summary>Slack on loopback is taken for Slack by Slack's own client.</summary>
public sealed class SlackDoubleStories
{
    const string Channel = "C01ROOM";

    [Fact]
    public async Task Slacks_own_client_reads_its_answers()
    {
        await using var slack = await SlackDouble.StartAsync();
        var (user, posts) = (slack.Employ("dana.reyes", "dana.reyes@riverbend.example"), 0);

        // The second post is refused once; the client waits as long as it is told to, and tries again.
        slack.Script = request => request.Method == "chat.postMessage" && ++posts == 2 ? new(429, """{"ok":false,"error":"ratelimited"}""", "1") : null;
        var (code, said) = await Shell.RunAsync("node", [Path.Combine(Shell.Root, "tests", "clients", "slack-webclient.mjs"), $"{slack.Url}/api/", SlackDouble.Token, Channel, user, "dana.reyes@riverbend.example"]);
        Assert.Equal(
            (0, $$"""
                auth.test: {"ok":true,"team_id":"{{slack.Team}}","user_id":"{{SlackDouble.Bot}}"}
                users.info: "dana.reyes@riverbend.example"
                users.lookupByEmail: "{{user}}"
                nobody: slack_webapi_platform_error users_not_found
                conversations.open: "{{SlackDouble.Conversation(user)}}"
                conversations.info: "equity"
                chat.postMessage: "{{Channel}}"
                chat.update: true
                not there: slack_webapi_platform_error message_not_found
                chat.postEphemeral: "string"
                views.open: "string"
                views.publish: true
                429: true
                another token: slack_webapi_platform_error invalid_auth
                """), (code, said.Trim()));
        Assert.Equal(3, posts);
        Assert.Equal(["changed", "for one", "once more"], slack.Posts.Select(post => post.Text));
    }
}
