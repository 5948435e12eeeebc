using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Chat;

/// <summary>
/// Takes one authentic message of a channel through one transaction: event id, person, PHI screen, subject, rights, command, audit entry, notices,
/// reply. Nothing that was not screened is stored or logged, and nothing a person typed is logged at all.
/// </summary>
public sealed class Switchboard(EquityStore store, Phrasebook phrasebook, Catalogue catalogue, Subjects subjects, Languages languages, HospitalClock clock, ILogger<Switchboard> log)
{
    /// <summary>Longest text a person may send, in characters.</summary>
    public const int LongestText = 4000;

    /// <summary>Most subjects that one message may be about.</summary>
    const int MostReferences = 10;

    static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    readonly EventLocks deciding = new();

    /// <summary>Builds what is built at first use, which takes longer than a platform waits for an answer.</summary>
    public void WarmUp()
    {
        var words = languages["en"];
        Dates.Find("by Friday", new LocalDate(2026, 3, 2));
        PhiScreen.Check("warm");
        phrasebook.Understand("warm", words);
    }

    public async Task<Handled> HandleAsync(IncomingMessage incoming, CancellationToken ct)
    {
        if ((incoming.Organization ?? await OrganizationOfAsync(incoming, ct)) is not { } organization)
        {
            return new Handled.UnknownWorkspace();
        }

        using var mine = deciding.TryTake(incoming);
        if (mine is null)
        {
            return new Handled.Busy();
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            return await store.WriteAsync(organization, Urgency.Inbound, db => WithinLimitAsync(db, incoming, limit), ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("An event of {Channel} took longer than {Limit} and was rolled back; the platform asks again", incoming.Channel, Limit);
            return new Handled.Busy();
        }
    }

    /// <summary>The limit begins when the database is ours: waiting in a queue is not the command's fault.</summary>
    Task<Handled> WithinLimitAsync(EquityDb db, IncomingMessage incoming, CancellationTokenSource limit)
    {
        limit.CancelAfter(Limit);
        return DecideAsync(db, incoming, limit.Token);
    }

    async Task<Guid?> OrganizationOfAsync(IncomingMessage incoming, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        return await everywhere.Rows<Workspace>()
            .Where(one => one.Channel == incoming.Channel && one.Tenant == incoming.Tenant)
            .Select(one => (Guid?)one.OrganizationId)
            .SingleOrDefaultAsync(ct);
    }

    async Task<Handled> DecideAsync(EquityDb db, IncomingMessage incoming, CancellationToken ct)
    {
        if (!await EventLocks.LockAsync(db, incoming, ct))
        {
            return new Handled.Busy();
        }

        var digest = incoming.Digest();
        if (await db.Set<ReceivedEvent>().AsNoTracking().SingleOrDefaultAsync(one => one.Channel == incoming.Channel && one.EventId == incoming.EventId, ct) is { } before)
        {
            return before.Digest is null || before.Digest == digest ? new Handled.Duplicate(before.Outcome, before.Answers ?? []) : new Handled.Mismatch();
        }

        var now = clock.GetUtcNow().ToInstant();
        var received = new ReceivedEvent { OrganizationId = db.OrganizationId, Channel = incoming.Channel, EventId = incoming.EventId, At = now };
        db.Add(received);
        var roster = await Roster.LoadAsync(db, ct);
        var words = languages[roster.Organization.Language];
        var addresses = await AddressesAsync(db, incoming.Channel, incoming.Sender, ct);
        if (Present(addresses, roster, now) is not { } sender)
        {
            return new Handled.Stranger(LinkAccount.Card(words));
        }

        await AnswersHereAsync(db, incoming.Channel, addresses, ct);
        var room = incoming.Room is null ? null : (await db.Set<Room>().AsNoTracking().Where(one => one.Channel == null || one.Channel == incoming.Channel).ToListAsync(ct))
            .SingleOrDefault(one => (one.Address ?? one.Name) == incoming.Room && one.Members.Contains(sender.Id));
        if (incoming.Room is not null && room is null)
        {
            return new Handled.NotFound();
        }

        var conversation = new Conversation(db, subjects, new Reader(sender, roster, words, now, catalogue, subjects), incoming, room, received, digest);
        var handled = incoming.Press is { } press
            ? await PressedAsync(conversation, press, ct)
            : await SaidAsync(conversation, incoming.Text ?? "", ct);
        if (handled is Handled.Answered answered)
        {
            received.Answer(answered.Outcome, answered.Messages);
        }

        return handled;
    }

    /// <summary>Whose id that is in that channel; null for nobody's, and for that of somebody who has left.</summary>
    internal static async Task<Person?> SenderAsync(EquityDb db, string channel, string sender, Roster roster, Instant now, CancellationToken ct) =>
        Present(await AddressesAsync(db, channel, sender, ct), roster, now);

    /// <summary>All addresses of whoever has that one.</summary>
    static Task<List<ChatAddress>> AddressesAsync(EquityDb db, string channel, string sender, CancellationToken ct) => (
        from mine in db.Set<ChatAddress>()
        join one in db.Set<ChatAddress>() on mine.PersonId equals one.PersonId
        where mine.Channel == channel && mine.Address == sender
        select one).AsNoTracking().ToListAsync(ct);

    static Person? Present(IReadOnlyList<ChatAddress> addresses, Roster roster, Instant now) =>
        addresses is [{ PersonId: var id }, ..] && roster.Find(id) is { } person && !person.HasLeftBy(roster.TodayOf(person, now)) ? person : null;

    /// <summary>Who is in several chats is written to where they last said something; mail stays what is left when those fail.</summary>
    static async Task AnswersHereAsync(EquityDb db, string channel, IReadOnlyList<ChatAddress> addresses, CancellationToken ct)
    {
        var here = addresses.Single(one => one.Channel == channel);
        if (channel != EmailAddresses.Channel && addresses.Where(one => one != here).Select(one => (int?)one.Rank).Min() is { } first && first <= here.Rank)
        {
            await db.Set<ChatAddress>().Where(one => one.PersonId == here.PersonId && one.Channel == channel).ExecuteUpdateAsync(set => set.SetProperty(one => one.Rank, first - 1), ct);
        }
    }

    async Task<Handled> SaidAsync(Conversation conversation, string text, CancellationToken ct)
    {
        var words = conversation.Reader.Words;
        if (text.Length > LongestText)
        {
            return conversation.Refuse(words["refusal.title"], words["refusal.too-long", ("limit", LongestText)]);
        }

        if (PhiScreen.Check(text) is { } rule)
        {
            log.LogInformation("Refused a message before storage: screen rule {Rule}", rule);
            return conversation.Refuse(words["phi.title"], words[$"phi.{rule}"]);
        }

        conversation.Screened();
        var parts = phrasebook.UnderstandEach(text, words);
        if (parts.Count > MostReferences)
        {
            return conversation.Refuse(words["refusal.title"], words["refusal.too-many-references", ("limit", MostReferences)]);
        }

        var (outcome, messages) = (PressOutcome.Refused, new List<Guid>());
        foreach (var part in parts)
        {
            if (await SaidAsync(conversation, part, text, ct) is not Handled.Answered answered)
            {
                throw new InvalidOperationException("What is said is answered.");
            }

            outcome = answered.Outcome == PressOutcome.Done ? PressOutcome.Done : outcome;
            messages.AddRange(answered.Messages);
            if (parts.Count > 1)
            {
                await conversation.KeepAsync(ct);
            }
        }

        return new Handled.Answered(outcome, messages);
    }

    async Task<Handled> SaidAsync(Conversation conversation, Understood understood, string text, CancellationToken ct)
    {
        var words = conversation.Reader.Words;
        if (understood.Command is not { } command)
        {
            return conversation.Answer(ShowHelp.NearMiss(conversation.Reader, await HunchesAsync(conversation, Manners.Without(Phrasebook.Tidy(text)), ct), understood.Nearest));
        }

        View? view = null;
        if (understood.Values.TryGetValue("ref", out var reference))
        {
            view = await subjects.LoadAsync(conversation.Db, reference, locked: !command.Reads, ct);
            if (view is null || !conversation.MaySee(view.Subject) || (command.Needs is { } prefix && !view.Subject.Ref.StartsWith(prefix + "-", StringComparison.Ordinal)))
            {
                return conversation.Refuse(words["refusal.title"], words["refusal.no-such-reference", ("reference", reference.ToUpperInvariant())]);
            }
        }

        if (understood.Values.FirstOrDefault(value => value.Key != "words" && value.Value.Length > Form.LongestValue) is { Key: not null })
        {
            return conversation.Refuse(words["refusal.title"], words["refusal.text-too-long", ("limit", Form.LongestValue)]);
        }

        return await RunAsync(conversation, command, view, understood.Values, null, null, ct);
    }

    async Task<IReadOnlyList<Button>> HunchesAsync(Conversation conversation, string said, CancellationToken ct)
    {
        if (Hunches.ReferenceIn(said) is not { } reference)
        {
            return Hunches.Of(said, null, conversation.Reader);
        }

        var view = await subjects.LoadAsync(conversation.Db, reference, locked: false, ct);
        return view is not null && conversation.MaySee(view.Subject) ? Hunches.Of(said, view, conversation.Reader) : [];
    }

    async Task<Handled> PressedAsync(Conversation conversation, Press press, CancellationToken ct)
    {
        var (db, reader) = (conversation.Db, conversation.Reader);
        var message = await db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == press.MessageId && one.SentAt != null, ct);
        var button = await db.Set<ButtonRecord>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == press.ButtonId && one.MessageId == press.MessageId, ct);
        if (message is null || button is null)
        {
            return new Handled.NotFound();
        }

