using System.Globalization;
using System.Net;

namespace EquityBot.Channels.Slack;

/// <summary>The app in Slack's eyes, for the installation by OAuth.</summary>
sealed record SlackApp(string ClientId, Secret ClientSecret);

/// <summary>Which Slack may write to us and how we write to it, checked before anything opens. Printing it shows no secret.</summary>
/// <param name="Signing">What requests are signed with; during a rotation the one before as well.</param>
/// <param name="Teams">The workspaces (<c>T…</c>) or organizations (<c>E…</c>) that are ours; whatever comes from any other has no effect.</param>
/// <param name="ApiBase">With a slash at its end.</param>
sealed record SlackSettings(IReadOnlyList<Secret> Signing, IReadOnlySet<string> Teams, Uri ApiBase)
{
    /// <summary>Slack says <em>several hundred</em> in a workspace.</summary>
    const int UsualPerMinute = 240;

    const int MostPerMinute = 60_000;

    static readonly string[] ApiHosts = ["slack.com", "slack-gov.com"];
    static readonly string[] HookHosts = ["hooks.slack.com", "hooks.slack-gov.com"];

    /// <summary>Of an app that was installed by hand in one workspace; null where installations come by OAuth.</summary>
    public Secret? BotToken { get; init; }

    /// <summary>How many messages are posted in a workspace in a minute at most.</summary>
    public int PerMinute { get; init; } = UsualPerMinute;

    /// <summary>Null where there is no installation by OAuth.</summary>
    public SlackApp? App { get; init; }

    /// <summary>The app's own id (<c>A…</c>); null where it is not looked at.</summary>
    public string? AppId { get; init; }

    /// <summary>Where people agree to an installation.</summary>
    public Uri Authorize => new(ApiBase, "../oauth/v2/authorize");

    public static bool IsWanted(IConfiguration configuration) => configuration.GetSection("Slack").GetChildren().Any(setting => !string.IsNullOrWhiteSpace(setting.Value));

    public static SlackSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var slack = configuration.GetSection("Slack");
        var signing = new[]
        {
            Secret.Read(slack, "SigningSecret") ?? throw new SettingException("Slack__SigningSecretFile is missing: without it nobody can tell Slack's requests from anybody's. It stands under Basic Information, App Credentials, of the app."),
            Secret.Read(slack, "FormerSigningSecret"),
        };
        var (bot, client, secret) = (Secret.Read(slack, "BotToken"), slack["ClientId"], Secret.Read(slack, "ClientSecret"));
        if (string.IsNullOrEmpty(client) != secret is null)
        {
            throw new SettingException("Slack__ClientId and Slack__ClientSecretFile belong together: set both for installations by OAuth, or neither.");
        }

        if (secret is null == bot is null)
        {
            throw new SettingException(bot is null
                ? "Slack has no way to write: set Slack__BotTokenFile of an app that you have installed in your workspace, or Slack__ClientId and Slack__ClientSecretFile to install it by OAuth."
                : "Slack__BotTokenFile and Slack__ClientId are both set: name the one that is to be used, so that the other can be withdrawn.");
        }

        var teams = (slack["Teams"] ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        if (teams.Length == 0 || teams.FirstOrDefault(team => !SlackId.IsOne(team) || team[0] is not ('T' or 'E')) is not null)
        {
            throw new SettingException("Slack__Teams is missing or names no workspace such as T01ABCDEF: it lists the workspaces that are your organization's. Whoever could add another would be believed about who its people are.");
        }

        return new([.. signing.OfType<Secret>()], teams.ToHashSet(StringComparer.Ordinal), Base(slack, environment))
        {
            BotToken = bot, App = secret is null ? null : new(client!, secret), AppId = slack["AppId"] is { Length: > 0 } app ? app : null,
            PerMinute = slack["MessagesPerMinute"] is not { Length: > 0 } pace ? UsualPerMinute
                : int.TryParse(pace, CultureInfo.InvariantCulture, out var number) && number is >= 2 and <= MostPerMinute ? number
                : throw new SettingException($"Slack__MessagesPerMinute is “{pace}”, not a number from 2 to {MostPerMinute}."),
        };
    }

    /// <summary>Whether what we answer may be sent there: an address that came with a request, whose signature says only that Slack passed it on.</summary>
    public bool MayAnswer(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri is { UserInfo: "", Fragment: "" }
        && ((uri is { Scheme: "https", IsDefaultPort: true } && HookHosts.Contains(uri.Host)) || (IsOwnMachine(ApiBase) && uri.Scheme == ApiBase.Scheme && uri.Authority == ApiBase.Authority));

    static bool IsOwnMachine(Uri uri) => uri.Scheme == "http" && IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address);

    static Uri Base(IConfigurationSection slack, IHostEnvironment environment) =>
        slack["ApiBase"] is not { Length: > 0 } text ? new("https://slack.com/api/")
        : !Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var uri) || uri is not { UserInfo: "", Query: "", Fragment: "" } || !(uri.Scheme == "https" || IsOwnMachine(uri)) ? throw new SettingException("Slack__ApiBase is no https address; http is taken for this machine alone.")
        : environment.IsProduction() && !ApiHosts.Contains(uri.Host) ? throw new SettingException("Slack__ApiBase is none of Slack's addresses: whoever runs it would be handed the bot's token. Take it away, or do not run as Production.")
        : uri;
}

/// <summary>Slack's ids: of teams, people, channels, apps, events.</summary>
static class SlackId
{
    const int Longest = 40;

    public static bool IsOne(string? id) => id is { Length: >= 2 and <= Longest } && id.All(char.IsAsciiLetterOrDigit);

    /// <summary>A message's name in its channel, <c>1700000000.000100</c>: text, never a number.</summary>
    public static bool IsTime(string? ts) => ts is { Length: >= 3 and <= Longest } && ts.All(letter => char.IsAsciiDigit(letter) || letter == '.') && ts.Count(letter => letter == '.') == 1;
}
