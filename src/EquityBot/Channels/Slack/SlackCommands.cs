using System.Text.Json.Nodes;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Channels.Slack;

/// <summary>What <c>/equity …</c> is answered with: for the person's own eyes, in the response or after it.</summary>
sealed class SlackCommands(SlackPeople people, SlackApi api, Switchboard switchboard, EquityStore store, Languages languages)
{
    /// <summary>For an answer that Slack does not wait for any more.</summary>
    static readonly TimeSpan Unhurried = TimeSpan.FromSeconds(10);

    /// <summary>Nobody knows yet who that is, and which language is theirs.</summary>
    Phrases Anybody => languages["en"];

    public JsonObject Later => Private(Anybody["slack.later"]);

    public JsonObject Busy => Private(Anybody["slack.busy"]);

    public JsonObject Unsure => Private(Anybody["slack.unsure"]);

    /// <summary>Null where there is nothing to say.</summary>
    public async Task<JsonObject?> AnswerAsync(SlackBot bot, IReadOnlyDictionary<string, string> form, string once, CancellationToken ct)
    {
        if (form.GetValueOrDefault("user_id") is not { } user || !SlackId.IsOne(user))
        {
            return null;
        }

        var sender = await people.SenderAsync(bot, user, null, ct);
        var typed = form.GetValueOrDefault("text") ?? "";
        var text = SlackText.Typed(typed, bot.User, await people.HandlesAsync(bot, typed, ct));
        var handled = sender.IsUnsure ? new Handled.Busy() : await switchboard.HandleAsync(sender.Incoming(once) with { Text = text.Length == 0 ? "help" : text }, ct);
        return handled switch
        {
            Handled.Answered { Messages: var messages } => Private(await CardAsync(bot, messages, ct), sender.Words),
            Handled.Duplicate { Messages: var messages } => Private(await CardAsync(bot, messages, ct), sender.Words),
            Handled.Stranger => Private(sender.Stranger, sender.Words),
            Handled.Busy => Private(sender.Words["slack.busy"]),
            _ => null,
        };
    }

    /// <summary>Brings an answer that was announced: by the address that came with the command, else into the chat.</summary>
    /// <param name="bot">Null where it is not known.</param>
    public async Task FollowAsync(SlackBot? bot, IReadOnlyDictionary<string, string> form, JsonObject? shown, CancellationToken ct)
    {
        if (shown is null || await api.RespondAsync(form.GetValueOrDefault("response_url"), shown, ct, Unhurried) || bot is null)
        {
            return;
        }

        // What lies on a lock screen tells nothing.
        var blocks = shown["blocks"] ?? SlackBlocks.Alone(shown["text"]!.GetValue<string>());
        await api.CallAsync(bot, "chat.postMessage", [("channel", form["user_id"]), ("text", SlackText.Inert(Anybody["preview.one"])), ("blocks", SlackThrift.Json(blocks)), ("unfurl_links", "false"), ("unfurl_media", "false")], ct);
    }

    static JsonObject Private(string words) => new() { ["response_type"] = "ephemeral", ["replace_original"] = false, ["text"] = SlackText.Inert(words) };

    static JsonObject? Private(Card? card, Phrases words) => card is null ? null : new JsonObject
    {
        ["response_type"] = "ephemeral",
        ["text"] = SlackText.Beside(card.Title),
        ["blocks"] = SlackThrift.Message(card, words["slack.more"]),
    };

    /// <summary>Several answers as one.</summary>
    async Task<Card?> CardAsync(SlackBot bot, IReadOnlyList<Guid> messages, CancellationToken ct)
    {
        await using var db = store.For(bot.Organization);
        var cards = (await db.Set<Message>().AsNoTracking().Where(one => messages.Contains(one.Id)).OrderBy(one => one.Seq).Select(one => one.Card).ToListAsync(ct)).ConvertAll(Card.FromJson);
        return cards.Count == 0 ? null : cards[0] with { Blocks = [.. cards[0].Blocks, .. cards.Skip(1).Select(card => new Section(card.Title, card.Blocks))] };
    }
}
