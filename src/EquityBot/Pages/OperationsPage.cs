using EquityBot.Access;
using EquityBot.Channels.Browser;
using EquityBot.Chat;
using NodaTime.Extensions;

namespace EquityBot.Pages;

/// <summary>How the machinery stands, for those who look after it; what was given up can be tried again or let go. Ids and counts, never what was said.</summary>
sealed class OperationsPage(OperationsDesk desk, HospitalClock clock)
{
    const string Path = "/operations";

    public static void Map(WebApplication app)
    {
        var page = app.MapGroup(Path).RequireSignIn(Area.Everything);
        page.MapGet("", (SignedIn who, HttpContext context, OperationsPage operations) => operations.ShowAsync(who, context, null));
        page.MapPost("/retry", (SignedIn who, HttpContext context, OperationsPage operations) => operations.RetryAsync(who, context));
        page.MapPost("/discard", (SignedIn who, HttpContext context, OperationsPage operations) => operations.DiscardAsync(who, context));
    }

    async Task<IResult> ShowAsync(SignedIn who, HttpContext context, string? mistake)
    {
        if (!who.Reader.May("read-operations", null))
        {
            return Page.Say(who.Words, who.Words["operations.title"], who.Words["denied.read-operations"], StatusCodes.Status403Forbidden);
        }

        var record = await desk.ReadAsync(who.OrganizationId, who.Reader.Today, context.RequestAborted);
        var news = context.Request.Query["done"].ToString() switch
        {
            DeadLetters.Retried => who.Words["operations.retried"],
            DeadLetters.Discarded => who.Words["operations.discarded"],
            "gone" => who.Words["operations.gone"],
            _ => null,
        };
        return Page.Of(who.Words, who.Words["operations.title"], OperationsHtml.Of(record, who, news, mistake), mistake is null ? 200 : StatusCodes.Status400BadRequest);
    }

    async Task<IResult> RetryAsync(SignedIn who, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (!who.Reader.May("attend-operations", null))
        {
            return Denied(who);
        }

        var done = long.TryParse(form["occurrence"], out var occurrence)
            && await desk.Letters.RetryAsync(who.OrganizationId, form["key"].ToString(), occurrence, who.Reader.Person, clock.GetUtcNow().ToInstant(), context.RequestAborted);
        return await BackAsync(context, done ? DeadLetters.Retried : "gone");
    }

    async Task<IResult> DiscardAsync(SignedIn who, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (!who.Reader.May("attend-operations", null))
        {
            return Denied(who);
        }

        var reason = form["reason"].ToString().Trim();
        if (WhyNot(reason, who.Words) is { } mistake)
        {
            return await ShowAsync(who, context, mistake);
        }

        var done = long.TryParse(form["occurrence"], out var occurrence)
            && await desk.Letters.DiscardAsync(who.OrganizationId, form["key"].ToString(), occurrence, reason, who.Reader.Person, clock.GetUtcNow().ToInstant(), context.RequestAborted);
        return await BackAsync(context, done ? DeadLetters.Discarded : "gone");
    }

    static string? WhyNot(string reason, Phrases words) => reason.Length switch
    {
        0 => words["operations.reason-missing"],
        > DiscardedLetter.LongestReason => words["operations.reason-too-long", ("limit", DiscardedLetter.LongestReason)],
        _ => PhiScreen.Check(reason) is { } rule ? words["operations.reason-screened", ("what", words[$"phi.{rule}"])] : null,
    };

    static IResult Denied(SignedIn who) => Page.Say(who.Words, who.Words["operations.title"], who.Words["denied.attend-operations"], StatusCodes.Status403Forbidden);

    /// <summary>To a page that may be loaded again. In practice mode nobody rings: what was put back is looked at now.</summary>
    static async Task<IResult> BackAsync(HttpContext context, string done)
    {
        if (context.RequestServices.GetService<PracticeDriver>() is { } driver)
        {
            await driver.SettleAsync();
        }

        return EnterPage.SeeOther(context, $"{Path}?done={done}");
    }
}
