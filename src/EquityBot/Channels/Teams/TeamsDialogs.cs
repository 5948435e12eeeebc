using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Channels.Teams;

/// <summary>Windows over the chat: the form of a button that asks for much, and a promise that is made of somebody's message.</summary>
sealed partial class TeamsDialogs(TeamsPeople people, TeamsPresses presses, Switchboard switchboard, EquityStore store, Languages languages)
{
    /// <summary>Of a message that a promise is made of, in characters; a statement may have 500, and its beginning says what it is about.</summary>
    const int LongestQuote = 450;

    /// <summary>Answers <c>task/fetch</c>: the form of one button.</summary>
    public async Task<IResult> OpenAsync(Activity activity, CancellationToken ct)
    {
        if (await people.SenderAsync(activity, ct) is not { } sender)
        {
            return Results.Ok();
        }

        var words = languages[sender.Language];
        var id = TeamsPresses.ButtonIn(Data(activity));
        await using var db = store.For(sender.Organization);
        var message = id is { } button ? await Presses.OwnAsync(db, TeamsModule.Channel, sender.Account, button, ct) : null;
        return message is not null && Card.FromJson(message.Card).Buttons.FirstOrDefault(one => one.Id == id) is { } found
            ? Show(found.Title, TeamsCards.Dialog(new Card(words["teams.form", ("title", found.Title)], new ButtonRow([found])), words["button.send"]))
            : Says(words["press.gone"]);
    }

    /// <summary>
    /// Answers <c>composeExtension/fetchTask</c>: the draft of a promise made of a message, which keeps the way back to it. It stands in the private conversation too,
    /// so that closing the window loses nothing, unless the person has none with the bot.
    /// </summary>
    public async Task<IResult> DraftAsync(Activity activity, CancellationToken ct)
    {
        if (await people.AskerAsync(activity, isNew: true, ct) is not { } sender)
        {
            return Results.Ok();
        }

        var (words, payload) = (languages[sender.Language], Loose.Part(activity.Value ?? default, "messagePayload"));
        var said = Shortened(PlainOf(Loose.Part(payload, "body")));
        if (said.Length == 0 || sender.IsUnsure)
        {
            return Says(words[sender.IsUnsure ? "press.busy" : "teams.nothing-to-log"]);
        }

        var incoming = sender.Incoming(activity) with { IsAnsweredByPost = await people.IsReachedAsync(sender, activity, ct), IsRefusedAtOnce = true, Text = $"log: {said}", Source = LinkOf(payload) };
        return await switchboard.HandleAsync(incoming, ct) switch
        {
            Handled.Answered { Messages: [.., var message] } => await ShowAsync(sender, message, words, ct),
            Handled.Duplicate { Messages: [.., var message] } => await ShowAsync(sender, message, words, ct),
            Handled.Stranger(var card) => Says(PlainText.Of(card)),
            _ => Says(words["press.busy"]),
        };
    }

    /// <summary>
    /// Answers <c>task/submit</c> and <c>composeExtension/submitAction</c>. What is to be put right is said above the form, which keeps what was typed; a promise
    /// that is made here goes on here, and any other window closes, since its card stands in the chat.
    /// </summary>
    public async Task<IResult> SubmitAsync(Activity activity, bool goesOn, CancellationToken ct)
    {
        if (await people.AskerAsync(activity, isNew: false, ct) is not { } sender)
        {
            return Results.Ok();
        }

        var (words, data) = (languages[sender.Language], Data(activity));
        if (TeamsPresses.ButtonIn(data) is not { } button)
        {
            return Says(words["press.gone"]);
        }

        var typed = TeamsPresses.Typed(data);
        var handled = await presses.PressAsync(activity, sender, button, typed, atOnce: true, ct);
        return handled switch
        {
            Handled.Answered { Outcome: PressOutcome.Refused, Messages: [var refusal] } => await AgainAsync(sender, button, refusal, typed, words, ct),
            Handled.Duplicate { Outcome: PressOutcome.Refused, Messages: [var refusal] } => await AgainAsync(sender, button, refusal, typed, words, ct),
            Handled.Answered { Outcome: PressOutcome.Superseded, Messages: [.., var current] } when goesOn => await ShowAsync(sender, current, words, ct),
            Handled.Answered or Handled.Duplicate when goesOn => await GoOnAsync(sender, button, words, ct),
            Handled.Answered or Handled.Duplicate => Results.Ok(),
            Handled.Busy => await AgainAsync(sender, button, new Card(words["press.busy"]), typed, words, ct),
            Handled.Stranger(var card) => Says(PlainText.Of(card)),
            _ => Says(words["press.gone"]),
        };
    }