        // What is somebody else's is said to be nowhere, and kept.
        if (!await conversation.SeesAsync(message, ct))
        {
            conversation.Audit("press", button.Ref, "refused");
            return new Handled.NotFound();
        }

        var words = reader.Words;
        if (button.PersonId != ButtonRecord.Anybody && button.PersonId != reader.Person.Id)
        {
            conversation.Audit("press", button.Ref, "refused");
            return conversation.Refuse(words["refusal.title"], words["refusal.not-your-button", ("name", reader.Roster[button.PersonId].Name)]);
        }

        var command = catalogue.Command(button.Verb);
        var view = button.Ref is null ? null : await subjects.LoadAsync(db, button.Ref, locked: !command.Reads, ct);
        button = await db.Set<ButtonRecord>().Where(one => one.Id == press.ButtonId).ForUpdate().SingleAsync(ct);
        message = await db.Set<Message>().Where(one => one.Id == press.MessageId).ForUpdate().SingleAsync(ct);
        if (Form.Screened(press.Values, []).Count == press.Values.Count)
        {
            conversation.Screened();
        }

        if (button.PressedAt is not null && !button.Reads)
        {
            return new Handled.Answered(PressOutcome.Repeat, button.Answers);
        }

        if (view is not null && button.Version is { } made && made != view.Subject.Version)
        {
            return await conversation.SupersededAsync(view, message, button, press.Values, ct);
        }

