using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EquityBot.Doubles;
using EquityBot.People;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios.Slack;

/// <summary>Installation by OAuth against a Slack that we did not write (npm emulate), and Slack's own installer (npm @slack/oauth) beside ours.</summary>
public sealed class SlackInstallStories
{
    const string Team = "T000000001";

    [Theory, OnBothDatabases]
    public async Task Agreed_to_in_a_browser_the_workspace_is_ours_and_the_token_is_sealed(Engine engine)
    {
        using var theirs = await Peer.StartAsync("slack-oauth.mjs");
        var there = theirs.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        await using var world = await World.OpenAsync(engine, Team, $"{there}/slack/oauth");
        using var browser = new Browser();
        var done = await browser.InstallAsync(world.Hospital.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, done.Status);
        Assert.Contains("People can write to EquityBot in Slack now", done.Body, StringComparison.Ordinal);
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        var kept = await everywhere.Rows<Installation>().SingleAsync();
        Assert.Equal((Team, null), (kept.Tenant, kept.Ended));
        Assert.DoesNotContain(await world.Hospital.StoredTextsAsync(), text => text.Contains("xoxb", StringComparison.Ordinal));

        using var http = new HttpClient();
        await http.PostAsync($"{there}/set-up", new StringContent(new JsonObject { ["clientId"] = World.ClientId, ["clientSecret"] = World.ClientSecret, ["slackApiUrl"] = $"{world.Emulator}/api/", ["authorizationUrl"] = $"{world.Emulator}/oauth/v2/authorize" }.ToJsonString()));
        using var other = new Browser();
        Assert.Equal(HttpStatusCode.OK, (await other.InstallAsync(there)).Status);
        var installation = JsonNode.Parse(await http.GetStringAsync($"{there}/installation"))!;
        Assert.Equal((kept.Tenant, kept.Bot), (installation["team"]!.ToString(), installation["bot"]!.ToString()));
    }

