using EquityBot.Chat;

namespace EquityBot.Commitments;

/// <summary>Opens all fields of a draft.</summary>
public sealed class EditDraft : ChatCommand
{
    public override string Verb => "edit-draft";

    public override string Action => "finish-draft";

    public override string Needs => "C";

    public override bool Reads => true;

    public override Offer? Offer(View view, Reader reader) =>
        view.Subject is Commitment { Status: CommitmentStatus.Draft } ? new(reader.Words["button.edit"]) : null;

    public override Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var draft = turn.Subject<Commitment>();
        return Task.FromResult(draft.Status == CommitmentStatus.Draft
            ? new Reply(DraftCard.Form(turn.View!, turn.Reader, turn.Words["draft.form-words"])) { About = draft }
            : turn.No("log.already", ("reference", draft.Ref)));
    }
}
