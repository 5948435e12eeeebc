using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Goals;

/// <summary>Reminds of milestones, asks about those whose day has passed, and finds those about which no word came: these the department's lead hears of, once. Further up goes the promise alone.</summary>
public sealed class MilestoneSweep(EquityStore store, ILogger<MilestoneSweep> log) : RowSweep<MilestoneSweep.Batch>(store, log)
{
    public override string Name => "milestones";

    public override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<Milestone>().Where(one => one.LookAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.LookAt!.Value });

    /// <param name="Reached">Milestones and the askings about them that were sent.</param>
    public sealed record Batch(IReadOnlyDictionary<Guid, Milestone> Milestones, IReadOnlyDictionary<Guid, SmartGoal> Goals, IReadOnlySet<(Guid Milestone, string Period)> Reached, Roster Roster);

    protected override async Task<Batch> LoadAsync(EquityDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var about = db.Set<Milestone>().Where(one => ids.Contains(one.Id)).Select(one => one.GoalId);
        var goals = await db.Set<SmartGoal>().Where(one => about.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToDictionaryAsync(one => one.Id, ct);
        var milestones = await db.Set<Milestone>().Where(one => ids.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToDictionaryAsync(one => one.Id, ct);
        var reached = await (
            from notice in db.Set<Notice>()
            join delivery in db.Set<Delivery>() on notice.DeliveryId equals delivery.Id
            where ids.Contains(notice.SubjectId) && notice.Trigger == MilestoneNotice.Name && delivery.State == DeliveryState.Sent
            select new { notice.SubjectId, notice.Period }).ToListAsync(ct);
        return new(milestones, goals, reached.Select(one => (one.SubjectId, one.Period)).ToHashSet(), await Roster.LoadAsync(db, ct));
    }

    protected override Task DecideAsync(EquityDb db, Batch batch, Guid id, Instant now, CancellationToken ct)
    {
        var (milestone, roster) = (batch.Milestones[id], batch.Roster);
        if (milestone.LookAt is null || milestone.LookAt > now)
        {
            return Task.CompletedTask;
        }

        var goal = batch.Goals[milestone.GoalId];
        if (!goal.IsRunning)
        {
            milestone.LookAgainAt(null);
            return Task.CompletedTask;
        }

        if (Reminders.Hears(roster, goal.OwnerId, goal.DepartmentId, now) is not { } hears)
        {
            milestone.LookAgainAt(roster.HoursOf(roster[goal.OwnerId]).NextMorning(now));
            return Task.CompletedTask;
        }

        var hours = roster.HoursOf(hears);
        var (found, next) = MilestoneWatch.Look(milestone, hours, now);
        if (found == MilestoneFound.Missed && !batch.Reached.Contains((id, MilestoneNotice.Period(milestone))))
        {
            // It could not be said, which is not the same as not having been answered.
            milestone.Recall();
            found = MilestoneFound.ToAsk;
        }

        switch (found)
        {
            case MilestoneFound.ToRemind:
                milestone.Remind();
                Tell(db, milestone, goal, MilestoneNotice.Name, hears, now, now);
                break;
            case MilestoneFound.ToAsk:
                milestone.Ask(roster.TodayOf(hears, now));
                Tell(db, milestone, goal, MilestoneNotice.Name, hears, now, now);
                next = MilestoneWatch.Look(milestone, hours, now).Next;
                break;
            case MilestoneFound.Missed:
                milestone.Miss(roster.TodayOf(roster[goal.OwnerId], now));
                TellLead(db, milestone, goal, hears, roster, now);
                break;
        }

        if (found != MilestoneFound.Nothing)
        {
            db.Append(AuditEntry.Of(db, now, Name, goal.Ref, found switch { MilestoneFound.ToRemind => "reminded", MilestoneFound.ToAsk => "asked", _ => "milestone-missed" }, $"{milestone.Number}"));
        }

        milestone.LookAgainAt(next);
        return Task.CompletedTask;
    }

    /// <summary>Whoever leads the department, or is above the owner where the owner leads it; whoever was asked in the owner's place knows already.</summary>
    static void TellLead(EquityDb db, Milestone milestone, SmartGoal goal, Person asked, Roster roster, Instant now)
    {
        if (roster.ConfirmerFor(roster[goal.OwnerId], goal.DepartmentId, now) is not { } lead || lead.Id == asked.Id)
        {
            return;
        }

        var acting = roster.IsAbsent(lead, now) ? roster.ActingFor(lead, now) : lead;
        Tell(db, milestone, goal, MilestoneMissed.Name, acting ?? lead, acting is null && lead.AwayUntil is { } away ? roster.HoursOf(lead).OpeningOnOrAfter(away.PlusDays(1)) : now, now);
    }

    static void Tell(EquityDb db, Milestone milestone, SmartGoal goal, string trigger, Person recipient, Instant notBefore, Instant now) => db.Append(new Notice
    {
        OrganizationId = db.OrganizationId,
        SubjectId = milestone.Id,
        Ref = goal.Ref,
        Trigger = trigger,
        Period = MilestoneNotice.Period(milestone),
        RecipientId = recipient.Id,
        Kind = MessageKind.Reminder,
        Slot = Slot.Morning,
        DecidedAt = now,
        NotBefore = notBefore,
    });
}
