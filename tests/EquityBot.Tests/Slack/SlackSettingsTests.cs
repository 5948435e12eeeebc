using EquityBot.Channels.Slack;
using EquityBot.Doubles;
using EquityBot.Tests.Given;
using EquityBot.Tests.Teams;
using Microsoft.Extensions.Configuration;
using NodaTime;

namespace EquityBot.Tests.Slack;

public sealed class SlackSettingsTests
{
    static SlackSettings Read(string environment, params (string Key, string? Value)[] changed)
    {
        var settings = new Dictionary<string, string?> { ["Slack:SigningSecret"] = "signing", ["Slack:BotToken"] = "xoxb-1", ["Slack:Teams"] = "T01, E02" };
        foreach (var (key, value) in changed)
        {
            settings[key] = value;
        }

        return SlackSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), new Where(environment));
    }

    [Fact]
    public void What_is_set_is_read_and_its_secrets_are_not_printed()
    {
        var settings = Read("Production", ("Slack:FormerSigningSecret", "former"));
        Assert.Equal(["E02", "T01"], settings.Teams.Order());
        Assert.Equal(("https://slack.com/api/", "https://slack.com/oauth/v2/authorize"), (settings.ApiBase.AbsoluteUri, settings.Authorize.AbsoluteUri));
        Assert.Equal(2, settings.Signing.Count);
        Assert.Equal((240, 900), (settings.PerMinute, Read("Production", ("Slack:MessagesPerMinute", "900")).PerMinute));
        Assert.DoesNotContain("xoxb", settings.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Slack__SigningSecretFile is missing", "Slack:SigningSecret", "")]
    [InlineData("Slack has no way to write", "Slack:BotToken", "")]
    [InlineData("Slack__Teams is missing", "Slack:Teams", "")]
    [InlineData("Slack__Teams is missing", "Slack:Teams", "T01, nonsense!")]
    [InlineData("Slack__Teams is missing", "Slack:Teams", "U01")]
    [InlineData("belong together", "Slack:ClientId", "1.2")]
    [InlineData("none of Slack's addresses", "Slack:ApiBase", "https://slack.example/api/")]
    [InlineData("not a number from 2 to 60000", "Slack:MessagesPerMinute", "1")]
    [InlineData("not a number from 2 to 60000", "Slack:MessagesPerMinute", "many")]
    [InlineData("no https address", "Slack:ApiBase", "http://slack.example/api/")]
    public void What_is_wrong_is_named(string says, string key, string value) =>
        Assert.Contains(says, Assert.Throws<SettingException>(() => Read("Production", (key, value))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_workspace_is_written_to_as_fast_as_is_set()
    {
        await using var slack = await SlackDouble.StartAsync();
        await using var riverbend = await Riverbend.OpenAsync(more: services => services.AddSlack(slack, new Dictionary<string, string?> { ["Slack:MessagesPerMinute"] = "900" }));
        Assert.Equal([new(900, Duration.FromMinutes(1), 150)], riverbend.Get<SlackChannel>().Limits.PerOrganization);
    }

    [Fact]
    public void Two_ways_in_are_one_too_many() =>
        Assert.Contains("both set", Assert.Throws<SettingException>(() => Read("Production", ("Slack:ClientId", "1.2"), ("Slack:ClientSecret", "secret"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("https://hooks.slack.com/actions/T1/2/3", true)]
    [InlineData("https://hooks.slack-gov.com/actions/T1/2/3", true)]
    [InlineData("http://hooks.slack.com/actions/T1", false)]
    [InlineData("https://hooks.slack.com.evil.example/x", false)]
    [InlineData("https://hooks.slack.com:8443/x", false)]
    [InlineData("https://user@hooks.slack.com/x", false)]
    [InlineData("https://slack.com/api/", false)]
    [InlineData("http://127.0.0.1/x", false)]
    [InlineData("http://169.254.169.254/latest", false)]
    [InlineData("nonsense", false)]
    [InlineData(null, false)]
    public void Answers_go_to_Slacks_own_addresses_alone(string? address, bool may) => Assert.Equal(may, Read("Production").MayAnswer(address)); // S7
}
