using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Storage;

namespace EquityBot.Escalation;

/// <summary>Somebody above the owner, or beside, offers to help. The owner decides whether to take it; the clock goes on.</summary>
public sealed partial class OfferHelp : ChatCommand
{
    public override string Verb => "offer-help";

    public override string Action => "offer-help";

    public override IReadOnlyList<Regex> Sentences => [Help()];

    public override Offer? Offer(View view, Reader reader) =>
        CanUseHelp(view.Subject) ? new(reader.Words["button.offer-help"], new Input("note", reader.Words["form.help-note"], InputType.Text)) : null;

    /// <summary>A promise that goes on; or whoever owes an answer, or a first promise.</summary>
    public static bool CanUseHelp(ISubject subject) =>
        subject is Commitment { IsRunning: true } or Commitment { Status: CommitmentStatus.Missed } or EscalationCase { Line: not Lines.Promise, IsOpen: true };

    public override Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var subject = turn.View!.Subject;
        if (!CanUseHelp(subject) && subject is not Commitment { IsOpen: true })
        {
            return Task.FromResult(turn.No("help-offer.not-open", ("reference", subject.Ref)));
        }

        var owner = turn.Roster[subject.OwnerId];
        if (subject is Commitment commitment)
        {
            turn.Record(commitment, "help-offered", turn.Value("note"));
        }

        turn.Tell(owner, subject, HelpOffered.Name, Guid.NewGuid().ToString(), MessageKind.Request, CaseNews.Facts("help-offered", turn.Speaker, turn.Value("note")));
        return Task.FromResult(new Reply(new Card(
            turn.Words["help-offer.done", ("name", owner.Name)],
            CaseNews.Statement(subject, turn.Reader),
            new Quiet(turn.Words["help-offer.clock"]),
            turn.Reader.Buttons(turn.View!, "show")))
        {
            About = subject,
        });
    }

    [GeneratedRegex(@"^(?:(?:i |we )?(?:can )?(?:offer (?:help|support|a hand) (?:with|on|for) |help(?: out)?(?: with| on)? |support |lend a hand (?:with|on) ))(?<ref>[ce]-\d+)(?:[:,]? (?<note>.+))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Help();
}

/// <summary>The owner takes the help, and may say when and how.</summary>
public sealed class AcceptHelp : AnswerHelp
{
    public override string Verb => "accept-help";

    protected override string Outcome => "help-accepted";
}

/// <summary>The owner does not need it, or not now.</summary>
public sealed class DeclineHelp : AnswerHelp
{
    public override string Verb => "decline-help";

    protected override string Outcome => "help-declined";
}

/// <summary>An answer to an offer of help: as good after the promise changed as before. It carries the owner's words back, so that the two are talking.</summary>
public abstract class AnswerHelp : ChatCommand
{
    public override string Action => "answer-help";

    protected abstract string Outcome { get; }

    public override Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var (subject, note) = (turn.View!.Subject, turn.Value("note"));
        var helper = turn.Roster[Guid.Parse(turn.Value("helper")!)];
        if (subject is Commitment commitment)
        {
            turn.Record(commitment, Outcome, note);
        }

        turn.Tell(helper, subject, CaseNews.Name, $"{Outcome}:{Guid.NewGuid()}", facts: CaseNews.Facts(Outcome, turn.Speaker, note));
        return Task.FromResult(new Reply(new Card(
            turn.Words[$"help-offer.{Outcome}", ("name", helper.Name)],
            CaseNews.Statement(subject, turn.Reader),
            turn.Reader.Buttons(turn.View!, "show")))
        {
            About = subject,
            InPlace = true,
        });
    }
}

/// <summary>The offer, to the owner.</summary>
public sealed class HelpOffered : NoticeWriter
{
    public const string Name = "help-offered";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        if (await reader.ViewAsync(db, notice.Ref, ct) is not { } view || !(OfferHelp.CanUseHelp(view.Subject) || view.Subject is Commitment { IsOpen: true }))
        {
            return null;
        }

        var offered = CaseNews.Read(notice);
        var helper = reader.Roster[offered.By];
        return new(
            reader.Words["help-offer.title", ("name", helper.Name), ("reference", notice.Ref)],
            CaseNews.Statement(view.Subject, reader),
            offered.Note is null ? null : new Quote(offered.Note, helper.Name),
            new ButtonRow([Answer("accept-help", "button.accept", "form.help-accept-note") with { Primary = true }, Answer("decline-help", "button.decline", "form.help-decline-note")]));

        Button Answer(string verb, string title, string ask) => reader.Catalogue.Command(verb).ButtonFor(
            view.Subject,
            new Offer(reader.Words[title], new Input("note", reader.Words[ask], InputType.Text))
            {
                AtAnyVersion = true,
                Values = new Dictionary<string, string> { ["helper"] = helper.Id.ToString() },
            });
    }
}
