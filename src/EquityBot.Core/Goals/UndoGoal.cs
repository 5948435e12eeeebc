using System.Globalization;
using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Goals;

/// <summary>Takes back what the speaker did last to a goal, within ten minutes: setting or closing it, its number, how it stands, or settling a milestone. Kept as a reversal, never as if it had not been.</summary>
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
        if (!goal.IsRunning)
        {
            return await ReopenAsync(turn, goal, record, ct);
        }

        var last = record.Counting.LastOrDefault(one => one.Stands && one.Confidence is null);
        if (Settled(turn, record, last) is { } settled)
        {
            return await TakeBackAsync(turn, goal, settled, ct);
        }

        if (Refused(turn, goal, last is null ? goal.OwnerId : last.ById, last?.At ?? goal.PlacedAt!.Value, "goal.undo-too-late") is { } refusal)
        {
            return refusal;
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

    /// <summary>The milestone that the button names, else the one that was settled last, where nothing was said about the number since.</summary>
    static Milestone? Settled(Turn turn, GoalRecord record, GoalReading? last)
    {
        var settled = record.Milestones.Where(one => one.SettledAt is not null).OrderBy(one => one.SettledAt).ThenBy(one => one.SettledAfter).ToList();
        return turn.Value("number") is { } number
            ? settled.Find(one => one.Number.ToString(CultureInfo.InvariantCulture) == number)
            : settled.LastOrDefault() is { } latest && (last is null || latest.SettledAfter >= last.Seq) ? latest : null;
    }

    static async Task<Reply> TakeBackAsync(Turn turn, SmartGoal goal, Milestone settled, CancellationToken ct)
    {
        if (Refused(turn, goal, settled.SettledById, settled.SettledAt!.Value, "goal.undo-over") is { } refusal)
        {
            return refusal;
        }

        var milestone = await turn.Db.Set<Milestone>().Where(one => one.Id == settled.Id).ForUpdate().SingleAsync(ct);
        milestone.TakeBack(turn.Now);
        return await MilestoneReply.GiveAsync(turn, goal, "milestone-taken-back", turn.Words["milestone.taken-back", ("number", milestone.Number), ("reference", goal.Ref)], ct);
    }

    /// <summary>A goal that was closed runs again. One that was taken back itself is gone.</summary>
    static async Task<Reply> ReopenAsync(Turn turn, SmartGoal goal, GoalRecord record, CancellationToken ct)
    {
        if (goal.ClosedAt is not { } closed || goal is { State: GoalState.Retired, ClosingNote: null })
        {
            return turn.No("undo.nothing", ("reference", goal.Ref));
        }

        if (Refused(turn, goal, goal.ClosedById, closed, "goal.undo-over") is { } refusal)
        {
            return refusal;
        }

        goal.Reopen(SmartCheck.Of(goal, record, turn.OwnersToday(goal)));
        await turn.ChangedAsync(goal, "goal-reopened", ct);
        await turn.Db.SaveChangesAsync(ct);
        CloseGoal.TellOfEnd(turn, goal, "reopened");
        return new(GoalCard.With(turn.Words["goal.reopened", ("reference", goal.Ref)], await turn.Subjects.ViewAsync(turn.Db, goal, ct), turn.Reader)) { About = goal, InPlace = true };
    }

    static Reply? Refused(Turn turn, SmartGoal goal, Guid? by, Instant at, string tooLate) =>
        by != turn.Speaker.Id ? turn.No("undo.nothing", ("reference", goal.Ref))
        : turn.Now - at > Window ? turn.No(tooLate, ("reference", goal.Ref), ("minutes", (int)Window.TotalMinutes))
        : null;

    [GeneratedRegex(@"^undo (?<ref>g-\d+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Undo();
}
