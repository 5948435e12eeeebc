using EquityBot.Channels.Slack;
using EquityBot.Chat;
using EquityBot.Doubles;
using NodaTime;

namespace EquityBot.Tests.Slack;

/// <summary>Slack that cannot be asked, has enough of one channel, or takes a token back: what is given up for that, and what is not.</summary>
public sealed class SlackAwayTests
{
    [Theory]
    [InlineData(503, "")]
    [InlineData(429, "")]
    [InlineData(0, "")]
    [InlineData(200, """{"ok":false,"error":"service_unavailable"}""")]
    public async Task While_nobody_can_say_who_we_are_there_what_is_due_waits_and_arrives(int status, string body)
    {
        await using var told = await SlackTown.OpenAsync(2);
        told.Slack.Script = request => request.Method == "auth.test" ? new(status, body) : null;
        await told.Town.TellAsync(2, told.Clock.Now);
        await told.DeliverAsync();
        Assert.All(await told.DeliveriesAsync(), one => Assert.Equal(DeliveryState.RetryAt, one.State));

        told.Slack.Script = null;
        told.Clock.Now += Duration.FromMinutes(1);
        await told.DeliverAsync();
        Assert.All(await told.DeliveriesAsync(), one => Assert.Equal(DeliveryState.Sent, one.State));
    }

    [Theory]
    [InlineData("invalid_auth")]
    [InlineData("token_expired")]
    public async Task Where_Slack_does_not_know_the_token_what_is_due_is_given_up(string error)
    {
        await using var told = await SlackTown.OpenAsync(1);
        told.Slack.Script = request => request.Method == "auth.test" ? SlackReply.Error(error) : null;
        await told.Town.TellAsync(1, told.Clock.Now);
        await told.DeliverAsync();
        Assert.Equal(DeliveryState.Failed, Assert.Single(await told.DeliveriesAsync()).State);
    }

    [Fact] // C1
    public async Task One_channel_that_has_enough_of_us_holds_no_other()
    {
        await using var told = await SlackTown.OpenAsync(4);
        var full = 0;
        told.Slack.Script = request => request.Method == "chat.postMessage" && request["channel"] == SlackTown.Conversation(0) && full++ == 0 ? new(429, """{"ok":false,"error":"ratelimited"}""", "30") : null;
        await told.Town.TellAsync(4, told.Clock.Now);
        await told.DeliverAsync();
        Assert.Equal([DeliveryState.Due, DeliveryState.Sent, DeliveryState.Sent, DeliveryState.Sent], (await told.DeliveriesAsync()).Select(one => one.State).Order());
        Assert.Equal(4, told.Slack.Of("chat.postMessage").Count);

        told.Clock.Now += Duration.FromSeconds(29);
        await told.DeliverAsync();
        Assert.Equal(4, told.Slack.Of("chat.postMessage").Count);
        told.Clock.Now += Duration.FromSeconds(5);
        await told.DeliverAsync();
        Assert.All(await told.DeliveriesAsync(), one => Assert.Equal(DeliveryState.Sent, one.State));
    }

    [Theory] // C4
    [InlineData("ratelimited", typeof(SendOutcome.Throttled))]
    [InlineData("service_unavailable", typeof(SendOutcome.Refused))]
    [InlineData("internal_error", typeof(SendOutcome.Unknown))]
    [InlineData("channel_not_found", typeof(SendOutcome.Permanent))]
    [InlineData("is_archived", typeof(SendOutcome.Permanent))]
    [InlineData("not_in_channel", typeof(SendOutcome.Permanent))]
    [InlineData("account_inactive", typeof(SendOutcome.Permanent))]
    [InlineData("token_revoked", typeof(SendOutcome.Permanent))]
    [InlineData("msg_too_long", typeof(SendOutcome.Permanent))]
    [InlineData("invalid_blocks", typeof(SendOutcome.Permanent))]
    [InlineData("something_new", typeof(SendOutcome.Permanent))]
    public void What_Slack_says_in_a_200_is_told_apart(string error, Type outcome) => Assert.IsType(outcome, new SlackAnswer(200, true, default, error, null).Outcome(repeatable: false, null));
}
