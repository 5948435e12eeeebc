using System.Text.RegularExpressions;
using EquityBot.Chat;
using NodaTime;

namespace EquityBot.Goals;

/// <summary>Takes back what the speaker did last to a goal, within ten minutes: setting it, its number, or how it stands. Kept as a reversal, never as if it had not been.</summary>
public sealed partial class UndoGoal : ChatCommand
{
    static readonly Duration Window = Duration.FromMinutes(10);

    public override string Verb => "undo-goal";

    public override string Action => "undo";

    public override string Needs => "G";

    public override IReadOnlyList<Regex> Sentences => [Undo()];

    public static Offer On(Reader reader) => new(reader.Words["button.undo"]);

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var (goal, record) = (turn.Subject<SmartGoal>(), turn.View!.Aspect<GoalRecord>()!);
        var last = record.Counting.LastOrDefault(one => one.Stands && one.Confidence is null);
        if (!goal.IsRunning || (last is null ? goal.OwnerId : last.ById) != turn.Speaker.Id)
        {
            return turn.No("undo.nothing", ("reference", goal.Ref));
        }

        if (turn.Now - (last?.At ?? goal.PlacedAt!.Value) > Window)
        {
            return turn.No("goal.undo-too-late", ("reference", goal.Ref), ("minutes", (int)Window.TotalMinutes));
        }

        if (last is null)
        {
            goal.Close(GoalState.Retired, null, turn.Speaker.Id, turn.Now);
        }
        else
        {
            turn.Db.Add(turn.Reading(goal, last.On, reverses: last.Seq));
            goal.Report(SmartCheck.Of(goal, record, turn.OwnersToday(goal)));
        }

        await turn.ChangedAsync(goal, last is null ? "goal-taken-back" : "reading-taken-back", ct);
        await turn.Db.SaveChangesAsync(ct);
        var news = last is null ? "goal.taken-back" : last.Value is null ? "goal.status-taken-back" : "goal.value-taken-back";
        return new(GoalCard.With(turn.Words[news, ("reference", goal.Ref)], await turn.Subjects.ViewAsync(turn.Db, goal, ct), turn.Reader)) { About = goal, InPlace = true };
    }

    [GeneratedRegex(@"^undo (?<ref>g-\d+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Undo();
}
