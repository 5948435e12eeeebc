using System.Text.Json.Nodes;
using EquityBot.Storage;
using EquityBot.Doubles;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios.Slack;

/// <summary>Buttons and windows that come back bent, late, twice, or from somebody else.</summary>
public sealed class SlackWindowStories
{
    const string Promise = "we'll offer an interpreter at every discharge by 2026-03-06";

    [Theory, OnBothDatabases] // I8
    public async Task Somebody_elses_button_does_nothing_and_says_so_to_whoever_pressed(Engine engine)
    {
        await using var world = await InSlack.OpenAsync(engine);
        await world.LinkEverybodyAsync();
        var (lead, other) = (world.As("dana.reyes"), world.As("priya.raman"));
        var draft = await lead.SaysAsync(Promise);
        var element = draft.Button("Confirm").Element;
        Assert.Equal(200, (await world.InteractAsync(world.Slack.Press(other.Account, draft.Post!, element))).Status);
        Assert.Contains("There is no such button for you", world.Slack.Posts.Single(post => post.For is not null).Text, StringComparison.Ordinal);
        Assert.Contains("Confirm", Assert.Single(lead.Sees).Titles);
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        Assert.Contains(await everywhere.Rows<AuditEntry>().ToListAsync(), entry => entry is { Action: "press", Outcome: "refused" });
        Assert.Equal("draft", (await world.Hospital.StateAsync("C-12")).GetProperty("status").GetString());
    }

    [Theory, OnBothDatabases] // I9, R15
    public async Task Pressed_twice_at_once_it_is_done_once(Engine engine)
    {
        await using var world = await InSlack.OpenAsync(engine);
        var lead = world.As("dana.reyes");
        var draft = await lead.SaysAsync(Promise);
        var element = draft.Button("Confirm").Element;
        var presses = Enumerable.Range(0, 4).Select(_ => InSlack.Form(("payload", world.Slack.Press(lead.Account, draft.Post!, element).ToJsonString()))).ToList();
        var answers = await Task.WhenAll(presses.Select(press => world.PostAsync(press, InSlack.FormType)));
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        await world.SettleAsync();
        Assert.Contains("C-12 is on the plan", Assert.Single(lead.Sees).Text, StringComparison.Ordinal);
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        Assert.Single(await everywhere.Rows<AuditEntry>().Where(entry => entry.Action == "confirm-draft" && entry.Outcome == "done").ToListAsync());
    }

    [Theory, OnBothDatabases] // I9, I10
    public async Task Who_sends_a_window_off_after_somebody_else_changed_the_promise_sees_how_it_stands(Engine engine)
    {
        await using var world = await InSlack.OpenAsync(engine);
        var lead = world.As("dana.reyes");
        var promise = await lead.PromisesAsync(Promise);
        await lead.PressesAsync(await lead.SaysAsync($"show {promise}"), "Push");
        var window = world.Slack.LastView!;
        await lead.SaysAsync($"push {promise} to 2026-03-27 because the vendor is late");
        var answer = JsonNode.Parse((await lead.SubmitsAsync(window, new JsonObject { ["due"] = "2026-03-20", ["reason"] = "earlier after all", ["need"] = "nothing" })).Body)!;
        Assert.Equal("update", answer["response_action"]!.ToString());
        var shown = answer["view"]!.AsObject();
        await BlockTypes.ViewAsync(shown);
        Assert.Contains("has changed since", shown.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("2026-03-27", (await world.Hospital.StateAsync(promise)).GetProperty("due").GetString());
    }

    [Theory] // I10
    [InlineData("another's")]
    [InlineData("nobody's")]
    [InlineData("none")]
    [InlineData("bent")]
    public async Task A_window_that_says_it_is_about_something_else_does_nothing(string meta)
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        await world.LinkEverybodyAsync();
        var (lead, other) = (world.As("dana.reyes"), world.As("priya.raman"));
        var promise = await lead.PromisesAsync(Promise);
        await lead.PressesAsync(await lead.SaysAsync($"show {promise}"), "Push");
        var view = world.Slack.Views[world.Slack.LastView!];
        var by = meta == "another's" ? other : lead;
        var named = view["private_metadata"]!.ToString();
        view["private_metadata"] = meta switch { "another's" => named, "nobody's" => named.Replace(named[..8], "00000000", StringComparison.Ordinal), "none" => "", _ => "{{" };
        var answer = await by.SubmitsAsync(world.Slack.LastView!, new JsonObject { ["due"] = "2026-03-20", ["reason"] = "late", ["need"] = "nothing" });
        Assert.Contains("There is no such button for you", answer.Body, StringComparison.Ordinal);
        await BlockTypes.ViewAsync(JsonNode.Parse(answer.Body)!["view"]!.AsObject());
        Assert.Equal("2026-03-06", (await world.Hospital.StateAsync(promise)).GetProperty("due").GetString());
    }

    [Theory] // I10
    [InlineData("due")]
    [InlineData("reason")]
    public async Task A_field_that_is_not_there_is_asked_for_where_it_belongs(string field)
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var lead = world.As("dana.reyes");
        var promise = await lead.PromisesAsync(Promise);
        await lead.PressesAsync(await lead.SaysAsync($"show {promise}"), "Push");
        var view = world.Slack.Views[world.Slack.LastView!];
        var block = SlackDouble.Block(view, field);
        view["blocks"]!.AsArray().Remove(block);
        var answer = JsonNode.Parse((await lead.SubmitsAsync(world.Slack.LastView!, new JsonObject { ["due"] = "2026-03-20", ["reason"] = "late", ["need"] = "nothing" })).Body)!;
        Assert.Equal(block["block_id"]!.ToString(), Assert.Single(answer["errors"]!.AsObject()).Key);
        Assert.Equal("2026-03-06", (await world.Hospital.StateAsync(promise)).GetProperty("due").GetString());
    }
}
