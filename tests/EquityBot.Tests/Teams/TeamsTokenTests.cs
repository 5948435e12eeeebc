using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EquityBot.Channels.Teams;
using EquityBot.Chat;
using EquityBot.Doubles;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace EquityBot.Tests.Teams;

/// <summary>Whom the bot believes: every row of the published matrix, and every trick of the catalogue.</summary>
public sealed class TeamsTokenTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_token_that_was_made_for_us_is_believed()
    {
        await using var teams = await TeamsDouble.StartAsync();
        using var judge = new Judge(teams);
        var verdict = await judge.AskAsync($"Bearer {teams.Token(Now)}");
        Assert.Null(verdict.Doubt);
        Assert.Equal(teams.ServiceUrl, verdict.Token!.ServiceUrl);
        Assert.Equal(["msteams"], verdict.Token.Endorsements);
    }

    [Fact]
    public async Task Without_a_bearer_token_nobody_is_believed()
    {
        await using var teams = await TeamsDouble.StartAsync();
        using var judge = new Judge(teams);
        var good = teams.Token(Now);
        foreach (var headers in new string?[][] { [], [""], ["Basic dXNlcjpwYXNz"], ["Bearer "], ["Bearer garbage"], ["Bearer a.b.c"], [$"Bearer {good} {good}"], [$"Bearer {good}", $"Bearer {good}"], [$"Bearer {good}.x.y"], [good], [$"Bearer {new string('a', 20_000)}"] })
        {
            Assert.NotNull((await judge.AskAsync(headers)).Doubt);
        }
    }

    [Theory] // S1, S2, S4
    [InlineData("alg", "none")]
    [InlineData("alg", "None")]
    [InlineData("alg", "rs256")]
    [InlineData("alg", "HS256")]
    [InlineData("alg", "ES256")]
    [InlineData("alg", "PS256")]
    [InlineData("alg", null)]
    [InlineData("kid", "unknown")]
    [InlineData("kid", "../../keys")]
    [InlineData("kid", "' OR 1=1 --")]
    [InlineData("kid", null)]
    [InlineData("jku", "here/elsewhere")]
    [InlineData("x5u", "here/elsewhere")]
    [InlineData("x5c", "MIIB")]
    [InlineData("crit", "exp")]
    public async Task A_header_that_is_not_as_it_should_be_is_not_believed_and_leads_nowhere(string name, string? value)
    {
        await using var teams = await TeamsDouble.StartAsync();
        using var judge = new Judge(teams);
        Assert.Null((await judge.AskAsync($"Bearer {teams.Token(Now)}")).Doubt);
        var asked = teams.Requests.Count;
        Assert.NotNull((await judge.AskAsync($"Bearer {teams.Token(Now, header: head => Set(head, name, value?.Replace("here", teams.Url, StringComparison.Ordinal)))}")).Doubt);
        Assert.Equal(asked, teams.Requests.Count);
    }

    [Fact] // S1
    public async Task A_signature_that_is_not_the_keys_is_not_believed()
    {
        await using var teams = await TeamsDouble.StartAsync();
        using var judge = new Judge(teams);
        using var other = RSA.Create(2048);
        Assert.NotNull((await Ask(header: null, sign: _ => [])).Doubt);
        Assert.NotNull((await Ask(header: null, sign: _ => new byte[256])).Doubt);
        Assert.NotNull((await Ask(header: null, sign: text => other.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))).Doubt);
        Assert.NotNull((await Ask(head => head["alg"] = "HS256", text => HMACSHA256.HashData(teams.PublicKey, text))).Doubt);
        Assert.NotNull((await Ask(head => head["jwk"] = Own(other), text => other.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))).Doubt);
        var token = teams.Token(Now);
        Assert.NotNull((await judge.AskAsync($"Bearer {token[..^4]}AAAA")).Doubt);
        var parts = token.Split('.');
        var says = JsonNode.Parse(Convert.FromBase64String(parts[1].Replace('-', '+').Replace('_', '/').PadRight((parts[1].Length + 3) / 4 * 4, '=')))!;
        says["serviceurl"] = "https://evil.test/";
        Assert.NotNull((await judge.AskAsync($"Bearer {parts[0]}.{TeamsDouble.Url64(Encoding.UTF8.GetBytes(says.ToJsonString()))}.{parts[2]}")).Doubt);

        Task<TeamsVerdict> Ask(Action<JsonObject>? header, Func<byte[], byte[]> sign) => judge.AskAsync($"Bearer {teams.Token(Now, header, sign: sign)}");
    }

    static JsonObject Own(RSA key)
    {
        var parameters = key.ExportParameters(false);
        return new() { ["kty"] = "RSA", ["n"] = TeamsDouble.Url64(parameters.Modulus!), ["e"] = TeamsDouble.Url64(parameters.Exponent!) };
    }

    [Theory] // S4, S5
    [InlineData("iss", "https://api.botframework.test/")]
    [InlineData("iss", "https://API.botframework.test")]
    [InlineData("iss", "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/")]
    [InlineData("iss", null)]
    [InlineData("aud", "11111111-2222-3333-4444-555555555555")]
    [InlineData("aud", "")]
    [InlineData("aud", null)]
    [InlineData("serviceurl", null)]
    [InlineData("serviceurl", "")]
    [InlineData("exp", null)]
    [InlineData("exp", "tomorrow")]
    public async Task A_claim_that_is_not_as_it_should_be_is_not_believed(string name, string? value)
    {
        await using var teams = await TeamsDouble.StartAsync();
        using var judge = new Judge(teams);
        Assert.NotNull((await judge.AskAsync($"Bearer {teams.Token(Now, claims: says => Set(says, name, value))}")).Doubt);
    }

    [Fact] // S4
    public async Task An_audience_of_several_is_not_ours()
    {
        await using var teams = await TeamsDouble.StartAsync();
        using var judge = new Judge(teams);
        Assert.Equal("audience", (await judge.AskAsync($"Bearer {teams.Token(Now, claims: says => says["aud"] = new JsonArray($"{teams.AppId}", "another"))}")).Doubt);
        Assert.Equal("audience", (await judge.AskAsync($"Bearer {teams.Token(Now, claims: says => says["aud"] = new JsonArray($"{teams.AppId}"))}")).Doubt);
    }

    [Theory] // S3
    [InlineData("exp", -299, true)]
    [InlineData("exp", -301, false)]
    [InlineData("nbf", 299, true)]
    [InlineData("nbf", 301, false)]
    public async Task Clocks_may_be_five_minutes_apart_and_no_more(string claim, int seconds, bool isBelieved)
    {
        await using var teams = await TeamsDouble.StartAsync();
        using var judge = new Judge(teams);
        Assert.Equal(isBelieved, (await judge.AskAsync($"Bearer {teams.Token(Now, claims: says => says[claim] = Now.ToUnixTimeSeconds() + seconds)}")).Doubt is null);
    }

    [Fact] // S2
    public async Task For_an_unknown_key_the_keys_are_asked_for_again_at_most_every_five_minutes()
    {
        await using var teams = await TeamsDouble.StartAsync();
        using var judge = new Judge(teams);
        await judge.AskAsync($"Bearer {teams.Token(Now)}");
        judge.Pass(Duration.FromMinutes(5));
        teams.KeyId = "key-2";
        var asked = teams.Requests.Count;
        for (var time = 0; time < 20; time++)
        {
            Assert.NotNull((await judge.AskAsync($"Bearer {teams.Token(Now, header: head => head["kid"] = $"other-{time}")}")).Doubt);
        }

        Assert.Equal(asked + 2, teams.Requests.Count);
        Assert.Null((await judge.AskAsync($"Bearer {teams.Token(Now)}")).Doubt);
    }

    [Fact] // S22
    public async Task Without_keys_nobody_is_believed_and_may_come_again()
    {
        await using var teams = await TeamsDouble.StartAsync();
        using var judge = new Judge(teams);
        teams.Script = _ => new(500);
        var verdict = await judge.AskAsync($"Bearer {teams.Token(Now)}");
        Assert.True(verdict is { Token: null, Later: true });
        await judge.AskAsync($"Bearer {teams.Token(Now)}");
        Assert.Single(teams.Requests);
        teams.Script = null;
        judge.Pass(Duration.FromMinutes(5));
        Assert.Null((await judge.AskAsync($"Bearer {teams.Token(Now)}")).Doubt);
    }

    [Fact] // S2, S22
    public async Task Who_hangs_up_while_the_keys_are_asked_for_keeps_nobody_else_from_them()
    {
        await using var teams = await TeamsDouble.StartAsync();
        using var judge = new Judge(teams);
        using var open = new ManualResetEventSlim();
        using var gone = new CancellationTokenSource();
        teams.Script = _ =>
        {
            gone.Cancel();
            open.Wait(TimeSpan.FromSeconds(30));
            return null;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => judge.AskAsync(gone.Token, $"Bearer {teams.Token(Now, header: head => head["kid"] = "forged")}"));
        var good = judge.AskAsync($"Bearer {teams.Token(Now)}");
        open.Set();
        Assert.Null((await good).Doubt);
    }

    [Theory] // S22
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"keys\":{}}")]
    [InlineData("{\"keys\":[5,null,\"x\",{}]}")]
    [InlineData("{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"key-1\",\"n\":\"***\",\"e\":\"AQAB\"}]}")]
    [InlineData("{\"keys\":[{\"kty\":\"RSA\",\"kid\":5,\"n\":[],\"e\":true}]}")]
    public async Task What_is_no_key_is_passed_over_and_those_that_work_stay(string keys)
    {
        await using var teams = await TeamsDouble.StartAsync();
        using var judge = new Judge(teams);
        await judge.AskAsync($"Bearer {teams.Token(Now)}");
        teams.Script = request => request.Path == "/keys" ? new(200, keys) : null;
        judge.Pass(TeamsKeys.Renewal);
        Assert.Null((await judge.AskAsync($"Bearer {teams.Token(Now)}")).Doubt);
    }

    [Theory] // S22
    [InlineData(500, "")]
    [InlineData(0, "")]
    [InlineData(200, "<html>We are sorry</html>")]
    [InlineData(200, "{\"keys\":[]}")]
    [InlineData(200, "{\"jwks_uri\":\"https://evil.test/keys\"}")]
    [InlineData(302, "")]
    public async Task Keys_that_work_outlive_what_cannot_be_understood_by_a_day(int status, string body)
    {
        await using var teams = await TeamsDouble.StartAsync();
        using var judge = new Judge(teams);
        await judge.AskAsync($"Bearer {teams.Token(Now)}");
        teams.Script = _ => new(status, body, Location: status == 302 ? "https://evil.test/keys" : null);
        judge.Pass(Duration.FromHours(24) - Duration.FromSeconds(1));
        var later = Now.AddDays(1);
        Assert.Null((await judge.AskAsync($"Bearer {teams.Token(later)}")).Doubt);
        judge.Pass(Duration.FromHours(1));
        Assert.True(await judge.AskAsync($"Bearer {teams.Token(later)}") is { Token: null, Later: true });
    }

    [Fact] // S22
    public async Task A_document_without_end_is_not_read_to_its_end()
    {
        await using var teams = await TeamsDouble.StartAsync();
        using var judge = new Judge(teams);
        teams.Script = _ => new(200, new string(' ', TeamsKeys.Largest) + "{}");
        Assert.True(await judge.AskAsync($"Bearer {teams.Token(Now)}") is { Token: null, Later: true });
    }

    [Fact] // S22
    public async Task New_keys_take_the_place_of_withdrawn_ones()
    {
        await using var teams = await TeamsDouble.StartAsync();
        using var judge = new Judge(teams);
        var old = teams.Token(Now);
        await judge.AskAsync($"Bearer {old}");
        teams.KeyId = "key-2";
        judge.Pass(TeamsKeys.Renewal);
        Assert.Null((await judge.AskAsync($"Bearer {teams.Token(Now)}")).Doubt);
        Assert.Equal("unknown key", (await judge.AskAsync($"Bearer {old}")).Doubt);
    }

    static void Set(JsonObject part, string name, string? value)
    {
        part.Remove(name);
        if (value is not null)
        {
            part[name] = value;
        }
    }

    /// <summary>The product's own judge, on a clock that stands still.</summary>
    sealed class Judge : IDisposable
    {
        readonly Clock time = new(Now);
        readonly Clients clients;
        readonly TeamsKeys keys;
        readonly TeamsTokens tokens;

        public Judge(TeamsDouble teams)
        {
            var settings = TeamsGiven.Settings(teams);
            clients = new(settings);
            keys = new(settings, clients.Factory, new MachineClock(time), NullLogger<TeamsKeys>.Instance);
            tokens = new(settings, keys, new MachineClock(time));
        }

        public Task<TeamsVerdict> AskAsync(params string?[] headers) => AskAsync(CancellationToken.None, headers);

        public Task<TeamsVerdict> AskAsync(CancellationToken ct, params string?[] headers) => tokens.JudgeAsync(headers, ct);

        public void Pass(Duration time) => this.time.Now += time.ToTimeSpan();

        public void Dispose() => clients.Dispose();
    }

    sealed class Clock(DateTimeOffset start) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
