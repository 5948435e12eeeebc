using System.Text.Json;
using EquityBot.Doubles;

namespace EquityBot.Scenarios.Slack;

/// <summary>What an administrator does: the manifest, <c>equitybot doctor slack</c>.</summary>
public sealed class SlackSetUpStories
{
    [Fact]
    public async Task The_manifest_is_one_that_Slack_takes()
    {
        var file = Path.Combine(Shell.Root, "manifests", "slack", "manifest.yml");
        var judge = Path.Combine(Shell.Root, "tests", "clients", "slack-manifest.mjs");
        Assert.Equal((0, ""), await Shell.RunAsync("node", [judge, file]) is var good ? (good.Code, good.Said.Trim()) : default);

        var folder = Directory.CreateTempSubdirectory("equitybot-test-");
        var bent = Path.Combine(folder.FullName, "manifest.yml");
        await File.WriteAllTextAsync(bent, (await File.ReadAllTextAsync(file)).Replace("im:history", "im:histories", StringComparison.Ordinal));
        Assert.Contains("/oauth_config/scopes/bot", (await Shell.RunAsync("node", [judge, bent])).Said, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Doctor_says_that_all_is_well_and_what_is_not()
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        await world.As("dana.reyes").SaysAsync("help");
        var (code, checks) = await AskAsync(world);
        Assert.True(code == 0, string.Join('\n', checks));
        Assert.Contains("1 of 32 people are known in Slack", checks[$"{world.Slack.Team} people"].Detail, StringComparison.Ordinal);

        world.Slack.Script = request => request.Method == "auth.test" ? SlackReply.Error("token_revoked") : null;
        (code, checks) = await AskAsync(world);
        Assert.Equal(1, code);
        Assert.Contains("does not know the token", checks[$"{world.Slack.Team} installation"].Detail, StringComparison.Ordinal);
        Assert.All(checks.Values, check => Assert.DoesNotContain(SlackDouble.Token, check.Detail, StringComparison.Ordinal));
    }

    static async Task<(int Code, Dictionary<string, (string Status, string Detail)> Checks)> AskAsync(InSlack world)
    {
        var settings = world.Slack.Settings.Select(one => $"--{one.Key}={one.Value}").Append($"--ConnectionStrings:Equity={world.Hospital.Store.ConnectionString}").Append("--environment=Development");
        var (code, said) = await Shell.RunAsync("dotnet", [typeof(EquityBotHost).Assembly.Location, "doctor", "slack", "--json", .. settings]);
        Assert.True(said.Contains("checks", StringComparison.Ordinal), said);
        var line = said.Split('\n').First(one => one.Contains("\"checks\"", StringComparison.Ordinal));
        return (code, JsonDocument.Parse(line).RootElement.GetProperty("checks").EnumerateArray().ToDictionary(check => check.GetProperty("name").GetString()!, check => (check.GetProperty("status").GetString()!, check.GetProperty("detail").GetString()!)));
    }
}
