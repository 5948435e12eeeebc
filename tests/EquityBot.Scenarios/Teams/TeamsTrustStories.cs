using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios.Teams;

/// <summary>The door of <c>/api/messages</c>: who is let in with what, and where the bot's own token never goes. Each case is judged by what came of it, too: nothing.</summary>
public sealed class TeamsTrustStories(TeamsTrustStories.Door door) : IClassFixture<TeamsTrustStories.Door>
{
    /// <summary>One hospital for all that is refused: it changes nothing.</summary>
    public sealed class Door : IAsyncLifetime
    {
        internal InTeams World { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            World = await InTeams.OpenAsync(Engine.Sqlite);
            Assert.Equal(200, (await World.SendAsync(Message(World, "help"))).Status);
        }

        public async Task DisposeAsync() => await World.DisposeAsync();
    }

    InTeams World => door.World;

    static JsonObject Message(InTeams world, string text)
    {
        var activity = world.Teams.Activity("message", "dana.reyes");
        activity["text"] = text;
        return activity;
    }

    /// <summary>Sends it and sees that nothing came of it: no answer, no call, no row.</summary>
    async Task<int> RefusedAsync(JsonNode activity, Func<DateTimeOffset, string?>? token = null)
    {
        var (calls, rows) = (World.Teams.Calls.Count, await RowsAsync());
        var status = (await World.SendAsync(activity, token)).Status;
        Assert.Equal(calls, World.Teams.Calls.Count);
        Assert.Equal(rows, await RowsAsync());
        return status;
    }

    async Task<int> RowsAsync()
    {
        await using var everywhere = World.Hospital.Store.AcrossOrganizations();
        return await everywhere.Rows<Chat.ReceivedEvent>().CountAsync() + await everywhere.Rows<Chat.Message>().CountAsync();
    }

    [Fact]
    public async Task Without_a_token_or_with_a_forged_one_it_is_401()
    {
        var activity = Message(World, "help");
        Assert.Equal(401, await RefusedAsync(activity, _ => null));
        Assert.Equal(401, await RefusedAsync(activity, _ => "garbage"));
        Assert.Equal(401, await RefusedAsync(activity, now => World.Teams.Token(now.AddHours(-2))));
        Assert.Equal(401, await RefusedAsync(activity, now => World.Teams.Token(now, claims: says => says["nbf"] = now.AddMinutes(10).ToUnixTimeSeconds())));
        Assert.Equal(401, await RefusedAsync(activity, now => World.Teams.Token(now, head => head["alg"] = "none", sign: _ => [])));
        Assert.Equal(401, await RefusedAsync(activity, now => World.Teams.Token(now, head => head["alg"] = "HS256", sign: text => System.Security.Cryptography.HMACSHA256.HashData(World.Teams.PublicKey, text))));
        Assert.Equal(401, await RefusedAsync(activity, now => World.Teams.Token(now, claims: says => says["aud"] = Guid.NewGuid().ToString())));
        Assert.Equal(401, await RefusedAsync(activity, now => World.Teams.Token(now, claims: says => says["iss"] = "https://login.microsoftonline.com")));
        Assert.Equal(200, (await World.SendAsync(activity, now => World.Teams.Token(now.AddHours(-1).AddMinutes(-4)))).Status);
    }

    [Theory] // S5
    [InlineData("http://127.0.0.1:1/teams/")]
    [InlineData(null)]
    [InlineData("case")]
    [InlineData("no slash")]
    [InlineData("userinfo")]
    [InlineData("dot")]
    public async Task A_token_for_another_service_is_401(string? service)
    {
        var activity = Message(World, "help");
        var ours = World.Teams.ServiceUrl;
        var other = service switch
        {
            "case" => ours.Replace("teams", "Teams", StringComparison.Ordinal),
            "no slash" => ours.TrimEnd('/'),
            "userinfo" => ours.Replace("http://", "http://somebody@", StringComparison.Ordinal),
            "dot" => ours.Replace("127.0.0.1", "127.0.0.1.", StringComparison.Ordinal),
            _ => service,
        };
        activity["serviceUrl"] = other;
        Assert.Equal(401, await RefusedAsync(activity));
    }

    [Theory] // S7, received: the token itself names the place
    [InlineData("http://evil.test/teams/")]
    [InlineData("https://[::1]/teams/")]
    [InlineData("http://169.254.169.254/latest/")]
    [InlineData("http://0x7f.1/teams/")]
    [InlineData("http://2130706433/teams/")]
    [InlineData("https://smba.trafficmanager.net.evil.test/teams/")]
    [InlineData("https://evil.test/smba.trafficmanager.net")]
    [InlineData("https://smba.trafficmanager.net@evil.test/teams/")]
    [InlineData("http://127.0.0.1@evil.test/teams/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1/")]
    [InlineData("//127.0.0.1/teams/")]
    [InlineData("teams")]
    public async Task A_service_that_is_none_of_Teams_is_never_called(string service)
    {
        var activity = Message(World, "help");
        activity["serviceUrl"] = service;
        Assert.Equal(403, await RefusedAsync(activity, now => World.Teams.Token(now, claims: says => says["serviceurl"] = service)));
    }

