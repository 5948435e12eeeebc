using System.Text.Json.Nodes;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Escalation;
using EquityBot.Goals;
using EquityBot.People;
using EquityBot.Storage;
using NodaTime.Text;

namespace EquityBot.Channels.Browser;

/// <summary>How a subject stands, for whoever checks the story from outside.</summary>
static class PracticeState
{
    public static async Task<IResult> ShowAsync(string reference, EquityStore store, Subjects subjects, PracticeSample sample, CancellationToken ct)
    {
        await using var db = store.For(sample.Organization);
        var view = await subjects.LoadAsync(db, reference, locked: false, ct);
        if (view is null)
        {
            return PracticeApi.Unknown("reference", reference);
        }

        var roster = await Roster.LoadAsync(db, ct);
        var story = view.Aspect<CaseStory>();
        var commitment = view.Subject as Commitment ?? story?.Commitment;
        var shown = new JsonObject
        {
            ["ref"] = view.Subject.Ref,
            ["status"] = view.Subject is EscalationCase own ? PracticeJson.Word(own.Status) : view.Subject is SmartGoal goal ? PracticeJson.Word(goal.State) : commitment is null ? null : PracticeJson.Word(commitment.Status),
            ["owner"] = roster[view.Subject.OwnerId].Handle,
            ["due"] = (commitment?.Due ?? (view.Subject as SmartGoal)?.Due) is { } due ? LocalDatePattern.Iso.Format(due) : null,
            ["version"] = view.Subject.Version,
        };
        if (story is not null)
        {
            shown["case"] = new JsonObject
            {
                ["ref"] = story.Case.Ref,
                ["status"] = PracticeJson.Word(story.Case.Status),
                ["step"] = story.LastStep?.Name,
                ["nextAt"] = PracticeJson.Utc(story.Case.NextAt),
            };
        }

        return PracticeJson.Answer(shown);
    }
}
