using System.Text.Json.Nodes;
using EquityBot.Channels.Slack;
using EquityBot.Doubles;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Tests.Slack;

/// <summary>Slack waits three seconds for an answer, however slow Slack itself is: what it hears then, and what becomes of the rest.</summary>
public sealed class SlackTurnTests
{
    const string Room = "C01ROOM";

    /// <summary>For a test that fails: what is held is held for ever. In milliseconds.</summary>
    const int Patience = 120_000;

    [Fact(Timeout = Patience)] // R14
    public async Task Two_slow_calls_of_one_mention_do_not_add_up_and_what_was_said_is_kept_once()
    {
        await using var world = await SlowSlack.OpenAsync();
        var (who, name) = (world.Hold("users.info"), world.Hold("conversations.info"));
        var said = world.Slack.Mentions(world.Account, "mine", Room).ToJsonString();
        var first = world.PostAsync(said, SlowSlack.Json);
        await who.Asked;
        world.Time.Pass(TimeSpan.FromSeconds(1.5));
        who.Answers();
        await name.Asked;
        Assert.False(first.IsCompleted);
        world.Time.Pass(SlackTurn.Time - TimeSpan.FromSeconds(1.5));
        Assert.Equal((503, ""), await first);

        // Slack sends it again while the first still goes on, until it is taken.
        name.Answers();
        while ((await world.PostAsync(said, SlowSlack.Json)).Status == 503)
        {
        }

        await world.DeliverAsync();
        Assert.Single(world.Slack.In(Room));
        Assert.Single(world.Slack.In(SlackDouble.Conversation(world.Account)));
    }

    [Fact(Timeout = Patience)]
    public async Task Each_kind_of_request_hears_in_time_what_is_true_until_then()
    {
        await using var world = await SlowSlack.OpenAsync();
        var (bot, who) = (world.Hold("auth.test", 6), world.Hold("users.info", 6));
        var press = world.Slack.Press(world.Account, new(Room, "1.1", "", [], null, null, null), JsonNode.Parse("""{"type":"button","action_id":"a","value":"none"}""")!);
        press["response_url"] = $"{world.Slack.Url}/hooks/press";
        var list = world.Slack.Interaction("block_suggestion", world.Account);
        var window = world.Slack.Interaction("view_submission", world.Account);
        window["view"] = JsonNode.Parse("""{"blocks":[{"type":"section","block_id":"s"},{"type":"input","block_id":"note"}]}""");
        var bare = world.Slack.Interaction("view_submission", world.Account);
        bare["view"] = new JsonObject();
        var requests = new[]
        {
            world.PostAsync(world.Slack.Says(world.Account, "help").ToJsonString(), SlowSlack.Json), world.PostAsync(world.Command("help"), SlowSlack.Form),
            world.InteractAsync(press), world.InteractAsync(list), world.InteractAsync(window), world.InteractAsync(bare),
        };
        await bot.Asked;
        world.Time.Pass(TimeSpan.FromSeconds(1));
        bot.Answers();
        await who.Asked;
        world.Time.Pass(SlackTurn.Time - TimeSpan.FromSeconds(1));
        var answers = await Task.WhenAll(requests);
        Assert.Equal([503, 200, 503, 200, 200, 200], answers.Select(one => one.Status));
        Assert.Equal("ephemeral", JsonNode.Parse(answers[1].Body)!["response_type"]!.ToString());
        Assert.Contains("The answer comes here", answers[1].Body, StringComparison.Ordinal);
        Assert.Equal("""{"options":[]}""", answers[3].Body);
        Assert.Contains("Press again in a moment", JsonNode.Parse(answers[4].Body)!["errors"]!["note"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("update", JsonNode.Parse(answers[5].Body)!["response_action"]!.ToString());

        // What was announced comes, and the press goes on.
        var (answer, word) = (world.Hold("none"), world.Hold("press"));
        who.Answers();
        await Task.WhenAll(answer.Asked, word.Asked);
        Assert.Contains("What you can say", world.Slack.Of("none").Single().Text, StringComparison.Ordinal);
        Assert.Contains("There is no such button", world.Slack.Of("press").Single().Text, StringComparison.Ordinal);
        answer.Answers();
        word.Answers();
    }

    [Fact(Timeout = Patience)]
    public async Task An_answer_that_was_announced_and_does_not_come_is_said_to_be_lost()
    {
        await using var world = await SlowSlack.OpenAsync();
        var (bot, who, word) = (world.Hold("auth.test"), world.Hold("users.info"), world.Hold("none"));
        var command = world.PostAsync(world.Command("help"), SlowSlack.Form);
        await bot.Asked;
        world.Time.Pass(TimeSpan.FromSeconds(1));
        bot.Answers();
        await who.Asked;
        world.Time.Pass(SlackTurn.Time - TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await command).Status);
        world.Time.Pass(SlackApi.WhileAsked);
        await word.Asked;
        Assert.Contains("nothing was kept", world.Slack.Of("none").Single().Text, StringComparison.Ordinal);
        word.Answers();
        who.Answers();
    }

    [Fact(Timeout = Patience)]
    public async Task An_answer_whose_address_is_closed_comes_into_the_chat()
    {
        await using var world = await SlowSlack.OpenAsync();
        world.Slack.Script = request => request.Method == "none" ? new(404, "expired_url") : null;
        var post = world.Hold("chat.postMessage");
        await world.LateAsync(world.Command("help"));
        await post.Asked;
        var said = world.Slack.Of("chat.postMessage").Single();
        Assert.Equal((world.Account, "EquityBot: one item needs you"), (said["channel"], said["text"]));
        Assert.Contains("What you can say", said["blocks"]!, StringComparison.Ordinal);
        post.Answers();
    }

    [Fact(Timeout = Patience)]
    public async Task Whether_it_was_kept_is_not_claimed_where_nobody_knows()
    {
        await using var world = await SlowSlack.OpenAsync();
        await using (var db = world.Riverbend.Read())
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE \"ReceivedEvents\" RENAME TO \"Gone\"");
        }

