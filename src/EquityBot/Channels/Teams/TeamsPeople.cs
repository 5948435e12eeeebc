using System.Collections.Concurrent;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Channels.Teams;

/// <summary>Where a message came from, in our terms.</summary>
/// <param name="Account">The person's id in the directory.</param>
/// <param name="Language">The organization's.</param>
sealed record TeamsSender(Guid Organization, string Tenant, string Account, string Language)
{
    /// <summary>The room it came from; null for a private conversation.</summary>
    public string? Room { get; init; }

    /// <summary>The directory could not be asked who that is: it is not said that we have not met.</summary>
    public bool IsUnsure { get; init; }

    public IncomingMessage Incoming(Activity activity) => new(TeamsModule.Channel, Tenant, Account, activity.EventId) { IsAnsweredByPost = true, Organization = Organization };
}

/// <summary>
/// Who is who: guests of the directory are nobody's, all others whose e-mail address they have. How each is reached is kept from what they send.
/// </summary>
sealed class TeamsPeople(TeamsSettings settings, Connector connector, TeamsChats chats, TeamsRooms rooms, Workspaces workspaces, Accounts accounts, EquityStore store, HospitalClock clock, MachineClock machine, ILogger<TeamsPeople> log)
{
    /// <summary>So long nobody asks the directory about the same account again: strangers write as often as they like, and each question is one of Teams' own limits.</summary>
    static readonly Duration Remembered = Duration.FromMinutes(5);

    const int MostRemembered = 10_000;

    readonly ConcurrentDictionary<(string Account, string Conversation), (Instant At, HashSet<string> Emails)> asked = new();

    string Tenant { get; } = settings.TenantId.ToString("D");

    /// <summary>Who says or presses something where the bot is. Null for a bot, for what names nobody, and while there is no organization.</summary>
    public async Task<TeamsSender?> SenderAsync(Activity activity, CancellationToken ct)
    {
        if (!IsOfAPerson(activity) || activity.Conversation is not { Length: > 0 })
        {
            return null;
        }

        var sender = await FindAsync(activity, activity.Scope == TeamsDesk.Personal, ct);
        return sender is null || activity.Room is null ? sender : sender with { Room = await rooms.EnterAsync(sender.Organization, activity, ct) };
    }

    /// <summary>Who asks from a conversation in which the bot need not be: of that, nothing is kept.</summary>
    /// <param name="isNew">Somebody may ask who has never written: their account is looked for in the directory.</param>
    public async Task<TeamsSender?> AskerAsync(Activity activity, bool isNew, CancellationToken ct)
    {
        if (!IsOfAPerson(activity) || await OrganizationAsync(ct) is not { } organization)
        {
            return null;
        }

        var account = activity.From!.DirectoryId!;
        var (language, address) = await accounts.FindAsync(organization, TeamsModule.Channel, account, ct);
        var isKnown = address is not null || !isNew || activity.Conversation is not { Length: > 0 } || await LinkAsync(organization, activity, null, ct);
        return new(organization, Tenant, account, language) { IsUnsure = !isKnown };
    }

    /// <summary>Before whom a card of a room is drawn. Clients ask at every drawing, so it is a look-up and no more, but for the first time somebody of the roster is seen there. Null for all others.</summary>
    public async Task<TeamsSender?> ViewerAsync(Activity activity, CancellationToken ct)
    {
        if (!IsOfAPerson(activity) || await OrganizationAsync(ct) is not { } organization)
        {
            return null;
        }

        var account = activity.From!.DirectoryId!;
        var (language, address) = await accounts.FindAsync(organization, TeamsModule.Channel, account, ct);
        return address is null ? null : new(organization, Tenant, account, language) { Room = activity.Room is null ? null : await rooms.EnterAsync(organization, activity, ct) };
    }

    static bool IsOfAPerson(Activity activity) => activity is { Id: { Length: > 0 }, From: { DirectoryId: { Length: > 0 } } from } && !from.Id.StartsWith("28:", StringComparison.Ordinal);

