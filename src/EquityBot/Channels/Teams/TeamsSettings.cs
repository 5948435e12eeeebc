using System.Globalization;
using System.Net;
using Microsoft.Extensions.Hosting;

namespace EquityBot.Channels.Teams;

/// <summary>What the bot is in Microsoft's directory and where it may go, checked before anything opens. Printing it shows no secret.</summary>
/// <param name="AppId">The bot's application (client) id.</param>
/// <param name="TenantId">The directory of the organization; activities from any other are refused.</param>
/// <param name="TokenEndpoint">Stands in for Microsoft's login in tests; null where it is Microsoft's.</param>
sealed record TeamsSettings(Guid AppId, Guid TenantId, TeamsCredential Credential, TeamsCloud Cloud, Uri? TokenEndpoint)
{
    /// <summary>Of the thirty or so that Teams allows the app in one tenant each second, some are left for other instances.</summary>
    const int UsualPerSecond = 20;

    const int MostPerSecond = 1000;

    /// <summary>Requests a second to the Connector, at most.</summary>
    public int PerSecond { get; init; } = UsualPerSecond;

    /// <summary>As tokens name us.</summary>
    public string Audience { get; } = AppId.ToString("D");

    public static bool IsWanted(IConfiguration configuration) => configuration.GetSection("Teams").GetChildren().Any(setting => !string.IsNullOrWhiteSpace(setting.Value));

    public static TeamsSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var teams = configuration.GetSection("Teams");
        var cloud = TeamsCloud.All.FirstOrDefault(one => one.Name.Equals(teams["Cloud"] is { Length: > 0 } named ? named : "Public", StringComparison.OrdinalIgnoreCase))
            ?? throw new SettingException($"Teams__Cloud is “{teams["Cloud"]}”, not one of {string.Join(", ", TeamsCloud.All.Select(one => one.Name))}.");
        var production = environment.IsProduction();
        var hosts = teams["AllowedServiceHosts"] is { Length: > 0 } text ? text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries) : [.. cloud.ServiceHosts];
        if (production && hosts.FirstOrDefault(host => !TeamsCloud.All.SelectMany(one => one.ServiceHosts).Contains(host)) is { } foreign)
        {
            throw new SettingException($"Teams__AllowedServiceHosts names {foreign}, which is none of Microsoft's: whoever runs it would be handed the bot's token. Take it away, or do not run as Production.");
        }

        return new(
            Id(teams, "AppId", "the bot's application (client) id"),
            Id(teams, "TenantId", "the directory (tenant) id of your organization"),
            TeamsCredential.Read(teams),
            cloud with
            {
                Issuer = Issuer(teams, cloud, production),
                Metadata = Address(teams, "OpenIdMetadata", production, TeamsCloud.All.Select(one => one.Metadata.Host)) ?? cloud.Metadata,
                ServiceHosts = hosts,
                Service = Address(teams, "ServiceUrl", production, TeamsCloud.All.Select(one => one.Service.Host)) ?? cloud.Service,
            },
            Address(teams, "TokenEndpoint", production, TeamsCloud.All.Select(one => one.Login.Host)))
        {
            PerSecond = teams["RequestsPerSecond"] is not { Length: > 0 } pace ? UsualPerSecond
                : int.TryParse(pace, CultureInfo.InvariantCulture, out var number) && number is >= 2 and <= MostPerSecond ? number
                : throw new SettingException($"Teams__RequestsPerSecond is “{pace}”, not a number from 2 to {MostPerSecond}."),
        };
    }

    /// <summary>Whether our token may be shown there. Asked of everything that names an address, when it is received, kept and used.</summary>
    public bool MayCall(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri is { UserInfo: "", Fragment: "", Query: "" }
        && (uri is { Scheme: "https", IsDefaultPort: true } || IsOwnMachine(uri))
        && Cloud.ServiceHosts.Any(host => host.StartsWith('.') ? uri.Host.EndsWith(host, StringComparison.Ordinal) && uri.Host.Length > host.Length : uri.Host == host)
        && address!.StartsWith($"{uri.Scheme}://{uri.Authority}", StringComparison.Ordinal);

    /// <summary>Only where settings name this machine, which Production refuses.</summary>
    static bool IsOwnMachine(Uri uri) => uri.Scheme == "http" && IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address);

    static Guid Id(IConfigurationSection teams, string key, string what) =>
        Guid.TryParseExact(teams[key], "D", out var id) && id != Guid.Empty ? id : throw new SettingException($"Teams__{key} is missing or no id such as 11111111-2222-3333-4444-555555555555: it is {what}, from the app registration.");

    static string Issuer(IConfigurationSection teams, TeamsCloud cloud, bool production) =>
        teams["Issuer"] is not { Length: > 0 } issuer ? cloud.Issuer
        : !production || TeamsCloud.All.Any(one => one.Issuer == issuer) ? issuer
        : throw new SettingException("Teams__Issuer is none of Microsoft's: whoever holds its keys could speak as anybody. Take it away, or do not run as Production.");

    static Uri? Address(IConfigurationSection teams, string key, bool production, IEnumerable<string> vendors) =>
        teams[key] is not { Length: > 0 } text ? null
        : !Uri.TryCreate(text, UriKind.Absolute, out var uri) || !(uri.Scheme == "https" || IsOwnMachine(uri)) ? throw new SettingException($"Teams__{key} is no https address; http is taken for this machine alone.")
        : production && !vendors.Contains(uri.Host) ? throw new SettingException($"Teams__{key} is none of Microsoft's addresses, which Production does not take. Take it away, or do not run as Production.")
        : uri;
}
