using EquityBot.Channels.Teams;
using Microsoft.Extensions.Configuration;

namespace EquityBot.Tests.Teams;

/// <summary>Teams starts with nothing that is unsafe, and says which key is wrong.</summary>
public sealed class TeamsSettingsTests
{
    static readonly (string Key, string? Value)[] Good =
    [
        ("Teams:AppId", "5f1a3f3e-0a1b-4c6d-9e7f-1234567890ab"), ("Teams:TenantId", "9a2b3c4d-1111-4222-8333-abcdefabcdef"), ("Teams:ClientSecret", "a word that must not be shown"),
    ];

    static TeamsSettings Read(string environment, params (string Key, string? Value)[] more) =>
        TeamsSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(Good.Concat(more).GroupBy(one => one.Key).ToDictionary(one => one.Key, one => one.Last().Value)).Build(), new Where(environment));

    [Fact]
    public void Production_starts_with_ids_and_a_credential_and_shows_no_secret()
    {
        var settings = Read("Production");
        Assert.Equal("https://api.botframework.com", settings.Cloud.Issuer);
        Assert.DoesNotContain("must not be shown", settings.ToString(), StringComparison.Ordinal);
    }

    [Theory] // S9
    [InlineData("Teams:AppId", null, "Teams__AppId")]
    [InlineData("Teams:AppId", "equitybot", "Teams__AppId")]
    [InlineData("Teams:AppId", "00000000-0000-0000-0000-000000000000", "Teams__AppId")]
    [InlineData("Teams:TenantId", null, "Teams__TenantId")]
    [InlineData("Teams:TenantId", "common", "Teams__TenantId")]
    [InlineData("Teams:TenantId", "botframework.com", "Teams__TenantId")]
    [InlineData("Teams:ClientSecret", null, "no credential")]
    [InlineData("Teams:ManagedIdentity", "true", "more than one credential")]
    [InlineData("Teams:ManagedIdentity", "perhaps", "Teams__ManagedIdentity")]
    [InlineData("Teams:Cloud", "Moon", "Teams__Cloud")]
    [InlineData("Teams:CertificateFile", "/nowhere.pem", "Teams__CertificateFile")]
    [InlineData("Teams:FederatedTokenFile", "/nowhere", "Teams__FederatedTokenFile")]
    [InlineData("Teams:Issuer", "https://evil.test", "Teams__Issuer")]
    [InlineData("Teams:OpenIdMetadata", "https://evil.test/openid", "Teams__OpenIdMetadata")]
    [InlineData("Teams:OpenIdMetadata", "http://127.0.0.1:1/openid", "Teams__OpenIdMetadata")]
    [InlineData("Teams:TokenEndpoint", "https://evil.test/token", "Teams__TokenEndpoint")]
    [InlineData("Teams:ServiceUrl", "https://evil.test/teams", "Teams__ServiceUrl")]
    [InlineData("Teams:RequestsPerSecond", "1", "Teams__RequestsPerSecond")]
    [InlineData("Teams:RequestsPerSecond", "1001", "Teams__RequestsPerSecond")]
    [InlineData("Teams:AllowedServiceHosts", "evil.test", "Teams__AllowedServiceHosts")]
    [InlineData("Teams:AllowedServiceHosts", ".trafficmanager.net", "Teams__AllowedServiceHosts")]
    public void Production_does_not_start_with_what_is_unsafe_and_names_the_key(string key, string? value, string named) =>
        Assert.Contains(named, Assert.Throws<SettingException>(() => Read("Production", (key, value))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Public", "https://smba.trafficmanager.net/teams/", true)]
    [InlineData("Public", "https://smba.trafficmanager.net/amer/9a2b3c4d-1111-4222-8333-abcdefabcdef/", true)]
    [InlineData("Public", "https://europe.botframework.com/", true)]
    [InlineData("Gcc", "https://smba.infra.gcc.teams.microsoft.com/teams", true)]
    [InlineData("GccHigh", "https://smba.infra.gov.teams.microsoft.us/teams", true)]
    [InlineData("DoD", "https://smba.infra.dod.teams.microsoft.us/teams", true)]
    [InlineData("GccHigh", "https://smba.trafficmanager.net/teams/", false)]
    [InlineData("Public", "http://smba.trafficmanager.net/teams/", false)]
    [InlineData("Public", "https://smba.trafficmanager.net:8443/teams/", false)]
    [InlineData("Public", "https://SMBA.trafficmanager.net/teams/", false)]
    [InlineData("Public", "https://smba.trafficmanager.net./teams/", false)]
    [InlineData("Public", "https://other.trafficmanager.net/teams/", false)]
    [InlineData("Public", "https://smba.trafficmanager.net.evil.test/teams/", false)]
    [InlineData("Public", "https://evil.test/smba.trafficmanager.net", false)]
    [InlineData("Public", "https://smba.trafficmanager.net@evil.test/teams/", false)]
    [InlineData("Public", "https://evilbotframework.com/", false)]
    [InlineData("Public", "https://.botframework.com/", false)]
    [InlineData("Public", "https://127.0.0.1/teams/", false)]
    [InlineData("Public", "http://127.0.0.1/teams/", false)]
    [InlineData("Public", "https://[::1]/", false)]
    [InlineData("Public", "https://169.254.169.254/", false)]
    [InlineData("Public", "https://0x7f.1/", false)]
    [InlineData("Public", "https://xn--smba-trafficmanager.net/", false)]
    [InlineData("Public", "file:///etc/passwd", false)]
    [InlineData("Public", "gopher://smba.trafficmanager.net/", false)]
    [InlineData("Public", "https://smba.trafficmanager.net/teams/?a=https://evil.test", false)]
    [InlineData("Public", "https://smba.trafficmanager.net/teams/#", false)]
    [InlineData("Public", "smba.trafficmanager.net/teams", false)]
    [InlineData("Public", "", false)]
    [InlineData("Public", null, false)]
    public void Only_the_clouds_own_hosts_are_called(string cloud, string? address, bool isAllowed) => // S7
        Assert.Equal(isAllowed, Read("Production", ("Teams:Cloud", cloud)).MayCall(address));
}
