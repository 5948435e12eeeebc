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
        using var browser = new Installer();
        var done = await browser.InstallAsync(world.Hospital.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, done.Status);
        Assert.Contains("People can write to EquityBot in Slack now", done.Body, StringComparison.Ordinal);
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        var kept = await everywhere.Rows<Installation>().SingleAsync();
        Assert.Equal((Team, null), (kept.Tenant, kept.Ended));
        Assert.DoesNotContain(await world.Hospital.StoredTextsAsync(), text => text.Contains("xoxb", StringComparison.Ordinal));

        using var http = new HttpClient();
        await http.PostAsync($"{there}/set-up", new StringContent(new JsonObject { ["clientId"] = World.ClientId, ["clientSecret"] = World.ClientSecret, ["slackApiUrl"] = $"{world.Emulator}/api/", ["authorizationUrl"] = $"{world.Emulator}/oauth/v2/authorize" }.ToJsonString()));
        using var other = new Installer();
        Assert.Equal(HttpStatusCode.OK, (await other.InstallAsync(there)).Status);
        var installation = JsonNode.Parse(await http.GetStringAsync($"{there}/installation"))!;
        Assert.Equal((kept.Tenant, kept.Bot), (installation["team"]!.ToString(), installation["bot"]!.ToString()));
    }

    [Fact]
    public async Task What_was_begun_elsewhere_long_ago_or_already_finished_is_not_taken()
    {
        await using var world = await World.OpenAsync(Engine.Sqlite, Team);
        var home = world.Hospital.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        using var browser = new Installer();
        var back = await browser.AgreeAsync(home);
        using (var another = new Installer())
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await another.GetAsync(back)).Status);
        }

        var (begun, secrets) = (back.ToString(), browser.Cookies(back));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync(new(Regex.Replace(begun, "state=[^&]*", "state=another")))).Status);
        using var again = new Installer();
        again.Remember(back, secrets);
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync(back)).Status);
        again.Remember(back, secrets);
        Assert.Equal(HttpStatusCode.BadRequest, (await again.GetAsync(back)).Status);
    }

    [Fact]
    public async Task Not_agreed_to_nothing_changes()
    {
        await using var world = await World.OpenAsync(Engine.Sqlite, Team);
        using var browser = new Installer();
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
        using var browser = new Installer();
        var said = await browser.InstallAsync(world.Hospital.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, said.Status);
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        Assert.False(await everywhere.Rows<Installation>().AnyAsync());
        Assert.False(await everywhere.Rows<Workspace>().AnyAsync(one => one.Channel == "slack"));
    }

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
}
