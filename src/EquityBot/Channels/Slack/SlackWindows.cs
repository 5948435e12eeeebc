using System.Text.Json;
using System.Text.Json.Nodes;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Channels.Slack;

/// <summary>Windows over the chat: forms, lists that are looked through by typing, and what the shortcuts open.</summary>
sealed class SlackWindows(Presses pressed, SlackHome home, SlackApi api, Switchboard switchboard, ChoiceSearch choices, EquityStore store)
{
    /// <summary>Of a message that a promise is made of, in characters; a statement may have 500, and its beginning says what it is about.</summary>
    const int LongestQuote = 450;

    /// <summary>Over what is there already, or as the first one. A trigger lives three seconds and works once.</summary>
    /// <returns>Whether it is open.</returns>
    public async Task<bool> OpenAsync(SlackSender sender, JsonElement body, JsonObject view, CancellationToken ct)
    {
        var isOnTop = Loose.Text(Loose.Part(body, "view"), "type") == "modal";
        return (await api.CallAsync(sender.Bot, isOnTop ? "views.push" : "views.open", [("trigger_id", Loose.Text(body, "trigger_id")), ("view", SlackThrift.Json(view))], ct, SlackApi.WhileAsked)).IsFine;
    }

    /// <summary>In a window, or else in the chat.</summary>
    async Task ShowAsync(SlackSender sender, JsonElement body, Card card, string title, SlackOrigin origin, CancellationToken ct)
    {
        if (!await OpenAsync(sender, body, SlackViews.Of(card, sender.Words[title], origin, sender.Words), ct))
        {
            await SayAsync(sender, card, ct);
        }
    }

    /// <summary>What a window was to show and does not: in the private conversation, where its buttons work as well.</summary>
    public Task SayAsync(SlackSender sender, Card card, CancellationToken ct) => api.CallAsync(
        sender.Bot, "chat.postMessage", [("channel", sender.Account), ("text", SlackText.Inert(sender.Words["preview.one"])), ("blocks", SlackThrift.Json(SlackThrift.Message(card, sender.Words["slack.more"]))), ("unfurl_links", "false"), ("unfurl_media", "false")], ct, SlackApi.WhileAsked);

    /// <summary>After a button in a window: the list of what waits for a word is drawn anew, and any other card becomes what came of it.</summary>
    public async Task FollowAsync(SlackSender sender, JsonElement body, Card answer, CancellationToken ct)
    {
        var view = Loose.Part(body, "view");
        var origin = SlackViews.Read(Loose.Text(view, "private_metadata")).Origin;
        var shown = origin == SlackOrigin.CheckIn && await CheckInAsync(sender, ct) is { } list ? list : SlackViews.Of(answer, sender.Words["slack.title"], origin, sender.Words);
        if (!await UpdateAsync(sender, Loose.Text(view, "id"), shown, ct))
        {
            await SayAsync(sender, answer, ct);
        }
    }

    async Task<bool> UpdateAsync(SlackSender sender, string? view, JsonObject shown, CancellationToken ct) =>
        (await api.CallAsync(sender.Bot, "views.update", [("view_id", view), ("view", SlackThrift.Json(shown))], ct, SlackApi.WhileAsked)).IsFine;

