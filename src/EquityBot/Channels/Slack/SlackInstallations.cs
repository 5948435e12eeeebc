using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using EquityBot.Access;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Channels.Slack;

/// <summary>The bot in one workspace, as it may speak there now.</summary>
/// <param name="Tenant">The workspace, or the organization where the app is installed for all of its workspaces.</param>
/// <param name="User">The bot's own user id.</param>
sealed record SlackBot(Guid Organization, string Tenant, string User, string Token)
{
    public override string ToString() => $"the bot in {Tenant}";
}

/// <summary>Whether we may speak in a workspace.</summary>
/// <param name="Bot">Null where the app is not installed, or not any more, or not by us; and while that cannot be said.</param>
/// <param name="IsAway">Slack cannot be asked now: it is no reason to give anything up.</param>
readonly record struct SlackFound(SlackBot? Bot, bool IsAway = false);

/// <summary>What Slack gave us to come in with, as it is kept: sealed.</summary>
/// <param name="Refresh">Fetches the next; works once. Null where the token does not end.</param>
sealed record SlackTokens(string Access, string? Refresh);

/// <summary>Where the app is installed: by hand with a token in the settings, or by OAuth with tokens in the database, sealed and renewed before they end.</summary>
sealed class SlackInstallations(SlackSettings settings, SlackApi api, SlackTurns turns, Workspaces workspaces, EquityStore store, IDataProtectionProvider protection, MachineClock clock, HospitalClock hospital, ILogger<SlackInstallations> log)
{
    /// <summary>Slack's own libraries fetch a new token when less than this is left of its twelve hours.</summary>
    static readonly Duration Early = Duration.FromHours(2);

    static readonly Duration LongestFetch = Duration.FromSeconds(30);

    /// <summary>Below that. The answer holds what works once, so it is waited for longer than anybody who asks would.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Between two tries to write a new token down.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    /// <summary>By the sealed token that each is to follow.</summary>
    readonly ConcurrentDictionary<string, Task<SlackFound>> fetches = new();
    readonly IDataProtector seal = protection.CreateProtector("EquityBot.Slack.Tokens");
    (string Tenant, string User)? own;

    Instant Now => clock.GetUtcNow().ToInstant();

    public async Task<SlackFound> OfAsync(string? tenant, CancellationToken ct)
    {
        if (tenant is null || !settings.Teams.Contains(tenant) || await workspaces.OrganizationAsync(SlackModule.Channel, tenant, ct) is not { } organization)
        {
            return default;
        }

        if (settings.BotToken is { } token)
        {
            var (known, isAway) = await AskOwnAsync(ct);
            return known?.Tenant == tenant ? new(new(organization, tenant, known.Value.User, token.Reveal())) : new(null, isAway);
        }

        await using var db = store.For(organization);
        var row = await db.Set<Installation>().AsNoTracking().SingleOrDefaultAsync(one => one.Channel == SlackModule.Channel && one.Tenant == tenant, ct);
        return row is null || Open(row) is not { } tokens ? default
            : row.ExpiresAt is { } end && end - Now < Early ? await RenewedAsync(row, tokens, ct)
            : new(new(organization, tenant, row.Bot, tokens.Access));
    }

    /// <summary>What Slack said of the token in the settings; null while it cannot be asked, or where it is another workspace's.</summary>
    public async Task<(string Tenant, string User)?> OwnAsync(CancellationToken ct) => (await AskOwnAsync(ct)).Known;

    async Task<((string Tenant, string User)? Known, bool IsAway)> AskOwnAsync(CancellationToken ct)
    {
        if (own is not null || settings.BotToken is not { } token)
        {
            return (own, false);
        }

        var answer = await api.CallAsync(token.Reveal(), "auth.test", [], ct, SlackApi.WhileAsked);
        var tenant = Loose.Part(answer.Body, "is_enterprise_install").ValueKind == JsonValueKind.True ? Loose.Text(answer.Body, "enterprise_id") : Loose.Text(answer.Body, "team_id");
        if (!answer.IsFine || tenant is null || !settings.Teams.Contains(tenant) || Loose.Text(answer.Body, "user_id") is not { } user || !SlackId.IsOne(user))
        {
            log.LogWarning("Slack does not know the bot's token as one of a workspace that Slack__Teams names ({Reason})", answer.Reason);
            return (null, answer.IsPassing && answer.Error != "token_expired");
        }

        own = (tenant, user);
        return (own, false);
    }

