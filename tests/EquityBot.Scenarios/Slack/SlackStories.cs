using System.Text.Json.Nodes;
using EquityBot.Doubles;

namespace EquityBot.Scenarios.Slack;

/// <summary>The loop of a promise, told entirely through <c>/slack/events</c> and the Web API, with signed requests.</summary>
public sealed class SlackStories
{
    const string Promise = "we'll offer an interpreter at every discharge by 2026-03-06";

    [Theory, OnBothDatabases]
    public async Task A_promise_nobody_answers_for_reaches_the_board_one_step_at_a_time(Engine engine)
    {
        await using var world = await InSlack.OpenAsync(engine);
        await world.LinkEverybodyAsync();
        var (lead, board) = (world.As("dana.reyes"), world.As("ruth.okafor"));
        var promise = await lead.PromisesAsync(Promise);
        Assert.Contains(promise, lead.Sees[^1].Text, StringComparison.Ordinal);

        await world.Hospital.MoveAsync("2026-03-09T17:00");
        Assert.Contains("Report progress", lead.Saw("was due Friday, March 6").Titles);
        Assert.Empty(board.Sees);

        await world.Hospital.MoveAsync("2026-04-30T17:00");
        Assert.Contains("Decide", board.Saw("Cardiology", "no answer since March 6").Titles);
        Assert.Equal("exhausted", (await world.Hospital.StateAsync(promise)).GetProperty("case").GetProperty("status").GetString());
    }