    /// <summary>Answers <c>view_submission</c>: what is to be put right is said beside its field, and what was typed stays.</summary>
    public async Task<IResult> SubmittedAsync(SlackSender sender, JsonElement body, string once, SlackTurn turn, CancellationToken ct)
    {
        var (view, words) = (Loose.Part(body, "view"), sender.Words);
        var (id, origin) = SlackViews.Read(Loose.Text(view, "private_metadata"));
        await using var db = store.For(sender.Organization);
        var own = id is { } named ? await Presses.OwnAsync(db, SlackModule.Channel, sender.Account, named, ct) : null;
        if (own is null || own.Cards().SelectMany(card => card.Buttons).FirstOrDefault(one => one.Id == id) is not { } button)
        {
            return Becomes(new Card(words["press.gone"]), words);
        }

        var typed = SlackForms.Read(button, Loose.Part(Loose.Part(view, "state"), "values"));
        var handled = await pressed.PressAsync(sender.Organization, sender.Incoming(once) with { IsAnsweredByPost = true, IsRefusedAtOnce = true }, button.Id, typed, ct);
        switch (handled)
        {
            case Handled.Answered { Outcome: PressOutcome.Refused, Messages: [var refusal] }:
                return Refused(button, await CardAsync(db, refusal, ct), words);
            // Sent again after it was done, perhaps with other words in it: what stands is shown.
            case Handled.Answered { Outcome: PressOutcome.Superseded or PressOutcome.Repeat, Messages: [.., var current] }:
                return Becomes(await CardAsync(db, current, ct), words);
            case Handled.Busy:
                return Errors(button, words["press.busy"], words);
            case Handled.Stranger:
                return Becomes(sender.Stranger, words);
            case Handled.Answered or Handled.Duplicate:
                turn.Late = Results.Ok();
                await UnderneathAsync(sender, view, origin, ct);
                return turn.Late;
            default:
                return Becomes(new Card(words["press.gone"]), words);
        }
    }

    /// <summary>What lies under a window that closes now is drawn as things stand.</summary>
    async Task UnderneathAsync(SlackSender sender, JsonElement view, SlackOrigin origin, CancellationToken ct)
    {
        if (origin == SlackOrigin.Home)
        {
            await home.PublishAsync(sender, ct);
        }
        else if (origin == SlackOrigin.CheckIn && Loose.Text(view, "previous_view_id") is { } under && await CheckInAsync(sender, ct) is { } list)
        {
            await UpdateAsync(sender, under, list, ct);
        }
    }

    /// <summary>Beside the field that the words are about, which begin with its name; a refusal with a choice in it becomes the window.</summary>
    static IResult Refused(Button button, Card refusal, Phrases words)
    {
        if (refusal.Buttons.Any() || SlackForms.Open(button).Count == 0)
        {
            return Becomes(refusal, words);
        }

        var said = string.Join('\n', PlainText.Of(refusal).Split('\n').Skip(1)) is { Length: > 0 } below ? below : refusal.Title;
        return Errors(button, said, words);
    }

    static IResult Errors(Button button, string said, Phrases words) =>
        SlackForms.Open(button) is not [var first, ..] fields ? Becomes(new Card(said), words) : Errors(SlackForms.BlockOf(button, fields.FirstOrDefault(input => said.StartsWith(input.Label, StringComparison.Ordinal)) ?? first), said);

    static IResult Errors(string field, string said) => Results.Json(new JsonObject { ["response_action"] = "errors", ["errors"] = new JsonObject { [field] = said } });

    /// <summary>While nobody knows yet what came of a window: it stays, with what was typed.</summary>
    public static IResult Late(JsonElement body, Phrases words) =>
        Loose.Items(Loose.Part(body, "view"), "blocks").Where(block => Loose.Text(block, "type") == "input").Select(block => Loose.Text(block, "block_id")).FirstOrDefault() is { } field
            ? Errors(field, words["slack.later-window"])
            : Becomes(new Card(words["slack.later-card"]), words);

    static IResult Becomes(Card card, Phrases words) =>
        Results.Json(new JsonObject { ["response_action"] = "update", ["view"] = SlackViews.Of(card, words["slack.title"], SlackOrigin.Message, words) });

    /// <summary>Answers <c>block_suggestion</c>: what somebody may mean who types into a list.</summary>
    public async Task<IResult> SuggestAsync(SlackSender sender, JsonElement body, CancellationToken ct)
    {
        var (button, block) = (SlackViews.Read(Loose.Text(Loose.Part(body, "view"), "private_metadata")).Button, Loose.Text(body, "block_id"));
        await using var db = store.For(sender.Organization);
        var own = button is { } id ? await Presses.OwnAsync(db, SlackModule.Channel, sender.Account, id, ct) : null;
        var form = own is null ? null : Card.FromJson(own.Card).Buttons.FirstOrDefault(one => one.Id == button);
        var asked = form?.Inputs.FirstOrDefault(one => SlackForms.BlockOf(form, one) == block);
        var found = asked is null ? [] : await choices.FindAsync(sender.Organization, SlackModule.Channel, sender.Account, button!.Value, asked.Id, Loose.Text(body, "value") ?? "", ct);
        return Options(found.Where(choice => choice.Value.Length > 0).Select(choice => SlackForms.Option(choice, asked!)));
    }

