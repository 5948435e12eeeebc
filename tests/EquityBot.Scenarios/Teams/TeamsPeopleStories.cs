using System.Text.Json.Nodes;
using EquityBot.Doubles;
using EquityBot.People;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios.Teams;

/// <summary>Who is who in Teams, and how they are reached when they come, change and go.</summary>
public sealed class TeamsPeopleStories
{
    [Fact]
    public async Task While_the_directory_cannot_be_asked_nobody_is_called_a_stranger_and_nothing_is_lost()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        world.Teams.Script = request => request.Path.Contains("/members/", StringComparison.Ordinal) ? new(503, "") : null;
        var said = world.Teams.Activity("message", "dana.reyes");
        said["text"] = "help";
        Assert.Equal(503, (await world.SendAsync(said)).Status);
        Assert.Equal(503, (await world.SendAsync(world.Installed("ben.kowalski"))).Status);
        world.Teams.Script = null;
        Assert.Equal(200, (await world.SendAsync(said)).Status);
        Assert.Equal(200, (await world.SendAsync(world.Installed("ben.kowalski"))).Status);
        foreach (var account in new[] { "dana.reyes", "ben.kowalski" })
        {
            Assert.Contains("What you can say", Assert.Single(world.As(account).Sees).Text, StringComparison.Ordinal);
        }
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_the_directory_and_the_roster_give_one_address_is_one_person(Engine engine)
    {
        await using var world = await InTeams.OpenAsync(engine);
        var lead = world.As("dana.reyes");
        Assert.Contains("What you can say", (await lead.SaysAsync("help")).Text, StringComparison.Ordinal);
        var address = Assert.Single(await AddressesAsync(world));
        Assert.Equal(TeamsDouble.DirectoryId("dana.reyes"), address.Address);
        Assert.Equal("GET", Assert.Single(world.Teams.Calls, call => call.Path.Contains("/members/", StringComparison.Ordinal)).Method);

        // Known from then on: nobody is asked again.
        await lead.SaysAsync("mine");
        Assert.Single(world.Teams.Calls, call => call.Path.Contains("/members/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_an_activity_says_about_itself_links_nobody()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        world.Teams.Members.Clear();
        var activity = world.Teams.Activity("message", "mallory");
        activity["text"] = "mine";
        activity["from"]!["email"] = "dana.reyes@riverbend.example";
        activity["from"]!["userPrincipalName"] = "dana.reyes@riverbend.example";
        Assert.Equal(200, (await world.SendAsync(activity)).Status);
        Assert.Empty(await AddressesAsync(world));
        Assert.Contains("We have not met yet", Assert.Single(world.As("mallory").Sees).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guests_and_people_of_other_tenants_are_strangers_whatever_their_address()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        foreach (var change in new Action<JsonObject>[]
        {
            member => member["userRole"] = "guest",
            member => member["tenantId"] = Guid.NewGuid().ToString(),
            member => member["userPrincipalName"] = "dana.reyes_riverbend.example#EXT#@riverbend.onmicrosoft.com",
            member => member["objectId"] = Guid.NewGuid().ToString(),
        })
        {
            world.Teams.Employ("mallory", "dana.reyes@riverbend.example", change);
            Assert.Contains("We have not met yet", (await world.As("mallory").SaysAsync("mine")).Text, StringComparison.Ordinal);
        }

        Assert.Empty(await AddressesAsync(world));
    }

    [Fact]
    public async Task One_person_has_one_account_and_a_second_one_is_a_stranger()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        await world.As("dana.reyes").SaysAsync("mine");
        world.Teams.Employ("dana.other", "dana.reyes@riverbend.example");
        Assert.Contains("We have not met yet", (await world.As("dana.other").SaysAsync("mine")).Text, StringComparison.Ordinal);
        Assert.Equal(TeamsDouble.DirectoryId("dana.reyes"), Assert.Single(await AddressesAsync(world)).Address);
    }

    [Theory, OnBothDatabases]
    public async Task Installed_it_welcomes_once_however_often_that_is_told(Engine engine)
    {
        await using var world = await InTeams.OpenAsync(engine);
        var added = world.Teams.Activity("conversationUpdate", "dana.reyes");
        added["membersAdded"] = new JsonArray(new JsonObject { ["id"] = $"28:{world.Teams.AppId}" });
        foreach (var activity in new JsonNode[] { world.Installed("dana.reyes"), added, world.Installed("dana.reyes", "add-upgrade"), world.Installed("dana.reyes") })
        {
            Assert.Equal(200, (await world.SendAsync(activity)).Status);
        }

        Assert.Contains("What you can say", Assert.Single(world.As("dana.reyes").Sees).Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Taken_away_the_message_goes_another_way_and_comes_back_with_the_next_word(Engine engine)
    {
        await using var world = await InTeams.OpenAsync(engine);
        var lead = world.As("dana.reyes");
        await lead.PromisesAsync("we'll offer an interpreter at every discharge by 2026-03-06");
        Assert.Equal(200, (await world.SendAsync(world.Installed("dana.reyes", "remove"))).Status);
        Assert.Null(Assert.Single(await AddressesAsync(world)).Route);
        world.Teams.Script = request => request is { Method: "POST", Path: "/teams/v3/conversations" } ? new(403, """{"error":{"code":"ForbiddenOperationException"}}""") : null;
        var seen = lead.Sees.Count;
        await world.Hospital.MoveAsync("2026-03-09T17:00");
        Assert.Equal(seen, lead.Sees.Count);
        Assert.Equal("failed", Assert.Single(await world.Hospital.LedgerAsync(), row => row.Step == "owner").State);
        await lead.SaysAsync("mine");
        Assert.NotNull(Assert.Single(await AddressesAsync(world)).Route);
    }

    [Fact]
    public async Task What_nobody_here_knows_is_taken_quietly()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        foreach (var type in new[] { "typing", "event", "endOfConversation", "messageReaction", "messageUpdate", "messageDelete", "somethingNew" })
        {
            Assert.Equal(200, (await world.SendAsync(world.Teams.Activity(type, "dana.reyes"))).Status);
        }

        var unknown = world.Teams.Activity("invoke", "dana.reyes");
        unknown["name"] = "something/new";
        Assert.Equal(501, (await world.SendAsync(unknown)).Status);
        var nobody = world.Teams.Activity("message", "dana.reyes");
        nobody.Remove("from");
        Assert.Equal(200, (await world.SendAsync(nobody)).Status);
        Assert.Empty(world.As("dana.reyes").Sees);
    }

    [Fact]
    public async Task Mentions_of_the_bot_are_no_part_of_what_was_said_and_those_of_people_are()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        var activity = world.Teams.Activity("message", "dana.reyes");
        activity["text"] = "<at>EquityBot</at>&nbsp;mine";
        activity["entities"] = new JsonArray(
            new JsonObject { ["type"] = "mention", ["text"] = "<at>EquityBot</at>", ["mentioned"] = new JsonObject { ["id"] = $"28:{world.Teams.AppId}", ["name"] = "EquityBot" } },
            new JsonObject { ["type"] = "clientInfo", ["timezone"] = "America/New_York" });
        Assert.Equal(200, (await world.SendAsync(activity)).Status);
        Assert.DoesNotContain("did not understand", Assert.Single(world.As("dana.reyes").Sees).Text, StringComparison.Ordinal);
    }

    static async Task<List<ChatAddress>> AddressesAsync(InTeams world)
    {
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        return await everywhere.Rows<ChatAddress>().Where(one => one.Channel == "teams").ToListAsync();
    }
}
