using EquityBot.Access;
using EquityBot.Channels.Browser;
using EquityBot.Channels.Email;
using EquityBot.Chat;
using EquityBot.Partnerships;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.EntityFrameworkCore;
using NodaTime.Extensions;

namespace EquityBot.Pages;

/// <summary>
/// The partner's side of a rating, for somebody who is nobody here: a one-time link opens this one form and nothing else. Opening it changes nothing, since mail scanners
/// open links before people do; sending it takes the link.
/// </summary>
sealed class RatingPage(RatingInvitations invitations, EquityStore store, AccessSettings settings, IAntiforgery antiforgery, Languages languages, HospitalClock clock)
{
    static readonly Guid Send = new("5b6f4f2e-8d0b-4c1e-9a53-1f0c7a52d9b4");

    public static void Map(WebApplication app)
    {
        var page = app.MapGroup("/rate/{token:length(43)}");
        page.MapGet("", (string token, HttpContext context, RatingPage rating) => rating.ShowAsync(token, context));
        page.MapPost("", (string token, HttpContext context, RatingPage rating) => rating.TakeAsync(token, context));
    }

    sealed record Asked(RatingInvitation Invitation, LinkState State, Organization Organization, Partner Partner, IReadOnlyList<RatingFactor> Factors, Phrases Words);

    async Task<IResult> ShowAsync(string token, HttpContext context) => await FindAsync(token, context) switch
    {
        null => Unknown(),
        { State: LinkState.Open } asked => Draw(token, context, asked, null),
        var gone => Gone(gone.State, gone.Words),
    };

    async Task<IResult> TakeAsync(string token, HttpContext context)
    {
        if (await FindAsync(token, context) is not { } asked)
        {
            return Unknown();
        }

        var words = asked.Words;
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Page.Say(words, words["access.form-title"], words["access.cookie-words"], 400);
        }

        if (asked.State != LinkState.Open)
        {
            return Gone(asked.State, words);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var button = Button(asked);
        var typed = MessageForm.Read(button, form);
        var comment = Phrasebook.Tidy(typed.GetValueOrDefault("comment") ?? "");
        var scores = RatingForm.Read(input => input == "comment" ? comment : typed.GetValueOrDefault(input), asked.Factors);
        var wrong = scores is null ? words["rating-page.missing"]
            : comment.Length > PartnershipRating.LongestComment ? words["rating-page.too-long", ("limit", PartnershipRating.LongestComment)]
            : PhiScreen.Check(comment) is { } rule ? words[$"phi.{rule}"]
            : null;
        if (wrong is not null)
        {
            return Draw(token, context, asked, new Refusal(Send, Form.Screened(typed, button.Inputs), new Card(words["refusal.title"], new Words(wrong))));
        }

        if (!await invitations.RateAsync(asked.Invitation, scores!, clock.GetUtcNow().ToInstant(), context.RequestAborted))
        {
            return Gone(LinkState.Used, words);
        }

        // In practice mode nobody rings: what follows is done now.
        await (context.RequestServices.GetService<PracticeDriver>()?.SettleAsync() ?? Task.CompletedTask);
        return Page.Say(words, words["rating-page.thanks-title"], words["rating-page.thanks"], 200);
    }

    async Task<Asked?> FindAsync(string token, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        SignInGate.Behind(settings, context);
        if (await invitations.FindAsync(token, context.RequestAborted) is not var (invitation, state))
        {
            return null;
        }

        await using var db = store.For(invitation.OrganizationId);
        var organization = (await Roster.LoadAsync(db, context.RequestAborted)).Organization;
        return await db.Set<Partner>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == invitation.PartnerId, context.RequestAborted) is { } partner
            ? new(invitation, state, organization, partner, await RatingFactor.OfAsync(db, partner.Id, context.RequestAborted), languages[organization.Language])
            : null;
    }

    /// <summary>The form that our own side has in chat.</summary>
    static Button Button(Asked asked) => new(Send, asked.Words["rating-page.send"]) { Primary = true, Inputs = RatingForm.Inputs(asked.Factors, asked.Words) };

    IResult Draw(string token, HttpContext context, Asked asked, Refusal? refusal)
    {
        var (words, tokens) = (asked.Words, antiforgery.GetAndStoreTokens(context));
        var card = new Card(
            words["rating-page.title"],
            new Words(words["rating-page.words", ("organization", asked.Organization.Name), ("partner", asked.Partner.Name), ("quarter", RatingQuarter.Of(asked.Invitation.Quarter).Key), ("fewest", RatingFigures.FewestRaters)]),
            new ButtonRow([Button(asked)]));
        var field = Html.Of($"""<input type="hidden" name="{tokens.FormFieldName}" value="{tokens.RequestToken}">""");
        return Page.Of(words, words["rating-page.title"], new MessageForm($"/rate/{token}", field, words, refusal).Draw(card), refusal is null ? 200 : 422);
    }

    static IResult Gone(LinkState state, Phrases words) =>
        Page.Say(words, words[state == LinkState.Used ? "rating-page.used-title" : "rating-page.expired-title"], words["rating-page.another"], 410);

    IResult Unknown()
    {
        var words = languages["en"];
        return Page.Say(words, words["access.unknown-title"], words["rating-page.another"], 404);
    }
}
