using System.Text;
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
        await using var both = await Both.OpenAsync(engine);
        await both.PromisesInTeamsAsync("we'll offer an interpreter at every discharge by 2026-03-06");
        await both.PromisesInTeamsAsync("we'll print the leaflets in Spanish by 2026-03-27");
        Assert.Contains("C-12", (await both.InSlack.SaysAsync("mine")).Text, StringComparison.Ordinal);

        var (here, there) = (both.InSlack.Sees.Count, both.InTeams.Count);
        await both.World.Hospital.MoveAsync("2026-03-09T17:00");
        Assert.Contains("was due Friday, March 6", both.InSlack.Saw("was due").Text, StringComparison.Ordinal);
        Assert.True(both.InSlack.Sees.Count > here);
        Assert.Equal(there, both.InTeams.Count);

        // Written to from Teams again, that is where it goes on.
        await both.SaysInTeamsAsync("mine");
        (here, there) = (both.InSlack.Sees.Count, both.InTeams.Count);
        await both.World.Hospital.MoveAsync("2026-03-27T17:00");
        Assert.True(both.InTeams.Count > there);
        Assert.Equal(here, both.InSlack.Sees.Count);
    }

    [Theory, OnBothDatabases]
    public async Task An_account_that_Slack_is_not_sure_of_is_confirmed_where_the_person_is_known(Engine engine)
    {
        await using var both = await Both.OpenAsync(engine);
        both.World.Slack.Users[both.InSlack.Account]["is_email_confirmed"] = false;
        await both.SaysInTeamsAsync("help");
        var before = both.InTeams.Count;
        Assert.Contains("asked you at your other address", await TurnedAwayAsync(), StringComparison.Ordinal);
        Assert.Contains("asked you at your other address", await TurnedAwayAsync(), StringComparison.Ordinal);
        Assert.Equal(before + 1, both.InTeams.Count);
        Assert.Contains("Is that you?", both.InTeams[^1].Text, StringComparison.Ordinal);

        await both.PressesInTeamsAsync(both.InTeams[^1], "That is me");
        Assert.Contains("yours", (await both.InSlack.SaysAsync("mine")).Text, StringComparison.Ordinal);

        async Task<string> TurnedAwayAsync()
        {
            Assert.Equal(200, (await both.World.SendAsync(both.World.Slack.Says(both.InSlack.Account, "mine"))).Status);
            return both.World.Slack.In(both.InSlack.Conversation)[^1].Text;
        }
    }

    [Fact]
    public async Task Whose_address_nobody_has_or_who_is_known_nowhere_is_not_asked()
    {
        await using var both = await Both.OpenAsync(Engine.Sqlite);
        var nobody = both.World.Slack.Employ("guest", "guest@elsewhere.example", user => user["is_restricted"] = true);
        await both.World.SendAsync(both.World.Slack.Says(nobody, "mine"));
        Assert.Contains("I do not know this account", both.World.Slack.In(SlackDouble.Conversation(nobody))[^1].Text, StringComparison.Ordinal);
        both.World.Slack.Users[both.InSlack.Account]["is_restricted"] = true;
        await both.World.SendAsync(both.World.Slack.Says(both.InSlack.Account, "mine"));
        Assert.Contains("I do not know this account", both.World.Slack.In(both.InSlack.Conversation)[^1].Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task What_Slack_does_not_let_in_any_more_the_officer_hears_in_Teams(Engine engine)
    {
        await using var both = await Both.OpenAsync(engine);
        await both.InTeamsToo("imani.brooks");
        await both.InSlack.PromisesAsync("we'll offer an interpreter at every discharge by 2026-03-06");
        both.World.Slack.Script = request => request.Path.StartsWith("/api/", StringComparison.Ordinal) ? SlackReply.Error("token_revoked") : null;
        await both.World.Hospital.MoveAsync("2026-03-09T17:00");
        Assert.Contains(both.World.Hospital.Errors.Forget(), line => line.Contains("install the app again", StringComparison.Ordinal));
        var told = both.TeamsOf("imani.brooks").Where(card => card.Text.Contains("I can no longer speak in Slack", StringComparison.Ordinal)).ToList();
        Assert.Contains(both.World.Slack.Team, Assert.Single(told).Text, StringComparison.Ordinal);
    }

    /// <summary>The sample hospital with both chats, and Dana Reyes, who has an account in each.</summary>
    sealed class Both(InSlack world, TeamsDouble teams) : IAsyncDisposable
    {
        const string Handle = "dana.reyes";

        public InSlack World => world;

        public SlackPerson InSlack => world.As(Handle);

        public IReadOnlyList<TeamsCard> InTeams => TeamsOf(Handle);

        public IReadOnlyList<TeamsCard> TeamsOf(string handle) => [.. teams.In(TeamsDouble.Conversation(handle)).Select(post => new TeamsCard(post))];

        /// <summary>Employed and known there.</summary>
        public async Task InTeamsToo(string handle)
        {
            await EmployAsync(world, teams, handle);
            await SaysInTeamsAsync("help", handle);
        }

        static async Task EmployAsync(InSlack world, TeamsDouble teams, string handle)
        {
            await using var everywhere = world.Hospital.Store.AcrossOrganizations();
            teams.Employ(handle, await everywhere.Rows<Person>().Where(one => one.Handle == handle).Select(one => one.Email).SingleAsync());
        }

        public static async Task<Both> OpenAsync(Engine engine)
        {
            var teams = await TeamsDouble.StartAsync();
            var world = await Slack.InSlack.OpenAsync(engine, [.. teams.Settings.Select(one => (one.Key, one.Value))]);
            await EmployAsync(world, teams, Handle);
            return new(world, teams);
        }

        public async Task PromisesInTeamsAsync(string text)
        {
            await SaysInTeamsAsync(text);
            await PressesInTeamsAsync(InTeams[^1], "Confirm");
        }

        public Task SaysInTeamsAsync(string text, string handle = Handle)
        {
            var said = teams.Activity("message", handle);
            said["text"] = text;
            return SendAsync(said);
        }

        public Task PressesInTeamsAsync(TeamsCard card, string title)
        {
            var press = teams.Activity("invoke", Handle);
            press["name"] = "adaptiveCard/action";
            press["value"] = new JsonObject { ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = card.Verb(title), ["data"] = new JsonObject() }, ["trigger"] = "manual" };
            return SendAsync(press);
        }

        async Task SendAsync(JsonObject activity)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent(activity.ToJsonString(), Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new("Bearer", teams.Token(DateTimeOffset.UtcNow));
            using var response = await world.Hospital.Http.SendAsync(request);
            Assert.Equal(200, (int)response.StatusCode);
            await world.SettleAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await world.DisposeAsync();
            await teams.DisposeAsync();
        }
    }
}
