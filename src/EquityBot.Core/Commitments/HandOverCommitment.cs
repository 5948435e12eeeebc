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

    public override Regex? Hint => Hinted();

    public override IReadOnlyDictionary<string, string>? Filled(string said, Reader reader) =>
        Naming.PeopleIn(said, reader.Roster, reader.Today, reader.Words).FirstOrDefault(person => person.Id != reader.Person.Id) is { } next ? new Dictionary<string, string> { ["to"] = next.Handle } : null;

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

        var (next, ask) = Whom.Named(turn, this, "to");
        if (next is null)
        {
            return ask!;
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

    [GeneratedRegex($@"^{Manners.Intent}(?:hand(?:ing)?|giv(?:e|ing)|pass(?:ing)?|reassign(?:ing)?|transfer|assign|delegate|turn)(?: over| on| off)? (?<ref>c-\d+)(?: over| on| off)? to (?<to>{Manners.Name})[.!?]*$|^(?:change|set) (?:the )?owner of (?<ref>c-\d+) to (?<to>{Manners.Name})[.!?]*$|^(?:make|let|have|ask) (?<to>{Manners.Name}) (?:the (?:new )?owner of|take|to take|own|to own)(?: over| on)? (?<ref>c-\d+)(?: over| on)?[.!?]*$|^(?!(?:i|we|who|which|what|nobody|somebody)\b)(?<to>{Manners.Name}) (?:takes|will take|is taking|can take|should take|is going to take|owns|will own|is the new owner of|has taken)(?: over| on)? (?<ref>c-\d+)(?: over| on)?(?: from (?:here|now|me|us)(?: on)?)?[.!?]*$|^(?<ref>c-\d+) (?:goes|is going|should go|belongs|moves over) to (?<to>{Manners.Name})[.!?]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Hand();

    [GeneratedRegex(@"\b(?:reassign|transfer(?:ring)?|hand(?:ing)?(?: over)?|pass(?:ing)?(?: on)?|(?:new |change )?owner|tak(?:es|ing) over|go to|give|owns? it)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Hinted();
}
