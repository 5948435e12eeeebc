using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>Walks open cases: fires the step that is due, to whoever holds its role at that moment.</summary>
public sealed class EscalationSweep(EquityStore store, IEnumerable<IEscalationAction> actions, ILogger<EscalationSweep> log) : RowSweep(store, log)
{
    public override string Name => "escalation";

    protected override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<EscalationCase>().Where(one => one.NextAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.NextAt!.Value });

    protected override async Task DecideAsync(EquityDb db, Guid id, Instant now, CancellationToken ct)
    {
        if (await CaseKind.LockAsync(db, id, ct) is not { } @case || @case.NextAt is null || @case.NextAt > now)
        {
            return;
        }

        @case.NextAt = null;
        if (@case.Pending is { } pending && await db.Set<Notice>().AnyAsync(one => one.Id == pending && one.SupersededAt != null, ct))
        {
            @case.Recall(now);
            @case.NextAt = null;
        }

        var roster = await Roster.LoadAsync(db, ct);
        var owner = roster[@case.OwnerId];
        var told = await db.Set<CaseStep>().Where(one => one.CaseId == id && one.Trigger == @case.Trigger && one.DeliveredAt != null).ToListAsync(ct);
        var plan = @case.PlanInForce;
        while (@case.Walks && NextStep.Of(@case.Position, plan, roster.CalendarOf(owner)) is { } next)
        {
            var step = plan.CaseSteps[next.Place];
            var begins = roster.ZoneOf(owner).AtStartOfDay(next.On).ToInstant();
            if (begins <= now && await WaitsForCoverAsync(db, @case, next, owner, plan, roster, now, ct))
            {
                return;
            }

            var recipient = To(next, step, @case, owner, told, roster, now);
            var at = recipient is null ? begins : roster.HoursOf(recipient).OpeningOnOrAfter(next.On);
            if (at > now)
            {
                @case.NextAt = at;
                return;
            }

            if (recipient is not null)
            {
                Fire(db, @case, next, step, recipient, roster, now);
                return;
            }

            @case.Skip(next);
            db.Add(AuditEntry.Of(db, now, Name, @case.Ref, "skipped", step.Name));
            db.Add(new CaseStep { OrganizationId = db.OrganizationId, CaseId = id, Trigger = @case.Trigger, Step = step.Name, Place = next.Place, DecidedAt = now });
            TellOfficer(db, @case, step, roster, now);
        }
    }

    /// <summary>Whether the step must wait because its owner is away and nobody acts for them. The lead is asked once, without the reason; ten working days are enough.</summary>
    static async Task<bool> WaitsForCoverAsync(EquityDb db, EscalationCase @case, NextStep next, Person owner, Plan plan, Roster roster, Instant now, CancellationToken ct)
    {
        var (today, calendar, zone) = (roster.TodayOf(owner, now), roster.CalendarOf(owner), roster.ZoneOf(owner));
        if (@case.Line != Lines.Promise || !Recipients.NeedsCover(owner, roster, today))
        {
            @case.CoverFound();
            return false;
        }

        if (@case.CoverAskedOn is null)
        {
            @case.AwaitCover(next.On);
            await CoverNeededNotice.AskAsync(db, @case, owner, roster, now, ct);
        }

        var ends = zone.AtStartOfDay(calendar.Add(@case.CoverAskedOn!.Value, plan.CoverDays)).ToInstant();
        if (now >= ends)
        {
            @case.GoOnUncovered();
            return false;
        }

        var back = owner.AwayUntil is { } away && !owner.HasLeftBy(away.PlusDays(1)) ? zone.AtStartOfDay(away.PlusDays(1)).ToInstant() : ends;
        @case.NextAt = back < ends ? back : ends;
        return true;
    }

    /// <summary>A step that goes again goes to the same person, unless they have left or are away; else as its role resolves now.</summary>
    static Person? To(NextStep next, EscalationStep step, EscalationCase @case, Person owner, List<CaseStep> told, Roster roster, Instant now)
    {
        var today = roster.TodayOf(owner, now);
        var before = next.Again ? roster.Find(told.LastOrDefault(one => one.Place == next.Place)?.RecipientId) : null;
        return before is not null && !before.IsAbsentOn(today)
            ? before
            : Recipients.For(step.To, owner, @case.DepartmentId, told.Select(one => one.RecipientId!.Value).ToHashSet(), roster, today);
    }

    void Fire(EquityDb db, EscalationCase @case, NextStep next, EscalationStep step, Person recipient, Roster roster, Instant now)
    {
        var action = actions.Single(one => one.Kind == step.Action);
        foreach (var tell in action.Compose(new MissedPromise(@case.AboutRef, roster[@case.OwnerId], recipient), step, now).OfType<Effect.Tell>())
        {
            var notice = new Notice
            {
                OrganizationId = db.OrganizationId,
                SubjectId = @case.Id,
                Ref = @case.AboutRef,
                Trigger = StepNotice.Name,
                Period = $"{@case.Firings}",
                Step = step.Name,
                RecipientId = tell.Recipient.Id,
                Kind = tell.Kind,
                Slot = Slot.Morning,
                DecidedAt = now,
                NotBefore = roster.HoursOf(tell.Recipient).OpenAtOrAfter(now),
            };
            db.Add(notice);
            db.Add(new CaseStep
            {
                OrganizationId = db.OrganizationId,
                CaseId = @case.Id,
                Trigger = @case.Trigger,
                Step = step.Name,
                Place = next.Place,
                RecipientId = tell.Recipient.Id,
                NoticeId = notice.Id,
                DecidedAt = now,
            });
            @case.Fire(next, notice.Id);
            db.Add(AuditEntry.Of(db, now, Name, @case.Ref, "decided", step.Name));
        }
    }

    /// <summary>A post that nobody holds is the officer's to fill; the step itself is lost for this case.</summary>
    static void TellOfficer(EquityDb db, EscalationCase @case, EscalationStep step, Roster roster, Instant now)
    {
        if (roster.Holder(Role.EquityOfficer) is { } officer)
        {
            db.Add(new Notice
            {
                OrganizationId = db.OrganizationId,
                SubjectId = @case.Id,
                Ref = @case.AboutRef,
                Trigger = SkippedStepNotice.Name,
                Period = $"{@case.Round}",
                Step = step.Name,
                RecipientId = officer.Id,
                Kind = MessageKind.Task,
                Slot = Slot.Morning,
                DecidedAt = now,
                NotBefore = roster.HoursOf(officer).OpenAtOrAfter(now),
            });
        }
    }
}
