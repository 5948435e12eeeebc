using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EquityBot.Doubles;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios.Slack;

/// <summary>Whom the endpoint believes: asked beside Slack's own receiver for JavaScript, and refused where that one is too kind.</summary>
public sealed class SlackTrustStories
{
    const string Json = "application/json";

    /// <param name="Theirs">Their verdict; it may change with their version, and then somebody looks at this table again.</param>
    sealed record Case(string Name, int Theirs, int Ours)
    {
        public string Body { get; init; } = """{"token":"x","team_id":"T01TEAM","api_app_id":"A01APP","type":"event_callback","event_id":"Ev01","event":{"type":"reaction_added","user":"U1"}}""";

        public string Type { get; init; } = Json;

        public int Seconds { get; init; }

        public Func<string, string?> Timestamp { get; init; } = now => now;

        public Func<byte[], string, string?> Signature { get; init; } = (body, timestamp) => SlackPayloads.Sign(body, timestamp);
    }

    static readonly Case[] Cases =
    [
        new("valid", 200, 200),
        new("299 seconds ago", 200, 200) { Seconds = -297 },
        new("301 seconds ago", 401, 401) { Seconds = -302 },
        new("in 299 seconds", 200, 200) { Seconds = 297 },
        new("in ten minutes", 200, 401) { Seconds = 600 },
        new("no signature", 401, 401) { Signature = (_, _) => "" },
        new("no time", 401, 401) { Timestamp = _ => null, Signature = (body, _) => SlackPayloads.Sign(body, "") },
        new("a time that is none", 401, 401) { Timestamp = _ => "soon", Signature = (body, _) => SlackPayloads.Sign(body, "soon") },
        new("another secret", 401, 401) { Signature = (body, timestamp) => SlackPayloads.Sign(body, timestamp, "another") },
        new("another body", 401, 401) { Signature = (_, timestamp) => SlackPayloads.Sign("{}"u8.ToArray(), timestamp) },
        new("upper case", 401, 401) { Signature = (body, timestamp) => SlackPayloads.Sign(body, timestamp).ToUpperInvariant() },
        new("v1", 401, 401) { Signature = (body, timestamp) => SlackPayloads.Sign(body, timestamp).Replace("v0=", "v1=", StringComparison.Ordinal) },
        new("not hexadecimal", 401, 401) { Signature = (_, _) => "v0=" + new string('z', 64) },
        new("signed garbage", 400, 400) { Body = "garbage" },
        new("signed and of a charset", 200, 200) { Type = "application/json; charset=utf-8" },
        new("a form of a charset", 400, 200) { Type = "application/x-www-form-urlencoded; charset=utf-8", Body = "command=%2Fequity&text=mine&user_id=U1&team_id=T99&trigger_id=1" },
        new("a challenge", 200, 200) { Body = """{"token":"x","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"}""" },
        new("a challenge that is not signed", 401, 401) { Body = """{"token":"x","challenge":"abc","type":"url_verification"}""", Signature = (_, _) => "v0=" + new string('0', 64) },
        new("a certificate check", 200, 200) { Body = "ssl_check=1&token=x", Type = InSlack.FormType, Signature = (_, _) => "" },
    ];

    [Fact] // S11, S12, S16
    public async Task Row_by_row_the_verdicts_are_the_required_ones()
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        using var theirs = await Peer.StartAsync("bolt.mjs", SlackDouble.SigningSecret);
        var verdicts = new List<string>();
        foreach (var row in Cases)
        {
            var body = Encoding.UTF8.GetBytes(row.Body);
            var timestamp = row.Timestamp((DateTimeOffset.UtcNow.ToUnixTimeSeconds() + row.Seconds).ToString(CultureInfo.InvariantCulture));
            var signature = row.Signature(body, timestamp ?? "");
            verdicts.Add($"{row.Name}: theirs {await AskAsync($"{theirs.Url}/slack/events", body, row.Type, timestamp, signature)}, ours {(await world.PostAsync(body, row.Type, timestamp, signature)).Status}");
        }

