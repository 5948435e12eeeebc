using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.AspNetCore.Antiforgery;
using NodaTime.Extensions;

namespace EquityBot.Access;

/// <summary>Sends a person another link for a page; by whatever channel the first one came.</summary>
public interface ILinkSender
{
    /// <summary>Whether links to this page come from here.</summary>
    bool Sends(string opens);

    /// <summary>False when it could not be sent just now.</summary>
    Task<bool> SendAsync(OneTimeLink earlier, CancellationToken ct);
}

/// <summary>
/// Where a one-time link leads. Opening it changes nothing, since mail scanners and chat clients open links before people do; pressing its one button takes
/// it, signs in and goes on to what the link is for.
/// </summary>
sealed class EnterPage(Links links, SignIns signIns, AccessSettings settings, EquityStore store, IAntiforgery antiforgery, Languages languages, HospitalClock clock, IEnumerable<ILinkSender> senders)
{
    public static void Map(WebApplication app)
    {
        var page = app.MapGroup("/enter/{token:length(43)}");
        page.MapGet("", (string token, HttpContext context, EnterPage enter) => enter.ShowAsync(token, context));
        page.MapPost("", (string token, HttpContext context, EnterPage enter) => enter.TakeAsync(token, context));
        page.MapPost("/again", (string token, HttpContext context, EnterPage enter) => enter.SendAgainAsync(token, context));
    }

    async Task<IResult> ShowAsync(string token, HttpContext context)
    {
        if (await FindAsync(token, context) is not var (link, state, words))
        {
            return Unknown();
        }

        return state switch
        {
            LinkState.Open => Page.Say(words, words["access.enter-title"], words["access.enter-words"], 200, Form(context, $"/enter/{token}", words["access.enter-button"])),
            _ => Gone(context, token, link, state, words),
        };
    }

    async Task<IResult> TakeAsync(string token, HttpContext context)
    {
        if (await FindAsync(token, context) is not var (link, state, words))
        {
            return Unknown();
        }

        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Page.Say(words, words["access.form-title"], words["access.cookie-words"], 400);
        }

        if (state != LinkState.Open || !await links.ConsumeAsync(link, clock.GetUtcNow().ToInstant(), context.RequestAborted))
        {
            return Gone(context, token, link, state == LinkState.Open ? LinkState.Used : state, words);
        }

        signIns.Give(context, link.OrganizationId, link.PersonId, Area.Of(link.Opens));
        return SeeOther(context, link.Opens);
    }

    async Task<IResult> SendAgainAsync(string token, HttpContext context)
    {
        if (await FindAsync(token, context) is not var (link, state, words) || SenderOf(link) is not { } sender || state == LinkState.Open)
        {
            return Unknown();
        }

        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Page.Say(words, words["access.form-title"], words["access.cookie-words"], 400);
        }

        // Whoever presses twice hears the same as whoever pressed once.
        return !await links.MayFollowAsync(link, context.RequestAborted) || await sender.SendAsync(link, context.RequestAborted)
            ? Page.Say(words, words["access.sent-title"], words["access.sent-words"], 200)
            : Page.Say(words, words["access.unsent-title"], words["access.unsent-words"], 503);
    }

    /// <summary>The link with its reader's language; null when there is none, or its person is not here any more.</summary>
    async Task<(OneTimeLink Link, LinkState State, Phrases Words)?> FindAsync(string token, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        SignInGate.Behind(settings, context);
        if (await links.FindAsync(token, context.RequestAborted) is not var (link, state))
        {
            return null;
        }

        await using var db = store.For(link.OrganizationId);
        var roster = await Roster.LoadAsync(db, context.RequestAborted);
        return roster.Find(link.PersonId) is { } person && !person.HasLeftBy(roster.TodayOf(person, clock.GetUtcNow().ToInstant()))
            ? (link, state, languages[roster.Organization.Language])
            : null;
    }

    ILinkSender? SenderOf(OneTimeLink link) => senders.FirstOrDefault(sender => sender.Sends(link.Opens));

    IResult Gone(HttpContext context, string token, OneTimeLink link, LinkState state, Phrases words)
    {
        var onward = Html.Of($"""<p><a href="{link.Opens}">{words["access.onward"]}</a></p>""").When(state == LinkState.Used);
        var (text, again) = SenderOf(link) is null
            ? (words["access.again-in-chat"], Html.Nothing)
            : (words["access.again-by-mail"], Form(context, $"/enter/{token}/again", words["access.again-button"]));
        return Page.Say(words, words[state == LinkState.Used ? "access.used-title" : "access.expired-title"], text, 410, Html.Of($"{again}{onward}"));
    }

    Html Form(HttpContext context, string action, string button)
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        return Html.Of($"""
            <form method="post" action="{action}"><input type="hidden" name="{tokens.FormFieldName}" value="{tokens.RequestToken}">
            <button class="primary" type="submit">{button}</button></form>
            """);
    }

    IResult Unknown()
    {
        var words = languages["en"];
        return Page.Say(words, words["access.unknown-title"], words["access.unknown-words"], 404);
    }

    /// <summary>After a form was taken, a page that may be loaded again.</summary>
    internal static IResult SeeOther(HttpContext context, string path)
    {
        context.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
