using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Identity.Client;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Channels.Teams;

/// <summary>Looks at everything that has to be right for Teams to work, and says in words what is not. Sends nothing to anybody.</summary>
sealed class TeamsDoctor(TeamsSettings settings, TeamsKeys keys, ConnectorTokens tokens, IHttpClientFactory clients, EquityStore store, MachineClock clock)
{
    static readonly Duration Tolerated = Duration.FromMinutes(5);

    /// <summary>What the directory means by the commonest of its refusals.</summary>
    static readonly Dictionary<string, string> Meanings = new()
    {
        ["AADSTS7000215"] = "the client secret is wrong: Teams__ClientSecretFile must hold the secret's value, not its id",
        ["AADSTS7000222"] = "the client secret has expired: make a new one in the app registration",
        ["AADSTS700016"] = "there is no such application in this directory: compare Teams__AppId and Teams__TenantId with the app registration",
        ["AADSTS90002"] = "there is no such directory: compare Teams__TenantId with the app registration",
        ["AADSTS700027"] = "the certificate is not the registration's, or has expired",
        ["AADSTS70021"] = "the registration trusts no such federated credential: compare its issuer and subject",
    };

    public async Task<IReadOnlyList<Symptom>> ExamineAsync(CancellationToken ct) =>
    [
        new("configuration", true, $"application {settings.Audience} of directory {settings.TenantId:D} in the {settings.Cloud.Name} cloud, by {settings.Credential.GetType().Name}"),
        await ClockAsync(ct),
        await MetadataAsync(ct),
        await TokenAsync(ct),
        .. await PeopleAsync(ct),
    ];

    async Task<Symptom> ClockAsync(CancellationToken ct)
    {
        try
        {
            using var client = clients.CreateClient(nameof(TeamsKeys));
            using var response = await client.GetAsync(settings.Cloud.Metadata, ct);
            if (response.Headers.Date is not { } theirs)
            {
                return new("clock", true, "Microsoft does not say its time; compared with nothing");
            }

            var apart = clock.GetUtcNow().ToInstant() - theirs.ToInstant();
            return apart > Tolerated || apart < -Tolerated
                ? new("clock", false, $"this machine is {Math.Abs(apart.TotalMinutes):F0} minutes {(apart > Duration.Zero ? "ahead of" : "behind")} Microsoft: every token will be refused; set its clock")
                : new("clock", true, "agrees with Microsoft's");
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new("clock", false, $"{settings.Cloud.Metadata.Host} cannot be reached ({failure.GetType().Name}): open the way to it in the proxy or firewall");
        }
    }

    async Task<Symptom> MetadataAsync(CancellationToken ct)
    {
        await keys.FindAsync("none of theirs", ct);
        return keys.AreKnown
            ? keys.CountFor(TeamsModule.ChannelId) is > 0 and var count ? new("metadata", true, $"{count} keys may sign for Teams") : new("metadata", false, "no key may sign for Teams: Teams__OpenIdMetadata leads to another channel's")
            : new("metadata", false, $"the keys behind {settings.Cloud.Metadata.Host} cannot be had: messages from Teams are refused until they can");
    }

    async Task<Symptom> TokenAsync(CancellationToken ct)
    {
        try
        {
            await tokens.GetAsync(anew: false, ct);
            return new("token", true, "the directory gives the bot its token");
        }
        catch (MsalException refused)
        {
            var said = Meanings.FirstOrDefault(one => refused.Message.Contains(one.Key + ":", StringComparison.Ordinal) || refused.Message.StartsWith(one.Key, StringComparison.Ordinal));
            return new("token", false, said.Value is null ? $"the directory gives no token ({refused.ErrorCode}); nothing can be sent" : $"{said.Value} ({said.Key})");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new("token", false, $"{(settings.TokenEndpoint ?? settings.Cloud.Login).Host} cannot be reached ({failure.GetType().Name}); nothing can be sent");
        }
    }

    async Task<IReadOnlyList<Symptom>> PeopleAsync(CancellationToken ct)
    {
        var tenant = settings.TenantId.ToString("D");
        await using var everywhere = store.AcrossOrganizations();
        if (await everywhere.Rows<Workspace>().Where(one => one.Channel == TeamsModule.Channel && one.Tenant == tenant).Select(one => (Guid?)one.OrganizationId).SingleOrDefaultAsync(ct) is not { } organization)
        {
            return [new("organization", false, await everywhere.Rows<Organization>().AnyAsync(ct)
                ? "none is connected to this directory yet: that happens at the next start, where there is one organization"
                : "there is none yet: import a roster")];
        }

        await using var db = store.For(organization);
        var routes = await db.Set<ChatAddress>().AsNoTracking().Where(one => one.Channel == TeamsModule.Channel).Select(one => one.Route).ToListAsync(ct);
        var bent = routes.Count(route => route is not null && !settings.MayCall(TeamsRoute.Read(route)?.Service));
        return
        [
            new("organization", true, "connected to this directory"),
            new("people", routes.Count > 0, routes.Count == 0
                ? "nobody has written from Teams yet: install the app for them (docs/teams.md)"
                : $"{routes.Count} of {await db.Set<Person>().CountAsync(ct)} people are known in Teams, {routes.Count(route => route is not null)} can be written to at once"),
            new("conversations", bent == 0, bent == 0 ? "all stored ones lead to Teams" : $"{bent} stored ones lead elsewhere and are not written to: somebody changed them in the database"),
        ];
    }
}