        var form = Form.Read(message, button, press.Values, reader);
        return form.Problem is { } problem
            ? conversation.Refuse(words[form.Phi is null ? "refusal.title" : "phi.title"], problem)
            : await RunAsync(conversation, command, view, form.Values, message, button, ct);
    }

    static async Task<Handled> RunAsync(
        Conversation conversation, ChatCommand command, View? view, IReadOnlyDictionary<string, string> values, Message? pressed, ButtonRecord? button, CancellationToken ct)
    {
        var reader = conversation.Reader;
        var turn = new Turn(conversation.Db, reader, values) { View = view, Room = conversation.Room, Source = conversation.Source, Pressed = pressed };
        Reply reply;
        if (!reader.May(command.Action, view?.Subject))
        {
            reply = turn.No(reader.Words.Has($"denied.{command.Action}") ? $"denied.{command.Action}" : "denied", ("reference", view?.Subject.Ref));
        }
        else
        {
            reply = command.Needs is not null && view is null
                ? turn.No("refusal.which-one", ("example", reader.Words[$"help.{command.Verb}"]))
                : await command.HandleAsync(turn, ct);
        }

        if (reply.Refused)
        {
            conversation.ForgetChanges();
        }

        conversation.Audit(command.Verb, (reply.About ?? view?.Subject)?.Ref, reply.Refused ? "refused" : "done", Change.Write(turn.Changes));
        return await conversation.ConcludeAsync(turn, reply, button, ct);
    }
}
