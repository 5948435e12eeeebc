using System.Text.Json.Nodes;
using EquityBot.Doubles;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios.Teams;

/// <summary>The loop of a promise, told entirely through <c>/api/messages</c> and the Connector, with signed tokens.</summary>
public sealed class TeamsStories
{
    const string Promise = "we'll offer an interpreter at every discharge by 2026-03-06";

    [Theory, OnBothDatabases]
    public async Task A_promise_nobody_answers_for_reaches_the_board_one_step_at_a_time(Engine engine)
    {
        await using var world = await InTeams.OpenAsync(engine);
        await world.InstallForEverybodyAsync();
        var (lead, board) = (world.As("dana.reyes"), world.As("ruth.okafor"));
        var promise = await lead.PromisesAsync(Promise);
        Assert.Contains(promise, lead.Sees[^1].Text, StringComparison.Ordinal);

        await world.Hospital.MoveAsync("2026-03-09T17:00");
        Assert.Contains("Report progress", lead.Saw("was due Friday, March 6").Titles);
        Assert.Contains("What you can say", Assert.Single(board.Sees).Text, StringComparison.Ordinal);

        await world.Hospital.MoveAsync("2026-04-30T17:00");
        Assert.Contains("Decide", board.Saw("Cardiology", "no answer since March 6").Titles);
        Assert.Equal("exhausted", (await world.Hospital.StateAsync(promise)).GetProperty("case").GetProperty("status").GetString());
    }

    [Theory, OnBothDatabases]
    public async Task A_draft_becomes_its_receipt_where_it_stands_for_everybody(Engine engine)
    {
        await using var world = await InTeams.OpenAsync(engine);
        var lead = world.As("dana.reyes");
        var draft = await lead.SaysAsync(Promise);
        Assert.Contains("Confirm", draft.Titles);
        var answer = await lead.PressesAsync(draft, "Confirm");
        Assert.Equal("application/vnd.microsoft.card.adaptive", answer["type"]!.ToString());

        // What the pressing person's client shows and what stands in the conversation are the same card, and no message was added.
        var standing = Assert.Single(lead.Sees);
        Assert.Equal(draft.Id, standing.Id);
        Assert.Equal(answer["value"]!.ToJsonString(), standing.Card.ToJsonString());
        Assert.DoesNotContain("Confirm", standing.Titles);
    }

