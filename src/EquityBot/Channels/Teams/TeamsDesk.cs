using System.Text.Json;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime.Extensions;

namespace EquityBot.Channels.Teams;

/// <summary>Takes authentic activities: what was said or pressed goes to the switchboard, and the protocol is answered.</summary>
sealed class TeamsDesk(TeamsPeople people, Connector connector, Switchboard switchboard, EquityStore store, Languages languages, LateNews news, HospitalClock clock, ILogger<TeamsDesk> log)
{
    const string Personal = "personal";

    public Task<IResult> TakeAsync(Activity activity, CancellationToken ct) => activity.Type switch
    {
        "message" => SaidAsync(activity, ct),
        "invoke" => InvokedAsync(activity, ct),
        "installationUpdate" or "conversationUpdate" => MovedAsync(activity, ct),
        _ => Task.FromResult(Results.Ok()),
    };

    async Task<IResult> SaidAsync(Activity activity, CancellationToken ct)
    {
        if (await SenderAsync(activity, ct) is not { } sender)
        {
            return Results.Ok();
        }

        if (ButtonIn(activity.Value) is { } button)
        {
            return Protocol(await PressAsync(activity, sender, button, Typed(activity.Value!.Value), ct));
        }

        if (string.IsNullOrEmpty(activity.Text))
        {
            return Results.Ok();
        }

        var handled = await switchboard.HandleAsync(Incoming(activity, sender) with { Text = activity.Text }, ct);
        if (handled is Handled.Stranger(var card))
        {
            await TellAsync(activity, card, languages[sender.Language], ct);
        }

        return Protocol(handled);
    }

    /// <summary>Whom the roster does not know has no deliveries either: said once, and not again if that goes wrong.</summary>
    Task TellAsync(Activity activity, Card card, Phrases words, CancellationToken ct) => connector.CallAsync(
        HttpMethod.Post, activity.ServiceUrl!, TeamsChannel.ActivitiesOf(activity.Conversation!), TeamsChannel.Message(card, card.Title, words["button.send"]), ct);

    async Task<IResult> InvokedAsync(Activity activity, CancellationToken ct)
    {
        if (activity.Name != "adaptiveCard/action")
        {
            return Results.StatusCode(501);
        }

        var action = ActivityReader.Part(activity.Value ?? default, "action");
        if (action.ValueKind != JsonValueKind.Object)
        {
            return TeamsAnswer.Error(400, "BadRequest", "There is no action in it.");
        }

        if (ActivityReader.Text(action, "type") != "Action.Execute")
        {
            return TeamsAnswer.Error(400, "NotSupported", "Only Action.Execute is answered.");
        }

        if (await SenderAsync(activity, ct) is not { } sender)
        {
            return TeamsAnswer.Error(404, "NotFound", languages["en"]["press.gone"]);
        }

        var words = languages[sender.Language];
        if (!Guid.TryParseExact(ActivityReader.Text(action, "verb"), "N", out var button))
        {
            return TeamsAnswer.Error(404, "NotFound", words["press.gone"]);
        }

        return await PressAsync(activity, sender, button, Typed(ActivityReader.Part(action, "data")), ct) switch
        {
            (Handled.Answered or Handled.Duplicate, { } message) handled => await ShowAsync(handled.Handled, message, words, ct),
            (Handled.Busy, _) => TeamsAnswer.Error(503, "Busy", words["press.busy"]),
            (Handled.Stranger(var card), _) => TeamsAnswer.Words(PlainText.Of(card)),
            _ => TeamsAnswer.Error(404, "NotFound", words["press.gone"]),
        };
    }