    /// <summary>After OAuth: the workspace is ours from now on.</summary>
    /// <returns>False while there is no organization that it could be a workspace of.</returns>
    public async Task<bool> InstallAsync(string tenant, string bot, SlackTokens tokens, Duration? lifetime, CancellationToken ct)
    {
        if (await workspaces.OrganizationAsync(SlackModule.Channel, tenant, ct) is not { } organization)
        {
            return false;
        }

        await store.WriteAsync(organization, Urgency.Inbound, async db =>
        {
            if (await db.Set<Installation>().Where(one => one.Channel == SlackModule.Channel && one.Tenant == tenant).ForUpdate().SingleOrDefaultAsync(ct) is not { } row)
            {
                db.Add(row = new Installation { OrganizationId = organization, Channel = SlackModule.Channel, Tenant = tenant, Bot = bot });
            }

            row.Bot = bot;
            row.Renew(Close(tokens), Now + lifetime);
        }, ct);
        log.LogInformation("The app is installed in Slack's {Tenant}", tenant);
        return true;
    }

    /// <summary>Slack closed the way in: its token is forgotten, what belongs to the organization stays, and the officer hears of it.</summary>
    /// <param name="why">A fixed word, for the operations page.</param>
    /// <param name="token">That Slack does not take any more; where another one is used by now, nothing ended. Null for whichever is used.</param>
    /// <param name="told">The event by which Slack told, which counts once.</param>
    /// <returns>Whether it ended now.</returns>
    public async Task<bool> EndAsync(string tenant, string why, string? token, CancellationToken ct, string? told = null)
    {
        own = null;
        return settings.Teams.Contains(tenant) && await workspaces.OrganizationAsync(SlackModule.Channel, tenant, ct) is { } organization && await store.WriteAsync(organization, Urgency.Inbound, async db =>
        {
            var row = await Row(db, tenant).SingleOrDefaultAsync(ct);
            if ((token is not null && settings.BotToken is null && row is not null && Open(row)?.Access != token)
                || (told is not null && await db.Set<ReceivedEvent>().AnyAsync(one => one.Channel == SlackModule.Channel && one.EventId == told, ct)))
            {
                return false;
            }

            if (told is not null)
            {
                db.Add(new ReceivedEvent { OrganizationId = organization, Channel = SlackModule.Channel, EventId = told, At = hospital.GetUtcNow().ToInstant() });
            }

            row?.End(why);
            log.LogError("Nothing can be sent in Slack's {Tenant} any more ({Why}): install the app again", tenant, why);
            await ShutOutNotice.TellAsync(db, SlackModule.Channel, tenant, hospital.GetUtcNow().ToInstant(), ct);
            return true;
        }, ct);
    }

    /// <summary>Slack says that the token is over, whatever it had said before: the next who asks fetches a new one. Where there is none to be had, the way in is closed.</summary>
    public async Task ExpiredAsync(SlackBot bot, CancellationToken ct)
    {
        var isRenewable = settings.BotToken is null && await store.WriteAsync(bot.Organization, Urgency.Inbound, async db =>
        {
            if (await Row(db, bot.Tenant).SingleOrDefaultAsync(ct) is not { } row || Open(row) is not { } tokens || tokens.Access != bot.Token)
            {
                return true;
            }

            // Several hear of it at once, and one of them may be fetching already.
            if (row.ExpiresAt is null || row.ExpiresAt > Now)
            {
                row.Expire(Now);
            }

            return tokens.Refresh is not null;
        }, ct);
        if (!isRenewable)
        {
            await EndAsync(bot.Tenant, "token_expired", bot.Token, ct);
        }
    }

    /// <summary>A refresh token works once, so one of all processes fetches, and meanwhile the others use what is left of the old one.</summary>
    async Task<SlackFound> RenewedAsync(Installation seen, SlackTokens tokens, CancellationToken ct)
    {
        var (organization, tenant) = (seen.OrganizationId, seen.Tenant);
        var left = seen.ExpiresAt > Now ? new SlackFound(new(organization, tenant, seen.Bot, tokens.Access)) : new(null, IsAway: tokens.Refresh is not null);

        // It may be fetched already and wait for the database: to fetch again what works once would spend it.
        if (!fetches.TryGetValue(seen.Sealed!, out var fetching) || fetching.IsCompleted)
        {
            if (tokens.Refresh is null || !await ClaimAsync(seen, ct))
            {
                return left;
            }

            // Whoever asked may be gone before Slack has answered: what works once is kept all the same.
            fetching = fetches[seen.Sealed!] = Task.Run(() => FetchAsync(seen, tokens), CancellationToken.None);
            turns.Hold(fetching);
        }

        try
        {
            var found = await fetching.WaitAsync(SlackApi.WhileAsked, clock, ct);
            return found.Bot is not null || left.Bot is null ? found : left;
        }
        catch (TimeoutException)
        {
            turns.Follow(fetching);
            return left;
        }
    }

