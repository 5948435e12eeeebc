using System.Text.RegularExpressions;
using EquityBot.Access;
using EquityBot.Chat;

namespace EquityBot.Goals;

/// <summary>The way from a goal's card to the chart of all its numbers: where chat shows a table, and where it shows the last few.</summary>
public sealed partial class OpenChart(Links links) : ChatCommand
{
    public override string Verb => "open-chart";

    public override string Action => "read-details";

    public override string? Needs => "G";

    public override bool Reads => true;

    public override IReadOnlyList<Regex> Sentences => [Chart()];

    public static string PathOf(ISubject goal) => $"/goals/{goal.Ref}";

    /// <summary>The card of the goal's page, where nothing is asked; without a chart while its numbers are no way yet.</summary>
    public static Card Page(View view, Reader reader)
    {
        var (goal, record) = ((SmartGoal)view.Subject, view.Aspect<GoalRecord>()!);
        var (card, asked, whole) = (GoalCard.Of(view, reader).Plain(), GoalCard.Question(view, reader), GoalCard.Went(goal, record, reader, int.MaxValue));
        return card with { Blocks = [.. card.Blocks.Where(block => block != asked).Select(block => block is Trend ? whole! : block)] };
    }

    public override Offer? Offer(View view, Reader reader) =>
        links.IsOn && view.Subject is SmartGoal { IsOnThePlan: true } goal && GoalCard.Went(goal, view.Aspect<GoalRecord>()!, reader) is not null ? new(reader.Words["goal.chart"]) : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        if (!links.IsOn)
        {
            return turn.No("page.off");
        }

        var (words, goal) = (turn.Words, turn.Subject<SmartGoal>());
        if (GoalCard.Went(goal, turn.View!.Aspect<GoalRecord>()!, turn.Reader) is null)
        {
            return turn.No("goal.no-chart", ("reference", goal.Ref));
        }

        var address = await links.IssueAsync(turn.Db, turn.Speaker.Id, PathOf(goal), Links.WhileLooking, ct);
        return new(new Card(words["goal.chart-title", ("reference", goal.Ref)], new Words(words["page.words", ("minutes", (int)Links.WhileLooking.TotalMinutes)]), new Link(words["page.open"], address))) { About = goal };
    }

    [GeneratedRegex(@"^(?:(?:open|show|see|draw)(?: me)? )?(?:the )?(?:chart|trend|graph)(?: of| for| on)? (?<ref>g-\d+)[.?!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Chart();
}
