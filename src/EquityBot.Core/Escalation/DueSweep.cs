using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>Watches running promises: reminds before the due day, and opens a case when it has ended.</summary>
public sealed class DueSweep(EquityStore store, IEnumerable<IEscalationAction> actions, ILogger<DueSweep> log) : RowSweep(store, log)
{
    public override string Name => "due";

    protected override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<Commitment>().Where(one => one.LookAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.LookAt!.Value });

    protected override async Task DecideAsync(EquityDb db, Guid id, Instant now, CancellationToken ct)
    {
        var commitment = await db.Set<Commitment>().Where(one => one.Id == id).ForUpdate().SingleAsync(ct);
        if (commitment.LookAt is null || commitment.LookAt > now)
        {
            return;
        }

        var roster = await Roster.LoadAsync(db, ct);
        var followed = (await ScheduleBook.LoadAsync(db, ct)).For(commitment, roster, now);
        (var found, commitment.LookAt) = DueWatch.Look(commitment, await RemindedAsync(db, commitment, ct), followed.Plan, roster, now);
        switch (found)
        {
            case DueFound.Miss:
                var due = commitment.Due!.Value;
                commitment.Miss();
                await MissedAsync(db, commitment, due, followed, now, ct);
                break;
            case DueFound.Reminder:
                if (DueWatch.ReminderTo(commitment, roster, now) is { } reader)
                {
                    Remind(db, commitment, roster[commitment.OwnerId], reader, followed.Plan.Reminder!, roster.HoursOf(reader), now);
                }

                db.Add(AuditEntry.Of(db, now, Name, commitment.Ref, "reminded"));
                break;
        }
    }

    static async Task MissedAsync(EquityDb db, Commitment commitment, LocalDate due, ScheduleInForce followed, Instant now, CancellationToken ct)
    {
        db.Add(AuditEntry.Of(db, now, "due", commitment.Ref, "missed"));
        db.Add(new CommitmentEvent { OrganizationId = db.OrganizationId, CommitmentId = commitment.Id, What = "missed", At = now, OldDue = due });
        var open = (await db.Set<EscalationCase>().Where(one => one.AboutId == commitment.Id && one.Line == Lines.Promise).OrderByDescending(one => one.Number).Take(1).ForUpdate().ToListAsync(ct)).SingleOrDefault();
        if (open is { IsOpen: true, Trigger: Triggers.CheckIn })
        {
            await CaseFollower.RecallAsync(db, open, now, ct);
        }

        CaseWalk.MissDue(open, due, commitment.WaitedDays, now, out var opens);
        if (opens)
        {
            var miss = new Miss(Lines.Promise, commitment.Id, commitment, commitment.OwnerId, commitment.DepartmentId, due) { DelayDays = commitment.WaitedDays };
            await miss.OpenCaseAsync(db, followed, now, ct);
        }
    }

    static Task<bool> RemindedAsync(EquityDb db, Commitment commitment, CancellationToken ct)
    {
        var period = ReminderNotice.Period(commitment);
        return db.Set<Notice>().AnyAsync(one => one.SubjectId == commitment.Id && one.Trigger == ReminderNotice.Name && one.Period == period, ct);
    }

    void Remind(EquityDb db, Commitment commitment, Person owner, Person reader, EscalationStep step, WorkingHours hours, Instant now)
    {
        var action = actions.Single(one => one.Kind == step.Action);
        foreach (var tell in action.Compose(new MissedPromise(commitment.Ref, owner, reader), step, now).OfType<Effect.Tell>())
        {
            db.Add(new Notice
            {
                OrganizationId = db.OrganizationId,
                SubjectId = commitment.Id,
                Ref = commitment.Ref,
                Trigger = ReminderNotice.Name,
                Period = ReminderNotice.Period(commitment),
                Step = step.Name,
                RecipientId = tell.Recipient.Id,
                Kind = tell.Kind,
                Slot = Slot.Morning,
                DecidedAt = now,
                NotBefore = hours.OpenAtOrAfter(now),
            });
        }
    }
}
