using System.Text.Json;
using EquityBot.Doubles;

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
    public async Task What_is_not_set_up_is_said()
    {
        var (code, said) = await Program.RunAsync("dotnet", [typeof(EquityBotHost).Assembly.Location, "doctor", "teams"]);
        Assert.Equal(2, code);
        Assert.Contains("Nothing is set up for teams", said, StringComparison.Ordinal);
        (code, said) = await Program.RunAsync("dotnet", [typeof(EquityBotHost).Assembly.Location, "doctor", "pigeons"]);
        Assert.Equal(2, code);
        Assert.Contains("There is no channel pigeons; there are browser, email, teams", said, StringComparison.Ordinal);
    }

    static async Task<(int Code, Dictionary<string, (string Status, string Detail)> Checks)> AskAsync(InTeams world)
    {
        var settings = world.Teams.Settings.Select(one => $"--{one.Key}={one.Value}").Append($"--ConnectionStrings:Equity={world.Hospital.Store.ConnectionString}").Append("--environment=Development");
        var (code, said) = await Program.RunAsync("dotnet", [typeof(EquityBotHost).Assembly.Location, "doctor", "teams", "--json", .. settings]);
        Assert.True(said.Contains("checks", StringComparison.Ordinal), said);
        var line = said.Split('\n').First(one => one.Contains("\"checks\"", StringComparison.Ordinal));
        return (code, JsonDocument.Parse(line).RootElement.GetProperty("checks").EnumerateArray()
            .ToDictionary(check => check.GetProperty("name").GetString()!, check => (check.GetProperty("status").GetString()!, check.GetProperty("detail").GetString()!)));
    }
}
