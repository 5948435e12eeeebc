using EquityBot.Access;
using EquityBot.Channels.Email;
using EquityBot.Chat;
using EquityBot.Goals;
using EquityBot.Storage;

namespace EquityBot.Pages;

/// <summary>One goal with the chart of all its numbers, for whoever may read its details in chat. There is nothing to press: what is done about it is done in chat.</summary>
sealed class GoalPage(EquityStore store)
{
    public static void Map(WebApplication app) => app.MapGroup("/goals").RequireSignIn(Area.Everything)
        .MapGet("/{reference}", (string reference, SignedIn who, GoalPage page, CancellationToken ct) => page.ShowAsync(reference, who, ct));

    async Task<IResult> ShowAsync(string reference, SignedIn who, CancellationToken ct)
    {
        await using var db = store.For(who.OrganizationId);
        var (words, title) = (who.Words, who.Words["goal.page-title"]);
        if (await who.Reader.ViewAsync(db, reference, ct) is not { Subject: SmartGoal { IsOnThePlan: true } goal } view)
        {
            return Page.Say(words, title, words["message.gone-words"], StatusCodes.Status404NotFound);
        }

        return who.Reader.May("read-details", goal)
            ? Page.Of(words, title, new MessageForm("", Html.Nothing, words, null).Draw(OpenChart.Page(view, who.Reader)))
            : Page.Say(words, title, words["denied.read-details", ("reference", goal.Ref)], StatusCodes.Status403Forbidden);
    }
}
