using System.Text.Json;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Chat;

/// <summary>The speaker's end of one transaction: turns replies into messages and button rows, and retires the cards they replace.</summary>
/// <param name="room">The room it was said in; null in a personal conversation.</param>
sealed class Conversation(EquityDb db, Subjects subjects, Reader reader, IncomingMessage incoming, Room? room, ReceivedEvent received, string digest)
{
    bool isKept;

    public EquityDb Db => db;

    public Reader Reader => reader;

    public Room? Room => room;

    public Uri? Source => incoming.Source;

    /// <summary>The channel whose postman brings the answers; null where they travel in the response.</summary>
    string? PostTo => incoming.IsAnsweredByPost ? incoming.Channel : null;

    public async Task<bool> SeesAsync(Message message, CancellationToken ct) =>
        message.PersonId == reader.Person.Id
        || (message.RoomId is { } id && await db.Set<Room>().AnyAsync(one => one.Id == id && one.Members.Contains(reader.Person.Id), ct));

    /// <summary>What it says has passed the screen, so that its digest may be kept: somebody who knows all but a patient's name could find that from one.</summary>
    public void Screened() => received.Digest = digest;

    public void Audit(string action, string? subject, string outcome, string? detail = null) => db.Add(new AuditEntry
    {
        OrganizationId = db.OrganizationId, At = reader.Now, ActorId = reader.Person.Id, Action = action, Subject = subject, Outcome = outcome, Detail = detail,
    });

