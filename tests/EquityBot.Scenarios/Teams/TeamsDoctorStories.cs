using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using EquityBot.Doubles;
using Microsoft.AspNetCore.WebUtilities;

namespace EquityBot.Scenarios.Teams;

/// <summary><c>equitybot doctor teams</c>, as an administrator runs it beside the running program.</summary>
public sealed class TeamsDoctorStories
{
    [Theory, OnBothDatabases]
    public async Task It_says_that_all_is_well_and_what_is_not(Engine engine)
    {
        await using var world = await InTeams.OpenAsync(engine);
        await world.As("dana.reyes").SaysAsync("help");
        var (code, checks) = await AskAsync(world);
        Assert.True(code == 0, string.Join('\n', checks));
        Assert.Equal(["configuration", "clock", "metadata", "token", "organization", "people", "conversations"], checks.Keys);
        Assert.Contains("1 of 32 people are known in Teams, 1 can be written to", checks["people"].Detail, StringComparison.Ordinal);

        world.Teams.Script = request => request.Path == "/token" ? new(401, """{"error":"invalid_client","error_description":"AADSTS7000222: The provided client secret keys for app are expired."}""")
            : request.Path == "/keys" ? new(500) : null;
        (code, checks) = await AskAsync(world);
        Assert.Equal(1, code);
        Assert.Contains("the client secret has expired", checks["token"].Detail, StringComparison.Ordinal);
        Assert.Equal("failed", checks["metadata"].Status);
        Assert.All(checks.Values, check => Assert.DoesNotContain(TeamsDouble.Secret, check.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_bot_proves_who_it_is_by_certificate()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        using var key = RSA.Create(2048);
        using var own = new CertificateRequest("CN=EquityBot", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        using var file = new TemporaryFile($"{own.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}");
        world.Teams.Proves = form => QueryHelpers.ParseQuery(form)["client_assertion"].ToString().Split('.') is [var head, var claims, var signature]
            && Decoded(claims).GetProperty("iss").GetString() == world.Teams.AppId.ToString()
            && key.VerifyData(Encoding.ASCII.GetBytes($"{head}.{claims}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, Decoded(head).GetProperty("alg").GetString() == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
        await HasTokenAsync(world, [("Teams:CertificateFile", file.Path)]);

        using var other = RSA.Create(2048);
        File.WriteAllText(file.Path, $"{new CertificateRequest("CN=EquityBot", other, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30)).ExportCertificatePem()}\n{other.ExportPkcs8PrivateKeyPem()}");
        Assert.Equal("failed", (await AskAsync(world, [("Teams:CertificateFile", file.Path)])).Checks["token"].Status);
    }

    [Fact]
    public async Task The_bot_proves_who_it_is_by_the_machines_identity()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        world.Teams.Managed["https://api.botframework.com"] = "the bot's token";
        await HasTokenAsync(world, [("Teams:ManagedIdentity", "true")], Identity(world));
        var asked = Assert.Single(world.Teams.Requests, one => one.Path == "/identity");
        Assert.Equal(world.Teams.AppId.ToString(), QueryHelpers.ParseQuery(asked.Query)["client_id"].ToString());
        Assert.DoesNotContain(world.Teams.Requests, one => one.Path == "/token");
    }

    [Fact]
    public async Task The_bot_proves_who_it_is_by_what_the_registration_trusts()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        using var file = new TemporaryFile("a token that the platform renews");
        world.Teams.Proves = form => QueryHelpers.ParseQuery(form)["client_assertion"] == "a token that the platform renews";
        await HasTokenAsync(world, [("Teams:FederatedTokenFile", file.Path)]);

        world.Teams.Managed["api://AzureADTokenExchange"] = "a token of the identity that is trusted";
        world.Teams.Proves = form => QueryHelpers.ParseQuery(form)["client_assertion"] == "a token of the identity that is trusted";
        await HasTokenAsync(world, [("Teams:FederatedIdentity", Guid.NewGuid().ToString())], Identity(world));
    }

    static (string, string)[] Identity(InTeams world) => [("IDENTITY_ENDPOINT", $"{world.Teams.Url}/identity"), ("IDENTITY_HEADER", TeamsDouble.IdentityHeader)];

    static JsonElement Decoded(string part) => JsonDocument.Parse(Base64Url.DecodeFromChars(part)).RootElement;

    static async Task HasTokenAsync(InTeams world, (string Key, string Value)[] credential, params (string Key, string Value)[] environment)
    {
        var (_, checks) = await AskAsync(world, credential, environment);
        Assert.True(checks["token"].Status == "ok", $"{checks["token"]}");
    }

    [Fact]
    public async Task What_is_not_set_up_is_said()
    {
        var (code, said) = await Shell.RunAsync("dotnet", [typeof(EquityBotHost).Assembly.Location, "doctor", "teams"]);
        Assert.Equal(2, code);
        Assert.Contains("Nothing is set up for teams", said, StringComparison.Ordinal);
        (code, said) = await Shell.RunAsync("dotnet", [typeof(EquityBotHost).Assembly.Location, "doctor", "pigeons"]);
        Assert.Equal(2, code);
        Assert.Contains("There is no channel pigeons; there are browser, email, slack, teams", said, StringComparison.Ordinal);
    }

    static async Task<(int Code, Dictionary<string, (string Status, string Detail)> Checks)> AskAsync(InTeams world, (string Key, string Value)[]? credential = null, params (string Key, string Value)[] environment)
    {
        var settings = world.Teams.Settings.Where(one => credential is null || one.Key != "Teams:ClientSecret").Concat((credential ?? []).Select(one => KeyValuePair.Create<string, string?>(one.Key, one.Value))).Select(one => $"--{one.Key}={one.Value}").Append($"--ConnectionStrings:Equity={world.Hospital.Store.ConnectionString}").Append("--environment=Development");
        var (code, said) = await Shell.RunAsync("dotnet", [typeof(EquityBotHost).Assembly.Location, "doctor", "teams", "--json", .. settings], environment);
        Assert.True(said.Contains("checks", StringComparison.Ordinal), said);
        var line = said.Split('\n').First(one => one.Contains("\"checks\"", StringComparison.Ordinal));
        return (code, JsonDocument.Parse(line).RootElement.GetProperty("checks").EnumerateArray()
            .ToDictionary(check => check.GetProperty("name").GetString()!, check => (check.GetProperty("status").GetString()!, check.GetProperty("detail").GetString()!)));
    }

    /// <summary>A file that only we can read, for as long as it is needed.</summary>
    sealed class TemporaryFile : IDisposable
    {
        readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("equitybot-test-");

        public TemporaryFile(string text) => File.WriteAllText(Path, text);

        public string Path => System.IO.Path.Combine(folder.FullName, "file");

        public void Dispose() => folder.Delete(recursive: true);
    }
}