    /// <summary>The card as it is now takes the place of the pressed one; answers beside it come as messages. What was refused leaves the card, and what was typed, alone.</summary>
    async Task<IResult> ShowAsync(Handled handled, Message pressed, Phrases words, CancellationToken ct)
    {
        if (handled is Handled.Answered { Outcome: PressOutcome.Refused })
        {
            return TeamsAnswer.Words(words["press.refused"]);
        }

        await using var db = store.For(pressed.OrganizationId);
        var now = await db.Set<Message>().AsNoTracking().SingleAsync(one => one.Id == pressed.Id, ct);
        return TeamsAnswer.Card(TeamsCards.Render(Card.FromJson(now.Card), words["button.send"]));
    }

    /// <summary>The message it stands on is ours to know. A press is the proof that it arrived, whatever the platform said.</summary>
    async Task<(Handled Handled, Message? Message)> PressAsync(Activity activity, TeamsSender sender, Guid button, IReadOnlyDictionary<string, string> values, CancellationToken ct)
    {
        await using var db = store.For(sender.Organization);
        var found = await (
            from record in db.Set<ButtonRecord>().AsNoTracking()
            join one in db.Set<Message>().AsNoTracking() on record.MessageId equals one.Id
            where record.Id == button
            select one).SingleOrDefaultAsync(ct);
        if (found is null)
        {
            return (new Handled.NotFound(), null);
        }

        if (found.SentAt is null)
        {
            await news.ArrivedAsync(sender.Organization, found.Id, clock.GetUtcNow().ToInstant(), ct);
        }

        return (await switchboard.HandleAsync(Incoming(activity, sender) with { Press = new(found.Id, button, values) }, ct), found);
    }

    async Task<IResult> MovedAsync(Activity activity, CancellationToken ct)
    {
        var isGone = activity is { Type: "installationUpdate", Action: "remove" or "remove-upgrade" };
        if (activity.Scope != Personal || activity.From?.DirectoryId is not { Length: > 0 } account || string.IsNullOrEmpty(activity.Conversation))
        {
            return Results.Ok();
        }

        if (isGone)
        {
            await people.LostAsync(account, ct);
        }
        else if (IsArrival(activity) && await people.FindAsync(activity, isPersonal: true, ct) is { } sender)
        {
            // Installation is told more than once; one id makes it one welcome.
            await switchboard.HandleAsync(new(TeamsModule.Channel, sender.Tenant, account, $"welcome {account}") { IsAnsweredByPost = true, Text = "help" }, ct);
        }

        return Results.Ok();
    }

    /// <summary>The bot itself was added, not somebody else to where it is.</summary>
    static bool IsArrival(Activity activity) => activity.Type == "installationUpdate" || activity.Added.Any(one => one.Id == activity.Recipient?.Id);

    async Task<TeamsSender?> SenderAsync(Activity activity, CancellationToken ct)
    {
        if (activity is not { Id: { Length: > 0 }, Conversation: { Length: > 0 }, From: { DirectoryId: { Length: > 0 } } from } || from.Id.StartsWith("28:", StringComparison.Ordinal))
        {
            return null;
        }

        var sender = await people.FindAsync(activity, activity.Scope == Personal, ct);
        if (sender is null)
        {
            log.LogInformation("An activity came before there is an organization to take it");
        }

        return sender;
    }

    static IncomingMessage Incoming(Activity activity, TeamsSender sender) =>
        new(TeamsModule.Channel, sender.Tenant, activity.From!.DirectoryId!, activity.EventId) { IsAnsweredByPost = true };

    static IResult Protocol((Handled Handled, Message? Message) pressed) => Protocol(pressed.Handled);

    /// <summary>Only what was not kept is to come again.</summary>
    static IResult Protocol(Handled handled) => handled is Handled.Busy ? Results.StatusCode(503) : Results.Ok();

    static Guid? ButtonIn(JsonElement? value) => value is { } given && Guid.TryParseExact(ActivityReader.Text(given, TeamsCards.ButtonKey), "N", out var button) ? button : null;

    /// <summary>What was typed, as text. Fields that another form of the card shares carry a number behind their name.</summary>
    static Dictionary<string, string> Typed(JsonElement data)
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
