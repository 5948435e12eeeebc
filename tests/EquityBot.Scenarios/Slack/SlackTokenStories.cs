using System.Net;
using System.Text.Json.Nodes;
using EquityBot.Doubles;
using EquityBot.People;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios.Slack;

/// <summary>What becomes of an installation by OAuth: its token is renewed, taken back, told over, or cannot be opened.</summary>
public sealed class SlackTokenStories
{
    static JsonObject Revoked(string bot) => new() { ["type"] = "tokens_revoked", ["tokens"] = new JsonObject { ["bot"] = new JsonArray(bot) } };

    static JsonObject Uninstalled() => new() { ["type"] = "app_uninstalled" };

    [Theory]
    [InlineData(Engine.Sqlite, "app_uninstalled")]
    [InlineData(Engine.Sqlite, "tokens_revoked")]
    [InlineData(Engine.Postgres, "app_uninstalled")]
    public async Task A_token_is_renewed_once_before_it_ends_and_forgotten_when_Slack_takes_it_back(Engine engine, string how)
    {
        await using var world = await OpenAsync(engine);
        world.Slack.Script = request => request.Method != "oauth.v2.access" ? null
            : request["grant_type"] == "refresh_token" ? new(200, Installed(world.Slack.Team, 43_200, "xoxe-1-second")) : new(200, Installed(world.Slack.Team, 3600, "xoxe-1-first"));
        var lead = world.As("dana.reyes");
        Assert.Equal(200, (await world.SendAsync(world.Slack.Says(lead.Account, "help"))).Status);
        Assert.Empty(world.Slack.Requests);

        await InstallAsync(world);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.PostAsync(world.Slack.Says(lead.Account, "mine").ToJsonString(), "application/json")));
        await world.SettleAsync();
        Assert.NotEmpty(lead.Sees);
        Assert.Equal("xoxe-1-first", Assert.Single(world.Slack.Of("oauth.v2.access"), request => request["grant_type"] == "refresh_token")["refresh_token"]);

        // Neither somebody else's token, nor what Slack still takes: that was told of an earlier installation.
        var dead = world.Slack.Script;
        foreach (var told in new[] { Revoked("U0OTHER"), Revoked(SlackDouble.Bot), Uninstalled() })
        {
            Assert.Equal(200, (await world.SendAsync(world.Slack.Event(told))).Status);
            Assert.Empty(world.Hospital.Errors.Seen);
        }

        // Slack that cannot be asked whether it does is told to tell again.
        world.Slack.Script = request => request.Method == "auth.test" ? new(503) : dead!(request);
        Assert.Equal(503, (await world.SendAsync(world.Slack.Event(Uninstalled()))).Status);
        Assert.Empty(world.Hospital.Errors.Seen);
        world.Slack.Script = request => request.Method == "auth.test" ? SlackReply.Error("account_inactive") : dead!(request);
        Assert.Equal(200, (await world.SendAsync(world.Slack.Event(Revoked("U0OTHER")))).Status);
        Assert.Empty(world.Hospital.Errors.Seen);
        Assert.Equal(200, (await world.SendAsync(world.Slack.Event(how == "app_uninstalled" ? Uninstalled() : Revoked(SlackDouble.Bot)))).Status);
        Assert.Contains(world.Hospital.Errors.Forget(), line => line.Contains("install the app again", StringComparison.Ordinal));
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        Assert.Equal((null, how), await everywhere.Rows<Installation>().Select(one => new { one.Sealed, one.Ended }).SingleAsync() is var kept ? (kept.Sealed, kept.Ended) : default);
        Assert.True(await everywhere.Rows<Commitments.Commitment>().AnyAsync());
        Assert.Single(await everywhere.Rows<Chat.Notice>().Where(one => one.Trigger == "shut-out").ToListAsync());
    }

    [Fact]
    public async Task What_Slack_tells_again_of_an_earlier_installation_ends_no_later_one_and_a_token_that_is_over_early_is_renewed()
    {
        await using var world = await OpenAsync(Engine.Sqlite);
        world.Slack.Script = request => request.Method == "oauth.v2.access" ? new(200, Installed(world.Slack.Team, 43_200, "xoxe-1-first")) : null;
        await InstallAsync(world);
        var (taken, installs) = (world.Slack.Event(Uninstalled()), world.Slack.Script);
        world.Slack.Script = request => request.Method == "auth.test" ? SlackReply.Error("account_inactive") : null;
        Assert.Equal(200, (await world.SendAsync(taken)).Status);
        Assert.NotEmpty(world.Hospital.Errors.Forget());
        world.Slack.Script = installs;
        await InstallAsync(world);
        Assert.Equal(200, (await world.SendAsync(taken)).Status);
        Assert.Empty(world.Hospital.Errors.Seen);
        var lead = world.As("dana.reyes");
        await lead.SaysAsync("help");

        // Over before its time: a new one is fetched, and what was to be said arrives.
        var isOver = true;
        world.Slack.Script = request =>
        {
            if (request["grant_type"] == "refresh_token")
            {
                isOver = false;
                return new(200, Installed(world.Slack.Team, 43_200, "xoxe-1-second"));
            }

            return request.Method == "chat.postMessage" && isOver ? SlackReply.Error("token_expired") : null;
        };
        Assert.Equal(200, (await world.SendAsync(world.Slack.Says(lead.Account, "mine"))).Status);
        Assert.Single(lead.Sees);
        await world.Hospital.MoveAsync("PT2M");
        Assert.Equal(2, lead.Sees.Count);
        Assert.Equal("xoxe-1-first", Assert.Single(world.Slack.Of("oauth.v2.access"), request => request["grant_type"] == "refresh_token")["refresh_token"]);
    }

    [Fact]
    public async Task Installed_for_all_workspaces_of_an_organization_it_is_one_way_in()
    {
        const string Enterprise = "E01RIVER";
        await using var world = await OpenAsync(Engine.Sqlite, ("Slack:Teams", Enterprise));
        var answer = JsonNode.Parse(Installed(world.Slack.Team, 43_200, "xoxe-1-first"))!;
        (answer["is_enterprise_install"], answer["team"], answer["enterprise"]) = (true, null, new JsonObject { ["id"] = Enterprise, ["name"] = "Riverbend" });
        world.Slack.Script = request => request.Method == "oauth.v2.access" ? new(200, answer.ToJsonString()) : null;
        await InstallAsync(world);
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        Assert.Equal(Enterprise, (await everywhere.Rows<Installation>().SingleAsync()).Tenant);

        // Whichever workspace it is said in, it is one person's; members of another organization are nobody here.
        var lead = world.As("dana.reyes");
        world.Slack.Users[lead.Account]["enterprise_user"] = new JsonObject { ["id"] = lead.Account, ["enterprise_id"] = Enterprise };
        Assert.Equal(200, (await world.SendAsync(Said("T01TEAM", "mine"))).Status);
        Assert.Contains("C-12", await PromisedAsync("T02OTHER"), StringComparison.Ordinal);
        var stranger = world.As("omar.haddad");
        world.Slack.Users[stranger.Account]["enterprise_user"] = new JsonObject { ["id"] = stranger.Account, ["enterprise_id"] = "E99OTHER" };
        Assert.Equal(200, (await world.SendAsync(Said("T01TEAM", "mine", stranger))).Status);
        Assert.Contains("I do not know this account", Assert.Single(world.Slack.In(stranger.Conversation)).Text, StringComparison.Ordinal);

        async Task<string> PromisedAsync(string team)
        {
            Assert.Equal(200, (await world.SendAsync(Said(team, "we'll offer an interpreter at every discharge by 2026-03-06"))).Status);
            var draft = lead.Sees[^1];
            var press = world.Slack.Press(lead.Account, draft.Post!, draft.Button("Confirm").Element);
            (press["enterprise"], press["is_enterprise_install"]) = (new JsonObject { ["id"] = Enterprise }, true);
            Assert.Equal(200, (await world.InteractAsync(press)).Status);
            Assert.Equal(200, (await world.SendAsync(Said(team, "mine"))).Status);
            return lead.Sees[^1].Text;
        }

        JsonObject Said(string team, string text, SlackPerson? by = null)
        {
            var said = world.Slack.Says((by ?? lead).Account, text);
            (said["team_id"], said["enterprise_id"]) = (team, Enterprise);
            said["authorizations"] = new JsonArray(new JsonObject { ["enterprise_id"] = Enterprise, ["team_id"] = team, ["user_id"] = SlackDouble.Bot, ["is_bot"] = true, ["is_enterprise_install"] = true });
            return said;
        }
    }

    [Fact]
    public async Task A_token_that_was_sealed_under_another_key_is_said_and_nothing_else_stops()
    {
        await using var world = await OpenAsync(Engine.Sqlite);
        world.Slack.Script = request => request.Method == "oauth.v2.access" ? new(200, Installed(world.Slack.Team, 43_200, "xoxe-1-first")) : null;
        await InstallAsync(world);
        var lead = world.As("dana.reyes");
        await lead.SaysAsync("help");
        var organization = await OrganizationAsync(world);
        await world.Hospital.Store.WriteAsync(organization, Storage.Urgency.Inbound, db => db.Set<Installation>().ExecuteUpdateAsync(set => set.SetProperty(one => one.Sealed, "CfDJ8AAAAAAAAAAAAAAAAAAAAAA")), CancellationToken.None);
        var before = world.Slack.Requests.Count;
        Assert.Equal(200, (await world.SendAsync(world.Slack.Says(lead.Account, "mine"))).Status);
        Assert.Equal(before, world.Slack.Requests.Count);
        Assert.Contains(world.Hospital.Errors.Forget(), line => line.Contains("Protection__KeyFile", StringComparison.Ordinal));
    }

    static Task<InSlack> OpenAsync(Engine engine, params (string Key, string? Value)[] more) =>
        InSlack.OpenAsync(engine, [("Slack:BotToken", null), ("Slack:ClientId", "12345.67890"), ("Slack:ClientSecret", "a client secret of the test"), .. more]);

    static async Task InstallAsync(InSlack world)
    {
        var home = world.Hospital.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        using var browser = new Installer();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new($"{home}/slack/oauth?code=1&state={await browser.BeginAsync(home)}"))).Status);
    }

    static async Task<Guid> OrganizationAsync(InSlack world)
    {
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        return await everywhere.Rows<Organization>().Select(one => one.Id).SingleAsync();
    }

    static string Installed(string team, int seconds, string refresh) => new JsonObject { ["ok"] = true, ["access_token"] = SlackDouble.Token, ["bot_user_id"] = SlackDouble.Bot, ["refresh_token"] = refresh, ["expires_in"] = seconds, ["team"] = new JsonObject { ["id"] = team } }.ToJsonString();
}