    async Task<IResult> AgainAsync(TeamsSender sender, Guid button, Guid refusal, Dictionary<string, string> typed, Phrases words, CancellationToken ct)
    {
        await using var db = store.For(sender.Organization);
        return await AgainAsync(sender, button, Card.FromJson(await db.Set<Message>().Where(one => one.Id == refusal).Select(one => one.Card).SingleAsync(ct)), typed, words, ct);
    }

    /// <summary>The form once more, with what was typed, below what is said; where that brings buttons of its own, those take the form's place.</summary>
    async Task<IResult> AgainAsync(TeamsSender sender, Guid button, Card said, Dictionary<string, string> typed, Phrases words, CancellationToken ct)
    {
        if (said.Buttons.Any())
        {
            return Show(said.Title, TeamsCards.Dialog(said, words["button.send"]));
        }

        await using var db = store.For(sender.Organization);
        if (await Presses.OwnAsync(db, TeamsModule.Channel, sender.Account, button, ct) is not { } message || Card.FromJson(message.Card).Buttons.SingleOrDefault(one => one.Id == button) is not { } asked)
        {
            return Says(PlainText.Of(said));
        }

        var again = asked with { Inputs = [.. asked.Inputs.Select(input => typed.TryGetValue(input.Id, out var value) ? input with { Value = value } : input)] };
        return Show(asked.Title, TeamsCards.Dialog(new Card(said.Title, [.. said.Blocks, new ButtonRow([again])]), words["button.send"]));
    }

    async Task<IResult> GoOnAsync(TeamsSender sender, Guid button, Phrases words, CancellationToken ct)
    {
        await using var db = store.For(sender.Organization);
        return await ShowAsync(sender, (await Presses.MessageOf(db, button).SingleAsync(ct)).Id, words, ct);
    }

    async Task<IResult> ShowAsync(TeamsSender sender, Guid message, Phrases words, CancellationToken ct)
    {
        await using var db = store.For(sender.Organization);
        var card = Card.FromJson(await db.Set<Message>().Where(one => one.Id == message).Select(one => one.Card).SingleAsync(ct));
        return Show(words["teams.log"], TeamsCards.Dialog(card, words["button.send"]));
    }

    static JsonElement Data(Activity activity) => Loose.Part(activity.Value ?? default, "data");

    static IResult Show(string title, JsonObject card) => Results.Json(new JsonObject
    {
        ["task"] = new JsonObject
        {
            ["type"] = "continue",
            ["value"] = new JsonObject { ["title"] = title, ["height"] = "large", ["width"] = "medium", ["card"] = new JsonObject { ["contentType"] = TeamsAnswer.CardType, ["content"] = card } },
        },
    });

    static IResult Says(string words) => Results.Json(new JsonObject { ["task"] = new JsonObject { ["type"] = "message", ["value"] = words } });

    /// <summary>A message's words without their marks. Pictures, cards and files have none.</summary>
    static string PlainOf(JsonElement body) =>
        Loose.Text(body, "content") is not { } content ? ""
        : Loose.Text(body, "contentType") == "text" ? content.Trim()
        : Spaces().Replace(System.Net.WebUtility.HtmlDecode(Marks().Replace(Breaks().Replace(content, " "), "")), " ").Trim();

    /// <summary>At a space where there is one near the end.</summary>
    static string Shortened(string said) => said.Length <= LongestQuote ? said
        : said.LastIndexOf(' ', LongestQuote, LongestQuote / 2) is var space && space > 0 ? $"{said[..space]}…" : $"{said[..LongestQuote]}…";

    /// <summary>As Teams names the message; nothing that leads elsewhere.</summary>
    static Uri? LinkOf(JsonElement payload) =>
        Loose.Text(payload, "linkToMessage") is { Length: <= 500 } link && Uri.TryCreate(link, UriKind.Absolute, out var address) && address is { Scheme: "https", IsDefaultPort: true, UserInfo: "" } && TeamsCloud.Clients.Contains(address.Host)
            ? address
            : null;

    [GeneratedRegex("<(?:br|/p|/div|/li)[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Breaks();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Marks();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
