using EquityBot.Chat;

namespace EquityBot.Commitments;

/// <summary>One tap: for whom, level or driver of a draft. The card asks the next question in place.</summary>
public sealed class AnswerDraft : ChatCommand
{
    public override string Verb => "answer-draft";

    public override string Action => "finish-draft";

    public override string Needs => "C";

    public override Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var draft = turn.Subject<Commitment>();
        if (draft.Status != CommitmentStatus.Draft)
        {
            return Task.FromResult(turn.No("log.already", ("reference", draft.Ref)));
        }

        draft.Refine();
        return Task.FromResult(CommitmentForm.Apply(draft, turn) ?? new Reply(DraftCard.Of(turn.View!, turn.Reader)) { About = draft, InPlace = true });
    }
}
