using EquityBot.Chat;

namespace EquityBot.Goals;

/// <summary>Puts a draft on the plan, whole or not: what its letters lack is said and can be filled in later.</summary>
public sealed class ConfirmGoal : ChatCommand
{
    public override string Verb => "confirm-goal";

    public override string Action => "finish-draft";

    public override string Needs => "G";

    /// <summary>The draft's card and the form make it; a goal on the plan is completed through the form.</summary>
    public override Offer? Offer(View view, Reader reader) => view.Subject is SmartGoal goal && EditGoal.CanEdit(goal) ? new(reader.Words["button.confirm"]) : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var goal = turn.Subject<SmartGoal>();
        if (!EditGoal.CanEdit(goal))
        {
            return turn.No("goal.stands", ("reference", goal.Ref));
        }

        return GoalForm.Apply(goal, turn) ?? (goal.Due is null ? turn.No("goal.by-when") : await PlaceAsync(turn, goal, ct));
    }

    /// <summary>The receipt: what it lacks, if anything, and the way to take it back.</summary>
    public static async Task<Reply> PlaceAsync(Turn turn, SmartGoal goal, CancellationToken ct)
    {
        var isNew = !goal.IsOnThePlan;
        goal.OtherDue = null;
        var record = (await turn.Subjects.ViewAsync(turn.Db, goal, ct)).Aspect<GoalRecord>()!;
        var verdict = SmartCheck.Of(goal, record, turn.Today);
        if (isNew)
        {
            goal.Place(verdict, turn.Now);
            await turn.ChangedAsync(goal, "goal-set", ct);
        }
        else
        {
            goal.Refine(verdict);
            await turn.ChangedAsync(goal, "goal-completed", ct);
        }

        await turn.Db.SaveChangesAsync(ct);
        var (reader, words) = (turn.Reader, turn.Words);
        var view = await turn.Subjects.ViewAsync(turn.Db, goal, ct);
        return new(new Card(
            words[isNew ? "goal.placed" : "goal.completed", ("reference", goal.Ref)],
            // Short, so that on a phone the news stays in sight; Show has the rest.
            [
                new Words(goal.Statement, Strong: true),
                new Facts(GoalFacts.FromTo(goal, reader), new Fact(words["commitment.due"], reader.Day(goal.Due!.Value))),
                new Words(words[verdict.IsValid ? "goal.whole" : "goal.not-whole"]),
                .. GoalFacts.Lacking(verdict, reader) is { } lacking ? new Block[] { lacking } : [],
                .. ButtonRow.Of(
                    reader.Catalogue.Command("undo-goal").ButtonFor(goal, UndoGoal.On(reader)),
                    reader.Button(view, "edit-goal"),
                    reader.Show(goal)) is { } buttons ? new Block[] { buttons } : [],
            ]))
        {
            About = goal,
            InPlace = true,
            Public = isNew && goal.RoomId is { } room ? (room, turn.Subjects.Public(view, reader)!) : null,
        };
    }
}
