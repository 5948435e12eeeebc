using System.Text.RegularExpressions;
using EquityBot.Chat;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>Takes back what the speaker did last to a promise, within ten minutes: logging it, or saying that it is done. Kept as a reversal, never as if it had not been.</summary>
public sealed partial class UndoCommitment : ChatCommand
{
    static readonly Duration Window = Duration.FromMinutes(10);

    public override string Verb => "undo-commitment";

    public override string Action => "undo";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Undo()];

    /// <summary>Whether it is still in time is asked when it is pressed; a card shows what may be.</summary>
    public override Offer? Offer(View view, Reader reader) => null;

    public static Offer On(Reader reader) => new(reader.Words["button.undo"]);

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        var last = await turn.Db.Set<CommitmentEvent>().Where(one => one.CommitmentId == commitment.Id).OrderByDescending(one => one.Seq).FirstOrDefaultAsync(ct);
        if (last is null || last.ById != turn.Speaker.Id || last.What is not ("logged" or "done-claimed"))
        {
            return turn.No("undo.nothing", ("reference", commitment.Ref));
        }

        if (turn.Now - last.At > Window)
        {
            return turn.No("undo.too-late", ("reference", commitment.Ref), ("minutes", Window.Minutes + (Window.Hours * 60)));
        }

        if (last.What == "logged")
        {
            commitment.Withdraw();
        }
        else
        {
            commitment.GoOn(turn.WaitedInVain(commitment), turn.Now);
        }

        turn.Record(commitment, $"reversed:{last.What}");
        await turn.ChangedAsync(commitment, last.What == "logged" ? "withdrawn" : "not-yet", ct);
        return await turn.CurrentAsync(commitment, turn.Words[$"undo.{last.What}", ("reference", commitment.Ref)], ct);
    }

    [GeneratedRegex(@"^(?:oops,? )?(?:undo|take back my last word on|oops,?|reverse)(?: that| it| this| the last thing)?(?:(?:,| on| for| about)? (?<ref>c-\d+))?[.!]*$|^(?<ref>c-\d+)[:,]? undo[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Undo();
}
