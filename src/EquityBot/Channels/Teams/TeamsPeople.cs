using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime.Extensions;

namespace EquityBot.Channels.Teams;

/// <summary>Where a message came from, in our terms.</summary>
/// <param name="Account">The person's id in the directory.</param>
/// <param name="Language">The organization's.</param>
sealed record TeamsSender(Guid Organization, string Tenant, string Account, string Language)
{
    /// <summary>The room it came from; null for a private conversation.</summary>
    public string? Room { get; init; }

    public IncomingMessage Incoming(Activity activity) => new(TeamsModule.Channel, Tenant, Account, activity.EventId) { IsAnsweredByPost = true, Organization = Organization };
}

/// <summary>
/// Who is who: guests of the directory are nobody's, all others whose e-mail address they have. How each is reached is kept from what they send.
/// </summary>
sealed class TeamsPeople(TeamsSettings settings, Connector connector, TeamsChats chats, TeamsRooms rooms, Workspaces workspaces, Accounts accounts, EquityStore store, HospitalClock clock, ILogger<TeamsPeople> log)
{
    string Tenant { get; } = settings.TenantId.ToString("D");

    /// <summary>Null for a bot, for what names nobody, and while there is no organization.</summary>
    public async Task<TeamsSender?> SenderAsync(Activity activity, CancellationToken ct)
    {
        if (activity is not { Id: { Length: > 0 }, Conversation: { Length: > 0 }, From: { DirectoryId: { Length: > 0 } } from } || from.Id.StartsWith("28:", StringComparison.Ordinal))
        {
            return null;
        }

        var sender = await FindAsync(activity, activity.Scope == TeamsDesk.Personal, ct);
        if (sender is null)
        {
            log.LogInformation("An activity came before there is an organization to take it");
        }

        return sender is null || activity.Room is null ? sender : sender with { Room = await rooms.EnterAsync(sender.Organization, activity, ct) };
    }

    /// <summary>Null while there is no organization. Whether its roster knows the account is the switchboard's to say.</summary>
    /// <param name="isPersonal">It was said in private, so that answers can go the same way.</param>
    public async Task<TeamsSender?> FindAsync(Activity activity, bool isPersonal, CancellationToken ct)
    {
        if (await OrganizationAsync(ct) is not { } organization)
        {
            return null;
        }

        var account = activity.From!.DirectoryId!;
        var (language, address) = await accounts.FindAsync(organization, TeamsModule.Channel, account, ct);
        var route = isPersonal ? new TeamsRoute(activity.ServiceUrl!, activity.Conversation!, activity.From.Id).Write() : null;
        if (address is null)
        {
            await accounts.LinkAsync(organization, TeamsModule.Channel, account, await EmailsAsync(activity, ct), route, clock.GetUtcNow().ToInstant(), ct);
        }
        else if (route is not null && address.Route != route)
        {
            await chats.KeepAsync(organization, account, address.Route, TeamsRoute.Read(route), Urgency.Inbound, ct);
        }

        return new(organization, Tenant, account, language);
    }

    /// <summary>Whether somebody who writes in a room can be answered in private: they have the app, or Teams opens a conversation all the same.</summary>
    public async Task<bool> IsReachedAsync(TeamsSender sender, Activity activity, CancellationToken ct)
    {
        await using var db = store.For(sender.Organization);
        var account = activity.From!.DirectoryId!;
        var address = await db.Set<ChatAddress>().AsNoTracking().SingleOrDefaultAsync(one => one.Channel == TeamsModule.Channel && one.Address == account, ct);
        return address is null || address.Route is not null || (await chats.OpenAsync(sender.Organization, account, null, ct)).Failed is not { IsGone: true };
    }

    /// <summary>The bot was taken from somebody's chats: it is not known any more how they are reached there.</summary>
    public async Task LostAsync(string account, CancellationToken ct)
    {
        if (await OrganizationAsync(ct) is { } organization)
        {
            await store.WriteAsync(organization, Urgency.Inbound, db => db.Set<ChatAddress>().Where(one => one.Channel == TeamsModule.Channel && one.Address == account).ExecuteUpdateAsync(set => set.SetProperty(one => one.Route, (string?)null), ct), ct);
        }
    }

    public Task<Guid?> OrganizationAsync(CancellationToken ct) => workspaces.OrganizationAsync(TeamsModule.Channel, Tenant, ct);

    public Task<Guid?> ConnectAsync(CancellationToken ct) => workspaces.ConnectAsync(TeamsModule.Channel, Tenant, ct);

    /// <summary>As the platform's own directory has them: what an activity says about itself is no proof. None for guests, whose addresses another directory gave.</summary>
    async Task<HashSet<string>> EmailsAsync(Activity activity, CancellationToken ct)
    {
        var answer = await connector.CallAsync(
            HttpMethod.Get, activity.ServiceUrl!, $"v3/conversations/{Uri.EscapeDataString(activity.Conversation!)}/members/{Uri.EscapeDataString(activity.From!.Id)}", null, ct);
        var member = answer.Body;
        var isOurs = answer.IsFine
            && ActivityReader.Account(member)?.DirectoryId == activity.From.DirectoryId
            && (Loose.Text(member, "userRole") ?? "user") == "user"
            && (Loose.Text(member, "tenantId") ?? Tenant).Equals(Tenant, StringComparison.OrdinalIgnoreCase)
            && Loose.Text(member, "userPrincipalName")?.Contains("#EXT#", StringComparison.OrdinalIgnoreCase) != true;
        return isOurs
            ? new[] { Loose.Text(member, "email"), Loose.Text(member, "userPrincipalName") }.OfType<string>().Where(one => one.Length > 0).ToHashSet(StringComparer.OrdinalIgnoreCase)
            : [];
    }
}
