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

    /// <summary>The button that answers for this one milestone. It is as good after the goal has changed as before.</summary>
    public static Button Button(string verb, Milestone milestone, SmartGoal goal, Reader reader)
    {
        var words = reader.Words;
        var (title, input) = verb switch
        {
            "finish-milestone" => ("button.done", new Input("evidence", words["form.done-evidence"], InputType.Text)),
            "move-milestone" => ("milestone.move", new Input("due", words["form.due"], InputType.Date) { Required = true }),
            "block-milestone" => ("button.blocked", new Input("what", words["form.in-the-way"], InputType.Text) { Required = true }),
            _ => ("milestone.drop", new Input("reason", words["milestone.drop-reason"], InputType.Text) { Required = true }),
        };
        return reader.Catalogue.Command(verb).ButtonFor(goal, new Offer(words[title], input) { Values = Named(milestone), AtAnyVersion = true });
    }

    static Dictionary<string, string> Named(Milestone milestone) => new() { ["number"] = milestone.Number.ToString(CultureInfo.InvariantCulture) };

    /// <summary>Whoever settles a milestone may take that back for a while.</summary>
    public static async Task<Reply> SettledAsync(Turn turn, SmartGoal goal, Milestone milestone, string what, string news, CancellationToken ct)
    {
        milestone.SettledBy(turn.Speaker.Id, turn.View!.Aspect<GoalRecord>()!.Readings.Select(one => (long?)one.Seq).Max(), turn.Now);
        var reply = await GiveAsync(turn, goal, what, news, ct);
        return turn.Reader.May("undo", goal)
            ? reply with { Card = reply.Card with { Blocks = [.. reply.Card.Blocks, new ButtonRow([turn.Reader.Catalogue.Command("undo-goal").ButtonFor(goal, UndoGoal.On(turn.Reader) with { Values = Named(milestone) })])] } }
            : reply;
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
