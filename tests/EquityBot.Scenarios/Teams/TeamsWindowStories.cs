using System.Text.Json.Nodes;
using EquityBot.Chat;
using EquityBot.Doubles;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios.Teams;

/// <summary>What Teams asks beside the conversation: names while somebody types, promises to show to others, forms in windows, and a promise made of a message.</summary>
public sealed class TeamsWindowStories
{
    const string Promise = "we'll offer an interpreter at every discharge by 2026-03-20";
    const string Link = "https://teams.microsoft.com/l/message/19:abc@thread.tacv2/1700000000001?tenantId=x";
    const string GroupChat = "19:discharge-planning@thread.v2";

    [Theory, OnBothDatabases]
    public async Task A_long_list_is_asked_for_while_somebody_types(Engine engine)
    {
        await using var world = await InTeams.OpenAsync(engine);
        await world.InstallForEverybodyAsync();
        var lead = world.As("dana.reyes");
        var shown = await lead.SaysAsync($"show {await lead.PromisesAsync(Promise)}");
        var field = Inputs(shown.Card).Single(input => input["id"]!.ToString() == "to");
        Assert.Empty(field["choices"]!.AsArray());
        var dataset = field["choices.data"]!["dataset"]!.ToString();

        Assert.Equal([("Priya Raman", "priya.raman"), ("Aisha Rahman", "aisha.rahman")], await SearchAsync(world, "dana.reyes", dataset, "raman"));
        Assert.Equal(("Priya Raman", "priya.raman"), (await SearchAsync(world, "dana.reyes", dataset, "Prija"))[0]);
        Assert.Equal(15, (await SearchAsync(world, "dana.reyes", dataset, "")).Count);
        Assert.Empty(await SearchAsync(world, "aisha.rahman", dataset, "raman"));
        Assert.Empty(await SearchAsync(world, "dana.reyes", $"{Guid.NewGuid():N}.to", "raman"));
        Assert.Empty(await SearchAsync(world, "dana.reyes", "nothing of ours", "raman"));

        await lead.PressesAsync(shown, "Hand over", new JsonObject { [field["id"]!.ToString()] = "priya.raman" });
        Assert.Contains("Accept", world.As("priya.raman").Saw("interpreter").Titles);
    }

