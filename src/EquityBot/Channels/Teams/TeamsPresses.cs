using System.Text.Json;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Channels.Teams;

/// <summary>Buttons that were pressed, and cards that ask how they look to one person.</summary>
sealed class TeamsPresses(TeamsPeople people, Presses pressed, RoomViews views, EquityStore store, Languages languages)
{
    /// <summary>Answers <c>adaptiveCard/action</c>.</summary>
    public async Task<IResult> TakeAsync(Activity activity, CancellationToken ct)
    {
        var action = Loose.Part(activity.Value ?? default, "action");
        if (action.ValueKind != JsonValueKind.Object)
        {
            return TeamsAnswer.Error(400, "BadRequest", "There is no action in it.");
        }

        if (Loose.Text(action, "type") != "Action.Execute")
        {
            return TeamsAnswer.Error(400, "NotSupported", "Only Action.Execute is answered.");
        }

        var isDrawn = Loose.Text(activity.Value ?? default, "trigger") == "automatic";
        if (await (isDrawn ? people.ViewerAsync(activity, ct) : people.SenderAsync(activity, ct)) is not { } sender)
        {
            return TeamsAnswer.Error(404, "NotFound", languages["en"]["press.gone"]);
        }

        var words = languages[sender.Language];
        if (!Guid.TryParseExact(Loose.Text(action, "verb"), "N", out var button))
        {
            return TeamsAnswer.Error(404, "NotFound", words["press.gone"]);
        }

        if (sender.IsUnsure)
        {
            return TeamsAnswer.Error(503, "Busy", words["press.busy"]);
        }

        if (isDrawn)
        {
            return await RefreshAsync(sender, button, words, ct);
        }

        return sender.Room is not null && !await people.IsReachedAsync(sender, activity, ct)
            ? TeamsAnswer.Words(words["room.unreached"])
            : await AnswerAsync(sender, button, await PressAsync(activity, sender, button, Typed(Loose.Part(action, "data")), atOnce: false, ct), words, ct);
    }

    /// <summary>A client draws a room's card: it gets what is its person's own, and otherwise keeps what it has.</summary>
    async Task<IResult> RefreshAsync(TeamsSender sender, Guid button, Phrases words, CancellationToken ct) =>
        await views.ForAsync(sender.Organization, TeamsModule.Channel, sender.Account, button, ct) is { } card
            ? TeamsAnswer.Card(TeamsCards.Render(card, words["button.send"], CardClient.Teams))
            : TeamsAnswer.Error(404, "NotFound", words["press.gone"]);

    Task<IResult> AnswerAsync(TeamsSender sender, Guid button, Handled handled, Phrases words, CancellationToken ct) => handled switch
    {
        Handled.Answered { Outcome: PressOutcome.Refused } or Handled.Duplicate { Outcome: PressOutcome.Refused } => Task.FromResult(TeamsAnswer.Words(words["press.refused"])),
        Handled.Answered or Handled.Duplicate => ShowAsync(sender, button, words, ct),
        Handled.Busy => Task.FromResult(TeamsAnswer.Error(503, "Busy", words["press.busy"])),
        Handled.Stranger(var card) => Task.FromResult(TeamsAnswer.Words(PlainText.Of(card))),
        _ => Task.FromResult(TeamsAnswer.Error(404, "NotFound", words["press.gone"])),
    };

    /// <summary>The card as it is now takes the place of the pressed one; answers beside it come as messages. What was refused leaves the card, and what was typed, alone.</summary>
    async Task<IResult> ShowAsync(TeamsSender sender, Guid button, Phrases words, CancellationToken ct)
    {
        await using var db = store.For(sender.Organization);
        var message = await Presses.MessageOf(db, button).SingleAsync(ct);
        var card = Card.FromJson(message.Card);
        var drawn = TeamsCards.Render(card, words["button.send"], CardClient.Teams);
        if (message.RoomId is not null)
        {
            TeamsRoomCard.Make(drawn, card, null);
        }

        return TeamsAnswer.Card(drawn);
    }

    /// <param name="atOnce">Refusals travel in the response.</param>
    public Task<Handled> PressAsync(Activity activity, TeamsSender sender, Guid button, IReadOnlyDictionary<string, string> values, bool atOnce, CancellationToken ct) =>
        pressed.PressAsync(sender.Organization, sender.Incoming(activity) with { IsRefusedAtOnce = atOnce }, button, values, ct);

    /// <summary>The button that a client names which does not know verbs.</summary>
    public static Guid? ButtonIn(JsonElement? value) => value is { } given && Guid.TryParseExact(Loose.Text(given, TeamsCards.ButtonKey), "N", out var button) ? button : null;

    /// <summary>What was typed, as text. Fields that another form of the card shares carry a number behind their name.</summary>
    public static Dictionary<string, string> Typed(JsonElement data)
    {
        var typed = new Dictionary<string, string>();
        foreach (var field in data.ValueKind == JsonValueKind.Object ? data.EnumerateObject().ToList() : [])
        {
            var text = field.Value.ValueKind switch
            {
                JsonValueKind.String => field.Value.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => field.Value.GetRawText(),
                _ => null,
            };
            if (text is not null && field.Name != TeamsCards.ButtonKey)
            {
                typed[TeamsCards.InputOf(field.Name)] = text;
            }
        }

        return typed;
    }
}
