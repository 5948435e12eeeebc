using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EquityBot.Channels.Teams;

/// <summary>How the bot proves to the directory who it is. Exactly one is set.</summary>
abstract record TeamsCredential
{
    public sealed record ClientSecret(Secret Word) : TeamsCredential;

    public sealed record Certificate(X509Certificate2 Own) : TeamsCredential
    {
        public override string ToString() => $"certificate {Own.Thumbprint}";
    }

    /// <summary>The user-assigned managed identity whose client id is the app's.</summary>
    public sealed record ManagedIdentity : TeamsCredential;

    /// <summary>The app registration trusts a token that something else gives us.</summary>
    /// <param name="TokenFile">Renewed by the platform, such as Kubernetes; null where <paramref name="IdentityClientId"/> gives it.</param>
    /// <param name="IdentityClientId">A managed identity that the registration trusts.</param>
    public sealed record Federated(string? TokenFile, Guid? IdentityClientId) : TeamsCredential;

    public static TeamsCredential Read(IConfigurationSection teams)
    {
        var found = new TeamsCredential?[] { OfSecret(teams), OfFile(teams), OfMachine(teams), OfTrust(teams) }.OfType<TeamsCredential>().ToList();
        return found switch
        {
            [var one] => one,
            [] => throw new SettingException("Teams has no credential: set Teams__ClientSecretFile, Teams__CertificateFile, Teams__ManagedIdentity=true, Teams__FederatedTokenFile or Teams__FederatedIdentity, as the app registration has it."),
            _ => throw new SettingException("Teams has more than one credential: name the one that is to be used, so that the others can be withdrawn."),
        };
    }

    static ClientSecret? OfSecret(IConfigurationSection teams) => Secret.Read(teams, "ClientSecret") is { } word ? new(word) : null;

    static Certificate? OfFile(IConfigurationSection teams)
    {
        if (teams["CertificateFile"] is not { Length: > 0 } path)
        {
            return null;
        }

        try
        {
            var own = X509Certificate2.CreateFromPemFile(path);
            return own.HasPrivateKey ? new(own) : throw new SettingException("Teams__CertificateFile holds no private key; put the certificate and its key into one PEM file.");
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"Teams__CertificateFile: {path} cannot be read as a PEM file with a certificate and its private key.");
        }
    }

    static ManagedIdentity? OfMachine(IConfigurationSection teams) => teams["ManagedIdentity"] switch
    {
        null or "" => null,
        var value when bool.TryParse(value, out var wanted) => wanted ? new() : null,
        var value => throw new SettingException($"Teams__ManagedIdentity is “{value}”, not true or false."),
    };

    static Federated? OfTrust(IConfigurationSection teams)
    {
        var (file, identity) = (teams["FederatedTokenFile"], teams["FederatedIdentity"]);
        return (file, identity) switch
        {
            ({ Length: > 0 }, { Length: > 0 }) => throw new SettingException("Teams__FederatedTokenFile and Teams__FederatedIdentity are both set: name one of them."),
            ({ Length: > 0 }, _) when !File.Exists(file) => throw new SettingException($"Teams__FederatedTokenFile: there is no {file}."),
            ({ Length: > 0 }, _) => new(file, null),
            (_, { Length: > 0 }) => Guid.TryParse(identity, out var id) ? new(null, id) : throw new SettingException("Teams__FederatedIdentity is no client id of a managed identity."),
            _ => null,
        };
    }
}
