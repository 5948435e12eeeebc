using EquityBot.Chat;

namespace EquityBot.Commitments;

/// <summary>Puts a draft on the plan: at once when it is the speaker's own, else as a proposal that its owner answers.</summary>
public sealed class ConfirmDraft : ChatCommand
{
    public override string Verb => "confirm-draft";

    public override string Action => "finish-draft";

    public override string Needs => "C";

    public override Offer? Offer(View view, Reader reader) =>
        view.Subject is Commitment { Status: CommitmentStatus.Draft } ? new(reader.Words["button.confirm"]) : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var draft = turn.Subject<Commitment>();
        if (draft.Status != CommitmentStatus.Draft)
        {
            return turn.No("log.already", ("reference", draft.Ref));
        }

        return CommitmentForm.Apply(draft, turn) ?? (draft.Due is null ? turn.No("log.by-when") : await PutOnPlanAsync(turn, draft, ct));
    }

    /// <summary>The receipt, and the handshake where somebody else is to keep it. Nobody commits another.</summary>
    public static async Task<Reply> PutOnPlanAsync(Turn turn, Commitment commitment, CancellationToken ct)
    {
        var words = turn.Words;
        if (commitment.Audience == "external" && !turn.Reader.May("promise-openly", commitment))
        {
            // What is promised to the public has the approval of whoever answers for it: they log it for the owner, who accepts.
            return turn.No("log.external", ("name", turn.Roster.Holder(People.Role.EquityOfficer)?.Name ?? words["role.officer"]), ("handle", turn.Speaker.Handle));
        }

        turn.Record(commitment, "logged", newDue: commitment.Due);
        var own = commitment.OwnerId == turn.Speaker.Id;
        if (own)
        {
            commitment.Accept(turn.Now);
            await turn.ChangedAsync(commitment, "accepted", ct);
        }
        else
        {
            commitment.Propose();
            await turn.ChangedAsync(commitment, "proposed", ct);
            turn.Ask(turn.Roster[commitment.OwnerId], commitment, ProposalNotice.Name);
        }

        // What others keep about it since a moment ago, such as its next check-in.
        await turn.Db.SaveChangesAsync(ct);
        var reader = turn.Reader;
        var view = await turn.Subjects.ViewAsync(turn.Db, commitment, ct);
        var about = view.Describe(reader).ToList();
        var buttons = ButtonRow.Of(
            reader.Catalogue.Command("undo-commitment").ButtonFor(commitment, UndoCommitment.On(reader)),
            reader.Show(commitment));
        return new(new Card(
            words[own ? "receipt.title" : "receipt.proposed", ("reference", commitment.Ref), ("name", turn.Roster[commitment.OwnerId].Name)],
            [
                new Words(commitment.Statement, Strong: true),
                new Facts(
                    new Fact(words["commitment.due"], reader.Day(commitment.Due!.Value)),
                    new Fact(words["commitment.owner"], reader.Name(commitment.OwnerId)),
                    new Fact(words["commitment.for-whom"], commitment.ForWhom ?? words["commitment.not-named"]),
                    CommitmentCard.Follows(commitment, words),
                    commitment.Rhythm is { } rhythm ? new Fact(words["form.cadence"], RhythmWords.Title(rhythm, words)) : null),
                new Quiet(words[!own ? "receipt.next-proposed" : commitment.Due <= turn.Today.PlusDays(4) ? "receipt.next-soon" : "receipt.next"]),
                .. about,
                buttons!,
            ]))
        {
            About = commitment,
            InPlace = true,
            Public = commitment.RoomId is { } room ? (room, turn.Subjects.Public(view, reader)!) : null,
        };
    }
}
