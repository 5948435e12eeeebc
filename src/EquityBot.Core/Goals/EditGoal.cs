using EquityBot.Chat;

namespace EquityBot.Goals;

/// <summary>Opens all fields of a draft, or of a goal that is not whole yet. A whole one stands as it is.</summary>
public sealed class EditGoal : ChatCommand
{
    public override string Verb => "edit-goal";

    public override string Action => "finish-draft";

    public override string Needs => "G";

    public override bool Reads => true;

    public override Offer? Offer(View view, Reader reader) => view.Subject is SmartGoal goal && CanEdit(goal) ? new(reader.Words["button.edit"]) : null;

    /// <summary>A draft, whole or not, and whatever is on the plan and not whole.</summary>
    public static bool CanEdit(SmartGoal goal) => goal.MayBeEdited || goal is { State: GoalState.Valid, IsOnThePlan: false };

    public override Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var goal = turn.Subject<SmartGoal>();
        return Task.FromResult(CanEdit(goal)
            ? new Reply(GoalDraftCard.Form(turn.View!, turn.Reader, turn.Words["goal.form-words"])) { About = goal }
            : turn.No("goal.stands", ("reference", goal.Ref)));
    }
}
