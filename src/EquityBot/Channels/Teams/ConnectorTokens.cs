using EquityBot.Chat;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace EquityBot.Channels.Teams;

/// <summary>Our own token, by which the Connector knows the bot. The vendor's library fetches and keeps it; all who need one at the same time wait for the same answer.</summary>
sealed class ConnectorTokens
{
    /// <summary>Longer than this nobody waits for the directory: what has not left within a delivery's time would be taken for what may have arrived.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly Lock gate = new();
    readonly MachineClock clock;
    readonly Func<bool, CancellationToken, Task<AuthenticationResult>> acquire;
    (bool Anew, Task<string> Token)? acquiring;

    public ConnectorTokens(TeamsSettings settings, LoginClients clients, MachineClock clock)
    {
        this.clock = clock;
        var resource = settings.Cloud.Scope[..^"/.default".Length];
        acquire = settings.Credential is TeamsCredential.ManagedIdentity
            ? Identity(settings.Audience, clients, resource)
            : Application(settings, clients);
    }

    /// <summary>Throws <see cref="MsalException"/> where the directory does not give one, and <see cref="OperationCanceledException"/> where it says nothing.</summary>
    /// <param name="anew">The one we have was refused.</param>
    public Task<string> GetAsync(bool anew, CancellationToken ct)
    {
        lock (gate)
        {
            if (acquiring is not { Token.IsCompleted: false } under || (anew && !under.Anew))
            {
                acquiring = under = (anew, Task.Run(() => AcquireAsync(anew), CancellationToken.None));
            }

            return under.Token.WaitAsync(ct);
        }
    }

    async Task<string> AcquireAsync(bool anew)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        return (await acquire(anew, patience.Token).WaitAsync(patience.Token)).AccessToken;
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