    [Theory] // S6
    [InlineData("webchat")]
    [InlineData("emulator")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("MSTEAMS")]
    public async Task Another_channel_is_401(string? channel)
    {
        var activity = Message(World, "help");
        activity["channelId"] = channel;
        Assert.Equal(401, await RefusedAsync(activity));
    }

    [Theory] // S6
    [InlineData("webchat")]
    [InlineData(null)]
    public async Task A_key_that_may_not_sign_for_Teams_is_401(string? endorsed)
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        world.Teams.Endorsements = endorsed is null ? [] : [endorsed];
        Assert.Equal(401, (await world.SendAsync(Message(world, "help"))).Status);
        Assert.Empty(world.Teams.Calls);
    }

    [Fact] // S4
    public async Task Another_tenant_is_401_and_so_are_two_and_none()
    {
        foreach (var (inChannel, inConversation) in new (string?, string?)[] { (Guid.NewGuid().ToString(), null), (null, Guid.NewGuid().ToString()), (null, null), (World.Teams.TenantId.ToString(), Guid.NewGuid().ToString()), ("common", null) })
        {
            var activity = Message(World, "help");
            activity["channelData"] = inChannel is null ? null : new JsonObject { ["tenant"] = new JsonObject { ["id"] = inChannel } };
            activity["conversation"]!["tenantId"] = inConversation;
            Assert.Equal(401, await RefusedAsync(activity));
        }
    }

    [Theory] // S13, S19
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"type\":5}")]
    [InlineData("{\"text\":\"no type\"}")]
    [InlineData("{\"type\":\"message\",\"type\":\"invoke\"}")]
    [InlineData("{\"type\":\"message\",\"text\":\"\\ud800\"}")]
    [InlineData("\ufeff{\"type\":\"message\"}x")]
    public async Task What_cannot_be_read_is_400(string body) => Assert.Equal(400, (await World.PostAsync(body, World.Teams.Token(DateTimeOffset.UtcNow))).Status);

    [Fact] // S19
    public async Task What_is_too_large_or_too_deep_is_refused()
    {
        var token = World.Teams.Token(DateTimeOffset.UtcNow);
        Assert.Equal(413, (await World.PostAsync($"{{\"type\":\"message\",\"text\":\"{new string('a', 256 * 1024)}\"}}", token)).Status);
        Assert.Equal(400, (await World.PostAsync(new string('[', 1000) + new string(']', 1000), token)).Status);
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StreamContent(new Endless()) };
        chunked.Headers.TransferEncodingChunked = true;
        chunked.Headers.Authorization = new("Bearer", token);
        try
        {
            using var response = await World.Hospital.Http.SendAsync(chunked);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        }
        catch (HttpRequestException)
        {
            // It hung up on us while we went on.
        }
    }

    [Fact] // S21
    public async Task Other_methods_are_405()
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Options })
        {
            using var request = new HttpRequestMessage(method, "/api/messages");
            using var response = await World.Hospital.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_flood_of_refusals_is_no_flood_of_lines() // S18
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        for (var time = 0; time < 200; time++)
        {
            Assert.Equal(401, (await world.PostAsync("{}", "garbage")).Status);
        }

        Assert.InRange(world.Hospital.Errors.Lines.Count(line => line.Contains("A request to /api/messages was answered with 401", StringComparison.Ordinal)), 1, 20);
    }

    [Theory] // S7, S8: what somebody wrote into the database
    [InlineData("https://evil.test/teams")]
    [InlineData("http://127.0.0.1@evil.test/teams")]
    [InlineData("http://localhost.evil.test/teams")]
    [InlineData("http://169.254.169.254")]
    public async Task A_conversation_that_was_bent_elsewhere_is_not_written_to_and_alerts(string service)
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        await world.InstallForEverybodyAsync();
        await world.As("ben.kowalski").PromisesAsync("we'll offer an interpreter at every discharge by 2026-03-06");
        var lead = world.As("dana.reyes");
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        var address = await everywhere.Rows<ChatAddress>().SingleAsync(one => one.Channel == "teams" && one.Address == TeamsDouble.DirectoryId("dana.reyes"));
        var route = JsonNode.Parse(address.Route!)!;
        route["Service"] = service;
        await world.Hospital.Store.WriteAsync(address.OrganizationId, Urgency.Inbound, db => db.Set<ChatAddress>().Where(one => one.PersonId == address.PersonId).ExecuteUpdateAsync(set => set.SetProperty(one => one.Route, route.ToJsonString())), CancellationToken.None);
        var seen = lead.Sees.Count;
        await world.Hospital.MoveAsync("2026-03-16T17:00");
        Assert.Equal(seen, lead.Sees.Count);
        world.As("imani.brooks").Saw("Dana Reyes could not be reached");
        Assert.Contains(world.Hospital.Errors.Forget(), line => line.Contains("none of Teams'", StringComparison.Ordinal));
    }

    [Fact] // S7
    public async Task A_redirect_is_not_followed_and_the_token_stays()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        await using var evil = await TeamsDouble.StartAsync();
        world.Teams.Script = request => request is { Method: "POST", Path: var path } && path.EndsWith("/activities", StringComparison.Ordinal) ? new(307, Location: evil.Url + path) : null;
        await world.SendAsync(Message(world, "help"));
        Assert.Contains(world.Teams.Calls, call => call.Path.EndsWith("/activities", StringComparison.Ordinal));
        Assert.Empty(evil.Requests);
    }
}