        Assert.Equal(Cases.Select(row => $"{row.Name}: theirs {row.Theirs}, ours {row.Ours}"), verdicts);
    }

    [Fact] // S11, S13: the signature is over the bytes as they came
    public async Task What_was_signed_otherwise_than_it_came_is_401()
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var said = Encoding.UTF8.GetBytes(world.Slack.Says(world.Account("dana.reyes"), "help").ToJsonString());
        var form = Encoding.UTF8.GetBytes(world.Command("dana.reyes", "help"));
        byte[] marked = [0xEF, 0xBB, 0xBF, .. said];
        byte[] altered = [.. said];
        altered[^2] ^= 1;
        foreach (var (signed, sent, type) in new[]
        {
            (said, altered, Json), (said, marked, Json), (said, Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(said)), "application/json; charset=utf-16"), (said, Packed(said), Json),
            (form, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(form).Replace("%2F", "%2f", StringComparison.Ordinal)), InSlack.FormType),
        })
        {
            Assert.Equal(401, (await SendAsync(world, sent, type, signed, chunked: false)).Status);
        }

        // Signed twice is signed by nobody knows whom; in parts it is the same bytes.
        Assert.Equal(401, (await SendAsync(world, said, Json, said, chunked: false, isTwice: true)).Status);
        Assert.Empty(world.Slack.Posts);
        Assert.Equal(200, (await SendAsync(world, said, Json, said, chunked: true)).Status);
    }

    [Fact] // S13, S19: unpacked nowhere, so that a signed archive is no more than bytes that are no request
    public async Task What_is_packed_too_large_or_without_end_is_refused()
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var packed = Packed(Encoding.UTF8.GetBytes(world.Slack.Says(world.Account("dana.reyes"), "help").ToJsonString()));
        Assert.Equal(400, (await SendAsync(world, packed, Json, packed, chunked: false, encoding: "gzip")).Status);
        Assert.Equal(413, (await world.PostAsync(new byte[1024 * 1024 + 1], Json, Now, null)).Status);
        Assert.Equal(400, (await world.PostAsync(Encoding.UTF8.GetBytes(new string('[', 1000) + new string(']', 1000)), Json, Now, null)).Status);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/slack/events") { Content = new StreamContent(new Endless()) };
        request.Headers.TransferEncodingChunked = true;
        try
        {
            using var response = await world.Hospital.Http.SendAsync(request);
            Assert.Equal(System.Net.HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        }
        catch (HttpRequestException)
        {
            // It hung up on us while we went on.
        }
    }

    static string Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    static byte[] Packed(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Compress))
        {
            gzip.Write(body);
        }

        return packed.ToArray();
    }

    static async Task<RawAnswer> SendAsync(InSlack world, byte[] body, string type, byte[] signed, bool chunked, bool isTwice = false, string? encoding = null)
    {
        var now = Now;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/slack/events") { Content = new ByteArrayContent(body) };
        request.Headers.TransferEncodingChunked = chunked;
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.TryAddWithoutValidation("X-Slack-Request-Timestamp", now);
        foreach (var _ in Enumerable.Range(0, isTwice ? 2 : 1))
        {
            request.Headers.TryAddWithoutValidation("X-Slack-Signature", SlackPayloads.Sign(signed, now));
        }

        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        using var response = await world.Hospital.Http.SendAsync(request);
        return new((int)response.StatusCode, "", await response.Content.ReadAsStringAsync());
    }

    [Fact] // S16
    public async Task A_challenge_is_answered_with_itself()
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var answer = await world.PostAsync("""{"challenge":"Grüße 👋","type":"url_verification"}""", Json);
        Assert.Equal("Grüße 👋", JsonNode.Parse(answer.Body)!["challenge"]!.ToString());
    }

    [Fact] // S13
    public async Task What_rides_along_with_a_certificate_check_is_not_looked_at()
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var shortcut = world.Slack.Interaction("shortcut", world.Account("dana.reyes"));
        shortcut["callback_id"] = "check_in";
        var (payload, command) = (InSlack.Form(("payload", shortcut.ToJsonString())), world.Command("dana.reyes", "mine"));
        foreach (var smuggled in new[] { payload, command })
        {
            var answer = await world.PostAsync(Encoding.UTF8.GetBytes($"ssl_check=1&{smuggled}"), InSlack.FormType, null, "");
            Assert.Equal((200, ""), (answer.Status, answer.Body));
        }

        Assert.Empty(world.Slack.Requests);

        // Signed, and without it, both do something.
        Assert.Equal(200, (await world.PostAsync(payload, InSlack.FormType)).Status);
        Assert.NotEmpty(world.Slack.Views);
        Assert.NotEqual("", (await world.PostAsync(command, InSlack.FormType)).Body);
    }

    [Theory] // S17
    [InlineData("api_app_id", "A99OTHER")]
    [InlineData("team_id", "T99OTHER")]
    public async Task Another_app_or_workspace_has_no_effect_and_is_answered_all_the_same(string field, string other)
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var said = world.Slack.Says(world.Account("dana.reyes"), "mine");
        said[field] = other;
        if (field == "team_id")
        {
            said["authorizations"]![0]!["team_id"] = other;
        }

        Assert.Equal(200, (await world.SendAsync(said)).Status);
        Assert.Empty(world.Slack.Posts);
        var command = world.Command("dana.reyes", "mine").Replace($"{field}={(field == "team_id" ? world.Slack.Team : SlackDouble.AppId)}", $"{field}={other}", StringComparison.Ordinal);
        Assert.Equal((200, ""), await world.PostAsync(command, InSlack.FormType) is var answer ? (answer.Status, answer.Body) : default);
        var shortcut = world.Slack.Interaction("shortcut", world.Account("dana.reyes"));
        (shortcut["callback_id"], shortcut[field == "team_id" ? "team" : field]) = ("check_in", field == "team_id" ? new JsonObject { ["id"] = other } : other);
        Assert.Equal(200, (await world.InteractAsync(shortcut)).Status);
        Assert.Empty(world.Slack.Views);

        // What ends there does not end here.
        var gone = world.Slack.Event(new() { ["type"] = "app_uninstalled" });
        gone[field] = other;
        gone.Remove("authorizations");
        world.Slack.Script = request => request.Method == "auth.test" ? SlackReply.Error("account_inactive") : null;
        Assert.Equal(200, (await world.SendAsync(gone)).Status);
        Assert.Empty(world.Hospital.Errors.Seen);
        Assert.Contains(world.Hospital.Errors.Lines, line => line.Contains("of another app or workspace", StringComparison.Ordinal));
    }

    [Fact] // S18
    public async Task A_flood_of_refusals_is_no_flood_of_lines()
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        for (var time = 0; time < 200; time++)
        {
            Assert.Equal(401, (await world.PostAsync("{}"u8.ToArray(), Json, Now, "v0=" + new string('0', 64))).Status);
        }

        Assert.InRange(world.Hospital.Errors.Lines.Count(line => line.Contains("/slack/events was answered with 401", StringComparison.Ordinal)), 1, 20);
    }

    [Fact] // S14
    public async Task A_captured_request_sent_again_does_nothing_more()
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var lead = world.As("dana.reyes");
        var draft = await lead.SaysAsync("we'll offer an interpreter at every discharge by 2026-03-06");
        var press = InSlack.Form(("payload", world.Slack.Press(lead.Account, draft.Post!, draft.Button("Confirm").Element).ToJsonString()));
        var command = world.Command("dana.reyes", "we'll print the leaflets by 2026-03-13");
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        foreach (var body in new[] { press, press, command, command })
        {
            Assert.Equal(200, (await world.PostAsync(Encoding.UTF8.GetBytes(body), InSlack.FormType, timestamp, null)).Status);
        }

        await world.SettleAsync();
        Assert.Single(lead.Sees);
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        Assert.Equal(2, await everywhere.Rows<Commitments.Commitment>().CountAsync(one => one.Number >= 12));
    }

    [Fact] // S19, S21
    public async Task What_is_too_large_twice_said_or_by_another_method_is_turned_away()
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        Assert.Equal(413, (await world.PostAsync(new string(' ', (256 * 1024) + 1), Json)).Status);
        Assert.Equal(400, (await world.PostAsync("""{"type":"event_callback","type":"url_verification"}""", Json)).Status);
        Assert.Equal(400, (await world.PostAsync("payload={}&payload={}", InSlack.FormType)).Status);
        Assert.Equal(400, (await world.PostAsync("payload=%ff%fe", InSlack.FormType)).Status);
        Assert.Equal(400, (await world.PostAsync("hello=1", InSlack.FormType)).Status);
        Assert.Equal(400, (await world.PostAsync("""{"type":"event_callback","event":{"text":"\ud800"}}""", Json)).Status);
        Assert.Equal(400, (await world.PostAsync($"{new string('[', 100)}{new string(']', 100)}", Json)).Status);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Options, HttpMethod.Trace })
        {
            using var request = new HttpRequestMessage(method, "/slack/events");
            request.Headers.TryAddWithoutValidation("X-HTTP-Method-Override", "POST");
            using var response = await world.Hospital.Http.SendAsync(request);
            Assert.Contains(response.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed });
        }
    }

    static async Task<int> AskAsync(string url, byte[] body, string type, string? timestamp, string? signature)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (timestamp is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Slack-Request-Timestamp", timestamp);
        }

        if (signature is { Length: > 0 })
        {
            request.Headers.TryAddWithoutValidation("X-Slack-Signature", signature);
        }

        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }
}
