using System.Globalization;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Goals;

static class MilestoneReply
{
    /// <summary>The open milestone whose number was said, on a goal that runs; tracked. Null where there is none.</summary>
    public static async Task<Milestone?> OpenAsync(Turn turn, SmartGoal goal, CancellationToken ct)
    {
        if (!goal.IsRunning || !int.TryParse(turn.Value("number"), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        return await turn.Db.Set<Milestone>().ForUpdate().SingleOrDefaultAsync(one => one.GoalId == goal.Id && one.Number == number, ct) is { IsOpen: true } open ? open : null;
    }

    /// <summary>The news, and the goal with its milestones as they are now.</summary>
    public static async Task<Reply> GiveAsync(Turn turn, SmartGoal goal, string what, string news, CancellationToken ct)
    {
        await turn.Db.SaveChangesAsync(ct);
        var view = await turn.Subjects.ViewAsync(turn.Db, goal, ct);
        goal.Report(SmartCheck.Of(goal, view.Aspect<GoalRecord>()!, turn.OwnersToday(goal)));
        await turn.ChangedAsync(goal, what, ct);
        return new(GoalCard.With(news, view, turn.Reader)) { About = goal, InPlace = true };
    }
}
