using EquityBot.Access;
using EquityBot.Chat;
using EquityBot.Escalation;
using EquityBot.Storage;

namespace EquityBot.Pages;

/// <summary>A schedule that somebody brought as a file: it becomes the draft, under the rules that edit it in chat.</summary>
sealed class ScheduleFile(EquityStore store, IEnumerable<IEscalationAction> actions)
{
    /// <summary>Why it did not become the draft; null when it did.</summary>
    /// <param name="version">The schedule's version that the reader had before their eyes.</param>
    public async Task<Card?> ImportAsync(SignedIn who, string reference, string version, string yaml, CancellationToken ct)
    {
        var words = who.Words;
        var (plan, problem) = ScheduleYaml.Read(yaml);
        if (plan is null)
        {
            return new(words["escalation-page.refused"], new Words(words["escalation-page.unreadable", ("where", problem)]));
        }

        if (PhiScreen.Check(plan.Name) is { } rule)
        {
            return new(words["phi.title"], new Words(words[$"phi.{rule}"]));
        }

        try
        {
            await store.WriteAsync(who.OrganizationId, Urgency.Inbound, async db => Refuse(await DraftAsync(db, who, reference, version, plan, ct)), ct);
            return null;
        }
        catch (Refused refused)
        {
            return refused.Why;
        }
    }

    async Task<Card?> DraftAsync(EquityDb db, SignedIn who, string reference, string version, Plan plan, CancellationToken ct)
    {
        var (reader, words) = (who.Reader, who.Words);
        if (await reader.Subjects.LoadAsync(db, reference, locked: true, ct) is not { Subject: EscalationSchedule schedule } view || !reader.May("edit-schedule", schedule))
        {
            return new(words["escalation-page.refused"], new Words(words["denied.edit-schedule"]));
        }

        var story = view.Aspect<ScheduleStory>()!;
        if ($"{schedule.Version}" != version)
        {
            var theirs = await Overtaken.TheirsAsync(db, schedule, int.TryParse(version, out var seen) ? seen : 0, reader, ct);
            var stands = EditSchedule.PlanOf(story, reader);
            return new(words["escalation-page.changed"], theirs, new Section(words["escalation-page.file-mine"], [new Bullets([.. ScheduleCard.Changes(stands, plan, reader)])]));
        }

        if (story.Open is { Status: VersionStatus.Proposed })
        {
            return new(words["escalation-page.refused"], new Words(words["schedule.waits", ("reference", schedule.Ref)]));
        }

        var turn = new Turn(db, reader, new Dictionary<string, string>()) { View = view };
        var reply = await EditSchedule.DraftAsync(turn, story, plan, actions, ct);
        db.Add(new AuditEntry
        {
            OrganizationId = db.OrganizationId, At = reader.Now, ActorId = reader.Person.Id, Action = "import-schedule", Subject = schedule.Ref, Outcome = reply.Refused ? "refused" : "done", Detail = Change.Write(turn.Changes),
        });
        return reply.Refused ? reply.Card : null;
    }

    static bool Refuse(Card? why) => why is null ? true : throw new Refused(why);

    /// <summary>Rolls back whatever was begun.</summary>
    sealed class Refused(Card why) : Exception
    {
        public Card Why => why;
    }
}
