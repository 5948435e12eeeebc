using System.Text.Json.Nodes;
using EquityBot.Chat;

namespace EquityBot.Channels.Slack;

/// <summary>The app's home: each person's own page, drawn anew whenever they open it and after what they do there.</summary>
sealed class SlackHome(HomeBoard board, SlackApi api, Switchboard switchboard)
{
    public async Task<IResult> OpenedAsync(SlackSender sender, bool isHome, SlackTurn turn, CancellationToken ct)
    {
        if (sender.IsNew)
        {
            await switchboard.HandleAsync(sender.Incoming($"welcome {sender.Account}") with { IsAnsweredByPost = true, Text = "help" }, ct);
        }

        // Opened again it is drawn again; Slack need not ask for that.
        turn.Late = Results.Ok();
        if (isHome && !sender.IsUnsure)
        {
            await PublishAsync(sender, ct);
        }

        return turn.Late;
    }

    public async Task PublishAsync(SlackSender sender, CancellationToken ct)
    {
        var card = await board.HomeAsync(sender.Organization, SlackModule.Channel, sender.Account, ct) ?? sender.Stranger;
        var view = new JsonObject { ["type"] = "home", ["blocks"] = SlackThrift.View(card, sender.Words["slack.more"]) };
        await api.CallAsync(sender.Bot, "views.publish", [("user_id", sender.Account), ("view", SlackThrift.Json(view))], ct, SlackApi.WhileAsked);
    }

    public Task<Card?> CheckInsAsync(SlackSender sender, CancellationToken ct) => board.CheckInsAsync(sender.Organization, SlackModule.Channel, sender.Account, ct);
}