    /// <summary>What was decided so far stands, whatever becomes of the rest of the message.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        isKept = true;
    }

    /// <summary>A refused command leaves nothing behind, whatever it had begun to change; that the event was taken stays.</summary>
    public void ForgetChanges()
    {
        db.Forget();
        if (isKept)
        {
            db.Attach(received);
        }
        else
        {
            db.Add(received);
        }
    }

    /// <summary>A draft or proposal is there only for those it concerns.</summary>
    public bool MaySee(ISubject subject) =>
        subject.IsOnThePlan || reader.Relations(subject).Any(relation => relation is Relation.Author or Relation.Owner or Relation.Delegate);

    public Handled Answer(Card card) => new Handled.Answered(PressOutcome.Done, Post(card, null, null));

    public Handled Refuse(string title, string words) =>
        new Handled.Answered(PressOutcome.Refused, [Refusal(new Card(title, new Words(words)), null).Id]);

    /// <summary>The button was made for an earlier version: shows what others changed, what was filled in, and the current card, in which it can be saved after all.</summary>
    public async Task<Handled> SupersededAsync(View view, Message message, ButtonRecord button, IReadOnlyDictionary<string, string> given, CancellationToken ct)
    {
        var asked = message.Cards().SelectMany(card => card.Buttons).FirstOrDefault(one => one.Id == button.Id)?.Inputs ?? [];
        var mine = new Overtaken(button.Title, Form.Screened(given, asked), asked);
        var (offered, theirs) = (reader.Button(view, button.Verb), await Overtaken.TheirsAsync(db, view.Subject, button.Version!.Value, reader, ct));
        var current = subjects.Card(view, reader).With(one => one.Verb == button.Verb && one.Ref == button.Ref ? mine.Again(one) : one);
        var banner = new Banner(reader.Words["superseded.pressed", ("reference", view.Subject.Ref)], Mood.Waiting);
        IEnumerable<Block?> blocks = [banner, theirs, mine.Mine(offered, reader.Words), .. current.Blocks];
        return new Handled.Answered(PressOutcome.Superseded, Post(new Card(current.Title, blocks), view.Subject.Ref, null));
    }

    /// <summary>Stores the answer, retires older cards, and consumes the button.</summary>
    public async Task<Handled> ConcludeAsync(Turn turn, Reply reply, ButtonRecord? button, CancellationToken ct)
    {
        if (reply.Refused)
        {
            var about = (reply.About ?? turn.View?.Subject)?.Ref;
            return new Handled.Answered(PressOutcome.Refused, incoming.IsRefusedAtOnce ? [Refusal(reply.Card, about).Id] : Post(reply.Card, about, null));
        }

        var reference = reply.About?.Ref;
        IReadOnlyList<Guid> answers;
        if (reply.InPlace && turn.Pressed is { Items: null, RoomId: null } pressed)
        {
            pressed.Replace(reply.Card, reference);
            Remember(db, reader, pressed, reply.Card);
            Redraw(pressed);
            answers = [pressed.Id];
            if (reply.Public is { } shown && await db.Set<Room>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == shown.RoomId, ct) is { } room)
            {
                answers = [pressed.Id, Announce(shown.Card, reference, room, pressed.Thread).Id];
            }
        }
        else
        {
            answers = Post(reply.Card, reference, reply.Public?.Card);
        }

        await RetireAsync(turn.Changes.Select(change => change.Subject).DistinctBy(subject => subject.Id), answers, ct);
        if (button is { Reads: false })
        {
            button.Consume(reader.Person.Id, reader.Now, answers);
        }

        return new Handled.Answered(PressOutcome.Done, answers);
    }

    /// <summary>The answer goes to the speaker alone; a room sees the public words, or that there was an answer.</summary>
    List<Guid> Post(Card card, string? reference, Card? everybody)
    {
        var personal = Store(card, reference);
        return Room is null
            ? [personal.Id]
            : [Announce(everybody ?? new Card(reader.Words["room.answered", ("name", reader.Person.Name)]) { Calls = reader.Person.Name }, everybody is null ? null : reference, Room, incoming.Thread).Id, personal.Id];
    }

    /// <summary>What a room sees: there at once where answers travel in the response, else brought by the postman of the room's channel.</summary>
    Message Announce(Card card, string? reference, Room room, string? thread)
    {
        var message = Compose(db, reader, card, MessageKind.Reply, reference, null, null, room.Id, thread);
        return Hand(message, room.Route is null ? null : room.Channel);
    }

    /// <summary>Cards about these subjects that still offer a change are outdated now; what rooms see of them is as it is now.</summary>
    async Task RetireAsync(IEnumerable<ISubject> changed, IReadOnlyList<Guid> answers, CancellationToken ct)
    {
        foreach (var subject in changed.ToList())
        {
            var others = db.Set<Message>().Where(one => one.Ref == subject.Ref && one.State == MessageState.Current && one.SentAt != null && !answers.Contains(one.Id));
            var outdated = await others.Where(one => db.Set<ButtonRecord>().Any(button => button.MessageId == one.Id && !button.Reads && button.Version != null && button.PressedAt == null)).ToListAsync(ct);
            foreach (var message in outdated)
            {
                message.Supersede(reader.Words["superseded.card", ("reference", subject.Ref)]);
                db.Add(new MessageChange { OrganizationId = db.OrganizationId, MessageId = message.Id });
                Redraw(message);
            }

            foreach (var message in await others.Where(one => one.RoomId != null).ToListAsync(ct))
            {
                // A card each: no two of them may share a button.
                if (subjects.Public(await subjects.ViewAsync(db, subject, ct), reader) is { } card && PlainText.Of(card) != PlainText.Of(Card.FromJson(message.Card)))
                {
                    message.Replace(card, null);
                    Remember(db, reader, message, card);
                    Redraw(message);
                }
            }
        }
    }

    Message Store(Card card, string? reference) => Hand(Compose(db, reader, card, MessageKind.Reply, reference, null, null, null, incoming.Thread), PostTo);

    Message Refusal(Card card, string? reference) => incoming.IsRefusedAtOnce ? Hand(Compose(db, reader, card, MessageKind.Reply, reference, null, null, null), null) : Store(card, reference);

    /// <summary>A message that is there as soon as the transaction commits, since it travels in the answer to the request, or else is handed to the postman.</summary>
    Message Hand(Message message, string? channel)
    {
        if (channel is null)
        {
            message.SentAt = reader.Now;
        }
        else
        {
            db.Add(Delivery.Reply(message, reader.Today, channel));
        }

        return message;
    }

    /// <summary>Where it stands in a channel it is drawn anew; one that is still on its way is looked after when it has arrived.</summary>
    void Redraw(Message message)
    {
        if (message is { IsOutdatedThere: true, Channel: { } channel })
        {
            db.Add(Delivery.Redraw(message, reader.Today, channel));
        }
    }

    /// <summary>A message with its button rows; not there yet for its reader until it is marked as sent.</summary>
    public static Message Compose(
        EquityDb db, Reader reader, Card card, MessageKind kind, string? reference, string? step, IReadOnlyList<MessageItem>? items, Guid? roomId, string? thread = null)
    {
        var message = new Message
        {
            Id = Guid.NewGuid(),
            OrganizationId = db.OrganizationId,
            PersonId = reader.Person.Id,
            RoomId = roomId,
            Thread = thread,
            Kind = kind,
            Ref = reference,
            Step = step,
            Card = card.ToJson(),
            Preview = reader.Words.Count("preview", items?.Count ?? 1),
            Items = items is null ? null : JsonSerializer.Serialize(items),
            CreatedAt = reader.Now,
        };
        db.Add(message);
        Remember(db, reader, message, card);
        return message;
    }

    static void Remember(EquityDb db, Reader reader, Message message, Card card)
    {
        db.Add(new MessageChange { OrganizationId = db.OrganizationId, MessageId = message.Id });
        db.Append(card.Buttons.Select(button => new ButtonRecord
        {
            Id = button.Id,
            OrganizationId = db.OrganizationId,
            MessageId = message.Id,
            Title = button.Title,
            Verb = button.Verb,
            SubjectId = button.SubjectId,
            Ref = button.Ref,
            Version = button.Version,
            Values = button.Values.Count == 0 ? "{}" : JsonSerializer.Serialize(button.Values),
            Reads = button.Reads,
            PersonId = message.RoomId is not null && button.Reads ? ButtonRecord.Anybody : reader.Person.Id,
        }));
    }
}
