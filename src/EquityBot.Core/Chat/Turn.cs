using EquityBot.People;
using EquityBot.Storage;
using NodaTime;

namespace EquityBot.Chat;

/// <summary>One thing said or pressed, with all that its command may use.</summary>
public sealed class Turn(EquityDb db, Reader reader, IReadOnlyDictionary<string, string> values)
{
    readonly List<Change> changes = [];

    public EquityDb Db => db;

    /// <summary>The speaker, who also reads the answer.</summary>
    public Reader Reader => reader;

    public Person Speaker => reader.Person;

    public Roster Roster => reader.Roster;

    public Phrases Words => reader.Words;

    public Instant Now => reader.Now;

    public LocalDate Today => reader.Today;

    /// <summary>From where the speaker reckons: their day, their site's working days, the organization's fiscal year.</summary>
    public Reckoning Reckoning => reader.Reckoning;

    /// <summary>What was typed or chosen, trimmed, blank where a filled-in field was emptied: sentence groups or inputs by id.</summary>
    public IReadOnlyDictionary<string, string> Values => values;

    public string? Value(string id) => values.GetValueOrDefault(id) is { Length: > 0 } value ? value : null;

    /// <summary>Emptied a field that was filled in beforehand.</summary>
    public bool Cleared(string id) => values.GetValueOrDefault(id) is "";

    /// <summary>Loaded, locked and authorised; null only for commands that need none.</summary>
    public View? View { get; init; }

    /// <summary>The subject as its own type.</summary>
    public T Subject<T>() where T : class, ISubject => (T)View!.Subject;

    /// <summary>The room it was said in; null in a personal conversation.</summary>
    public Room? Room { get; init; }

    /// <summary>Where the channel shows the message that this is about; null for what is said here.</summary>
    public Uri? Source { get; init; }

    /// <summary>The message whose button was pressed.</summary>
    public Message? Pressed { get; init; }

    public Subjects Subjects => reader.Subjects;

    public IReadOnlyList<Change> Changes => changes;

    /// <summary>Says what became of a subject: followers act on it at once, older cards are superseded, the audit trail keeps it.</summary>
    public Task ChangedAsync(ISubject subject, string what, CancellationToken ct)
    {
        var change = new Change(subject, what);
        changes.Add(change);
        return Subjects.FollowAsync(db, change, Roster, Now, ct);
    }

    /// <summary>Decides that somebody is to hear about a subject at once. Telling people what they did themselves is left out, and so is whoever has left.</summary>
    public void Tell(Person recipient, ISubject subject, string trigger, string period, MessageKind kind = MessageKind.Reply, string? facts = null)
    {
        if (recipient.Id != Speaker.Id && !recipient.HasLeftBy(Roster.TodayOf(recipient, Now)))
        {
            db.Add(new Notice
            {
                OrganizationId = db.OrganizationId,
                SubjectId = subject.Id,
                Ref = subject.Ref,
                Trigger = trigger,
                Period = period,
                RecipientId = recipient.Id,
                Kind = kind,
                Slot = Slot.Now,
                Facts = facts,
                DecidedAt = Now,
                NotBefore = Now,
            });
        }
    }

    /// <summary>The subject's card as it is now, for the speaker.</summary>
    public async Task<Card> CurrentCardAsync(ISubject subject, CancellationToken ct) =>
        Subjects.Card(await Subjects.ViewAsync(db, subject, ct), reader);

    /// <summary>A refusal: what was understood, what is wrong, and the words that would work.</summary>
    public Reply No(string key, params (string, object?)[] values) => Reply.No(Words["refusal.title"], Words[key, values]);
}

/// <summary>What a command answers.</summary>
public sealed record Reply(Card Card)
{
    /// <summary>A person's mistake: nothing changed, and the button stays.</summary>
    public bool Refused { get; init; }

    public ISubject? About { get; init; }

    /// <summary>The pressed card becomes this one.</summary>
    public bool InPlace { get; init; }

    /// <summary>What a room sees beside it; a room in which something was said is otherwise told that the answer went to the speaker.</summary>
    public (Guid RoomId, Card Card)? Public { get; init; }

    public static Reply No(string title, string words) => new(new Card(title, new Words(words))) { Refused = true };
}
