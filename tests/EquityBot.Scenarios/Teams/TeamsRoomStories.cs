using System.Text.Json.Nodes;
using EquityBot.Doubles;
using static EquityBot.Scenarios.Teams.TeamsRoom;

namespace EquityBot.Scenarios.Teams;

/// <summary>Channels and group chats: short words for everybody, details in private, and on one card for each the buttons that are theirs.</summary>
public sealed class TeamsRoomStories
{
    [Theory, OnBothDatabases]
    public async Task A_promise_in_a_channel_is_worked_out_in_private_and_stands_in_its_thread(Engine engine)
    {
        await using var world = await InTeams.OpenAsync(engine);
        await world.InstallForEverybodyAsync();
        var lead = world.As("dana.reyes");
        Assert.Equal(200, (await world.SendAsync(world.Teams.Asks("dana.reyes", Promise, Topic, Team))).Status);

        var told = Assert.Single(In(world, Topic));
        Assert.Contains("Dana Reyes, I have answered you", told.Text, StringComparison.Ordinal);
        Assert.StartsWith("<at>Dana Reyes</at>", told.Card["body"]![0]!["text"]!.ToString(), StringComparison.Ordinal);
        var mention = told.Card["msteams"]!["entities"]![0]!;
        Assert.Equal(("<at>Dana Reyes</at>", TeamsDouble.DirectoryId("dana.reyes")), (mention["text"]!.ToString(), mention["mentioned"]!["id"]!.ToString()));

        await lead.PressesAsync(lead.Sees[^1], "Confirm");
        var receipt = In(world, Topic)[^1];
        Assert.Contains("on Cardiology's plan: Offer an interpreter at every discharge", receipt.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Dana", receipt.Text, StringComparison.Ordinal);
        Assert.Equal(["Show"], receipt.Titles.Distinct());
        Assert.Empty(In(world, Channel));
    }

    [Theory, OnBothDatabases]
    public async Task Each_sees_their_own_buttons_on_the_one_card_and_what_comes_of_them_everybody_sees(Engine engine)
    {
        await using var world = await InTeams.OpenAsync(engine);
        await world.InstallForEverybodyAsync();
        var receipt = await PromisedAsync(world, "dana.reyes", Topic, Team);
        var before = await MessagesAsync(world);
        var mine = await RefreshedAsync(world, "dana.reyes", receipt);
        Assert.Equal(200, (int)mine["statusCode"]!);
        var view = new TeamsCard(new(Topic, receipt.Id, new JsonObject { ["attachments"] = new JsonArray(new JsonObject { ["content"] = mine["value"]!.DeepClone() }) }));
        Assert.Contains("Report progress", view.Titles);
        Assert.Empty(CardLint.Look(view.Card));

        // Clients ask whenever they draw it: nothing more is kept.
        Assert.Equal(mine.ToJsonString(), (await RefreshedAsync(world, "dana.reyes", receipt)).ToJsonString());
        Assert.Equal(before + 1, await MessagesAsync(world));

        // Her supervisor may do other things with it.
        var theirs = (await RefreshedAsync(world, "anil.deshmukh", receipt)).ToJsonString();
        Assert.DoesNotContain("Report progress", theirs, StringComparison.Ordinal);

        var moved = await world.As("dana.reyes").PressesAsync(view, "Push", new JsonObject { ["due"] = "2026-03-20", ["reason"] = "the vendor is late", ["need"] = "nothing" });
        Assert.Equal(200, (int)moved["statusCode"]!);
        var standing = Assert.Single(In(world, Topic), card => card.Id == receipt.Id);
        Assert.Contains("by Friday, March 20", standing.Text, StringComparison.Ordinal);
        Assert.NotEqual(mine.ToJsonString(), (await RefreshedAsync(world, "dana.reyes", standing)).ToJsonString());
    }

    [Fact]
    public async Task Anybody_in_the_room_may_have_it_shown_and_gets_it_in_private()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        await world.InstallForEverybodyAsync();
        var receipt = await PromisedAsync(world, "dana.reyes", Topic, Team);
        var other = world.As("priya.raman");
        var before = other.Sees.Count;
        var press = other.Press(receipt, receipt.Verb("Show"));
        press["conversation"] = world.Teams.InRoom("invoke", "priya.raman", Topic, Team)["conversation"]!.DeepClone();
        var answer = JsonNode.Parse((await world.SendAsync(press)).Body)!;
        Assert.Equal(200, (int)answer["statusCode"]!);
        Assert.Contains("interpreter", other.Sees.Skip(before).Single().Text, StringComparison.Ordinal);
        Assert.Equal(receipt.Text, answer["value"]!["fallbackText"]!.ToString());
    }

