using System.Security.Cryptography;
using System.Text.Json;
using EquityBot.Access;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using NodaTime.Extensions;

namespace EquityBot.Channels.Slack;

/// <summary>
/// Installation by OAuth 2 (docs.slack.dev/authentication/installing-with-oauth). The state is sealed, lives ten minutes, is bound to the browser by a cookie and
/// works once; whatever workspace agrees, only one that the settings name becomes ours.
/// </summary>
sealed class SlackInstall(SlackSettings settings, SlackApi api, SlackInstallations installations, SlackDirectory directory, EquityStore store, PublicAddress site, IDataProtectionProvider protection, Languages languages, MachineClock clock, HospitalClock hospital, ILogger<SlackInstall> log)
{
    /// <summary>Least that the product needs; no history of channels.</summary>
    public const string Scopes = "app_mentions:read,channels:read,chat:write,commands,groups:read,im:history,im:write,users:read,users:read.email";

    const string Cookie = "equitybot-slack";
    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    readonly IDataProtector seal = protection.CreateProtector("EquityBot.Slack.State");

    sealed record State(string Nonce, DateTimeOffset Until);

    public static void Map(WebApplication app)
    {
        app.MapGet("/slack/install", (HttpContext context, SlackInstall install) => install.Begin(context));
        app.MapGet("/slack/oauth", (HttpContext context, SlackInstall install) => install.FinishAsync(context));
    }

    Uri? Back => site.Base is { } home ? new(home, "slack/oauth") : null;

    public IResult Begin(HttpContext context)
    {
        if (settings.App is not { } app || Back is not { } back)
        {
            return Say("slack.install-off", 404);
        }

        var state = seal.Protect(JsonSerializer.Serialize(new State(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), clock.GetUtcNow() + Lifetime)));
        context.Response.Cookies.Append(Cookie, state, Bound(back));
        context.Response.Headers.CacheControl = "no-store";
        var query = QueryString.Create(new Dictionary<string, string?> { ["client_id"] = app.ClientId, ["scope"] = Scopes, ["redirect_uri"] = back.AbsoluteUri, ["state"] = state });
        return Results.Redirect($"{settings.Authorize.AbsoluteUri}{query}");
    }

    public async Task<IResult> FinishAsync(HttpContext context)
    {
        if (settings.App is not { } app || Back is not { } back)
        {
            return Say("slack.install-off", 404);
        }

        // Whoever closes the page has agreed all the same, and what Slack gives it gives once.
        var (query, ct) = (context.Request.Query, CancellationToken.None);
        var (given, kept) = (query["state"].ToString(), context.Request.Cookies[Cookie]);
        context.Response.Cookies.Delete(Cookie, Bound(back));
        context.Response.Headers.CacheControl = "no-store";
        if (kept is null || !new Secret(kept).Is(given) || Opened(given) is not { } state || !await SpendAsync(state, ct))
        {
            return Say("slack.install-stale", 400);
        }

        if (query["error"].ToString().Length > 0 || query["code"].ToString() is not { Length: > 0 } code)
        {
            return Say("slack.install-denied", 200);
        }

        var answer = await api.CallAsync((string?)null, "oauth.v2.access", [("client_id", app.ClientId), ("client_secret", app.ClientSecret.Reveal()), ("code", code), ("redirect_uri", back.AbsoluteUri)], ct);
        var body = answer.Body;
        var isWhole = Loose.Part(body, "is_enterprise_install").ValueKind == JsonValueKind.True;
        var tenant = Loose.Text(Loose.Part(body, isWhole ? "enterprise" : "team"), "id");
        if (!answer.IsFine || Loose.Text(body, "access_token") is not { Length: > 0 } token || Loose.Text(body, "bot_user_id") is not { } bot || !SlackId.IsOne(bot))
        {
            log.LogWarning("Slack completed no installation ({Reason})", answer.Reason);
            return Say("slack.install-failed", 502);
        }

        if (tenant is null || !settings.Teams.Contains(tenant) || (settings.AppId is { } own && Loose.Text(body, "app_id") is { } other && own != other))
        {
            // What it gave us is handed back at once.
            await api.CallAsync(token, "auth.revoke", [], ct);
            log.LogWarning("A workspace that Slack__Teams does not name wanted to be ours and is not");
            return Say("slack.install-foreign", 403);
        }

        var isDone = await installations.InstallAsync(tenant, bot, new(token, Loose.Text(body, "refresh_token")), SlackInstallations.Lifetime(body), ct);
        directory.LookSoon();
        return isDone ? Say("slack.install-done", 200) : Say("slack.install-empty", 409);
    }

    State? Opened(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<State>(seal.Unprotect(text)) is { } state && state.Until > clock.GetUtcNow() ? state : null;
        }
        catch (Exception failure) when (failure is CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Once, whichever node the second attempt comes to: it is remembered as an event is, under the first organization since it belongs to none.</summary>
    async Task<bool> SpendAsync(State state, CancellationToken ct)
    {
        var spent = $"install {state.Nonce}";
        await using var everywhere = store.AcrossOrganizations();
        var home = await everywhere.Rows<Organization>().OrderBy(one => one.Id).Select(one => one.Id).FirstOrDefaultAsync(ct);
        try
        {
            return await store.WriteAsync(home, Urgency.Inbound, async db =>
            {
                if (await db.Set<ReceivedEvent>().AnyAsync(one => one.Channel == SlackModule.Channel && one.EventId == spent, ct))
                {
                    return false;
                }

                db.Add(new ReceivedEvent { OrganizationId = home, Channel = SlackModule.Channel, EventId = spent, At = hospital.GetUtcNow().ToInstant() });
                return true;
            }, ct);
        }
        catch (DbUpdateException failure) when (EquityStore.WhyAway(failure) is null)
        {
            // Two came at the same moment, and the other one was first.
            return false;
        }
    }

    static CookieOptions Bound(Uri back) => new() { HttpOnly = true, Secure = back.Scheme == Uri.UriSchemeHttps, SameSite = SameSiteMode.Lax, Path = "/slack", MaxAge = Lifetime };

    IResult Say(string phrase, int status)
    {
        var words = languages["en"];
        return Page.Say(words, words["slack.install-title"], words[phrase], status);
    }
}
