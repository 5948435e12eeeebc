using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;

namespace EquityBot.Escalation;

/// <summary>The owner answers: a new day, what was in the way, what is needed. It spends an extension; if the day passes, the interrupted step goes again.</summary>
public sealed partial class AcknowledgeCase : ChatCommand
{
    public override string Verb => "acknowledge-case";

    public override string Action => "acknowledge";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Acknowledge()];

    public override Offer? Offer(View view, Reader reader) =>
        view.Subject is Commitment commitment && commitment.Extensions < commitment.ExtensionLimit && IsAnswerable(view)
            ? new(reader.Words["button.acknowledge"], PushCommitment.Inputs(reader))
            : null;

    static bool IsAnswerable(View view) => view.Aspect<CaseStory>() is { Case: { Status: CaseStatus.Open, HeldSince: null, Trigger: Triggers.Due } };

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        if (!IsAnswerable(turn.View!))
        {
            return turn.No("acknowledge.not-open", ("reference", commitment.Ref));
        }

        if (await PushCommitment.MoveAsync(turn, commitment, ct) is { } refusal)
        {
            return refusal;
        }

        var card = await turn.CurrentCardAsync(commitment, ct);
        return new(new Card(
            turn.Words["acknowledge.done", ("reference", commitment.Ref), ("day", turn.Reader.Day(commitment.Due!.Value))],
            [new Words(commitment.Statement, Strong: true), new Words(turn.Words["acknowledge.lapse"]), .. card.Blocks]))
        {
            About = commitment,
            InPlace = true,
        };
    }

    [GeneratedRegex(@"^(?:ack(?:nowledge)?|(?:i|we) acknowledge|(?:i'm |we're )?on it[,:]?|(?:i|we)(?:'ll| will) take care of|leave) (?<ref>c-\d+)(?: to (?:me|us))?(?:,? (?:by|to|until) (?<due>.+?))?(?:,? because (?<reason>.+?))?(?:,? need(?:ing|s)? (?<need>.+))?[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Acknowledge();
}