    [Theory, OnBothDatabases]
    public async Task What_became_outdated_says_so_where_it_stands(Engine engine)
    {
        await using var world = await InTeams.OpenAsync(engine);
        var lead = world.As("dana.reyes");
        var promise = await lead.PromisesAsync(Promise);
        var shown = await lead.SaysAsync($"show {promise}");
        await lead.SaysAsync($"progress on {promise}: 2 of 4 units have interpreters");
        Assert.Contains("has changed since", lead.Sees.Single(card => card.Id == shown.Id).Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task The_same_message_twice_is_one_and_a_press_under_another_id_is_the_same_press(Engine engine) // R15, R16, S10
    {
        await using var world = await InTeams.OpenAsync(engine);
        var lead = world.As("dana.reyes");
        var message = world.Teams.Activity("message", "dana.reyes", "1");
        message["text"] = Promise;
        for (var time = 0; time < 3; time++)
        {
            Assert.Equal(200, (await world.SendAsync(message)).Status);
        }

        var draft = Assert.Single(lead.Sees);
        await lead.PressesAsync(draft, "Confirm", id: "2");
        var again = await lead.PressesAsync(draft, "Confirm", id: "3");
        Assert.Equal(200, (int)again["statusCode"]!);
        Assert.Single(lead.Sees);
        Assert.Equal("C-12", (await world.Hospital.StateAsync("C-12")).GetProperty("ref").GetString());
        Assert.Equal(404, (await world.Hospital.AskAsync(HttpMethod.Get, "/practice/api/state/C-13")).Status);
    }

    [Theory, OnBothDatabases]
    public async Task Ids_of_activities_are_told_apart_within_their_conversation(Engine engine) // R17
    {
        await using var world = await InTeams.OpenAsync(engine);
        foreach (var account in new[] { "dana.reyes", "ben.kowalski" })
        {
            var message = world.Teams.Activity("message", account, "1");
            message["text"] = "help";
            Assert.Equal(200, (await world.SendAsync(message)).Status);
            Assert.Single(world.As(account).Sees);
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_form_that_is_not_filled_in_leaves_the_card_alone_and_says_what_to_put_right(Engine engine)
    {
        await using var world = await InTeams.OpenAsync(engine);
        var lead = world.As("dana.reyes");
        var promise = await lead.PromisesAsync(Promise);
        var card = await lead.SaysAsync($"show {promise}");
        var answer = await lead.PressesAsync(card, "Push", new JsonObject { ["due"] = "someday" });
        Assert.Equal("application/vnd.microsoft.activity.message", answer["type"]!.ToString());
        Assert.Equal(card.Card.ToJsonString(), lead.Sees.Single(one => one.Id == card.Id).Card.ToJsonString());
        Assert.True(lead.Sees.Count > 2);
    }

    [Theory, OnBothDatabases]
    public async Task Somebody_elses_button_does_nothing(Engine engine) // I6, I8
    {
        await using var world = await InTeams.OpenAsync(engine);
        var draft = await world.As("dana.reyes").SaysAsync(Promise);
        var other = world.As("ben.kowalski");
        await other.SaysAsync("help");
        var answer = JsonNode.Parse((await world.SendAsync(other.Press(draft, draft.Verb("Confirm")))).Body)!;
        Assert.Equal(404, (int)answer["statusCode"]!);
        Assert.Contains("Confirm", Assert.Single(world.As("dana.reyes").Sees).Titles);
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        Assert.Equal("refused", Assert.Single(await everywhere.Rows<Storage.AuditEntry>().Where(one => one.Action == "press").Select(one => one.Outcome).ToListAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task An_answer_that_may_have_arrived_is_not_sent_again_and_its_buttons_work(Engine engine) // R19
    {
        await using var world = await InTeams.OpenAsync(engine);
        var lead = world.As("dana.reyes");
        world.Teams.Script = request => request is { Method: "POST" } && request.Path.EndsWith("/activities", StringComparison.Ordinal) ? new(504, "", Takes: true) : null;
        var draft = await lead.SaysAsync(Promise);
        await world.Hospital.MoveAsync("2026-03-03T17:00");
        Assert.Single(lead.Sees);
        world.Teams.Script = null;
        var answer = await lead.PressesAsync(draft, "Confirm");
        Assert.Equal(200, (int)answer["statusCode"]!);
        Assert.Equal("C-12", (await world.Hospital.StateAsync("C-12")).GetProperty("ref").GetString());
    }

    [Theory, OnBothDatabases]
    public async Task Pressed_twice_at_once_it_is_done_once_and_both_see_what_came_of_it(Engine engine) // I9, R15
    {
        await using var world = await InTeams.OpenAsync(engine);
        var lead = world.As("dana.reyes");
        var draft = await lead.SaysAsync(Promise);
        var (press, token) = (lead.Press(draft, draft.Verb("Confirm")), world.Teams.Token(DateTimeOffset.UtcNow));
        var other = lead.Press(draft, draft.Verb("Confirm"));
        var answers = await Task.WhenAll(new[] { press, other, press, other }.Select(one => world.PostAsync(one.ToJsonString(), token)));
        await world.SettleAsync();
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.All(answers, answer => Assert.Contains((int)JsonNode.Parse(answer.Body)!["statusCode"]!, new[] { 200, 503 }));
        Assert.Equal("C-12", (await world.Hospital.StateAsync("C-12")).GetProperty("ref").GetString());
        Assert.Equal(404, (await world.Hospital.AskAsync(HttpMethod.Get, "/practice/api/state/C-13")).Status);
        Assert.Single(lead.Sees);
    }

    [Theory, OnBothDatabases]
    public async Task A_client_that_does_not_know_verbs_sends_a_message_and_is_understood(Engine engine)
    {
        await using var world = await InTeams.OpenAsync(engine);
        var lead = world.As("dana.reyes");
        var draft = await lead.SaysAsync(Promise);
        var submitted = world.Teams.Activity("message", "dana.reyes");
        submitted["value"] = draft.Fallback("Confirm");
        submitted["replyToId"] = draft.Id;
        Assert.Equal(200, (await world.SendAsync(submitted)).Status);
        Assert.DoesNotContain("Confirm", Assert.Single(lead.Sees).Titles);
    }

    [Fact]
    public async Task A_dozen_answers_at_once_come_one_after_the_other_and_all_come()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        var lead = world.As("dana.reyes");
        for (var time = 0; time < 12; time++)
        {
            var message = world.Teams.Activity("message", "dana.reyes");
            message["text"] = "mine";
            Assert.Equal(200, (await world.PostAsync(message.ToJsonString(), world.Teams.Token(DateTimeOffset.UtcNow))).Status);
        }

        await world.SettleAsync();
        Assert.Equal(12, lead.Sees.Count);
    }
}