    [Theory, OnBothDatabases]
    public async Task A_long_form_opens_in_a_window_that_says_what_is_wrong_and_keeps_what_was_typed(Engine engine)
    {
        await using var world = await InTeams.OpenAsync(engine);
        var officer = world.As("imani.brooks");
        var card = await officer.SaysAsync("pause Desert Families because their director changed");
        var open = Buttons(card.Card).Single(action => action["title"]!.ToString() == "Edit");
        Assert.Equal(("Action.Submit", "task/fetch"), (open["type"]!.ToString(), open["data"]!["msteams"]!["type"]!.ToString()));

        var window = await InvokeAsync(world, "imani.brooks", "task/fetch", new JsonObject { ["data"] = open["data"]!.DeepClone() });
        var form = Assert.IsType<JsonObject>(window!["task"]!["value"]!["card"]!["content"]);
        Assert.Empty(CardLint.Look(form));
        var send = Assert.Single(Buttons(form));
        Assert.Equal("Action.Submit", send["type"]!.ToString());
        var typed = new JsonObject(Inputs(form).Select(input => KeyValuePair.Create(input["id"]!.ToString(), input["value"]?.DeepClone()))) { ["equitybot"] = send["data"]!["equitybot"]!.DeepClone(), ["focus"] = "Families of the desert towns" };

        // Refused in the window, beside what was typed; nothing is posted.
        var (before, wrong) = (officer.Sees.Count, (JsonObject)typed.DeepClone());
        wrong["kind"] = new string('x', 61);
        var again = (await InvokeAsync(world, "imani.brooks", "task/submit", new JsonObject { ["data"] = wrong }))!["task"]!["value"]!["card"]!["content"]!;
        Assert.Contains("60", again["fallbackText"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("Families of the desert towns", Inputs(again).Single(input => input["id"]!.ToString() == "focus")["value"]!.ToString());
        Assert.Equal(before, officer.Sees.Count);

        // Told again under its id, it is refused again and nothing is lost.
        var once = await InvokeAsync(world, "imani.brooks", "task/submit", new JsonObject { ["data"] = wrong.DeepClone() }, id: "refused twice");
        Assert.Equal(once!.ToJsonString(), (await InvokeAsync(world, "imani.brooks", "task/submit", new JsonObject { ["data"] = wrong.DeepClone() }, id: "refused twice"))!.ToJsonString());
        Assert.Equal("continue", once["task"]!["type"]!.ToString());

        // Done: the window closes, and the card is in the chat.
        Assert.Null(await InvokeAsync(world, "imani.brooks", "task/submit", new JsonObject { ["data"] = typed.DeepClone() }));
        officer.Saw("Families of the desert towns");
    }

    [Fact]
    public async Task Somebody_elses_form_does_not_open_for_what_it_would_show()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        var card = await world.As("imani.brooks").SaysAsync("pause Desert Families because their director changed");
        var data = Buttons(card.Card).Single(action => action["title"]!.ToString() == "Edit")["data"]!;
        foreach (var account in new[] { "mateo.vargas", "mallory" })
        {
            var answer = await InvokeAsync(world, account, "task/fetch", new JsonObject { ["data"] = data.DeepClone() });
            Assert.Equal("message", answer!["task"]!["type"]!.ToString());
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_message_becomes_a_promise_that_leads_back_to_it(Engine engine)
    {
        await using var world = await InTeams.OpenAsync(engine);
        await world.InstallForEverybodyAsync();
        var lead = world.As("dana.reyes");
        var before = lead.Sees.Count;
        var window = await MessageActionAsync(world, "dana.reyes", "<div>We should <b>offer an interpreter</b> at every discharge by 2026-03-20 &amp; say so</div>", Link);
        var draft = window!["task"]!["value"]!["card"]!["content"]!;
        Assert.Contains("offer an interpreter at every discharge", draft["fallbackText"]!.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(CardLint.Look(draft));

        // Whoever closes the window finds it in the chat, and there it becomes its receipt as well.
        var kept = Assert.Single(lead.Sees.Skip(before));
        Assert.Equal(draft["fallbackText"]!.ToString(), kept.Text);
        Assert.Contains("Confirm", kept.Titles);

        var confirm = Buttons(draft).Single(action => action["title"]!.ToString().StartsWith("Confirm", StringComparison.Ordinal))["data"]!;
        var receipt = await InvokeAsync(world, "dana.reyes", "composeExtension/submitAction", new JsonObject { ["commandId"] = "logCommitment", ["data"] = confirm.DeepClone() });
        var promise = System.Text.RegularExpressions.Regex.Match(receipt!["task"]!["value"]!["card"]!["content"]!["fallbackText"]!.ToString(), "C-[0-9]+").Value;
        Assert.Contains(promise, Assert.Single(lead.Sees.Skip(before)).Text, StringComparison.Ordinal);
        Assert.Contains(Link, (await lead.SaysAsync($"show {promise}")).Card.ToJsonString().Replace("\\u0026", "&", StringComparison.Ordinal), StringComparison.Ordinal);

        // The same press again finds it done.
        Assert.Contains(promise, (await InvokeAsync(world, "dana.reyes", "composeExtension/submitAction", new JsonObject { ["data"] = confirm.DeepClone() }))!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_whose_window_was_closed_is_confirmed_in_the_chat_and_the_window_finds_it_done()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        await world.InstallForEverybodyAsync();
        var lead = world.As("dana.reyes");
        var window = await MessageActionAsync(world, "dana.reyes", "offer an interpreter at every discharge by 2026-03-20", Link);
        await lead.PressesAsync(lead.Sees[^1], "Confirm");
        Assert.Contains("C-12", lead.Sees[^1].Text, StringComparison.Ordinal);

        var confirm = Buttons(window!["task"]!["value"]!["card"]!["content"]!).Single(action => action["title"]!.ToString().StartsWith("Confirm", StringComparison.Ordinal))["data"]!;
        var late = await InvokeAsync(world, "dana.reyes", "composeExtension/submitAction", new JsonObject { ["commandId"] = "logCommitment", ["data"] = confirm.DeepClone() });
        Assert.Contains("C-12", late!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(404, (await world.Hospital.AskAsync(HttpMethod.Get, "/practice/api/state/C-13")).Status);
    }

    [Theory]
    [InlineData("personal")]
    [InlineData("groupChat")]
    [InlineData(null)]
    public async Task Of_a_conversation_in_which_the_bot_is_not_nothing_is_kept(string? kind)
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        await world.InstallForEverybodyAsync();
        var before = await KeptAsync(world);
        foreach (var name in new[] { "composeExtension/query", "composeExtension/fetchTask" })
        {
            var invoke = world.Teams.Activity("invoke", "dana.reyes");
            (invoke["name"], invoke["value"]) = (name, Logged("offer an interpreter at every discharge by 2026-03-20", Link));
            if (kind is null)
            {
                invoke.Remove("conversation");
            }
            else
            {
                (invoke["conversation"]!["id"], invoke["conversation"]!["conversationType"]) = ("19:of-two-others@unq.gbl.spaces", kind);
            }

            var answer = await world.SendAsync(invoke);
            Assert.Equal(200, answer.Status);
            Assert.Contains(name == "composeExtension/query" ? "composeExtension" : "Confirm", answer.Body, StringComparison.Ordinal);
        }

        Assert.Equal(before, await KeptAsync(world));
        Assert.Contains("Confirm", world.As("dana.reyes").Sees[^1].Titles);
    }

    static async Task<string> KeptAsync(InTeams world)
    {
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        var rooms = await everywhere.Rows<People.Room>().Where(one => one.Channel == "teams").CountAsync();
        return string.Join('\n', (await everywhere.Rows<People.ChatAddress>().Where(one => one.Channel == "teams").Select(one => one.Route).ToListAsync()).Order()) + rooms;
    }

    [Fact]
    public async Task Whoever_has_no_chat_with_the_bot_confirms_in_the_window()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        world.Teams.WithoutApp[TeamsDouble.DirectoryId("dana.reyes")] = true;
        var window = await MessageActionAsync(world, "dana.reyes", "offer an interpreter at every discharge by 2026-03-20", Link, GroupChat);
        var confirm = Buttons(window!["task"]!["value"]!["card"]!["content"]!).Single(action => action["title"]!.ToString().StartsWith("Confirm", StringComparison.Ordinal))["data"]!;
        var receipt = await InvokeAsync(world, "dana.reyes", "composeExtension/submitAction", new JsonObject { ["commandId"] = "logCommitment", ["data"] = confirm.DeepClone() }, GroupChat);
        Assert.Contains("C-12", receipt!.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(world.As("dana.reyes").Sees);
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        Assert.DoesNotContain(DeliveryState.Failed, await everywhere.Rows<Delivery>().Select(one => one.State).ToListAsync());
    }

    [Theory]
    [InlineData("http://teams.microsoft.com/l/message/1")]
    [InlineData("https://teams.microsoft.com.evil.example/l/message/1")]
    [InlineData("https://user@teams.microsoft.com/l/message/1")]
    [InlineData("https://teams.microsoft.com:444/l/message/1")]
    [InlineData("javascript:alert(1)")]
    [InlineData("not an address")]
    public async Task A_way_back_that_leads_elsewhere_is_not_kept(string link)
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        await MessageActionAsync(world, "dana.reyes", "offer an interpreter at every discharge by 2026-03-20", link);
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        Assert.Null(await everywhere.Rows<Commitments.Commitment>().OrderByDescending(one => one.Number).Select(one => one.Source).FirstAsync());
    }

    [Theory]
    [InlineData("<div><img src='x'></div>", "no words")]
    [InlineData("Call Maria Gomez, MRN 00482913, by 2026-03-20", "record number")]
    public async Task What_can_be_no_promise_is_said_in_the_window_and_not_kept(string body, string says)
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        var window = await MessageActionAsync(world, "dana.reyes", body, Link);
        Assert.Contains(says, window!.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(await world.Hospital.StoredTextsAsync(), text => text.Contains("00482913", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_a_very_long_message_the_beginning_becomes_the_draft()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        var window = await MessageActionAsync(world, "dana.reyes", string.Concat(Enumerable.Repeat("offer an interpreter ", 200)), Link);
        var what = Inputs(window!["task"]!["value"]!["card"]!["content"]).Single(input => input["id"]!.ToString() == "what")["value"]!.ToString();
        Assert.EndsWith(" offer an…", what, StringComparison.Ordinal);
        Assert.InRange(what.Length, 400, 500);
    }

    [Theory, OnBothDatabases]
    public async Task Promises_are_found_to_be_shown_to_others_without_names_and_buttons(Engine engine)
    {
        await using var world = await InTeams.OpenAsync(engine);
        var promise = await world.As("dana.reyes").PromisesAsync(Promise);
        var found = (await FindAsync(world, "aisha.rahman", "interpreter discharge"))["attachments"]!.AsArray();
        var one = Assert.Single(found)!;
        Assert.Contains($"{promise} is on Cardiology's plan", one["content"]!["fallbackText"]!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Dana", one["content"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(Buttons(one["content"]));
        Assert.Empty(CardLint.Look(one["content"]!));
        Assert.Contains("by Friday, March 20", one["preview"]!["content"]!["text"]!.ToString(), StringComparison.Ordinal);

        Assert.Equal(one.ToJsonString(), Assert.Single((await FindAsync(world, "aisha.rahman", promise.ToLowerInvariant()))["attachments"]!.AsArray().Take(1))!.ToJsonString());
        var mine = (await FindAsync(world, "dana.reyes", ""))["attachments"]!.AsArray();
        Assert.Equal(one.ToJsonString(), mine.First(card => card!.ToJsonString().Contains("interpreter", StringComparison.Ordinal))!.ToJsonString());
        Assert.Equal("message", (await FindAsync(world, "dana.reyes", "no such thing"))["type"]!.ToString());
        Assert.Equal("message", (await FindAsync(world, "mallory", "interpreter"))["type"]!.ToString());
    }

    [Fact]
    public async Task What_is_not_on_the_plan_yet_is_not_found()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        await world.As("dana.reyes").SaysAsync(Promise);
        Assert.Equal("message", (await FindAsync(world, "dana.reyes", "interpreter discharge"))["type"]!.ToString());
    }

    static async Task<JsonNode?> InvokeAsync(InTeams world, string account, string name, JsonObject value, string? room = null, string? id = null)
    {
        var invoke = room is null ? world.Teams.Activity("invoke", account, id) : world.Teams.InRoom("invoke", account, room);
        (invoke["name"], invoke["value"]) = (name, value);
        var answer = await world.SendAsync(invoke);
        Assert.Equal(200, answer.Status);
        return answer.Body.Length == 0 ? null : JsonNode.Parse(answer.Body);
    }

    static Task<JsonNode?> MessageActionAsync(InTeams world, string account, string body, string link, string? room = null) => InvokeAsync(world, account, "composeExtension/fetchTask", Logged(body, link), room);

    static JsonObject Logged(string body, string link) => new()
    {
        ["commandId"] = "logCommitment",
        ["commandContext"] = "message",
        ["messagePayload"] = new JsonObject { ["id"] = "1700000000001", ["linkToMessage"] = link, ["body"] = new JsonObject { ["contentType"] = "html", ["content"] = body } },
    };

    static async Task<JsonNode> FindAsync(InTeams world, string account, string text) => (await InvokeAsync(world, account, "composeExtension/query", new JsonObject
    {
        ["commandId"] = "searchCommitments",
        ["parameters"] = new JsonArray(text.Length == 0 ? new JsonObject { ["name"] = "initialRun", ["value"] = "true" } : new JsonObject { ["name"] = "text", ["value"] = text }),
        ["queryOptions"] = new JsonObject { ["skip"] = 0, ["count"] = 25 },
    }))!["composeExtension"]!;

    static async Task<List<(string Title, string Value)>> SearchAsync(InTeams world, string account, string dataset, string typed)
    {
        var answer = await InvokeAsync(world, account, "application/search", new JsonObject { ["queryText"] = typed, ["dataset"] = dataset, ["queryOptions"] = new JsonObject { ["skip"] = 0, ["top"] = 15 } });
        return [.. answer!["value"]!["results"]!.AsArray().Select(one => (one!["title"]!.ToString(), one["value"]!.ToString()))];
    }

    static IEnumerable<JsonObject> Inputs(JsonNode? node) => Parts(node, "Input.");

    static IEnumerable<JsonObject> Buttons(JsonNode? node) => Parts(node, "Action.").Where(action => action["fallback"] is not null || action["type"]!.ToString() == "Action.Submit");

    static IEnumerable<JsonObject> Parts(JsonNode? node, string kind) => node switch
    {
        JsonArray list => list.SelectMany(one => Parts(one, kind)),
        JsonObject part => (part["type"]?.ToString().StartsWith(kind, StringComparison.Ordinal) == true ? new[] { part } : []).Concat(part.Where(one => one.Key != "fallback").SelectMany(one => Parts(one.Value, kind))),
        _ => [],
    };
}
