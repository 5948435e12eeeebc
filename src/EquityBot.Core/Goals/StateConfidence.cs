using System.Globalization;
using System.Text.RegularExpressions;
using EquityBot.Chat;

namespace EquityBot.Goals;

/// <summary>How sure the owner is, whatever the number says.</summary>
public sealed partial class StateConfidence : ChatCommand
{
    public override string Verb => "state-confidence";

    public override string Action => "state-confidence";

    public override string Needs => "G";

    public override IReadOnlyList<Regex> Sentences => [Sure()];

    public override Offer? Offer(View view, Reader reader) => view.Subject is SmartGoal { IsRunning: true } goal
        ? new(
            reader.Words["goal.button-confidence"],
            new Input("confidence", reader.Words["goal.form.confidence"], InputType.Choice) { Required = true, Value = goal.Confidence?.ToString(CultureInfo.InvariantCulture), Choices = GoalForm.Confidences(reader.Words) })
        : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var goal = turn.Subject<SmartGoal>();
        if (!goal.IsRunning)
        {
            return turn.No("goal.not-running", ("reference", goal.Ref));
        }

        if (turn.Value("confidence") is not ['1' or '2' or '3' or '4' or '5'] said)
        {
            return turn.No("goal.how-sure", ("reference", goal.Ref));
        }

        goal.Confidence = said[0] - '0';
        turn.Db.Add(turn.Reading(goal, turn.OwnersToday(goal), confidence: goal.Confidence));
        goal.Report(SmartCheck.Of(goal, turn.View!.Aspect<GoalRecord>()!, turn.OwnersToday(goal)));
        await turn.ChangedAsync(goal, "confidence-said", ct);
        return new(GoalCard.With(turn.Words["goal.confidence-noted", ("reference", goal.Ref), ("confidence", turn.Words[$"goal.confidence.{goal.Confidence}"])], turn.View, turn.Reader)) { About = goal, InPlace = true };
    }

    [GeneratedRegex(@"^(?<ref>g-\d+)[:,]? confidence(?: is)? (?<confidence>\d)(?: of 5)?[.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Sure();
}
