using EquityBot.Channels.Slack;
using EquityBot.Tests.Given;
using YamlDotNet.RepresentationModel;

namespace EquityBot.Tests.Slack;

/// <summary>The app as Slack knows it and the product as it is ask for the same.</summary>
public sealed class SlackManifestTests
{
    static readonly YamlNode Manifest = Read();

    static YamlNode Read()
    {
        var yaml = new YamlStream();
        using var file = File.OpenText(Path.Combine(Repository.Root, "manifests", "slack", "manifest.yml"));
        yaml.Load(file);
        return yaml.Documents[0].RootNode;
    }

    static IEnumerable<string> List(YamlNode node) => ((YamlSequenceNode)node).Select(one => ((YamlScalarNode)one).Value!);

    [Fact]
    public void What_is_installed_by_hand_may_do_what_is_installed_by_OAuth_may() =>
        Assert.Equal(SlackInstall.Scopes.Split(','), List(Manifest["oauth_config"]["scopes"]["bot"]).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_event_that_Slack_is_to_send_is_taken()
    {
        var desk = Repository.Sources.Single(source => source.Path.EndsWith("/SlackDesk.cs", StringComparison.Ordinal)).Text;
        Assert.All(List(Manifest["settings"]["event_subscriptions"]["bot_events"]), named => Assert.Contains($"\"{named.Split('.')[0]}\"", desk, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_shortcut_that_Slack_shows_does_something()
    {
        var windows = Repository.Sources.Single(source => source.Path.EndsWith("/SlackWindows.cs", StringComparison.Ordinal)).Text;
        Assert.All((YamlSequenceNode)Manifest["features"]["shortcuts"], shortcut => Assert.Contains($"\"{shortcut["callback_id"]}\"", windows, StringComparison.Ordinal));
    }

    [Fact]
    public void All_that_Slack_sends_comes_to_where_it_is_taken()
    {
        var settings = Manifest["settings"];
        YamlNode[] ways = [settings["event_subscriptions"]["request_url"], settings["interactivity"]["request_url"], settings["interactivity"]["message_menu_options_url"], Manifest["features"]["slash_commands"][0]["url"]];
        Assert.All(ways, way => Assert.Equal(SlackEndpoint.Path, new Uri($"{way}").AbsolutePath));
        Assert.Equal(["/slack/oauth"], List(Manifest["oauth_config"]["redirect_urls"]).Select(way => new Uri(way).AbsolutePath));
    }
}