    [Fact]
    public async Task To_be_called_by_name_and_no_more_is_to_be_asked_for_help()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        await world.SendAsync(world.Teams.Asks("dana.reyes", "", Huddle));
        Assert.Contains("What you can say", Assert.Single(world.As("dana.reyes").Sees).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Huddle, null, Huddle)]
    [InlineData(Channel, Team, $"{Channel};messageid=")]
    public async Task A_chat_has_one_place_and_what_is_new_in_a_channel_opens_a_thread(string conversation, string? team, string where)
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        await world.InstallForEverybodyAsync();
        var receipt = await PromisedAsync(world, "dana.reyes", conversation, team);
        Assert.StartsWith(where, receipt.Post.Conversation, StringComparison.Ordinal);

        // Where it stands is known there too.
        await world.As("dana.reyes").SaysAsync($"push {receipt.Text.Split(' ')[0]} to 2026-03-20 because the vendor is late");
        Assert.Contains("March 20", All(world).Single(card => card.Id == receipt.Id).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("installationUpdate")]
    [InlineData("conversationUpdate")]
    [InlineData("teamDeleted")]
    public async Task Taken_out_of_a_team_it_writes_into_none_of_its_channels(string how)
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        await world.InstallForEverybodyAsync();
        var receipt = await PromisedAsync(world, "dana.reyes", Topic, Team);
        await PromisedAsync(world, "dana.reyes", Huddle, null);
        var gone = world.Teams.InRoom(how == "teamDeleted" ? "conversationUpdate" : how, "priya.raman", $"19:{Team}@thread.tacv2", Team);
        gone["action"] = "remove";
        if (how == "conversationUpdate")
        {
            gone["membersRemoved"] = new JsonArray(new JsonObject { ["id"] = $"28:{world.Teams.AppId}" });
        }
        else if (how == "teamDeleted")
        {
            gone["channelData"]!["eventType"] = how;
        }

        Assert.Equal(200, (await world.SendAsync(gone)).Status);
        Assert.Equal([Huddle], await RoomsAsync(world, room => room.Address!));
        await world.As("dana.reyes").SaysAsync($"push {receipt.Text.Split(' ')[0]} to 2026-03-20 because the vendor is late");
        Assert.Equal(receipt.Text, All(world).Single(card => card.Id == receipt.Id).Text);
    }

    [Fact]
    public async Task A_channel_that_is_deleted_takes_none_of_the_teams_others_with_it()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        await world.InstallForEverybodyAsync();
        await PromisedAsync(world, "dana.reyes", Topic, Team);
        var deleted = world.Teams.InRoom("conversationUpdate", "priya.raman", $"19:{Team}@thread.tacv2", Team);
        deleted["channelData"]!["channel"] = new JsonObject { ["id"] = "19:another@thread.tacv2", ["name"] = "Another" };
        deleted["channelData"]!["eventType"] = "channelDeleted";
        Assert.Equal(200, (await world.SendAsync(deleted)).Status);
        Assert.Equal([Channel], await RoomsAsync(world, room => room.Address!));
    }

    [Fact] // C1
    public async Task A_room_that_has_enough_of_us_holds_nobodys_private_chat_and_rests_whoever_writes_there()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        await world.InstallForEverybodyAsync();
        world.Teams.Script = request => request.Path.Contains("huddle", StringComparison.Ordinal) && request.Method == "POST" ? new(429, RetryAfter: "600") : null;
        var people = new[] { "dana.reyes", "priya.raman", "ben.kowalski" };
        foreach (var account in people)
        {
            var before = world.As(account).Sees.Count;
            Assert.Equal(200, (await world.SendAsync(world.Teams.Asks(account, "mine", Huddle))).Status);
            Assert.Equal(before + 1, world.As(account).Sees.Count);
        }

        Assert.Single(world.Teams.Calls, call => call.Method == "POST" && call.Path.Contains("huddle", StringComparison.Ordinal));
        Assert.Contains("help", (await world.As("dana.reyes").SaysAsync("help")).Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_room_from_which_the_platform_turns_us_away_is_forgotten()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        await world.InstallForEverybodyAsync();
        world.Teams.Script = request => request.Path.Contains("huddle", StringComparison.Ordinal) && request.Method == "POST" ? new(403, """{"error":{"code":"BotNotInConversationRoster"}}""") : null;
        await world.SendAsync(world.Teams.Asks("dana.reyes", Promise, Huddle));
        Assert.Empty(await RoomsAsync(world, room => room.Id));
        Assert.Contains("Confirm", world.As("dana.reyes").Sees[^1].Titles);
    }
}
