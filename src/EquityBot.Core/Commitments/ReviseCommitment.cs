using System.Text.RegularExpressions;
using EquityBot.Chat;

namespace EquityBot.Commitments;

/// <summary>What was promised cannot be changed without a trace: it is worded anew with a reason, the old words stay in its history, and whoever confirms it hears.</summary>
public sealed partial class ReviseCommitment : ChatCommand
{
    public override string Verb => "revise-commitment";

    public override string Action => "revise";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Reword()];

    /// <summary>Said rather than pressed: a button for it would invite to change what was promised.</summary>
    public override Offer? Offer(View view, Reader reader) => null;

    static bool CanRevise(Commitment commitment) => commitment.IsRunning || commitment.Status == CommitmentStatus.Missed;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        if (!CanRevise(commitment))
        {
            return turn.No("revise.not-open", ("reference", commitment.Ref));
        }

        var statement = CommitmentForm.Statement(turn.Value("what") ?? "");
        if (statement.Length is 0 or > 500)
        {
            return turn.No(statement.Length == 0 ? "revise.what" : "log.what-too-long", ("reference", commitment.Ref), ("limit", 500));
        }

        if (turn.Value("reason") is not { } reason)
        {
            return Why(turn, commitment, statement);
        }

        turn.Record(commitment, "revised", reason, oldWords: commitment.Statement);
        commitment.Reword(statement);
        await turn.ChangedAsync(commitment, "revised", ct);
        if (turn.Roster.ConfirmerFor(turn.Roster[commitment.OwnerId], commitment.DepartmentId, turn.Now) is { } confirmer)
        {
            turn.Tell(confirmer, commitment, CommitmentNews.Name, $"revised:{commitment.Version}", facts: CommitmentNews.Facts("revised", turn.Speaker, reason));
        }

        return await turn.CurrentAsync(commitment, turn.Words["revise.done", ("reference", commitment.Ref)], ct);
    }

    /// <summary>The new words, and a field for the reason.</summary>
    Reply Why(Turn turn, Commitment commitment, string statement) => new(new Card(
        turn.Words["revise.why", ("reference", commitment.Ref)],
        new Words(statement, Strong: true),
        new Quiet(turn.Words["revise.before", ("statement", commitment.Statement)]),
        new ButtonRow([ButtonFor(commitment, new Offer(turn.Words["button.revise"], new Input("reason", turn.Words["form.revise-reason"], InputType.Text) { Required = true })
        {
            Values = new Dictionary<string, string> { ["what"] = statement },
        }) with { Primary = true }])))
    {
        Refused = true,
        About = commitment,
    };

    [GeneratedRegex(@"^(?:reword|rephrase|revise|restate|rewrite|change the (?:wording|words|text) of) (?<ref>c-\d+)(?: to say| to| as)?:? (?<what>.+?)(?:,? (?:because|since) (?<reason>.+))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Reword();
}
