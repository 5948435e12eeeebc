using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Chat;

/// <summary>
/// What a channel shows somebody beside the conversation: their own page with what waits for them, what is late, what comes and what is theirs, for those who get a
/// digest that first; and the list of what waits for a word about how it goes. Drawn whenever somebody looks; only the buttons are kept, once for each state.
/// </summary>
public sealed class HomeBoard(EquityStore store, Readers readers)
{
    const int MostWaiting = 8;
    static readonly Duration Kept = Duration.FromDays(1);
    const string CheckIns = "show-check-ins";
    static readonly string[] Lists = ["show-digest", "show-overdue", "show-due", "show-mine"];

    /// <summary>One tap away for those who may look after them.</summary>
    static readonly string[] Overseen = ["show-schedules", "show-statement"];

    /// <returns>Null for somebody whom nobody knows.</returns>
    public Task<Card?> HomeAsync(Guid organization, string channel, string sender, CancellationToken ct) => KeptAsync(organization, channel, sender, "home", (db, reader) => ComposeAsync(db, reader, ct), ct);

    /// <returns>Null for somebody whom nobody knows.</returns>
    public Task<Card?> CheckInsAsync(Guid organization, string channel, string sender, CancellationToken ct) =>
        KeptAsync(organization, channel, sender, "check-ins", async (db, reader) => (await RunAsync(db, reader, CheckIns, ct)).Card, ct);

    async Task<Card?> KeptAsync(Guid organization, string channel, string sender, string page, Func<EquityDb, Reader, Task<Card>> compose, CancellationToken ct)
    {
        await using var db = store.For(organization);
        if (await readers.OfAsync(db, channel, sender, ct) is not { } reader)
        {
            return null;
        }

        var card = await compose(db, reader);
        return await KeptView.StillAsync(db, await LastAsync(db, reader, page, ct), card, ct)
            ?? await store.WriteAsync(organization, Urgency.Inbound, writing => KeepAsync(writing, reader, page, card, ct), ct);
    }

    static async Task<Card> KeepAsync(EquityDb db, Reader reader, string page, Card card, CancellationToken ct)
    {
        // A form that is open over the page keeps its button for a day.
        var old = reader.Now - Kept;
        var gone = db.Set<Message>().Where(one => one.PersonId == reader.Person.Id && one.ViewOf == reader.Person.Id && one.Step == page && one.CreatedAt < old);
        await db.Set<ButtonRecord>().Where(one => gone.Any(message => message.Id == one.MessageId)).ExecuteDeleteAsync(ct);
        await db.Set<MessageChange>().Where(one => gone.Any(message => message.Id == one.MessageId)).ExecuteDeleteAsync(ct);
        await gone.ExecuteDeleteAsync(ct);

        return KeptView.Keep(db, reader, card, reader.Person.Id, null, page);
    }

    static Task<Message?> LastAsync(EquityDb db, Reader reader, string page, CancellationToken ct) =>
        db.Set<Message>().AsNoTracking().Where(one => one.PersonId == reader.Person.Id && one.ViewOf == reader.Person.Id && one.Step == page).OrderByDescending(one => one.Seq).FirstOrDefaultAsync(ct);

    static async Task<Card> ComposeAsync(EquityDb db, Reader reader, CancellationToken ct)
    {
        var words = reader.Words;
        var parts = new List<Block>();
        if (await WaitingAsync(db, reader, ct) is { Count: > 0 } waiting)
        {
            parts.Add(new Words(words.Count("home.waiting", waiting.Count), Strong: true));
            parts.AddRange(waiting);
        }

        foreach (var verb in Lists.Where(verb => reader.May(reader.Catalogue.Command(verb).Action, null)))
        {
            var card = (await RunAsync(db, reader, verb, ct)).Card;
            parts.AddRange([.. parts.Count == 0 ? [] : new Block[] { new Divider() }, new Words(card.Title, Strong: true), .. card.Blocks]);
        }

        var overseen = Overseen.Select(reader.Catalogue.Command).Where(command => reader.May(command.Action, null)).ToList();
        var row = ButtonRow.Of(overseen.Select(command => command.ButtonFor(null, new Offer(words[$"home.{command.Verb}"]))));
        return new(words["home.title", ("name", reader.Person.Name)], [.. parts, .. row is null ? [] : new Block[] { new Words(words["home.overseen"], Strong: true), row }, new Quiet(words["home.hint"])]);
    }

    static Task<Reply> RunAsync(EquityDb db, Reader reader, string verb, CancellationToken ct) =>
        reader.Catalogue.Command(verb).HandleAsync(new Turn(db, reader, new Dictionary<string, string>()), ct);

    /// <summary>What was asked of this person and has not been answered, the newest card of each.</summary>
    static async Task<IReadOnlyList<Section>> WaitingAsync(EquityDb db, Reader reader, CancellationToken ct)
    {
        var asked = await db.Set<Message>().AsNoTracking()
            .Where(one => one.PersonId == reader.Person.Id && one.RoomId == null && one.Ref != null && one.State == MessageState.Current && one.SentAt != null
                && (one.Kind == MessageKind.Request || one.Kind == MessageKind.CheckIn || one.Kind == MessageKind.Escalation || one.Kind == MessageKind.Task)
                && db.Set<ButtonRecord>().Any(button => button.MessageId == one.Id && !button.Reads && button.PressedAt == null))
            .OrderByDescending(one => one.Seq).ToListAsync(ct);
        var show = reader.Catalogue.Command("show");
        var parts = new List<Section>();
        foreach (var message in asked.DistinctBy(one => one.Ref).Take(MostWaiting))
        {
            if (await reader.ViewAsync(db, message.Ref!, ct) is { } view)
            {
                parts.Add(new(Card.FromJson(message.Card).Title, [new ButtonRow([show.ButtonFor(view.Subject, new Offer(reader.Words["button.show"]))])]));
            }
        }

        return parts;
    }
}
