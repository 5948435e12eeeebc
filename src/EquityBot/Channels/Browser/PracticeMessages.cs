using System.Text.Json;
using System.Text.Json.Nodes;
using EquityBot.Channels.Teams;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Channels.Browser;

/// <summary>Messages as the practice contract shows them.</summary>
public sealed class PracticeMessages(EquityStore store, Languages languages)
{
    /// <summary>All that this person can see and that changed after the cursor, oldest first.</summary>
    public async Task<(IReadOnlyList<JsonObject> Messages, long Cursor)> InboxAsync(Guid organization, Person person, long after, CancellationToken ct)
    {
        await using var db = store.For(organization);
        var rooms = (await db.Set<Room>().AsNoTracking().ToListAsync(ct)).Where(room => room.Members.Contains(person.Id)).Select(room => room.Id).ToList();
        var visible = db.Set<Message>().AsNoTracking()
            .Where(one => one.SentAt != null && one.ViewOf == null && ((one.RoomId == null && one.PersonId == person.Id) || (one.RoomId != null && rooms.Contains(one.RoomId.Value))));
        var changes = await (
            from change in db.Set<MessageChange>()
            join message in visible on change.MessageId equals message.Id
            where change.Seq > after
            select new { change.Seq, change.MessageId }).ToListAsync(ct);
        var ids = changes.Select(change => change.MessageId).Distinct().ToList();
        var messages = (await visible.Where(one => ids.Contains(one.Id)).ToListAsync(ct)).OrderBy(one => one.SentAt).ThenBy(one => one.Seq);
        return (await ShowAsync(db, messages, ct), changes.Count == 0 ? after : changes.Max(change => change.Seq));
    }

    /// <summary>These messages in this order.</summary>
    public async Task<IReadOnlyList<JsonObject>> ByIdAsync(Guid organization, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        await using var db = store.For(organization);
        var found = await db.Set<Message>().AsNoTracking().Where(one => ids.Contains(one.Id)).ToListAsync(ct);
        return await ShowAsync(db, ids.Select(id => found.Single(one => one.Id == id)), ct);
    }

    async Task<IReadOnlyList<JsonObject>> ShowAsync(EquityDb db, IEnumerable<Message> messages, CancellationToken ct)
    {
        var list = messages.ToList();
        var handles = await db.Set<Person>().ToDictionaryAsync(one => one.Id, one => one.Handle, ct);
        var rooms = await db.Set<Room>().ToDictionaryAsync(one => one.Id, one => one.Name, ct);
        var language = await db.Set<Organization>().Where(one => one.Id == db.OrganizationId).Select(one => one.Language).SingleAsync(ct);
        return [.. list.Select(message => Show(message, handles, rooms, languages[language]))];
    }

    static JsonObject Show(Message message, Dictionary<Guid, string> handles, Dictionary<Guid, string> rooms, Phrases words)
    {
        var card = Card.FromJson(message.Card);
        var room = message.RoomId is { } id ? rooms[id] : null;
        var shown = new JsonObject
        {
            ["id"] = message.Id.ToString("N"),
            ["rev"] = message.Rev,
            ["at"] = PracticeJson.Utc(message.SentAt),
            ["from"] = "equitybot",
            ["to"] = room ?? handles[message.PersonId],
            ["in"] = room ?? "personal",
            ["kind"] = PracticeJson.Word(message.Kind),
            ["preview"] = message.Preview,
            ["text"] = PlainText.Of(card),
            ["card"] = TeamsCards.Render(card, words["button.send"]),
            ["actions"] = new JsonArray([.. card.Buttons.Select(Show)]),
            ["state"] = PracticeJson.Word(message.State),
        };
        Put(shown, "ref", message.Ref);
        Put(shown, "step", message.Step);
        if (message.Items is not null)
        {
            shown["items"] = new JsonArray([.. JsonSerializer.Deserialize<List<MessageItem>>(message.Items)!.Select(Show)]);
        }

        return shown;
    }

    static JsonObject Show(MessageItem item)
    {
        var shown = new JsonObject { ["kind"] = PracticeJson.Word(item.Kind), ["ref"] = item.Ref };
        Put(shown, "step", item.Step);
        return shown;
    }

    static JsonObject Show(Button button)
    {
        var shown = new JsonObject { ["id"] = button.Id.ToString("N"), ["title"] = button.Title };
        Put(shown, "ref", button.Ref);
        shown["inputs"] = new JsonArray([.. button.Inputs.Select(Show)]);
        return shown;
    }

    static JsonObject Show(Input input)
    {
        var shown = new JsonObject { ["id"] = input.Id, ["label"] = input.Label, ["type"] = PracticeJson.Word(input.Type), ["required"] = input.Required };
        Put(shown, "value", input.Value);
        if (input.Choices.Count > 0)
        {
            shown["choices"] = new JsonArray([.. input.Choices.Select(choice => new JsonObject { ["title"] = choice.Title, ["value"] = choice.Value })]);
        }

        return shown;
    }

    static void Put(JsonObject target, string key, string? value)
    {
        if (value is not null)
        {
            target[key] = value;
        }
    }
}
