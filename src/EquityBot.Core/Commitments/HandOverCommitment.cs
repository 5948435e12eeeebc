using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Commitments;

/// <summary>Offers a promise to another owner, who accepts or declines. The clock runs for the old owner until then.</summary>
public sealed partial class HandOverCommitment : ChatCommand
{
    public override string Verb => "hand-over-commitment";

    public override string Action => "hand-over";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Hand()];

    public override Offer? Offer(View view, Reader reader) => CanHand(view.Subject)
        ? new(
            reader.Words["button.hand-over"],
            new Input("to", reader.Words["form.hand-over-to"], InputType.Choice)
            {
                Required = true,
                Choices = [.. reader.Roster.People.Where(person => person.Id != view.Subject.OwnerId && !person.HasLeftBy(reader.Today)).Select(person => new Choice(person.Name, person.Handle))],
            })
        : null;

    static bool CanHand(ISubject subject) => subject is Commitment { IsRunning: true } or Commitment { Status: CommitmentStatus.Missed };

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        if (!CanHand(commitment))
        {
            return turn.No("hand-over.not-open", ("reference", commitment.Ref));
        }

        if (turn.Value("to") is not { } named || turn.Roster.ByName(named) is not { } next || next.HasLeftBy(turn.Today))
        {
            return turn.No("log.no-such-person", ("name", turn.Value("to")));
        }

        if (next.Id == commitment.OwnerId)
        {
            return turn.No("hand-over.same", ("reference", commitment.Ref), ("name", next.Name));
        }

        var open = await turn.Db.Set<HandOver>().SingleOrDefaultAsync(one => one.CommitmentId == commitment.Id && one.Answer == null, ct);
        open?.Decline(turn.Now);
        var offer = new HandOver { Id = Guid.NewGuid(), OrganizationId = turn.Db.OrganizationId, CommitmentId = commitment.Id, FromId = turn.Speaker.Id, ToId = next.Id, AskedAt = turn.Now };
        turn.Db.Add(offer);
        turn.Record(commitment, "hand-over-asked");
        turn.Tell(next, commitment, HandOverAsked.Name, offer.Id.ToString(), MessageKind.Request);
        return new(new Card(
            turn.Words["hand-over.asked", ("reference", commitment.Ref), ("name", next.Name)],
            new Words(commitment.Statement, Strong: true),
            new Quiet(turn.Words["hand-over.clock"]),
            turn.Reader.Buttons(turn.View!, "show")))
        {
            About = commitment,
        };
    }

    [GeneratedRegex(@"^hand(?: over)? (?<ref>c-\d+)(?: over)? to (?<to>@?[\p{L}\p{N}._' -]{1,60})$", RegexOptions.IgnoreCase)]
    private static partial Regex Hand();
}

/// <summary>The new owner takes the promise, or not. Taking it gives the current step its patience again, and blames nobody for the time before.</summary>
public sealed class AnswerHandOver : ChatCommand
{
    public override string Verb => "answer-hand-over";

    public override string Action => "ask";

    public override string Needs => "C";

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        var id = Guid.Parse(turn.Value("hand-over")!);
        var offer = await turn.Db.Set<HandOver>().Where(one => one.Id == id).ForUpdate().SingleAsync(ct);
        if (offer.Answer is not null || !commitment.IsOpen)
        {
            return turn.No("hand-over.answered", ("reference", commitment.Ref));
        }

        var accepted = turn.Value("answer") == "accepted";
        var before = turn.Roster[commitment.OwnerId];
        if (accepted)
        {
            offer.Accept(turn.Now);
            commitment.HandTo(turn.Speaker, turn.Now);
            turn.Record(commitment, "handed-over");
            await turn.ChangedAsync(commitment, "handed-over", ct);
        }
        else
        {
            offer.Decline(turn.Now);
            turn.Record(commitment, "hand-over-declined", turn.Value("reason"));
        }

        var news = accepted ? "handed-over" : "hand-over-declined";
        turn.Tell(before, commitment, CommitmentNews.Name, $"{news}:{offer.Id}", facts: CommitmentNews.Facts(news, turn.Speaker, turn.Value("reason")));
        return accepted
            ? await turn.CurrentAsync(commitment, turn.Words["hand-over.accepted", ("reference", commitment.Ref)], ct)
            : new(new Card(turn.Words["hand-over.declined", ("reference", commitment.Ref), ("name", before.Name)], turn.Reader.Buttons(turn.View!, "show"))) { About = commitment, InPlace = true };
    }
}

/// <summary>Asks the new owner.</summary>
public sealed class HandOverAsked : NoticeWriter
{
    public const string Name = "hand-over-asked";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var id = Guid.Parse(notice.Period);
        if (await db.Set<HandOver>().SingleOrDefaultAsync(one => one.Id == id && one.Answer == null, ct) is not { } offer
            || await reader.ViewAsync(db, notice.Ref, ct) is not { Subject: Commitment { IsOpen: true } commitment })
        {
            return null;
        }

        var words = reader.Words;
        return new(
            words["hand-over.title", ("name", reader.Roster[offer.FromId].Name), ("reference", commitment.Ref)],
            new Words(commitment.Statement, Strong: true),
            CommitmentCard.StatusOf(commitment, words),
            new Facts(
                new Fact(words["commitment.due"], reader.Day(commitment.Due!.Value)),
                new Fact(words["commitment.for-whom"], commitment.ForWhom ?? words["commitment.not-named"])),
            CommitmentCard.LastNote(commitment, reader),
            new ButtonRow([Answer("accepted", new Offer(words["button.accept"])) with { Primary = true }, Answer("declined", new Offer(words["button.decline"], new Input("reason", words["form.decline-reason"], InputType.Text)))]));

        Button Answer(string answer, Offer button) => reader.Catalogue.Command("answer-hand-over").ButtonFor(commitment, button) with
        {
            Version = null,
            Values = new Dictionary<string, string> { ["hand-over"] = offer.Id.ToString(), ["answer"] = answer },
        };
    }
}
