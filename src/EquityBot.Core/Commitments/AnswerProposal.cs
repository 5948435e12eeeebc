using System.Text.RegularExpressions;
using EquityBot.Chat;

namespace EquityBot.Commitments;

/// <summary>The owner takes a promise that somebody else wrote down.</summary>
public sealed partial class AcceptCommitment : ChatCommand
{
    public override string Verb => "accept-commitment";

    public override string Action => "answer-proposal";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Accept()];

    public override Regex? Hint => Hinted();

    public override Offer? Offer(View view, Reader reader) =>
        view.Subject is Commitment { Status: CommitmentStatus.Proposed } ? new(reader.Words["button.accept"]) : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        if (commitment.Status != CommitmentStatus.Proposed)
        {
            return turn.No("proposal.not-open", ("reference", commitment.Ref));
        }

        if (commitment.Due < turn.Today)
        {
            return turn.No("proposal.past", ("reference", commitment.Ref), ("day", turn.Words.DayAndYear(commitment.Due.Value)), ("name", turn.Roster[commitment.AuthorId].Name));
        }

        await ProposeDay.LetGoAsync(turn, commitment, ct);
        commitment.Accept(turn.Now);
        turn.Record(commitment, "accepted");
        await turn.ChangedAsync(commitment, "accepted", ct);
        turn.Tell(turn.Roster[commitment.AuthorId], commitment, CommitmentNews.Name, $"accepted:{commitment.Version}", facts: CommitmentNews.Facts("accepted", turn.Speaker));
        return await turn.CurrentAsync(commitment, turn.Words["receipt.title", ("reference", commitment.Ref)], ct);
    }

    [GeneratedRegex(@"^(?:(?:i|we)(?:'ll| will)? )?(?:accept|take(?: on)?|agree to|say yes to|yes to|ok to|happy to (?:take|accept)) (?<ref>c-\d+)(?: on)?[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Accept();

    [GeneratedRegex(@"\b(?:accept(?:ing)?|i'll take|take (?:it|this) on|agree(?:d)?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Hinted();
}

/// <summary>The owner does not take it; whoever wrote it down hears so.</summary>
public sealed partial class DeclineCommitment : ChatCommand
{
    public override string Verb => "decline-commitment";

    public override string Action => "answer-proposal";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Decline()];

    public override Regex? Hint => Hinted();

    public override IReadOnlyDictionary<string, string>? Filled(string said, Reader reader) => new Dictionary<string, string> { ["reason"] = said };

    public override Offer? Offer(View view, Reader reader) =>
        view.Subject is Commitment { Status: CommitmentStatus.Proposed }
            ? new(reader.Words["button.decline"], new Input("reason", reader.Words["form.decline-reason"], InputType.Text) { Required = IsSupply(view) })
            : null;

    /// <summary>Somebody's promise hangs on it, and has to know why it cannot count on it.</summary>
    static bool IsSupply(View view) => view.Aspect<Ties>()?.For is not null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        if (commitment.Status != CommitmentStatus.Proposed)
        {
            return turn.No("proposal.not-open", ("reference", commitment.Ref));
        }

        if (turn.Value("reason") is null && IsSupply(turn.View!))
        {
            return turn.No("proposal.say-why", ("reference", commitment.Ref));
        }

        commitment.Withdraw();
        turn.Record(commitment, "declined", turn.Value("reason"));
        await turn.ChangedAsync(commitment, "declined", ct);
        turn.Tell(turn.Roster[commitment.AuthorId], commitment, CommitmentNews.Name, $"declined:{commitment.Version}", facts: CommitmentNews.Facts("declined", turn.Speaker, turn.Value("reason")));
        return await turn.CurrentAsync(commitment, turn.Words["proposal.declined", ("reference", commitment.Ref)], ct);
    }

    [GeneratedRegex(@"^(?:(?:i|we) )?(?:(?:have to |must )?(?:decline|reject|refuse)|(?:can't|cannot|can not|won't|am not able to|are not able to) (?:take(?: on)?|accept)|say no to|no to) (?<ref>c-\d+)(?: on)?(?:(?:[,:.;]| -)? ?(?:because(?: of)?|since|due to) (?<reason>.+)|[,:.;]? (?<reason>.+))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Decline();

    [GeneratedRegex(@"\b(?:declin(?:e|ing)|say no|(?:can't|cannot) take|not ours|belongs (?:with|to)|reject(?:ing)?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Hinted();
}

/// <summary>Asks the owner whether they take the promise.</summary>
public sealed class ProposalNotice : NoticeWriter
{
    public const string Name = "proposal";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(Storage.EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var view = await reader.ViewAsync(db, notice.Ref, ct);
        if (view?.Subject is not Commitment { Status: CommitmentStatus.Proposed } commitment)
        {
            return null;
        }

        var words = reader.Words;
        var supplies = view.Aspect<Ties>()?.For?.Dependent;
        IEnumerable<Block?> blocks =
        [
            new Words(commitment.Statement, Strong: true),
            new Facts(
                new Fact(words["commitment.due"], reader.Day(commitment.Due!.Value)),
                new Fact(words["commitment.for-whom"], commitment.ForWhom ?? words["commitment.not-named"]),
                CommitmentCard.Follows(commitment, words)),
            .. view.Describe(reader),
            new Quiet(words[supplies is null ? "proposal.words" : "proposal.words-supply"]),
            reader.Buttons(view, "accept-commitment", "propose-day", "decline-commitment"),
        ];
        return supplies is null
            ? new(words["proposal.title", ("reference", commitment.Ref), ("name", reader.Roster[commitment.AuthorId].Name)], blocks)
            : new(words["proposal.title-supply", ("reference", supplies.Ref), ("department", reader.Roster.Department(supplies.DepartmentId).Name)], blocks);
    }
}