    /// <summary>Null while there is no organization. Whether its roster knows the account is the switchboard's to say.</summary>
    /// <param name="isPersonal">It was said in private, so that answers can go the same way.</param>
    public async Task<TeamsSender?> FindAsync(Activity activity, bool isPersonal, CancellationToken ct)
    {
        if (await OrganizationAsync(ct) is not { } organization)
        {
            log.LogInformation("An activity came before there is an organization to take it");
            return null;
        }

        var account = activity.From!.DirectoryId!;
        var (language, address) = await accounts.FindAsync(organization, TeamsModule.Channel, account, ct);
        var route = isPersonal ? new TeamsRoute(activity.ServiceUrl!, activity.Conversation!, activity.From.Id).Write() : null;
        if (address is null)
        {
            return new(organization, Tenant, account, language) { IsUnsure = !await LinkAsync(organization, activity, route, ct) };
        }

        if (route is not null && address.Route != route)
        {
            await chats.KeepAsync(organization, account, address.Route, TeamsRoute.Read(route), Urgency.Inbound, ct);
        }

        return new(organization, Tenant, account, language);
    }

    /// <returns>False where the directory could not be asked.</returns>
    async Task<bool> LinkAsync(Guid organization, Activity activity, string? route, CancellationToken ct)
    {
        if (await EmailsAsync(activity, ct) is not { } emails)
        {
            return false;
        }

        await accounts.LinkAsync(organization, TeamsModule.Channel, activity.From!.DirectoryId!, emails, route, clock.GetUtcNow().ToInstant(), ct);
        return true;
    }

    /// <summary>Whether somebody who writes in a room can be answered in private: they have the app, or Teams opens a conversation all the same.</summary>
    public async Task<bool> IsReachedAsync(TeamsSender sender, Activity activity, CancellationToken ct)
    {
        await using var db = store.For(sender.Organization);
        var account = activity.From!.DirectoryId!;
        var address = await db.Set<ChatAddress>().AsNoTracking().SingleOrDefaultAsync(one => one.Channel == TeamsModule.Channel && one.Address == account, ct);
        return address is null || address.Route is not null || (await chats.OpenAsync(sender.Organization, account, null, ct, Connector.WhileAsked)).Failed is not { IsGone: true };
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

    /// <summary>As the platform's own directory has them: what an activity says about itself is no proof. None for guests, whose addresses another directory gave; null where it could not be asked.</summary>
    async Task<HashSet<string>?> EmailsAsync(Activity activity, CancellationToken ct)
    {
        var (account, now) = ((activity.From!.DirectoryId!, activity.Conversation!), machine.GetUtcNow().ToInstant());
        if (asked.TryGetValue(account, out var known) && now >= known.At && now - known.At < Remembered)
        {
            return known.Emails;
        }

        var answer = await connector.CallAsync(
            HttpMethod.Get, activity.ServiceUrl!, $"v3/conversations/{Uri.EscapeDataString(activity.Conversation!)}/members/{Uri.EscapeDataString(activity.From!.Id)}", null, ct, Connector.WhileAsked);
        if (answer.Outcome(repeatable: true, null).IsPassing)
        {
            return null;
        }

        if (asked.Count >= MostRemembered)
        {
            asked.Clear();
        }

        return (asked[account] = (now, EmailsOf(answer, activity.From.DirectoryId!))).Emails;
    }

    HashSet<string> EmailsOf(ConnectorAnswer answer, string account)
    {
        var member = answer.Body;
        var isOurs = answer.IsFine
            && ActivityReader.Account(member)?.DirectoryId == account
            && (Loose.Text(member, "userRole") ?? "user") == "user"
            && (Loose.Text(member, "tenantId") ?? Tenant).Equals(Tenant, StringComparison.OrdinalIgnoreCase)
            && Loose.Text(member, "userPrincipalName")?.Contains("#EXT#", StringComparison.OrdinalIgnoreCase) != true;
        return isOurs
            ? new[] { Loose.Text(member, "email"), Loose.Text(member, "userPrincipalName") }.OfType<string>().Where(one => one.Length > 0).ToHashSet(StringComparer.OrdinalIgnoreCase)
            : [];
    }
}