    [Theory, OnBothDatabases]
    public async Task A_draft_becomes_its_receipt_where_it_stands(Engine engine)
    {
        await using var world = await InSlack.OpenAsync(engine);
        var lead = world.As("dana.reyes");
        var draft = await lead.SaysAsync(Promise);
        Assert.Contains("Confirm", draft.Titles);
        await lead.PressesAsync(draft, "Confirm");
        var standing = Assert.Single(lead.Sees);
        Assert.Equal(draft.Post!.Ts, standing.Post!.Ts);
        Assert.DoesNotContain("Confirm", standing.Titles);
        Assert.Contains("C-12", standing.Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task What_a_lock_screen_shows_tells_nothing_and_our_id_travels_along(Engine engine)
    {
        await using var world = await InSlack.OpenAsync(engine);
        var draft = await world.As("dana.reyes").SaysAsync(Promise);
        Assert.Equal("EquityBot: one item needs you", draft.Post!.Text);
        Assert.Matches("^[0-9a-f]{32}$", draft.Post.Metadata!["event_payload"]!["id"]!.ToString());
        Assert.All(world.Slack.Of("chat.postMessage"), request => Assert.Equal(("false", "false", null, null), (request["unfurl_links"], request["unfurl_media"], request["link_names"], request["parse"]))); // I2
    }

    [Theory, OnBothDatabases]
    public async Task The_same_event_again_and_again_is_one(Engine engine) // R13, S14
    {
        await using var world = await InSlack.OpenAsync(engine);
        var lead = world.As("dana.reyes");
        await lead.SaysAsync("help");
        var said = world.Slack.Says(lead.Account, Promise, "Ev1");
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => world.PostAsync(said.ToJsonString(), "application/json")));
        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { 200, 503 }));
        await world.SettleAsync();
        await world.Hospital.MoveAsync("PT1M");
        Assert.Equal(200, (await world.SendAsync(said)).Status);
        await world.Hospital.MoveAsync("PT5M");
        Assert.Equal(200, (await world.SendAsync(said)).Status);
        Assert.Equal(2, lead.Sees.Count);
    }

    [Theory, OnBothDatabases]
    public async Task A_button_that_asks_for_more_opens_a_window_which_says_what_is_wrong_and_keeps_what_was_typed(Engine engine) // I10
    {
        await using var world = await InSlack.OpenAsync(engine);
        var lead = world.As("dana.reyes");
        var promise = await lead.PromisesAsync(Promise);
        var shown = await lead.SaysAsync($"show {promise}");
        var refused = JsonNode.Parse((await lead.FillsInAsync(shown, "Push", new JsonObject { ["due"] = "2026-03-20", ["reason"] = new string('x', 3001), ["need"] = "nothing" })).Body)!;
        Assert.Equal("errors", refused["response_action"]!.ToString());
        Assert.Contains("1000", Assert.Single(refused["errors"]!.AsObject(), one => SlackDouble.FieldOf(one.Key) == "reason").Value!.ToString(), StringComparison.Ordinal);

        var sent = await lead.SubmitsAsync(world.Slack.LastView!, new JsonObject { ["due"] = "2026-03-20", ["reason"] = "the vendor is late", ["need"] = "nothing" });
        Assert.Equal("", sent.Body);
        Assert.Equal("2026-03-20", (await world.Hospital.StateAsync(promise)).GetProperty("due").GetString());
        Assert.Contains("March 20", lead.Sees[^1].Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task A_command_is_answered_at_once_and_for_one_pair_of_eyes(Engine engine)
    {
        await using var world = await InSlack.OpenAsync(engine);
        var lead = world.As("dana.reyes");
        Assert.Contains("What you can say", (await lead.CommandsAsync("")).Text, StringComparison.Ordinal);
        var draft = await lead.CommandsAsync(Promise);
        await lead.PressesAsync(draft, "Confirm");
        var receipt = world.Slack.Posts.Single(post => post.Ts == draft.Post!.Ts);
        Assert.Contains("C-12", new SlackSeen(receipt.Blocks, receipt).Text, StringComparison.Ordinal);
        Assert.Empty(lead.Sees);
        Assert.Equal("active", (await world.Hospital.StateAsync("C-12")).GetProperty("status").GetString());
    }

    [Theory, OnBothDatabases]
    public async Task A_promise_in_a_channel_is_worked_out_in_private_and_stands_in_its_thread(Engine engine)
    {
        await using var world = await InSlack.OpenAsync(engine);
        await world.LinkEverybodyAsync();
        var lead = world.As("dana.reyes");
        Assert.Equal(200, (await world.SendAsync(world.Slack.Mentions(lead.Account, Promise, "C01ROOM", "1700000000.000100"))).Status);
        var told = Assert.Single(world.Slack.In("C01ROOM"));
        Assert.Equal("1700000000.000100", told.Thread);
        Assert.Contains($"@{lead.Account}, I have answered you", new SlackSeen(told.Blocks, told).Text, StringComparison.Ordinal);

        await lead.PressesAsync(lead.Sees[^1], "Confirm");
        var receipt = world.Slack.In("C01ROOM")[^1];
        Assert.Equal("1700000000.000100", receipt.Thread);
        var seen = new SlackSeen(receipt.Blocks, receipt);
        Assert.Contains("on Cardiology's plan: Offer an interpreter at every discharge", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Dana", seen.Text, StringComparison.Ordinal);

        // Anybody in the room may have it shown, and gets it in private.
        var other = world.As("priya.raman");
        Assert.Equal(200, (await world.SendAsync(world.Slack.Event(new() { ["type"] = "member_joined_channel", ["user"] = other.Account, ["channel"] = "C01ROOM" }))).Status);
        await other.PressesAsync(seen, "Show");
        Assert.Contains("interpreter", other.Saw("C-12").Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task A_message_becomes_a_promise_that_leads_back_to_it(Engine engine)
    {
        await using var world = await InSlack.OpenAsync(engine);
        var lead = world.As("dana.reyes");
        var payload = world.Slack.Interaction("message_action", lead.Account);
        (payload["callback_id"], payload["message_ts"]) = ("log_commitment", "1700000000.000100");
        payload["channel"] = new JsonObject { ["id"] = "C01ROOM", ["name"] = "equity" };
        payload["message"] = new JsonObject { ["type"] = "message", ["user"] = "U1", ["ts"] = "1700000000.000100", ["text"] = "We should <https://a.example|offer> an interpreter at every discharge by 2026-03-20 &amp; say so" };
        Assert.Equal(200, (await world.InteractAsync(payload)).Status);
        var window = lead.Window();
        Assert.Contains("offer an interpreter at every discharge", window.Text, StringComparison.OrdinalIgnoreCase);

        // Closing the window would lose nothing: the draft is in the conversation as well, and becomes the receipt there.
        Assert.Contains("Confirm", Assert.Single(lead.Sees).Titles);
        await lead.PressesAsync(window, "Confirm");
        Assert.Contains("C-12", lead.Window(window.View).Text, StringComparison.Ordinal);
        Assert.Contains("C-12", Assert.Single(lead.Sees).Text, StringComparison.Ordinal);
        Assert.Contains("https://riverbend.slack.com/archives/C01ROOM/p1700000000000100", (await lead.SaysAsync("show C-12")).Blocks.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task In_a_long_list_one_looks_by_typing(Engine engine)
    {
        await using var world = await InSlack.OpenAsync(engine);
        var lead = world.As("dana.reyes");
        await lead.PressesAsync(await lead.SaysAsync($"show {await lead.PromisesAsync(Promise)}"), "Hand over");
        var view = world.Slack.LastView!;
        var field = SlackDouble.Block(world.Slack.Views[view], "to");
        Assert.Equal("external_select", field["element"]!["type"]!.ToString());
        var ask = world.Slack.Interaction("block_suggestion", lead.Account);
        (ask["block_id"], ask["action_id"], ask["value"]) = (field["block_id"]!.ToString(), "value", "raman");
        ask["view"] = world.Slack.Views[view].DeepClone();
        var found = JsonNode.Parse((await world.InteractAsync(ask)).Body)!["options"]!.AsArray();
        Assert.Equal(["priya.raman", "aisha.rahman"], found.Select(option => option!["value"]!.ToString()));

        ask["user"]!["id"] = world.Account("mateo.vargas");
        Assert.Empty(JsonNode.Parse((await world.InteractAsync(ask)).Body)!["options"]!.AsArray());
    }

    [Theory, OnBothDatabases]
    public async Task Everybodys_home_is_their_own(Engine engine)
    {
        await using var world = await InSlack.OpenAsync(engine);
        await world.LinkEverybodyAsync();
        var lead = world.As("dana.reyes");
        var promise = await lead.PromisesAsync(Promise);
        var home = await lead.HomeAsync();
        Assert.Contains("Offer an interpreter", home.Text, StringComparison.Ordinal);
        Assert.Contains("yours", home.Text, StringComparison.Ordinal);
        Assert.Equal(home.Blocks.ToJsonString(), (await lead.HomeAsync()).Blocks.ToJsonString());

        await world.Hospital.MoveAsync("2026-03-09T17:00");
        Assert.Contains("waits for you", (await lead.HomeAsync()).Text.Replace("wait for you", "waits for you", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("The equity plan on", (await world.As("colleen.fitzgerald").HomeAsync()).Text, StringComparison.Ordinal);
        var officer = await world.As("imani.brooks").HomeAsync();
        Assert.Contains("What you look after", officer.Text, StringComparison.Ordinal);

        // What is pressed there opens over it.
        await world.As("imani.brooks").PressesAsync(officer, "Schedules");
        Assert.NotEmpty(world.As("imani.brooks").Window().Text);
        _ = promise;
    }

    [Theory, OnBothDatabases]
    public async Task The_shortcut_steps_through_what_waits_for_a_word(Engine engine)
    {
        await using var world = await InSlack.OpenAsync(engine);
        var lead = world.As("dana.reyes");
        await lead.PromisesAsync("we'll offer an interpreter at every discharge by 2026-06-26, weekly");
        await world.Hospital.MoveAsync("2026-03-20T17:00");
        var payload = world.Slack.Interaction("shortcut", lead.Account);
        payload["callback_id"] = "check_in";
        Assert.Equal(200, (await world.InteractAsync(payload)).Status);
        var window = lead.Window();
        Assert.Contains("Offer an interpreter", window.Text, StringComparison.Ordinal);
        var answer = await lead.FillsInAsync(window, "Report progress", new JsonObject { ["status"] = "on-track", ["note"] = "half of the units have one" });
        Assert.Equal("", answer.Body);
        Assert.Contains("Nothing waits for a word", lead.Window(window.View).Text, StringComparison.Ordinal);
    }
}
