using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Cycles;

/// <summary>What becomes of one open promise when its cycle ends: carried over, to be said anew, or retired; always with a reason, which its owner hears. Nobody decides about their own.</summary>
public sealed partial class SettlePromise : ChatCommand
{
    public override string Verb => "settle-promise";

    public override string Action => "settle-promise";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Settle()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        if (await CycleStory.RunningAsync(turn.Db, locked: true, ct) is not { Cycle.ReviewedAt: not null } story)
        {
            return turn.No("review.not-begun");
        }

        if (!commitment.IsOpen || !commitment.IsOnThePlan)
        {
            return turn.No("review.not-open", ("reference", commitment.Ref));
        }

        if (turn.Value("reason") is not { } reason || turn.Value("outcome") is not { } named)
        {
            return turn.No("review.why", ("reference", commitment.Ref));
        }

        var outcome = Read(named);
        if (await turn.Db.Set<CycleOutcome>().SingleOrDefaultAsync(one => one.CycleId == story.Cycle.Id && one.CommitmentId == commitment.Id, ct) is { } known)
        {
            (known.Outcome, known.Reason, known.ById, known.At) = (outcome, reason, turn.Speaker.Id, turn.Now);
        }
        else
        {
            turn.Db.Add(new CycleOutcome { OrganizationId = turn.Db.OrganizationId, CycleId = story.Cycle.Id, CommitmentId = commitment.Id, Outcome = outcome, Reason = reason, ById = turn.Speaker.Id, At = turn.Now });
        }

        var what = outcome switch { Outcome.CarryOver => "carried-over", Outcome.Revise => "to-revise", _ => "retired" };
        turn.Record(commitment, what, reason);
        if (outcome == Outcome.Retire)
        {
            commitment.Withdraw();
            await turn.ChangedAsync(commitment, "withdrawn", ct);
        }

        turn.Tell(turn.Roster[commitment.OwnerId], commitment, CommitmentNews.Name, $"{what}:{story.Cycle.Id:N}", facts: CommitmentNews.Facts(what, turn.Speaker, reason, story.Cycle.Name));
        await turn.Db.SaveChangesAsync(ct);
        return new(ReviewCard.Next((await CycleStory.RunningAsync(turn.Db, locked: false, ct))!, turn.Reader)) { InPlace = true };
    }

    static Outcome Read(string named) => char.ToLowerInvariant(named[0]) switch
    {
        'c' => Outcome.CarryOver,
        _ when named.StartsWith("rev", StringComparison.OrdinalIgnoreCase) => Outcome.Revise,
        _ => Outcome.Retire,
    };

    [GeneratedRegex(@"^(?<outcome>carry over|revise|retire) (?<ref>c-\d+)(?:,? because (?<reason>.+))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Settle();
}
