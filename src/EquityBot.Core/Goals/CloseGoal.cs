using System.Text.RegularExpressions;
using EquityBot.Chat;

namespace EquityBot.Goals;

/// <summary>Closes a goal as its number says: achieved where the target is reached, not achieved once its day has ended without. The words are not anybody's to choose.</summary>
public sealed partial class CloseGoal : ChatCommand
{
    public override string Verb => "close-goal";

    public override string Action => "close-goal";

    public override string Needs => "G";

    public override IReadOnlyList<Regex> Sentences => [Close()];

    public override Offer? Offer(View view, Reader reader) => view.Subject is SmartGoal { IsRunning: true } goal && Outcome(goal, view.Aspect<GoalRecord>()!, reader) is { } outcome
        ? new(reader.Words[$"goal.close-{outcome}"], new Input("note", reader.Words["goal.form.learned"], InputType.Text))
        : null;

    static GoalState? Outcome(SmartGoal goal, GoalRecord record, Reader reader) =>
        record.Reached(goal) ? GoalState.Achieved : reader.Roster.TodayOf(reader.Roster[goal.OwnerId], reader.Now) > goal.Due ? GoalState.NotAchieved : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var goal = turn.Subject<SmartGoal>();
        if (!goal.IsRunning)
        {
            return turn.No("goal.not-running", ("reference", goal.Ref));
        }

        if (Outcome(goal, turn.View!.Aspect<GoalRecord>()!, turn.Reader) is not { } outcome)
        {
            return turn.No("goal.close-too-early", ("reference", goal.Ref), ("day", turn.Reader.Day(goal.Due!.Value)));
        }

        return await EndAsync(turn, goal, outcome, turn.Value("note"), ct);
    }

    /// <summary>The end of a goal, which its owner and the one who confirms its promises hear of.</summary>
    public static async Task<Reply> EndAsync(Turn turn, SmartGoal goal, GoalState state, string? note, CancellationToken ct)
    {
        goal.Close(state, note, turn.Speaker.Id, turn.Now);
        await turn.ChangedAsync(goal, "goal-closed", ct);
        TellOfEnd(turn, goal, "closed");
        var card = GoalCard.With(turn.Words[$"goal.closed-{state}", ("reference", goal.Ref)], turn.View!, turn.Reader);
        return new(turn.Reader.May("undo", goal) ? card with { Blocks = [.. card.Blocks, new ButtonRow([turn.Reader.Catalogue.Command("undo-goal").ButtonFor(goal, UndoGoal.On(turn.Reader))])] } : card) { About = goal, InPlace = true };
    }

    /// <param name="what">closed, or reopened where that was taken back.</param>
    public static void TellOfEnd(Turn turn, SmartGoal goal, string what)
    {
        var owner = turn.Roster[goal.OwnerId];
        foreach (var hears in new[] { owner, turn.Roster.ConfirmerFor(owner, goal.DepartmentId, turn.Now) }.OfType<People.Person>().DistinctBy(person => person.Id))
        {
            turn.Tell(hears, goal, GoalNews.Name, $"{what}:{goal.Version}", facts: GoalNews.Facts(what, turn.Speaker));
        }
    }

    [GeneratedRegex(@"^(?:close (?<ref>g-\d+)|(?<ref>g-\d+)(?: is)? (?:achieved|reached|done))(?:[,:]? (?:because )?(?<note>.+?))?[.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Close();
}

/// <summary>A goal that nobody follows any more, with the reason.</summary>
public sealed partial class RetireGoal : ChatCommand
{
    public override string Verb => "retire-goal";

    public override string Action => "close-goal";

    public override string Needs => "G";

    public override IReadOnlyList<Regex> Sentences => [Retire()];

    public override Offer? Offer(View view, Reader reader) => view.Subject is SmartGoal { IsRunning: true }
        ? new(reader.Words["goal.retire"], new Input("reason", reader.Words["goal.form.retire-reason"], InputType.Text) { Required = true })
        : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var goal = turn.Subject<SmartGoal>();
        if (!goal.IsRunning)
        {
            return turn.No("goal.not-running", ("reference", goal.Ref));
        }

        return turn.Value("reason") is { } reason ? await CloseGoal.EndAsync(turn, goal, GoalState.Retired, reason, ct) : turn.No("goal.retire-why", ("reference", goal.Ref));
    }

    [GeneratedRegex(@"^retire (?<ref>g-\d+)(?:,? because (?<reason>.+))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Retire();
}
