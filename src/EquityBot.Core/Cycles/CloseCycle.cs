using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.People;

namespace EquityBot.Cycles;

/// <summary>The round is over: only once its review is written and every open promise has an outcome.</summary>
public sealed partial class CloseCycle(IEnumerable<RosterPart> parts) : ChatCommand
{
    public override string Verb => "close-cycle";

    public override string Action => "run-cycle";

    public override IReadOnlyList<Regex> Sentences => [Close()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        if (await CycleStory.RunningAsync(turn.Db, locked: true, ct) is not { } story)
        {
            return turn.No("cycle.none-words");
        }

        if (story.Cycle.ReviewedAt is null)
        {
            return turn.No("close.review-first", ("cycle", story.Cycle.Name));
        }

        if (story.Undecided.Count() is > 0 and var left)
        {
            return Reply.No(turn.Words["refusal.title"], turn.Words.Count("close.undecided", left, ("cycle", story.Cycle.Name)));
        }

        story.Now?.Leave(turn.Now);
        story.Cycle.Close(turn.Now);
        await turn.Db.SaveChangesAsync(ct);
        foreach (var part in parts)
        {
            // Whoever keeps something for each cycle ends it.
            await part.RosterChangedAsync(turn.Db, turn.Now, ct);
        }

        return new(new Card(
            turn.Words["close.done", ("cycle", story.Cycle.Name)],
            story.Cycle.Recommendations is { } advice && story.Cycle.ReviewedById is { } by ? new Quote(advice, turn.Reader.Name(by)) : new Quiet(turn.Words["close.no-change"]),
            new Words(turn.Words["close.next"])))
        {
            InPlace = true,
        };
    }

    [GeneratedRegex(@"^(?:close|end|finish) (?:the |our )?cycle[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Close();
}
