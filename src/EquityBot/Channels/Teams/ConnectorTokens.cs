using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace EquityBot.Channels.Teams;

/// <summary>Our own token, by which the Connector knows the bot. The vendor's library fetches and keeps it; here it is asked for by one at a time.</summary>
sealed class ConnectorTokens : IDisposable
{
    readonly SemaphoreSlim one = new(1);
    readonly Func<bool, CancellationToken, Task<AuthenticationResult>> acquire;

    public ConnectorTokens(TeamsSettings settings, LoginClients clients)
    {
        var resource = settings.Cloud.Scope[..^"/.default".Length];
        acquire = settings.Credential is TeamsCredential.ManagedIdentity
            ? Identity(settings.Audience, clients, resource)
            : Application(settings, clients);
    }

    /// <summary>Throws <see cref="MsalException"/> where the directory does not give one.</summary>
    /// <param name="anew">The one we have was refused.</param>
    public async Task<string> GetAsync(bool anew, CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            return (await acquire(anew, ct)).AccessToken;
        }
        finally
        {
            one.Release();
        }
    }

    static Func<bool, CancellationToken, Task<AuthenticationResult>> Identity(string client, LoginClients clients, string resource)
    {
        var identity = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.WithUserAssignedClientId(client)).WithHttpClientFactory(clients).Build();
        return (anew, ct) => identity.AcquireTokenForManagedIdentity(resource).WithForceRefresh(anew).ExecuteAsync(ct);
    }

    static Func<bool, CancellationToken, Task<AuthenticationResult>> Application(TeamsSettings settings, LoginClients clients)
    {
        // The directory's own name for the tenant and nothing to discover: that would be one more place to depend on.
        var builder = ConfidentialClientApplicationBuilder.Create(settings.Audience)
            .WithAuthority($"{settings.Cloud.Login.GetLeftPart(UriPartial.Authority)}/{settings.TenantId:D}")
            .WithInstanceDiscovery(false)
            .WithHttpClientFactory(clients);
        var application = (settings.Credential switch
        {
            TeamsCredential.ClientSecret secret => builder.WithClientSecret(secret.Word.Reveal()),
            TeamsCredential.Certificate certificate => builder.WithCertificate(certificate.Own),
            TeamsCredential.Federated { TokenFile: { } file } => builder.WithClientAssertion((AssertionRequestOptions asked) => File.ReadAllTextAsync(file, asked.CancellationToken)),
            TeamsCredential.Federated { IdentityClientId: { } client } => builder.WithClientAssertion(Assertion(client, clients)),
            _ => throw new NotSupportedException($"{settings.Credential.GetType().Name} is no credential of an application."),
        }).Build();
        return (anew, ct) => application.AcquireTokenForClient([settings.Cloud.Scope]).WithForceRefresh(anew).ExecuteAsync(ct);
    }

    static Func<AssertionRequestOptions, Task<string>> Assertion(Guid client, LoginClients clients)
    {
        var identity = Identity(client.ToString("D"), clients, "api://AzureADTokenExchange");
        return async asked => (await identity(false, asked.CancellationToken)).AccessToken;
    }

    public void Dispose() => one.Dispose();
}

/// <summary>The vendor's library speaks through our clients, which follow no redirects.</summary>
sealed class LoginClients(IHttpClientFactory clients) : IMsalHttpClientFactory
{
    public HttpClient GetHttpClient() => clients.CreateClient(nameof(LoginClients));
}

/// <summary>Sends what is meant for Microsoft's login to what stands in for it.</summary>
sealed class LoginElsewhere(TeamsSettings settings) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri?.Host == settings.Cloud.Login.Host)
        {
            request.RequestUri = settings.TokenEndpoint ?? request.RequestUri;
        }

        return base.SendAsync(request, cancellationToken);
    }
}
