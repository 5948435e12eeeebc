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
public sealed class EscalationSweep(EquityStore store, IEnumerable<IEscalationAction> actions, ILogger<EscalationSweep> log) : RowSweep<EscalationSweep.Batch>(store, log)
{
    readonly Dictionary<string, IEscalationAction> actions = actions.ToDictionary(action => action.Kind);

    public override string Name => "escalation";

    public override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<EscalationCase>().Where(one => one.NextAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.NextAt!.Value });

    /// <param name="Overtaken">Notices under way that were superseded.</param>
    /// <param name="Told">The steps of each case that arrived, in their order.</param>
    public sealed record Batch(IReadOnlyDictionary<Guid, EscalationCase> Cases, IReadOnlySet<Guid> Overtaken, ILookup<Guid, CaseStep> Told, Roster Roster);

    protected override async Task<Batch> LoadAsync(EquityDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var cases = await CaseKind.LockAsync(db, ids, ct);
        var pending = cases.Select(one => one.Pending).OfType<Guid>().ToList();
        var overtaken = await db.Set<Notice>().Where(one => pending.Contains(one.Id) && one.SupersededAt != null).Select(one => one.Id).ToListAsync(ct);
        var told = await db.Set<CaseStep>().AsNoTracking().Where(one => ids.Contains(one.CaseId) && one.DeliveredAt != null).OrderBy(one => one.Seq).ToListAsync(ct);
        return new(cases.ToDictionary(one => one.Id), overtaken.ToHashSet(), told.ToLookup(one => one.CaseId), await Roster.LoadAsync(db, ct));
    }

    protected override async Task DecideAsync(EquityDb db, Batch batch, Guid id, Instant now, CancellationToken ct)
    {
        var (@case, roster) = (batch.Cases[id], batch.Roster);
        if (@case.NextAt is null || @case.NextAt > now)
        {
            return;
        }

        if (@case.Pending is { } pending && batch.Overtaken.Contains(pending))
        {
            @case.Recall(now);
        }

        var told = batch.Told[id].Where(one => one.Trigger == @case.Trigger).ToList();
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
