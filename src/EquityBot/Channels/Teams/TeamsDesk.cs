using EquityBot.Chat;

namespace EquityBot.Channels.Teams;

/// <summary>Takes authentic activities: what was said or pressed goes to the switchboard, and the protocol is answered.</summary>
sealed class TeamsDesk(TeamsPeople people, TeamsPresses presses, TeamsSearches searches, TeamsDialogs dialogs, TeamsArrivals arrivals, Connector connector, Switchboard switchboard, Languages languages)
{
    public const string Personal = "personal";
    public const string Channel = "channel";
    public const string Group = "groupChat";

    public Task<IResult> TakeAsync(Activity activity, CancellationToken ct) => activity.Type switch
    {
        "message" => SaidAsync(activity, ct),
        "invoke" => InvokedAsync(activity, ct),
        "installationUpdate" or "conversationUpdate" => arrivals.TakeAsync(activity, ct),
        _ => Task.FromResult(Results.Ok()),
    };

    Task<IResult> InvokedAsync(Activity activity, CancellationToken ct) => activity.Name switch
    {
        "adaptiveCard/action" => presses.TakeAsync(activity, ct),
        "application/search" => searches.ChooseAsync(activity, ct),
        "composeExtension/query" => searches.FindAsync(activity, ct),
        "composeExtension/fetchTask" => dialogs.DraftAsync(activity, ct),
        "composeExtension/submitAction" => dialogs.SubmitAsync(activity, goesOn: true, ct),
        "task/fetch" => dialogs.OpenAsync(activity, ct),
        "task/submit" => dialogs.SubmitAsync(activity, goesOn: false, ct),
        _ => Task.FromResult(Results.StatusCode(501)),
    };

    async Task<IResult> SaidAsync(Activity activity, CancellationToken ct)
    {
        if (await people.SenderAsync(activity, ct) is not { } sender)
        {
            return Results.Ok();
        }

        if (sender.IsUnsure)
        {
            return Protocol(new Handled.Busy());
        }

        // To call it by name and say no more is to ask what it can do.
        var button = TeamsPresses.ButtonIn(activity.Value);
        var text = activity is { Text: "", Room: not null } ? "help" : activity.Text;
        if (button is null && text is not { Length: > 0 })
        {
            return Results.Ok();
        }

        var words = languages[sender.Language];
        if (sender.Room is not null && !await people.IsReachedAsync(sender, activity, ct))
        {
            // Nothing of it is kept: it is said again where it can be answered.
            await TellAsync(activity, new Card(words["room.unreached"]), words, ct);
            return Results.Ok();
        }

        var handled = button is { } pressed
            ? await presses.PressAsync(activity, sender, pressed, TeamsPresses.Typed(activity.Value!.Value), atOnce: false, ct)
            : await switchboard.HandleAsync(sender.Incoming(activity) with { Room = sender.Room, Thread = sender.Room is null ? null : activity.Thread, Text = text }, ct);
        var said = handled switch
        {
            Handled.Stranger(var card) => sender.Room is null ? card : new Card(words["room.stranger"]),
            Handled.NotFound when button is not null => new Card(words["press.gone"]),
            _ => null,
        };
        if (said is not null)
        {
            await TellAsync(activity, said, words, ct);
        }

        return Protocol(handled);
    }

    /// <summary>Whom the roster does not know has no deliveries either: said once, and not again if that goes wrong.</summary>
    Task TellAsync(Activity activity, Card card, Phrases words, CancellationToken ct) => connector.CallAsync(
        HttpMethod.Post, activity.ServiceUrl!, TeamsChannel.ActivitiesOf(activity.Conversation!), TeamsChannel.Message(card, card.Title, words["button.send"]), ct, Connector.WhileAsked);

    /// <summary>Only what was not kept is to come again.</summary>
    public static IResult Protocol(Handled handled) => handled is Handled.Busy ? Results.StatusCode(503) : Results.Ok();
}
