using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;

namespace EquityBot.Commitments;

/// <summary>The owner gives a promise back, with a reason. It pends until somebody else approves, and the clock runs meanwhile.</summary>
public sealed partial class WithdrawCommitment : ChatCommand
{
    const string Reason = @"(?:(?:[,:;]| -)? ?(?:because(?: of)?|since|due to) (?<reason>.+)|[:,;] ?(?<reason>.+))?[.!]*$";

    public override string Verb => "withdraw-commitment";

    public override string Action => "withdraw";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Withdraw()];

    public override Regex? Hint => Hinted();

    public override IReadOnlyDictionary<string, string>? Filled(string said, Reader reader) => new Dictionary<string, string> { ["reason"] = said };

    public override Offer? Offer(View view, Reader reader) => CanWithdraw(view.Subject)
        ? new(reader.Words["button.withdraw"], new Input("reason", reader.Words["form.withdraw-reason"], InputType.Text) { Required = true })
        : null;

    static bool CanWithdraw(ISubject subject) => subject is Commitment { IsRunning: true } or Commitment { Status: CommitmentStatus.Missed };

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        if (!CanWithdraw(commitment))
        {
            return turn.No("withdraw.not-open", ("reference", commitment.Ref));
        }

        if (turn.Value("reason") is not { } reason)
        {
            return turn.No("withdraw.why", ("reference", commitment.Ref));
        }

        commitment.AskToWithdraw(turn.Now);
        turn.Record(commitment, "withdrawal-asked", reason);
        await turn.ChangedAsync(commitment, "withdrawal-asked", ct);
        var approver = turn.Roster.ConfirmerFor(turn.Roster[commitment.OwnerId], commitment.DepartmentId, turn.Now) ?? turn.Roster.Holder(Role.EquityOfficer);
        if (approver is not null)
        {
            turn.Ask(approver, commitment, WithdrawalNotice.Name, reason);
        }

        return await turn.CurrentAsync(commitment, turn.Words["withdraw.asked", ("reference", commitment.Ref), ("name", approver?.Name ?? turn.Words["role.officer"])], ct);
    }

    [GeneratedRegex($@"^{Manners.Intent}(?:(?:withdraw(?:ing)?|retract(?:ing)?|cancel(?:l?ing)?|drop(?:ping)?|retire|abandon|give back|take back|give up(?: on)?|remove|scrap) (?:(?:my|our|the) (?:promise|commitment) )?(?<ref>c-\d+)|give (?<ref>c-\d+) back|(?:take|pull) (?<ref>c-\d+) (?:off|from))(?: (?:off|from)? ?the (?:plan|list))?{Reason}|^(?:(?:we|i) )?(?:can't|cannot|can no longer|won't be able to|are not able to) (?:keep|do|deliver|fulfil) (?<ref>c-\d+)(?: any ?more)?{Reason}", RegexOptions.IgnoreCase)]
    private static partial Regex Withdraw();

    [GeneratedRegex(@"\b(?:withdraw(?:ing)?|cancel(?:l?ing)?|drop(?:ping)?|no longer needed|not (?:to )?go(?:ing)? ahead|off the (?:list|plan)|not needed any ?more)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Hinted();
}

/// <summary>The lead, or the supervisor where the owner is the lead, agrees that the promise is given back.</summary>
public sealed partial class ApproveWithdrawal : ChatCommand
{
    public override string Verb => "approve-withdrawal";

    public override string Action => "answer-withdrawal";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Approve()];

    public override Offer? Offer(View view, Reader reader) =>
        view.Subject is Commitment { Status: CommitmentStatus.WithdrawalPending } ? new(reader.Words["button.approve"]) : null;

    public override Task<Reply> HandleAsync(Turn turn, CancellationToken ct) => WithdrawalAnswer.GiveAsync(turn, approved: true, ct);

    [GeneratedRegex(@"^approve (?<ref>c-\d+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Approve();
}

/// <summary>The promise stays.</summary>
public sealed class DeclineWithdrawal : ChatCommand
{
    public override string Verb => "decline-withdrawal";

    public override string Action => "answer-withdrawal";

    public override string Needs => "C";

    public override Offer? Offer(View view, Reader reader) =>
        view.Subject is Commitment { Status: CommitmentStatus.WithdrawalPending }
            ? new(reader.Words["button.decline"], new Input("reason", reader.Words["form.keep-reason"], InputType.Text))
            : null;

    public override Task<Reply> HandleAsync(Turn turn, CancellationToken ct) => WithdrawalAnswer.GiveAsync(turn, approved: false, ct);
}

static class WithdrawalAnswer
{
    public static async Task<Reply> GiveAsync(Turn turn, bool approved, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        if (commitment.Status != CommitmentStatus.WithdrawalPending)
        {
            return turn.No("withdraw.nothing-asked", ("reference", commitment.Ref));
        }

        var owner = turn.Roster[commitment.OwnerId];
        if (approved)
        {
            commitment.Withdraw();
        }
        else
        {
            commitment.GoOn(turn.WaitedInVain(commitment), turn.Now);
        }

        var what = approved ? "withdrawn" : "withdrawal-declined";
        turn.Record(commitment, what, turn.Value("reason"));
        await turn.ChangedAsync(commitment, what, ct);
        turn.Tell(owner, commitment, CommitmentNews.Name, $"{what}:{commitment.Version}", facts: CommitmentNews.Facts(what, turn.Speaker, turn.Value("reason")));
        return await turn.CurrentAsync(commitment, turn.Words[$"withdraw.{(approved ? "approved" : "declined")}", ("reference", commitment.Ref)], ct);
    }
}

/// <summary>Asks for approval.</summary>
public sealed class WithdrawalNotice : NoticeWriter
{
    public const string Name = "withdrawal";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        if (await reader.ViewAsync(db, notice.Ref, ct) is not { Subject: Commitment { Status: CommitmentStatus.WithdrawalPending } commitment } view)
        {
            return null;
        }

        var owner = reader.Roster[commitment.OwnerId].Name;
        return new(
            reader.Words["withdraw.title", ("name", owner), ("reference", commitment.Ref)],
            new Words(commitment.Statement, Strong: true),
            new Quote(notice.Facts!, owner),
            new Quiet(reader.Words["withdraw.clock"]),
            reader.Buttons(view, "approve-withdrawal", "decline-withdrawal"));
    }
}