    public static IResult Options(IEnumerable<JsonNode> options) => Results.Json(new JsonObject { ["options"] = new JsonArray([.. options]) });

    /// <summary>Answers the global shortcut: everything that waits for a word about how it goes, to be stepped through.</summary>
    public async Task<IResult> ShortcutAsync(SlackSender sender, JsonElement body, SlackTurn turn, CancellationToken ct)
    {
        if (Loose.Text(body, "callback_id") == "check_in")
        {
            var list = await home.CheckInsAsync(sender, ct);
            turn.Late = Results.Ok();
            await ShowAsync(sender, body, list ?? sender.Stranger, list is null ? "slack.title" : "slack.check-in", list is null ? SlackOrigin.Message : SlackOrigin.CheckIn, ct);
        }

        return Results.Ok();
    }

    /// <summary>Answers the shortcut of a message: a draft in a window, and in the private conversation, so that closing the window loses nothing. It keeps the way back.</summary>
    public async Task<IResult> LogMessageAsync(SlackSender sender, JsonElement body, string once, SlackTurn turn, CancellationToken ct)
    {
        if (Loose.Text(body, "callback_id") != "log_commitment")
        {
            return Results.Ok();
        }

        var words = sender.Words;
        var said = SlackText.Typed(Loose.Text(Loose.Part(body, "message"), "text") ?? "", sender.Bot.User, new Dictionary<string, string>());
        if (said.Length == 0)
        {
            await ShowAsync(sender, body, new Card(words["slack.nothing-to-log"]), "slack.log", SlackOrigin.Message, ct);
            return Results.Ok();
        }

        var handled = await switchboard.HandleAsync(sender.Incoming(once) with { IsAnsweredByPost = true, Text = $"log: {SlackText.Cut(said, LongestQuote)}", Source = LinkTo(body) }, ct);
        turn.Late = handled is Handled.Busy ? SlackTurn.Unsure : Results.Ok();
        await using var db = store.For(sender.Organization);
        var card = handled switch
        {
            Handled.Answered { Messages: [.., var message] } => await CardAsync(db, message, ct),
            Handled.Stranger => sender.Stranger,
            Handled.Busy => new Card(words["slack.busy"]),
            _ => null,
        };
        if (handled is Handled.Answered)
        {
            // It comes into the chat as well, window or not.
            await OpenAsync(sender, body, SlackViews.Of(card!, words["slack.log"], SlackOrigin.Message, words), ct);
        }
        else if (card is not null)
        {
            await ShowAsync(sender, body, card, "slack.log", SlackOrigin.Message, ct);
        }

        return Results.Ok();
    }

    /// <summary>As Slack itself names the message in its archive.</summary>
    static Uri? LinkTo(JsonElement body)
    {
        var (domain, channel, ts) = (Loose.Text(Loose.Part(body, "team"), "domain"), Loose.Text(Loose.Part(body, "channel"), "id"), Loose.Text(body, "message_ts") ?? Loose.Text(Loose.Part(body, "message"), "ts"));
        return domain is { Length: > 0 and <= 60 } && domain.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') && domain[0] != '-' && SlackId.IsOne(channel) && SlackId.IsTime(ts)
            ? new($"https://{domain.ToLowerInvariant()}.slack.com/archives/{channel}/p{ts!.Replace(".", "", StringComparison.Ordinal)}")
            : null;
    }

    /// <summary>Null for somebody whom nobody knows.</summary>
    async Task<JsonObject?> CheckInAsync(SlackSender sender, CancellationToken ct) =>
        await home.CheckInsAsync(sender, ct) is { } card ? SlackViews.Of(card, sender.Words["slack.check-in"], SlackOrigin.CheckIn, sender.Words) : null;

    static async Task<Card> CardAsync(EquityDb db, Guid message, CancellationToken ct) => Card.FromJson(await db.Set<Message>().Where(one => one.Id == message).Select(one => one.Card).SingleAsync(ct));
}
