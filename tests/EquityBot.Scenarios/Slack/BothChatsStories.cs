using System.Text.Json.Nodes;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Scenarios.Teams;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios.Slack;

/// <summary>One person in Teams and in Slack: one list, one reminder, and it comes where they last said something.</summary>
public sealed class BothChatsStories
{
    [Theory, OnBothDatabases]
    public async Task Who_is_in_both_is_reminded_once_where_they_last_wrote(Engine engine)
    {
        await using var teams = await TeamsDouble.StartAsync();
        await using var world = await InSlack.OpenAsync(engine, [.. teams.Settings.Select(one => (one.Key, one.Value))]);
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        var email = await everywhere.Rows<Person>().Where(one => one.Handle == "dana.reyes").Select(one => one.Email).SingleAsync();
        teams.Employ("dana.reyes", email);
        var inSlack = world.As("dana.reyes");

        await PromiseInTeamsAsync("we'll offer an interpreter at every discharge by 2026-03-06");
        await PromiseInTeamsAsync("we'll print the leaflets in Spanish by 2026-03-27");
        Assert.Contains("C-12", (await inSlack.SaysAsync("mine")).Text, StringComparison.Ordinal);

        var (here, there) = (inSlack.Sees.Count, teams.In(TeamsDouble.Conversation("dana.reyes")).Count);
        await world.Hospital.MoveAsync("2026-03-09T17:00");
        Assert.Contains("was due Friday, March 6", inSlack.Saw("was due").Text, StringComparison.Ordinal);
        Assert.True(inSlack.Sees.Count > here);
        Assert.Equal(there, teams.In(TeamsDouble.Conversation("dana.reyes")).Count);

        // Written to from Teams again, that is where it goes on.
        await InTeamsAsync("mine");
        (here, there) = (inSlack.Sees.Count, teams.In(TeamsDouble.Conversation("dana.reyes")).Count);
        await world.Hospital.MoveAsync("2026-03-27T17:00");
        Assert.True(teams.In(TeamsDouble.Conversation("dana.reyes")).Count > there);
        Assert.Equal(here, inSlack.Sees.Count);

        async Task PromiseInTeamsAsync(string text)
        {
            await InTeamsAsync(text);
            var draft = new TeamsCard(teams.In(TeamsDouble.Conversation("dana.reyes"))[^1]);
            var press = teams.Activity("invoke", "dana.reyes");
            (press["name"], press["value"]) = ("adaptiveCard/action", new JsonObject { ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = draft.Verb("Confirm"), ["data"] = new JsonObject() }, ["trigger"] = "manual" });
            await ToTeamsAsync(press);
        }

        Task InTeamsAsync(string text)
        {
            var said = teams.Activity("message", "dana.reyes");
            said["text"] = text;
            return ToTeamsAsync(said);
        }

        async Task ToTeamsAsync(JsonObject activity)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent(activity.ToJsonString(), System.Text.Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new("Bearer", teams.Token(DateTimeOffset.UtcNow));
            using var response = await world.Hospital.Http.SendAsync(request);
            Assert.Equal(200, (int)response.StatusCode);
            await world.SettleAsync();
        }
    }
}
