using System.Text.Json.Nodes;
using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.People;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios.Slack;

/// <summary>What Slack answers when something is wrong, and what becomes of what was to be said.</summary>
public sealed class SlackFaultStories
{
    const string Promise = "we'll offer an interpreter at every discharge by 2026-03-06";

    [Theory] // C4
    [InlineData("channel_not_found")]
    [InlineData("is_archived")]
    [InlineData("not_in_channel")]
    [InlineData("user_disabled")]
    [InlineData("messages_tab_disabled")]
    [InlineData("missing_scope")]
    public async Task What_cannot_be_said_there_is_parked_with_its_reason(string error)
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        await world.As("dana.reyes").PromisesAsync(Promise);
        world.Slack.Script = request => request.Method == "chat.postMessage" ? SlackReply.Error(error) : null;
        await world.Hospital.MoveAsync("2026-03-09T17:00");
        Assert.Contains(await DeliveriesAsync(world), one => one.State == DeliveryState.Failed && one.Reason!.Contains(error, StringComparison.Ordinal));
        Assert.All(world.Hospital.Errors.Forget(), line => Assert.Contains(error, line, StringComparison.Ordinal));
    }

    [Theory] // C4
    [InlineData("chat.postMessage", "missing_scope", "im:write,chat:write", "chat.postMessage – missing_scope (im:write,chat:write)")]
    [InlineData("chat.postMessage", "messages_tab_disabled", null, "chat.postMessage – messages_tab_disabled")]
    [InlineData("chat.postMessage", "restricted_action_read_only_channel", null, "chat.postMessage – restricted_action_read_only_channel")]
    [InlineData("users.info", "no_permission", "<!channel>", "users.info – no_permission")]
    [InlineData("views.publish", "not_allowed_token_type", null, "views.publish – not_allowed_token_type")]
    public async Task What_only_a_setting_can_change_the_officer_hears_once_a_day(string method, string error, string? needed, string reason)
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var (lead, officer) = (world.As("dana.reyes"), world.As("imani.brooks"));
        await officer.SaysAsync("help");
        var answer = new JsonObject { ["ok"] = false, ["error"] = error, ["needed"] = needed }.ToJsonString();
        world.Slack.Script = request => request.Method == method && request["channel"] != officer.Conversation ? new(200, answer) : null;
        await world.SendAsync(world.Slack.Says(lead.Account, "help"));
        await world.SendAsync(world.Slack.Event(new() { ["type"] = "app_home_opened", ["user"] = lead.Account, ["channel"] = lead.Conversation, ["tab"] = "home" }));
        await world.SendAsync(world.Slack.Says(lead.Account, "mine"));
        var told = Assert.Single(officer.Sees, seen => seen.Text.Contains("Slack refuses something I need", StringComparison.Ordinal));
        Assert.Contains($"Slack says: {reason}. That is a setting", told.Text, StringComparison.Ordinal);
        Assert.All(world.Hospital.Errors.Forget(), line => Assert.Contains(error, line, StringComparison.Ordinal));
    }

    [Theory] // C4
    [InlineData("token_revoked")]
    [InlineData("account_inactive")]
    [InlineData("invalid_auth")]
    public async Task When_the_token_is_dead_nothing_is_sent_any_more_and_it_is_said(string error)
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        await world.As("dana.reyes").PromisesAsync(Promise);
        var before = world.Slack.Of("chat.postMessage").Count;
        world.Slack.Script = request => request.Path.StartsWith("/api/", StringComparison.Ordinal) ? SlackReply.Error(error) : null;
        await world.Hospital.MoveAsync("2026-03-09T17:00");

        // One was told that it is dead, and nothing went after it.
        var posts = world.Slack.Of("chat.postMessage").Count;
        Assert.Equal(before + 1, posts);
        await world.Hospital.MoveAsync("2026-03-12T17:00");
        Assert.Equal(posts, world.Slack.Of("chat.postMessage").Count);
        Assert.Contains(world.Hospital.Errors.Forget(), line => line.Contains("install the app again", StringComparison.Ordinal));
        Assert.Contains(await DeliveriesAsync(world), one => one is { State: DeliveryState.Failed });

        // The officer has no other address here, and is told once whenever there is one.
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        var told = await everywhere.Rows<Notice>().Where(one => one.Trigger == "shut-out").Select(one => one.Period).ToListAsync();
        Assert.NotEmpty(told);
        Assert.Equal(told.Count, told.Distinct().Count());
    }

    [Theory] // C1, C3
    [InlineData("1")]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("999999999")]
    [InlineData("Wed, 21 Oct 2026 07:28:00 GMT")]
    public async Task Too_many_at_once_wait_and_all_arrive(string retryAfter)
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var lead = world.As("dana.reyes");
        var refused = 0;
        world.Slack.Script = request => request.Method == "chat.postMessage" && Interlocked.Increment(ref refused) == 1 ? new(429, """{"ok":false,"error":"ratelimited"}""", retryAfter.Length > 0 ? retryAfter : null) : null;
        Assert.Equal(200, (await world.SendAsync(world.Slack.Says(lead.Account, "help"))).Status);
        if (retryAfter == "1")
        {
            Assert.Single(lead.Sees);
        }
        else
        {
            // Without a sensible word of Slack's it waits longer than practice does.
            Assert.Contains(await DeliveriesAsync(world), one => one is { State: DeliveryState.Due, Attempts: 0 });
            Assert.Empty(lead.Sees);
        }
    }

    [Fact]
    public async Task Blocks_that_Slack_does_not_take_are_said_in_words_alone()
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        world.Slack.Script = request => request.Method == "chat.postMessage" && request["blocks"]!.Contains("\"header\"", StringComparison.Ordinal)
            ? new(200, """{"ok":false,"error":"invalid_blocks","response_metadata":{"messages":["[ERROR] must be shorter [json-pointer:/blocks/0/text/text]"]}}""")
            : null;
        var seen = await world.As("dana.reyes").SaysAsync("help");
        Assert.Contains("What you can say", Assert.Single(seen.Blocks)!["text"]!["text"]!.ToString(), StringComparison.Ordinal);
        Assert.Contains(world.Hospital.Errors.Forget(), line => line.Contains("json-pointer:/blocks/0/text/text", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("message_not_found")]
    [InlineData("cant_update_message")]
    [InlineData("edit_window_closed")]
    public async Task A_message_that_is_not_there_any_more_is_posted_anew(string error)
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var lead = world.As("dana.reyes");
        var draft = await lead.SaysAsync(Promise);
        world.Slack.Script = request => request.Method == "chat.update" ? SlackReply.Error(error) : null;
        await lead.PressesAsync(draft, "Confirm");
        Assert.Contains("C-12", lead.Sees[^1].Text, StringComparison.Ordinal);
        Assert.NotEqual(draft.Post!.Ts, lead.Sees[^1].Post!.Ts);

        // What becomes of it from now on is drawn there.
        world.Slack.Script = null;
        await lead.SaysAsync("progress on C-12: 2 of 4 units have interpreters");
        Assert.Contains("has changed since", lead.Sees.Single(seen => seen.Post!.Ts == lead.Sees[1].Post!.Ts).Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task What_a_window_shows_can_be_pressed_before_its_message_has_arrived(Engine engine)
    {
        await using var world = await InSlack.OpenAsync(engine);
        var lead = world.As("dana.reyes");
        await lead.SaysAsync("help");
        world.Slack.Script = request => request.Method == "chat.postMessage" ? new(429, """{"ok":false,"error":"ratelimited"}""", "600") : null;
        var payload = world.Slack.Interaction("message_action", lead.Account);
        (payload["callback_id"], payload["message_ts"], payload["channel"]) = ("log_commitment", "1700000000.000100", new JsonObject { ["id"] = "C01ROOM" });
        payload["message"] = new JsonObject { ["text"] = "We offer an interpreter at every discharge by 2026-03-20", ["ts"] = "1700000000.000100" };
        Assert.Equal(200, (await world.InteractAsync(payload)).Status);
        Assert.Single(lead.Sees);
        var window = lead.Window();
        await lead.PressesAsync(window, "Confirm");
        Assert.Contains("C-12", lead.Window(window.View).Text, StringComparison.Ordinal);
        Assert.Equal("active", (await world.Hospital.StateAsync("C-12")).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(0, "")]
    [InlineData(200, """{"ok":false,"error":"internal_error"}""")]
    public async Task What_may_have_arrived_is_not_sent_again_and_its_buttons_work(int status, string body)
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var lead = world.As("dana.reyes");
        world.Slack.Script = request => request.Method == "chat.postMessage" ? new(status, body, Takes: true) : null;
        var draft = await lead.SaysAsync(Promise);
        await world.Hospital.MoveAsync("2026-03-03T17:00");
        Assert.Single(lead.Sees);
        world.Slack.Script = null;
        await lead.PressesAsync(draft, "Confirm");
        Assert.Equal("active", (await world.Hospital.StateAsync("C-12")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Guests_strangers_and_second_accounts_are_nobody()
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        Action<JsonObject>[] doubts =
        [
            user => user["is_restricted"] = true, user => user["is_ultra_restricted"] = true, user => user["is_stranger"] = true, user => user["is_bot"] = true, user => user["deleted"] = true,
            user => user["is_email_confirmed"] = false, user => user["team_id"] = "T99OTHER", user => user["profile"]!["email"] = "nobody@riverbend.example", user => user.Remove("profile"),
        ];
        foreach (var (number, doubt) in doubts.Index())
        {
            var account = world.Slack.Employ($"second{number}", "dana.reyes@riverbend.example", doubt);
            Assert.Equal(200, (await world.SendAsync(world.Slack.Says(account, Promise))).Status);
            Assert.Contains("We have not met yet", Assert.Single(world.Slack.In(SlackDouble.Conversation(account))).Text, StringComparison.Ordinal);
        }

        await world.As("dana.reyes").SaysAsync("help");
        var second = world.Slack.Employ("dana2", world.Slack.Users[world.Account("dana.reyes")]["profile"]!["email"]!.ToString());
        await world.SendAsync(world.Slack.Says(second, "mine"));
        Assert.Contains("We have not met yet", Assert.Single(world.Slack.In(SlackDouble.Conversation(second))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_Slack_cannot_be_asked_who_we_are_nothing_that_was_said_is_lost()
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var lead = world.As("dana.reyes");
        var said = world.Slack.Says(lead.Account, "help");
        world.Slack.Script = request => request.Method == "auth.test" ? new(503) : null;
        Assert.Equal(503, (await world.SendAsync(said)).Status);
        Assert.Contains("nothing was kept", (await world.CommandAsync("dana.reyes", "help")).Body, StringComparison.Ordinal);
        world.Slack.Script = null;
        Assert.Equal(200, (await world.SendAsync(said)).Status);
        Assert.Contains("What you can say", Assert.Single(lead.Sees).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expired_trigger_id")]
    [InlineData("ratelimited")]
    public async Task What_a_window_was_to_show_is_said_where_no_window_opens(string error)
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var (lead, officer) = (world.As("dana.reyes"), world.As("imani.brooks"));
        await officer.SaysAsync("help");
        var home = await officer.HomeAsync();
        var promise = await lead.PromisesAsync(Promise);
        var shown = await lead.SaysAsync($"show {promise}");
        world.Slack.Script = request => request.Method == "views.open" ? SlackReply.Error(error) : null;

        // What was done is seen all the same, and its buttons work.
        await officer.PressesAsync(home, "Schedules");
        Assert.Contains(world.Slack.Posts, post => post.Conversation == officer.Account && new SlackSeen(post.Blocks, post).Text.Contains("S-1", StringComparison.Ordinal));

        var shortcut = world.Slack.Interaction("shortcut", lead.Account);
        shortcut["callback_id"] = "check_in";
        Assert.Equal(200, (await world.InteractAsync(shortcut)).Status);
        Assert.Contains(world.Slack.Posts, post => post.Conversation == lead.Account);

        // A form that does not open is said to whoever pressed.
        await lead.PressesAsync(shown, "Push");
        Assert.Contains("Press again", world.Slack.Requests[^1].Text, StringComparison.Ordinal);
    }

    [Fact] // R14
    public async Task A_retry_while_the_first_is_being_decided_is_sent_away_at_once_and_finds_it_done_later()
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var lead = world.As("dana.reyes");
        await lead.SaysAsync("help");
        var said = world.Slack.Says(lead.Account, Promise).ToJsonString();
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        var organization = await everywhere.Rows<Organization>().Select(one => one.Id).SingleAsync();

        // Whoever writes holds the file: the first waits for it, in the middle of its turn.
        var (first, second, firstEnded) = ((Task<RawAnswer>?)null, (Task<RawAnswer>?)null, false);
        await world.Hospital.Store.WriteAsync(organization, Storage.Urgency.Inbound, async _ =>
        {
            first = world.PostAsync(said, "application/json");
            second = world.PostAsync(said, "application/json");
            var away = await Task.WhenAny(first, second);
            Assert.Equal(503, (await away).Status);
            firstEnded = (away == first ? second : first).IsCompleted;
        }, CancellationToken.None);
        Assert.False(firstEnded);
        var statuses = (await Task.WhenAll(first!, second!)).Select(one => one.Status).Order();
        Assert.Equal([200, 503], statuses);
        Assert.Equal(200, (await world.PostAsync(said, "application/json")).Status);
        await world.SettleAsync();
        Assert.Equal(2, lead.Sees.Count);
    }

    [Fact]
    public async Task Where_Slack_cannot_be_asked_who_that_is_the_event_comes_again()
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var lead = world.As("dana.reyes");
        var said = world.Slack.Says(lead.Account, "help");
        world.Slack.Script = request => request.Method == "users.info" ? new(503) : null;
        Assert.Equal(503, (await world.SendAsync(said)).Status);
        world.Slack.Script = null;
        Assert.Equal(200, (await world.SendAsync(said)).Status);
        Assert.Contains("What you can say", Assert.Single(lead.Sees).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Taken_out_of_a_channel_it_forgets_it()
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var lead = world.As("dana.reyes");
        await world.SendAsync(world.Slack.Mentions(lead.Account, "mine", "C01ROOM"));
        Assert.Equal(1, await RoomsAsync(world));
        await world.SendAsync(world.Slack.Event(new() { ["type"] = "member_left_channel", ["user"] = SlackDouble.Bot, ["channel"] = "C01ROOM" }));
        Assert.Equal(0, await RoomsAsync(world));
    }

    static async Task<int> RoomsAsync(InSlack world)
    {
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        return await everywhere.Rows<Room>().CountAsync(one => one.Channel == "slack");
    }

    static async Task<List<Delivery>> DeliveriesAsync(InSlack world)
    {
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        return await everywhere.Rows<Delivery>().ToListAsync();
    }
}