    [Fact]
    public async Task What_was_begun_elsewhere_long_ago_or_already_finished_is_not_taken()
    {
        await using var world = await World.OpenAsync(Engine.Sqlite, Team);
        var home = world.Hospital.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        using var browser = new Browser();
        var back = await browser.AgreeAsync(home);
        using (var another = new Browser())
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await another.GetAsync(back)).Status);
        }

        var (begun, secrets) = (back.ToString(), browser.Cookies(back));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync(new(Regex.Replace(begun, "state=[^&]*", "state=another")))).Status);
        using var again = new Browser();
        again.Remember(back, secrets);
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync(back)).Status);
        again.Remember(back, secrets);
        Assert.Equal(HttpStatusCode.BadRequest, (await again.GetAsync(back)).Status);
    }

    [Fact]
    public async Task Not_agreed_to_nothing_changes()
    {
        await using var world = await World.OpenAsync(Engine.Sqlite, Team);
        using var browser = new Browser();
        var back = await browser.AgreeAsync(world.Hospital.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        var said = await browser.GetAsync(new(Regex.Replace(back.ToString(), "code=[^&]*", "error=access_denied")));
        Assert.Contains("not agreed to", said.Body, StringComparison.Ordinal);
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        Assert.False(await everywhere.Rows<Installation>().AnyAsync());
    }

    [Fact]
    public async Task Another_workspace_does_not_become_ours()
    {
        await using var world = await World.OpenAsync(Engine.Sqlite, "T0OTHERONE");
        using var browser = new Browser();
        var said = await browser.InstallAsync(world.Hospital.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, said.Status);
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        Assert.False(await everywhere.Rows<Installation>().AnyAsync());
        Assert.False(await everywhere.Rows<Workspace>().AnyAsync(one => one.Channel == "slack"));
    }

    [Theory, OnBothDatabases]
    public async Task A_token_is_renewed_once_before_it_ends_and_forgotten_when_Slack_takes_it_back(Engine engine)
    {
        await using var world = await InSlack.OpenAsync(engine, ("Slack:BotToken", null), ("Slack:ClientId", World.ClientId), ("Slack:ClientSecret", World.ClientSecret));
        world.Slack.Script = request => request.Method != "oauth.v2.access" ? null
            : request["grant_type"] == "refresh_token" ? new(200, Installed(world.Slack.Team, 43_200, "xoxe-1-second")) : new(200, Installed(world.Slack.Team, 3600, "xoxe-1-first"));
        var lead = world.As("dana.reyes");
        Assert.Equal(200, (await world.SendAsync(world.Slack.Says(lead.Account, "help"))).Status);
        Assert.Empty(world.Slack.Requests);

        var home = world.Hospital.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        using var browser = new Browser();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new($"{home}/slack/oauth?code=1&state={await browser.BeginAsync(home)}"))).Status);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.PostAsync(world.Slack.Says(lead.Account, "mine").ToJsonString(), "application/json")));
        await world.SettleAsync();
        Assert.NotEmpty(lead.Sees);
        Assert.Equal("xoxe-1-first", Assert.Single(world.Slack.Of("oauth.v2.access"), request => request["grant_type"] == "refresh_token")["refresh_token"]);

        Assert.Equal(200, (await world.SendAsync(world.Slack.Event(new() { ["type"] = "tokens_revoked", ["tokens"] = new JsonObject { ["bot"] = new JsonArray("U0OTHER") } }))).Status);
        Assert.Empty(world.Hospital.Errors.Seen);
        Assert.Equal(200, (await world.SendAsync(world.Slack.Event(new() { ["type"] = "app_uninstalled" }))).Status);
        Assert.Contains(world.Hospital.Errors.Forget(), line => line.Contains("install the app again", StringComparison.Ordinal));
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        Assert.Equal((null, "app_uninstalled"), await everywhere.Rows<Installation>().Select(one => new { one.Sealed, one.Ended }).SingleAsync() is var kept ? (kept.Sealed, kept.Ended) : default);
        Assert.True(await everywhere.Rows<Commitments.Commitment>().AnyAsync());
        Assert.Single(await everywhere.Rows<Chat.Notice>().Where(one => one.Trigger == "shut-out").ToListAsync());
    }

    [Fact]
    public async Task What_Slack_tells_again_of_an_earlier_installation_ends_no_later_one_and_a_token_that_is_over_early_is_renewed()
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite, ("Slack:BotToken", null), ("Slack:ClientId", World.ClientId), ("Slack:ClientSecret", World.ClientSecret));
        world.Slack.Script = request => request.Method == "oauth.v2.access" ? new(200, Installed(world.Slack.Team, 43_200, "xoxe-1-first")) : null;
        var home = world.Hospital.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        using var browser = new Browser();
        async Task InstallAsync() => Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new($"{home}/slack/oauth?code=1&state={await browser.BeginAsync(home)}"))).Status);
        await InstallAsync();
        var taken = world.Slack.Event(new() { ["type"] = "app_uninstalled" });
        Assert.Equal(200, (await world.SendAsync(taken)).Status);
        world.Hospital.Errors.Forget();
        await InstallAsync();
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
        await using var world = await InSlack.OpenAsync(Engine.Sqlite, ("Slack:BotToken", null), ("Slack:ClientId", World.ClientId), ("Slack:ClientSecret", World.ClientSecret), ("Slack:Teams", Enterprise));
        var answer = JsonNode.Parse(Installed(world.Slack.Team, 43_200, "xoxe-1-first"))!;
        (answer["is_enterprise_install"], answer["team"], answer["enterprise"]) = (true, null, new JsonObject { ["id"] = Enterprise, ["name"] = "Riverbend" });
        world.Slack.Script = request => request.Method == "oauth.v2.access" ? new(200, answer.ToJsonString()) : null;
        var home = world.Hospital.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        using var browser = new Browser();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new($"{home}/slack/oauth?code=1&state={await browser.BeginAsync(home)}"))).Status);
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
        await using var world = await InSlack.OpenAsync(Engine.Sqlite, ("Slack:BotToken", null), ("Slack:ClientId", World.ClientId), ("Slack:ClientSecret", World.ClientSecret));
        world.Slack.Script = request => request.Method == "oauth.v2.access" ? new(200, Installed(world.Slack.Team, 43_200, "xoxe-1-first")) : null;
        var home = world.Hospital.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        using var browser = new Browser();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new($"{home}/slack/oauth?code=1&state={await browser.BeginAsync(home)}"))).Status);
        var lead = world.As("dana.reyes");
        await lead.SaysAsync("help");
        var organization = await OrganizationAsync(world);
        await world.Hospital.Store.WriteAsync(organization, Storage.Urgency.Inbound, db => db.Set<Installation>().ExecuteUpdateAsync(set => set.SetProperty(one => one.Sealed, "CfDJ8AAAAAAAAAAAAAAAAAAAAAA")), CancellationToken.None);
        var before = world.Slack.Requests.Count;
        Assert.Equal(200, (await world.SendAsync(world.Slack.Says(lead.Account, "mine"))).Status);
        Assert.Equal(before, world.Slack.Requests.Count);
        Assert.Contains(world.Hospital.Errors.Forget(), line => line.Contains("Protection__KeyFile", StringComparison.Ordinal));
    }

    static async Task<Guid> OrganizationAsync(InSlack world)
    {
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        return await everywhere.Rows<Organization>().Select(one => one.Id).SingleAsync();
    }

    static string Installed(string team, int seconds, string refresh) => new JsonObject { ["ok"] = true, ["access_token"] = SlackDouble.Token, ["bot_user_id"] = SlackDouble.Bot, ["refresh_token"] = refresh, ["expires_in"] = seconds, ["team"] = new JsonObject { ["id"] = team } }.ToJsonString();

    static Dictionary<string, string?> Settings(string api, string teams) => new()
    {
        ["Slack:SigningSecret"] = SlackDouble.SigningSecret, ["Slack:ClientId"] = World.ClientId, ["Slack:ClientSecret"] = World.ClientSecret, ["Slack:Teams"] = teams, ["Slack:ApiBase"] = api,
    };

    sealed class World(Hospital hospital, Process emulator, string url, DirectoryInfo folder) : IAsyncDisposable
    {
        public const string ClientId = "12345.67890";
        public const string ClientSecret = "a client secret of the test";

        public Hospital Hospital => hospital;

        public string Emulator => url;

        public static async Task<World> OpenAsync(Engine engine, string teams, params IEnumerable<string> alsoBack)
        {
            var port = LocalSlack.Port();
            var hospital = await Hospital.OpenAsync(engine, Settings($"http://127.0.0.1:{port}/api/", teams));
            var folder = Directory.CreateTempSubdirectory("equitybot-test-");
            var seed = Path.Combine(folder.FullName, "seed.json");
            await File.WriteAllTextAsync(seed, System.Text.Json.JsonSerializer.Serialize(new { slack = new { team = new { name = "Riverbend", domain = "riverbend" }, oauth_apps = new[] { new { client_id = ClientId, client_secret = ClientSecret, app_id = SlackDouble.AppId, name = "EquityBot", redirect_uris = alsoBack.Append($"{hospital.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}/slack/oauth"), scopes = new[] { "chat:write", "users:read" } } } } }));
            var start = new ProcessStartInfo("node", [Path.Combine(Shell.Root, "tests", "clients", "node_modules", "emulate", "dist", "index.js"), "start", "--service", "slack", "--port", $"{port}", "--seed", seed]) { RedirectStandardOutput = true };
            var process = Process.Start(start)!;
            while (await process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Config:", StringComparison.Ordinal))
            {
            }

            return new(hospital, process, $"http://127.0.0.1:{port}", folder);
        }

        public async ValueTask DisposeAsync()
        {
            emulator.Kill(entireProcessTree: true);
            await emulator.WaitForExitAsync();
            emulator.Dispose();
            folder.Delete(recursive: true);
            await hospital.DisposeAsync();
        }
    }

    /// <summary>Follows what a person follows, and remembers cookies.</summary>
    sealed class Browser : IDisposable
    {
        readonly CookieContainer jar = new();
        readonly HttpClient http;

        public Browser() => http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = jar });

        public IReadOnlyList<Cookie> Cookies(Uri at) => [.. jar.GetCookies(at).Cast<Cookie>()];

        public void Remember(Uri at, IEnumerable<Cookie> cookies)
        {
            foreach (Cookie cookie in cookies)
            {
                jar.Add(at, new Cookie(cookie.Name, cookie.Value, cookie.Path));
            }
        }

        public async Task<(HttpStatusCode Status, string Body)> GetAsync(Uri address)
        {
            using var answer = await http.GetAsync(address);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }

        public async Task<string> BeginAsync(string home)
        {
            using var begun = await http.GetAsync($"{home}/slack/install");
            return Regex.Match(begun.Headers.Location!.Query, "state=([^&]*)").Groups[1].Value;
        }

        public async Task<(HttpStatusCode Status, string Body)> InstallAsync(string home) => await GetAsync(await AgreeAsync(home));

        /// <summary>Opens the way in, picks the first person that Slack offers, and stops before going back.</summary>
        public async Task<Uri> AgreeAsync(string home)
        {
            using var begun = await http.GetAsync($"{home}/slack/install");
            foreach (var cookie in begun.Headers.TryGetValues("Set-Cookie", out var given) ? given.Select(one => one.Split(';')[0].Split('=', 2)) : [])
            {
                // Browsers take this machine for safe, this client does not.
                jar.Add(new Uri(home), new Cookie(cookie[0], cookie[1], "/"));
            }

            var asked = begun.Headers.Location ?? new(WebUtility.HtmlDecode(Regex.Match(await begun.Content.ReadAsStringAsync(), "href=\"([^\"]*authorize[^\"]*)\"").Groups[1].Value));
            var page = await http.GetStringAsync(asked);
            var form = Regex.Match(page, "<form.*?</form>", RegexOptions.Singleline).Value;
            var fields = Regex.Matches(form, "name=\"([^\"]*)\" value=\"([^\"]*)\"").Select(field => KeyValuePair.Create(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value)));
            using var content = new FormUrlEncodedContent(fields);
            using var agreed = await http.PostAsync(new Uri(asked, "/oauth/v2/authorize/callback"), content);
            return agreed.Headers.Location!;
        }

        public void Dispose() => http.Dispose();
    }
}
