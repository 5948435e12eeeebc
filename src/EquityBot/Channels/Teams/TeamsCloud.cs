namespace EquityBot.Channels.Teams;

/// <summary>Where Microsoft runs Teams for an organization. Hosts and issuers as published for the Bot Framework and the Microsoft Entra clouds.</summary>
/// <param name="Issuer">Of the tokens that come with activities.</param>
/// <param name="Metadata">The OpenID document that leads to the keys of that issuer.</param>
/// <param name="Login">Where our own tokens are had.</param>
/// <param name="Scope">What our own tokens are for.</param>
/// <param name="Service">Where a conversation is begun that nobody has opened yet.</param>
/// <param name="ServiceHosts">Hosts that our token may be shown to. A name that begins with a dot stands for all below it.</param>
sealed record TeamsCloud(string Name, string Issuer, Uri Metadata, Uri Login, string Scope, Uri Service, IReadOnlyList<string> ServiceHosts)
{
    const string WorldIssuer = "https://api.botframework.com";
    const string WorldMetadata = "https://login.botframework.com/v1/.well-known/openidconfiguration";
    const string WorldLogin = "https://login.microsoftonline.com";
    const string WorldScope = "https://api.botframework.com/.default";
    const string StateIssuer = "https://api.botframework.us";
    const string StateMetadata = "https://login.botframework.azure.us/v1/.well-known/openidconfiguration";
    const string StateLogin = "https://login.microsoftonline.us";
    const string StateScope = "https://api.botframework.us/.default";

    /// <summary>trafficmanager.net is shared by everybody who rents there, so that its one host is named whole.</summary>
    const string WorldHost = "smba.trafficmanager.net";

    /// <summary>Where Teams shows messages to people, in all its clouds.</summary>
    public static IReadOnlyList<string> Clients { get; } = ["teams.microsoft.com", "teams.cloud.microsoft", "gov.teams.microsoft.us", "dod.teams.microsoft.us"];

    public static IReadOnlyList<TeamsCloud> All { get; } =
    [
        new("Public", WorldIssuer, new(WorldMetadata), new(WorldLogin), WorldScope, new("https://smba.trafficmanager.net/teams"), [WorldHost, ".botframework.com"]),
        new("Gcc", WorldIssuer, new(WorldMetadata), new(WorldLogin), WorldScope, new("https://smba.infra.gcc.teams.microsoft.com/teams"), ["smba.infra.gcc.teams.microsoft.com"]),
        new("GccHigh", StateIssuer, new(StateMetadata), new(StateLogin), StateScope, new("https://smba.infra.gov.teams.microsoft.us/teams"), ["smba.infra.gov.teams.microsoft.us"]),
        new("DoD", StateIssuer, new(StateMetadata), new(StateLogin), StateScope, new("https://smba.infra.dod.teams.microsoft.us/teams"), ["smba.infra.dod.teams.microsoft.us"]),
    ];
}