        var word = world.Hold("none");
        await world.LateAsync(world.Command("help"));
        await word.Asked;
        Assert.Contains("I cannot say whether it was kept", world.Slack.Of("none").Single().Text, StringComparison.Ordinal);
        word.Answers();
    }

    [Fact(Timeout = Patience)]
    public async Task The_program_does_not_end_before_what_was_announced_has_come()
    {
        await using var world = await SlowSlack.OpenAsync();
        var word = world.Hold("none");
        await world.LateAsync(world.Command("help"));
        await word.Asked;
        var stopped = world.Riverbend.Get<SlackTurns>().StopAsync(CancellationToken.None);
        Assert.False(stopped.IsCompleted);
        word.Answers();
        await stopped;

        // One that never ends holds nobody for ever.
        world.Riverbend.Get<SlackTurns>().Hold(new TaskCompletionSource().Task);
        using var enough = new CancellationTokenSource();
        var waits = world.Riverbend.Get<SlackTurns>().StopAsync(enough.Token);
        Assert.False(waits.IsCompleted);
        await enough.CancelAsync();
        await waits;
    }

    [Fact(Timeout = Patience)]
    public async Task A_window_whose_page_is_slow_to_follow_closes_all_the_same()
    {
        await using var world = await SlowSlack.OpenAsync();
        var home = world.Hold("views.publish");
        var submitted = world.InteractAsync(await world.PushAsync());
        await home.Asked;
        world.Time.Pass(SlackTurn.Time);
        Assert.Equal((200, ""), await submitted);
        Assert.Equal(new(2026, 3, 20), await world.DueAsync());
        home.Answers();
    }

    [Fact(Timeout = Patience)]
    public async Task A_window_of_which_nobody_knows_yet_what_came_stays_and_can_be_sent_again()
    {
        await using var world = await SlowSlack.OpenAsync();
        var push = await world.PushAsync();
        Task<(int Status, string Body)>? first = null;

        // Whoever writes holds the file.
        await world.Riverbend.Store.WriteAsync(world.Riverbend.Organization, Urgency.Inbound, async _ =>
        {
            first = world.InteractAsync(push);
            world.Time.Pass(SlackTurn.Time);
            Assert.Contains("Press again in a moment", (await first).Body, StringComparison.Ordinal);
        }, CancellationToken.None);
        (int Status, string Body) again;
        do
        {
            push["trigger_id"] = $"{Guid.NewGuid():N}";
            again = await world.InteractAsync(push);
        }
        while (again.Body.Contains("took too long", StringComparison.Ordinal));

        // Whichever came first did it, once; the other is shown what stands.
        Assert.True(again.Body.Length == 0 || again.Body.Contains("March 20", StringComparison.Ordinal), again.Body);
        Assert.Equal(new(2026, 3, 20), await world.DueAsync());
        push["trigger_id"] = "and again";
        Assert.Contains("March 20", (await world.InteractAsync(push)).Body, StringComparison.Ordinal);
    }
}
