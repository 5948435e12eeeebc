using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>Walks open cases and writes down what each step brings about.</summary>
public sealed class EscalationSweep(EquityStore store, IEnumerable<IEscalationAction> actions, ILogger<EscalationSweep> log) : RowSweep(store, log)
{
    readonly Dictionary<string, IEscalationAction> actions = actions.ToDictionary(action => action.Kind);

    public override string Name => "escalation";

    protected override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<EscalationCase>().Where(one => one.NextAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.NextAt!.Value });

    protected override async Task DecideAsync(EquityDb db, Guid id, Instant now, CancellationToken ct)
    {
        if (await CaseKind.LockAsync(db, id, ct) is not { } @case || @case.NextAt is null || @case.NextAt > now)
        {
            return;
        }

        if (@case.Pending is { } pending && await db.Set<Notice>().AnyAsync(one => one.Id == pending && one.SupersededAt != null, ct))
        {
            @case.Recall(now);
        }

        var roster = await Roster.LoadAsync(db, ct);
        var told = await db.Set<CaseStep>().Where(one => one.CaseId == id && one.Trigger == @case.Trigger && one.DeliveredAt != null).OrderBy(one => one.Seq).ToListAsync(ct);
        foreach (var walked in CaseWalk.Look(@case, told, roster, now))
        {
            switch (walked)
            {
                case Walked.Fired fired:
                    Fire(db, @case, fired, roster, now);
                    break;
                case Walked.Skipped skipped:
                    db.Add(AuditEntry.Of(db, now, Name, @case.Ref, "skipped", skipped.Step.Name));
                    db.Add(StepOf(db, @case, skipped.Step, skipped.Next.Place, null, null, now));
                    TellOfficer(db, @case, skipped.Step, SkippedStepNotice.Name, null, roster, now);
                    break;
                case Walked.SeatEmpty empty:
                    TellOfficer(db, @case, empty.Step, EmptySeatNotice.Name, empty.InItsPlace.Id.ToString(), roster, now);
                    break;
                case Walked.CoverNeeded:
                    await CoverNeededNotice.AskAsync(db, @case, roster[@case.OwnerId], roster, now, ct);
                    break;
            }
        }
    }

    void Fire(EquityDb db, EscalationCase @case, Walked.Fired fired, Roster roster, Instant now)
    {
        var promise = new MissedPromise(@case.AboutRef, roster[@case.OwnerId], fired.Recipient) { Officer = roster.Holder(Role.EquityOfficer) };
        foreach (var effect in fired.Step.Actions.SelectMany(kind => actions[kind].Compose(promise, fired.Step, now)))
        {
            switch (effect)
            {
                case Effect.Tell tell:
                    var notice = NoticeOf(db, @case, StepNotice.Name, fired.Step.Name, tell.Recipient, tell.Kind, Slot.Morning, null, roster, now);
                    db.Add(StepOf(db, @case, fired.Step, fired.Next.Place, tell.Recipient.Id, notice.Id, now));
                    @case.Fire(fired.Next, notice.Id);
                    db.Add(AuditEntry.Of(db, now, Name, @case.Ref, "decided", fired.Step.Name));
                    break;
                case Effect.OpenTask task:
                    NoticeOf(db, @case, StepTaskNotice.Name, fired.Step.Name, task.Officer, MessageKind.Task, Slot.Morning, null, roster, now);
                    break;
                case Effect.OfferHelp offer when offer.Owner.Id != offer.From.Id:
                    NoticeOf(db, @case, HelpOffered.Name, fired.Step.Name, offer.Owner, MessageKind.Request, Slot.Morning, CaseNews.Facts("help-offered", offer.From), roster, now);
                    break;
                case Effect.PutOnAgenda:
                    @case.PutOnAgenda(now);
                    db.Add(AuditEntry.Of(db, now, Name, @case.Ref, "on-the-agenda", fired.Step.Name));
                    break;
            }
        }
    }

    static CaseStep StepOf(EquityDb db, EscalationCase @case, EscalationStep step, int place, Guid? recipient, Guid? notice, Instant now) => new()
    {
        OrganizationId = db.OrganizationId,
        CaseId = @case.Id,
        Trigger = @case.Trigger,
        Step = step.Name,
        To = step.To,
        Place = place,
        RecipientId = recipient,
        NoticeId = notice,
        DecidedAt = now,
    };

    static Notice NoticeOf(EquityDb db, EscalationCase @case, string trigger, string step, Person to, MessageKind kind, Slot slot, string? facts, Roster roster, Instant now)
    {
        var notice = new Notice
        {
            OrganizationId = db.OrganizationId,
            SubjectId = @case.Id,
            Ref = @case.AboutRef,
            Trigger = trigger,
            Period = trigger == StepNotice.Name ? $"{@case.Firings}" : $"{@case.Round}.{@case.Firings}",
            Step = step,
            RecipientId = to.Id,
            Kind = kind,
            Slot = slot,
            Facts = facts,
            DecidedAt = now,
            NotBefore = roster.HoursOf(to).OpenAtOrAfter(now),
        };
        db.Add(notice);
        return notice;
    }

    /// <summary>A post that nobody holds is the officer's to fill.</summary>
    static void TellOfficer(EquityDb db, EscalationCase @case, EscalationStep step, string trigger, string? facts, Roster roster, Instant now)
    {
        if (roster.Holder(Role.EquityOfficer) is { } officer)
        {
            NoticeOf(db, @case, trigger, step.Name, officer, MessageKind.Task, Slot.Morning, facts, roster, now);
        }
    }
}
