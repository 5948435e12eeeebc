using System.Text.RegularExpressions;
using EquityBot.Chat;

namespace EquityBot.Commitments;

/// <summary>Somebody other than the owner agrees that the promise is kept.</summary>
public sealed partial class ConfirmMet : ChatCommand
{
    public override string Verb => "confirm-met";

    public override string Action => "confirm-met";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Confirm()];

    public override Regex? Hint => Hinted();

    public override Offer? Offer(View view, Reader reader) =>
        view.Subject is Commitment { Status: CommitmentStatus.DoneUnconfirmed } commitment && commitment.ClaimedById != reader.Person.Id ? new(reader.Words["button.confirm"]) : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        if (commitment.Status != CommitmentStatus.DoneUnconfirmed)
        {
            return turn.No("confirmation.not-open", ("reference", commitment.Ref));
        }

        if (commitment.ClaimedById == turn.Speaker.Id)
        {
            return turn.No("confirmation.by-another", ("reference", commitment.Ref));
        }

        commitment.ConfirmMet();
        turn.Record(commitment, "met-confirmed", turn.Value("note"));
        await turn.ChangedAsync(commitment, "met-confirmed", ct);
        turn.Tell(turn.Roster[commitment.OwnerId], commitment, CommitmentNews.Name, $"met:{commitment.Version}", facts: CommitmentNews.Facts("met", turn.Speaker));
        return await turn.CurrentAsync(commitment, turn.Words["confirmation.met", ("reference", commitment.Ref)], ct);
    }

    [GeneratedRegex(@"^(?:(?:i|we)(?: can| hereby)? )?confirm(?:ed|ing)?(?: that)?:? (?<ref>c-\d+)(?: is| was| has been| as)?(?: really| indeed)?(?: done| kept| met| completed?| finished)?(?:[,;.-] ?(?<note>[^?\s.!].*))?[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Confirm();

    [GeneratedRegex(@"\bconfirm(?:ing|ed|s)?\b", RegexOptions.IgnoreCase)]
    private static partial Regex Hinted();
}

/// <summary>Somebody other than the owner says what is still missing.</summary>
public sealed partial class NotYet : ChatCommand
{
    public override string Verb => "not-yet";

    public override string Action => "confirm-met";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Missing()];

    public override Offer? Offer(View view, Reader reader) =>
        view.Subject is Commitment { Status: CommitmentStatus.DoneUnconfirmed } commitment && commitment.ClaimedById != reader.Person.Id
            ? new(reader.Words["button.not-yet"], new Input("reason", reader.Words["form.not-yet-reason"], InputType.Text) { Required = true })
            : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        if (commitment.Status != CommitmentStatus.DoneUnconfirmed)
        {
            return turn.No("confirmation.not-open", ("reference", commitment.Ref));
        }

        if (turn.Value("reason") is not { } reason)
        {
            return turn.No("confirmation.say-why", ("reference", commitment.Ref));
        }

        var owner = turn.Roster[commitment.OwnerId];
        commitment.GoOn(turn.WaitedInVain(commitment), turn.Now);
        turn.Record(commitment, "not-yet", reason);
        await turn.ChangedAsync(commitment, "not-yet", ct);
        turn.Tell(owner, commitment, CommitmentNews.Name, $"not-yet:{commitment.Version}", facts: CommitmentNews.Facts("not-yet", turn.Speaker, reason));
        return await turn.CurrentAsync(commitment, turn.Words["confirmation.not-yet", ("reference", commitment.Ref)], ct);
    }

    [GeneratedRegex(@"^(?:not yet,? (?<ref>c-\d+)|(?<ref>c-\d+)(?:: not yet| not yet| isn't| is not| hasn't been| has not been| not)(?: yet| really| quite)?(?: done| kept| met| completed?| finished)(?: yet)?)(?![\w?])[,:.;-]? ?(?:because |since )?(?<reason>[^?\s.!].*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Missing();
}
