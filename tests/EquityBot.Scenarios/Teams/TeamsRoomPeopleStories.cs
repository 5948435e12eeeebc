using System.Text.Json.Nodes;
using EquityBot.Doubles;
using EquityBot.People;
using Microsoft.EntityFrameworkCore;
using static EquityBot.Scenarios.Teams.TeamsRoom;

namespace EquityBot.Scenarios.Teams;

/// <summary>Who is in a room and who is not: strangers, people whom the bot cannot write to, arrivals and departures.</summary>
public sealed class TeamsRoomPeopleStories
{
    [Fact]
    public async Task Who_presses_in_a_room_and_cannot_be_written_to_is_told_so_and_nothing_is_done()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        var receipt = await PromisedAsync(world, "dana.reyes", Topic, Team);
        world.Teams.WithoutApp[TeamsDouble.DirectoryId("priya.raman")] = true;
        var press = world.As("priya.raman").Press(receipt, receipt.Verb("Show"));
        press["conversation"] = world.Teams.InRoom("invoke", "priya.raman", Topic, Team)["conversation"]!.DeepClone();
        Assert.Contains("Add me under Apps", JsonNode.Parse((await world.SendAsync(press)).Body)!["value"]!.ToString(), StringComparison.Ordinal);
        Assert.Empty(world.As("priya.raman").Sees);
    }

    [Theory, OnBothDatabases]
    public async Task An_arrival_told_many_times_at_once_is_one_room_and_one_person(Engine engine)
    {
        await using var world = await InTeams.OpenAsync(engine);
        var added = world.Teams.InRoom("conversationUpdate", "dana.reyes", Huddle);
        added["membersAdded"] = new JsonArray(new JsonObject { ["id"] = $"28:{world.Teams.AppId}" });
        var token = world.Teams.Token(DateTimeOffset.UtcNow);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => world.PostAsync((number % 2 == 0 ? added : world.Teams.Asks("dana.reyes", "help", Huddle)).ToJsonString(), token)));
        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { 200, 503 }));
        Assert.Single(await RoomsAsync(world, room => room.Id));
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        Assert.Single(await everywhere.Rows<ChatAddress>().Where(one => one.Channel == "teams").ToListAsync());
    }

    [Fact]
    public async Task From_outside_the_room_its_card_shows_nothing()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        await world.InstallForEverybodyAsync();
        var receipt = await PromisedAsync(world, "dana.reyes", Topic, Team);
        var other = world.As("priya.raman");
        foreach (var trigger in new[] { "manual", "automatic" })
        {
            var press = other.Press(receipt, receipt.Verb("Show"));
            press["value"]!["trigger"] = trigger;
            Assert.Equal(404, (int)JsonNode.Parse((await world.SendAsync(press)).Body)!["statusCode"]!);
        }
    }

    [Fact]
    public async Task Whom_the_bot_cannot_write_to_says_it_again_once_it_can()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        world.Teams.WithoutApp[TeamsDouble.DirectoryId("dana.reyes")] = true;
        Assert.Equal(200, (await world.SendAsync(world.Teams.Asks("dana.reyes", Promise, Topic, Team))).Status);
        Assert.Contains("Add me under Apps", Assert.Single(In(world, Topic)).Text, StringComparison.Ordinal);
        Assert.Equal(0, await MessagesAsync(world));

        world.Teams.WithoutApp.Clear();
        Assert.Equal(200, (await world.SendAsync(world.Teams.Asks("dana.reyes", Promise, Topic, Team))).Status);
        Assert.Contains("Confirm", Assert.Single(world.As("dana.reyes").Sees).Titles);
    }

    [Fact]
    public async Task A_stranger_in_a_room_hears_no_more_than_that()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        Assert.Equal(200, (await world.SendAsync(world.Teams.Asks("mallory", "what's on fire", Topic, Team))).Status);
        Assert.Contains("I do not know you yet", Assert.Single(In(world, Topic)).Text, StringComparison.Ordinal);
        Assert.Empty(world.As("mallory").Sees);
    }

    [Fact]
    public async Task A_stranger_before_whom_a_card_is_drawn_costs_nobody_anything()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        await world.InstallForEverybodyAsync();
        var receipt = await PromisedAsync(world, "dana.reyes", Topic, Team);
        var (calls, rooms) = (world.Teams.Calls.Count, string.Join('|', (await RoomsAsync(world, room => room.Members)).SelectMany(one => one)));
        for (var time = 0; time < 3; time++)
        {
            Assert.Equal(404, (int)(await RefreshedAsync(world, "mallory", receipt))["statusCode"]!);
        }

        Assert.Equal((calls, rooms), (world.Teams.Calls.Count, string.Join('|', (await RoomsAsync(world, room => room.Members)).SelectMany(one => one))));

        // Whoever writes without being known is looked for once, not at every word.
        foreach (var text in new[] { "help", "mine", "help" })
        {
            Assert.Equal(200, (await world.SendAsync(world.Teams.Asks("mallory", text, Topic, Team))).Status);
        }

        Assert.Single(world.Teams.Calls, call => call.Path.EndsWith("/members/29%3Amallory", StringComparison.Ordinal) || call.Path.EndsWith("/members/29:mallory", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_arrival_in_a_room_need_not_say_by_whom() // S20
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        var added = world.Teams.InRoom("conversationUpdate", "dana.reyes", Huddle);
        added.Remove("from");
        added["membersAdded"] = new JsonArray(new JsonObject { ["id"] = $"28:{world.Teams.AppId}" });
        Assert.Equal(200, (await world.SendAsync(added)).Status);
        Assert.Equal([Huddle], await RoomsAsync(world, room => room.Address!));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_taken_out_of_a_chat_does_not_see_its_cards_any_more(bool isNamedByTheDirectory)
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        await world.InstallForEverybodyAsync();
        await PromisedAsync(world, "dana.reyes", Huddle, null);
        Assert.Single((await RoomsAsync(world, room => room.Members))[0]);
        var left = world.Teams.InRoom("conversationUpdate", "priya.raman", Huddle);
        left["membersRemoved"] = new JsonArray(new JsonObject { ["id"] = "29:dana.reyes", ["aadObjectId"] = isNamedByTheDirectory ? TeamsDouble.DirectoryId("dana.reyes") : null });
        await world.SendAsync(left);
        Assert.Empty((await RoomsAsync(world, room => room.Members))[0]);
    }
}
