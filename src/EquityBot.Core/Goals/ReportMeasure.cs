using System.Text.RegularExpressions;
using EquityBot.Chat;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Goals;

/// <summary>"No-show rate is down to 14 %": the speaker's goal with these words in its measure; where two fit, two buttons.</summary>
public sealed partial class ReportMeasure : ChatCommand
{
    const int MostButtons = 4;

    public override string Verb => "report-measure";

    public override string Action => "read-plan";

    public override bool AskedLast => true;

    public override IReadOnlyList<Regex> Sentences => [IsAt()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        if (turn.Value("measure") is not { } said)
        {
            return turn.No("goal.which-measure", ("measure", ""));
        }

        var open = await turn.Db.Set<SmartGoal>().AsNoTracking().Where(one => one.PlacedAt != null && (one.State == GoalState.Draft || one.State == GoalState.Valid)).OrderBy(one => one.Number).ToListAsync(ct);
        var mine = open.Where(goal => turn.Reader.May("report-progress", goal)).ToList();
        var found = MeasureWords.Find(said, [.. mine.Where(goal => goal.OwnerId == turn.Speaker.Id)]) is { Count: > 0 } own ? own : MeasureWords.Find(said, mine);
        if (found is [var only])
        {
            return await ReportValue.KeepAsync(turn, (await turn.Subjects.LoadAsync(turn.Db, only.Ref, locked: true, ct))!, ct);
        }

        return found.Count == 0 ? turn.No("goal.which-measure", ("measure", said)) : Which(turn, said, found);
    }

    static Reply Which(Turn turn, string said, IReadOnlyList<SmartGoal> found)
    {
        var report = turn.Reader.Catalogue.Command("report-value");
        return new(new Card(
            turn.Words["goal.which-of", ("measure", said)],
            new Quiet(turn.Words["goal.which-of-words"]),
            new ButtonRow([
                .. found.Take(MostButtons).Select((goal, place) => report.ButtonFor(goal, new Offer(turn.Words["commitment.title", ("reference", goal.Ref), ("statement", GoalFacts.Short(goal.Statement))])) with
                {
                    Primary = place == 0,
                    Values = turn.Values.Where(value => value.Key is "value" or "unit" or "reference" or "on" or "note").ToDictionary(),
                }),
            ])))
        {
            Refused = true,
        };
    }

    [GeneratedRegex(
        @"^(?!(?:[a-z]-\d|log\b|goal\b|milestone\b|progress\b|push\b|we\b|we'|i\b|i'|(?:our|my) (?:team|department|unit|group)\b))(?:the |our |my )?(?<measure>[^:]{3,120}?) (?:is|are|stands|went|dropped|fell|rose)(?: now)?(?: at| down to| up to| to|) \$?(?<value>" + GoalNumber.Digits
        + @") ?(?<unit>" + GoalNumber.Unit + @")?(?: (?:vs\.?|versus|against) \$?(?<reference>" + GoalNumber.Digits + @") ?(?:" + GoalNumber.Unit + @")?)?(?: now)?(?:,? (?:as of|on) (?<on>[^:,]{1,40}))?(?:[:,] ?(?<note>.+))?[.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex IsAt();
}
