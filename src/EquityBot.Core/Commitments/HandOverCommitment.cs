using System.Text.RegularExpressions;
using EquityBot.Chat;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Commitments;

/// <summary>
/// Offers a promise to another owner, who accepts or declines. The clock runs for the old owner until then; acceptance gives the current step its patience
/// again, and blames nobody for the time before.
/// </summary>
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

        var open = await turn.Db.Set<Request>().Where(one => one.CommitmentId == commitment.Id && one.Kind == RequestKind.HandOver && one.Answer == null).ToListAsync(ct);
        var left = turn.Roster.HasLeft(turn.Roster[commitment.OwnerId], turn.Now);
        open.ForEach(one => one.Settle(left ? RequestAnswer.PassedOn : RequestAnswer.Declined, turn.Now));
        turn.Record(commitment, "hand-over-asked");
        var request = turn.Ask(RequestKind.HandOver, next, commitment);
        if (next.Id == turn.Speaker.Id)
        {
            // Whoever takes it from somebody else by their own word has accepted.
            return await AnswerRequest.SettleAsync(turn, request, commitment, RequestAnswer.Accepted, ct);
        }

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