    Task<bool> ClaimAsync(Installation seen, CancellationToken ct) => store.WriteAsync(seen.OrganizationId, Urgency.Inbound, async db =>
    {
        var row = await Row(db, seen.Tenant).SingleAsync(ct);
        if (row.Sealed != seen.Sealed || row.FetchingUntil > Now)
        {
            return false;
        }

        row.FetchingUntil = Now + LongestFetch;
        return true;
    }, ct);

    async Task<SlackFound> FetchAsync(Installation seen, SlackTokens tokens)
    {
        try
        {
            return await FetchedAsync(seen, tokens);
        }
        finally
        {
            fetches.TryRemove(seen.Sealed!, out _);
        }
    }

    async Task<SlackFound> FetchedAsync(Installation seen, SlackTokens tokens)
    {
        var (organization, tenant) = (seen.OrganizationId, seen.Tenant);
        var answer = await api.CallAsync((string?)null, "oauth.v2.access", [("client_id", settings.App!.ClientId), ("client_secret", settings.App.ClientSecret.Reveal()), ("grant_type", "refresh_token"), ("refresh_token", tokens.Refresh)], CancellationToken.None, Patience);
        if (!answer.IsFine || Loose.Text(answer.Body, "access_token") is not { } access)
        {
            log.LogError("Slack gives no new token for {Tenant} ({Reason})", tenant, answer.Reason);
            // Only what Slack says of this very token is for good: a wrong secret of ours can be put right.
            var isOver = (answer.IsShutOut || answer.Error is "invalid_refresh_token") && seen.ExpiresAt <= Now;
            return isOver && await EndAsync(tenant, answer.Error!, tokens.Access, CancellationToken.None) ? default : new(null, IsAway: true);
        }

        var fresh = new SlackTokens(access, Loose.Text(answer.Body, "refresh_token") ?? tokens.Refresh);
        while (!await KeepAsync(seen, fresh, Lifetime(answer.Body)))
        {
            await Task.Delay(Again, clock);
        }

        return new(new(organization, tenant, seen.Bot, access));
    }

    /// <summary>What works once and is not written down would be lost, and the workspace with it.</summary>
    /// <returns>False while the database is away.</returns>
    async Task<bool> KeepAsync(Installation seen, SlackTokens fresh, Duration? lifetime)
    {
        try
        {
            await store.WriteAsync(seen.OrganizationId, Urgency.Inbound, async db =>
            {
                // Installed anew meanwhile, or taken out: then this is nobody's token any more.
                if (await Row(db, seen.Tenant).SingleAsync(CancellationToken.None) is var row && row.Sealed == seen.Sealed)
                {
                    row.Renew(Close(fresh), Now + lifetime);
                }
            }, CancellationToken.None);
            return true;
        }
        catch (Exception failure) when (EquityStore.WhyAway(failure) is { } reason)
        {
            log.LogError("The new token for Slack's {Tenant} could not be written down and is tried again: the database is away ({Reason})", seen.Tenant, reason);
            return false;
        }
    }

    /// <summary>Null where Slack does not say that it ends.</summary>
    public static Duration? Lifetime(JsonElement answer) => Loose.Part(answer, "expires_in") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var seconds) && seconds > 0 ? Duration.FromSeconds(seconds) : null;

    static IQueryable<Installation> Row(EquityDb db, string tenant) => db.Set<Installation>().Where(one => one.Channel == SlackModule.Channel && one.Tenant == tenant).ForUpdate();

    string Close(SlackTokens tokens) => seal.Protect(JsonSerializer.Serialize(tokens));

    /// <summary>Null where it ended, and where it was sealed under a key that is not ours: with another key file only a new installation helps.</summary>
    SlackTokens? Open(Installation row)
    {
        try
        {
            return row.Sealed is { } kept ? JsonSerializer.Deserialize<SlackTokens>(seal.Unprotect(kept)) : null;
        }
        catch (CryptographicException)
        {
            log.LogError("The token for Slack's {Tenant} was sealed under another Protection__KeyFile: put that file back, or install the app again", row.Tenant);
            return null;
        }
    }
}
