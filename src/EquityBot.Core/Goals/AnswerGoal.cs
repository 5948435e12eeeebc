using EquityBot.Chat;

namespace EquityBot.Goals;

/// <summary>One tap: for whom, resources, confidence, goal of the framework or review of a draft. The card asks the next question in place.</summary>
public sealed class AnswerGoal : ChatCommand
{
    public override string Verb => "answer-goal";

    public override string Action => "finish-draft";

    public override string Needs => "G";

    public override Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var goal = turn.Subject<SmartGoal>();
        if (!EditGoal.CanEdit(goal))
        {
            return Task.FromResult(turn.No("goal.stands", ("reference", goal.Ref)));
        }

        if (GoalForm.Apply(goal, turn) is { } refusal)
        {
            return Task.FromResult(refusal);
        }

        goal.Refine(SmartCheck.Of(goal, turn.View!.Aspect<GoalRecord>()!, turn.Today));
        return Task.FromResult(new Reply(GoalDraftCard.Of(turn.View!, turn.Reader)) { About = goal, InPlace = true });
    }
}
