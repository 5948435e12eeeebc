using System.Text.Json;
using System.Text.Json.Nodes;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Channels.Slack;

/// <summary>Buttons that were pressed on messages, in windows and on the home page.</summary>
sealed class SlackPresses(Presses pressed, SlackWindows windows, SlackHome home, SlackApi api, EquityStore store)
{
    /// <summary>Answers <c>block_actions</c>. What comes of it arrives by the postman; only what a message for one pair of eyes, a window or the home page shows is drawn here.</summary>
    public async Task<IResult> TakeAsync(SlackSender sender, JsonElement body, string once, SlackTurn turn, CancellationToken ct)
    {
        var action = Loose.Items(body, "actions").FirstOrDefault();
        if (Loose.Text(action, "action_id")?.StartsWith(SlackBlocks.Opens, StringComparison.Ordinal) == true)
        {
            return Results.Ok();
        }

        var words = sender.Words;
        var name = Loose.Text(Loose.Part(action, "selected_option"), "value") ?? Loose.Text(action, "value");
        if (!Guid.TryParseExact(name, "N", out var button))
        {
            await TellAsync(sender, body, words["press.gone"], ct);
            return Results.Ok();
        }

        var surface = Loose.Text(Loose.Part(body, "view"), "type");
        await using var db = store.For(sender.Organization);
        if (await Presses.OwnAsync(db, SlackModule.Channel, sender.Account, button, ct) is { } own && Card.FromJson(own.Card).Buttons.FirstOrDefault(one => one.Id == button) is { Inputs.Count: > 0 } form)
        {
            if (!await windows.OpenAsync(sender, body, SlackViews.Form(form, OriginOf(body), words), ct))
            {
                await TellAsync(sender, body, words["press.busy"], ct);
            }

            return Results.Ok();
        }

        var handled = await pressed.PressAsync(sender.Organization, sender.Incoming(once) with { IsAnsweredByPost = surface is null }, button, new Dictionary<string, string>(), ct);
        turn.Late = handled is Handled.Busy ? SlackTurn.Unsure : Results.Ok();
        switch (handled)
        {
            case Handled.Answered { Messages: var messages }:
                await ShowAsync(sender, body, button, messages, surface, ct);
                break;
            case Handled.Duplicate or Handled.Mismatch:
                break;
            case Handled.Busy:
                await TellAsync(sender, body, words["press.busy"], ct);
                break;
            case Handled.Stranger:
                await TellAsync(sender, body, PlainText.Of(sender.Stranger), ct);
                break;
            default:
                await TellAsync(sender, body, words["press.gone"], ct);
                break;
        }

        return Results.Ok();
    }

    async Task ShowAsync(SlackSender sender, JsonElement body, Guid button, IReadOnlyList<Guid> answers, string? surface, CancellationToken ct)
    {
        await using var db = store.For(sender.Organization);
        if (surface is null)
        {
            // Nobody but the response address can change what one person alone sees.
            if (Loose.Part(Loose.Part(body, "container"), "is_ephemeral").ValueKind == JsonValueKind.True && await Presses.MessageOf(db, button).SingleAsync(ct) is var message && answers.Contains(message.Id))
            {
                var card = Card.FromJson(message.Card);
                await api.RespondAsync(Loose.Text(body, "response_url"), new JsonObject { ["replace_original"] = true, ["text"] = SlackText.Beside(card.Title), ["blocks"] = SlackThrift.Message(card, sender.Words["slack.more"]) }, ct);
            }

            return;
        }

        var answer = Card.FromJson(await db.Set<Message>().Where(one => answers.Contains(one.Id)).OrderByDescending(one => one.Seq).Select(one => one.Card).FirstAsync(ct));
        if (surface == "home")
        {
            if (!await windows.OpenAsync(sender, body, SlackViews.Of(answer, sender.Words["slack.title"], SlackOrigin.Message, sender.Words), ct))
            {
                await windows.SayAsync(sender, answer, ct);
            }

            await home.PublishAsync(sender, ct);
        }
        else
        {
            await windows.FollowAsync(sender, body, answer, ct);
        }
    }

    /// <summary>Says something to whoever pressed, and to nobody else; the message stays.</summary>
    async Task TellAsync(SlackSender sender, JsonElement body, string words, CancellationToken ct)
    {
        if (Loose.Text(body, "response_url") is { } address)
        {
            await api.RespondAsync(address, new JsonObject { ["response_type"] = "ephemeral", ["replace_original"] = false, ["text"] = SlackText.Inert(words) }, ct);
        }
        else if (!await windows.OpenAsync(sender, body, SlackViews.Of(new Card(words), sender.Words["slack.title"], SlackOrigin.Message, sender.Words), ct))
        {
            await windows.SayAsync(sender, new Card(words), ct);
        }
    }

    static SlackOrigin OriginOf(JsonElement body) => Loose.Text(Loose.Part(body, "view"), "type") switch
    {
        "home" => SlackOrigin.Home,
        "modal" => SlackViews.Read(Loose.Text(Loose.Part(body, "view"), "private_metadata")).Origin,
        _ => SlackOrigin.Message,
    };
}
