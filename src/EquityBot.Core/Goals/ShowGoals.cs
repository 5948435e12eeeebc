using System.Text.RegularExpressions;
using EquityBot.Chat;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Goals;

/// <summary>The speaker's goals, the earliest due first.</summary>
public sealed partial class ShowGoals : ChatCommand
{
    const int Shown = 8;

    public override string Verb => "show-goals";

    public override string Action => "read-plan";

    public override bool Reads => true;

    public override IReadOnlyList<Regex> Sentences => [Mine()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var words = turn.Words;
        var mine = await turn.Db.Set<SmartGoal>().AsNoTracking()
            .Where(one => one.OwnerId == turn.Speaker.Id && one.PlacedAt != null && (one.State == GoalState.Draft || one.State == GoalState.Valid)).OrderBy(one => one.Due).ThenBy(one => one.Number).ToListAsync(ct);
        if (mine.Count == 0)
        {
            return new(new Card(words["show-goals.none"], new Words(words["show-goals.none-words"])));
        }

        var views = await turn.Subjects.LoadAsync(turn.Db, [.. mine.Take(Shown).Select(goal => goal.Ref)], locked: false, ct);
        var show = turn.Reader.Catalogue.Command("show");
        var parts = mine.Take(Shown).Select(goal => views[goal.Ref]).Select(view => (View: view, Goal: (SmartGoal)view.Subject, Record: view.Aspect<GoalRecord>()!)).Select(one => new Section(
            GoalCard.Title(one.View, words),
            [
                GoalCard.StatusOf(one.Goal, one.Record, words),
                new Quiet(one.Record.Latest is { } latest
                    ? words["show-goals.line", ("said", GoalFacts.Said(one.Goal, latest, words)), ("on", turn.Reader.Day(latest.On)), ("day", turn.Reader.Day(one.Goal.Due!.Value))]
                    : words["show-goals.line-none", ("day", turn.Reader.Day(one.Goal.Due!.Value))]),
                new ButtonRow([.. turn.Reader.Button(one.View, "report-value") is { } report ? [report] : Array.Empty<Button>(), show.ButtonFor(one.Goal, new Offer(words["button.show"]))]),
            ]));
        return new(new Card(words.Count("show-goals.title", mine.Count), [.. parts, .. mine.Count > Shown ? new Block[] { new Quiet(words["list.more", ("count", mine.Count - Shown)]) } : []]));
    }

    [GeneratedRegex(@"^(?:(?:show |list )?(?:my )?(?:smart )?goals)[.?!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Mine();
}
