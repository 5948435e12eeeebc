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
public sealed class DueSweep(EquityStore store, IEnumerable<IEscalationAction> actions, ILogger<DueSweep> log) : RowSweep<DueSweep.Batch>(store, log)
{
    public override string Name => "due";

    public override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<Commitment>().Where(one => one.LookAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.LookAt!.Value });

    /// <param name="Reminded">Promises and the due days of which somebody was reminded.</param>
    /// <param name="Cases">Of each promise the newest.</param>
    /// <param name="Needs">What stands of what each promise needs of others.</param>
    public sealed record Batch(
        IReadOnlyDictionary<Guid, Commitment> Promises, IReadOnlySet<(Guid Promise, string Period)> Reminded, IReadOnlyDictionary<Guid, EscalationCase> Cases, ILookup<Guid, Need> Needs, Roster Roster, ScheduleBook Book);

    protected override async Task<Batch> LoadAsync(EquityDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var promises = await db.Set<Commitment>().Where(one => ids.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToDictionaryAsync(one => one.Id, ct);
        var cases = await db.Set<EscalationCase>().Where(one => one.CommitmentId != null && ids.Contains(one.CommitmentId.Value) && one.Line == Lines.Promise).OrderBy(one => one.Id).ForUpdate().ToListAsync(ct);
        var reminded = await db.Set<Notice>().Where(one => ids.Contains(one.SubjectId) && one.Trigger == ReminderNotice.Name).Select(one => new { one.SubjectId, one.Period }).ToListAsync(ct);
        return new(
            promises,
            reminded.Select(one => (one.SubjectId, one.Period)).ToHashSet(),
            cases.GroupBy(one => one.AboutId).ToDictionary(own => own.Key, own => own.MaxBy(one => one.Number)!),
            await Need.LoadAsync(db, ids, ct),
            await Roster.LoadAsync(db, ct),
            await ScheduleBook.LoadAsync(db, ct));
    }

    protected override async Task DecideAsync(EquityDb db, Batch batch, Guid id, Instant now, CancellationToken ct)
    {
        var (commitment, roster) = (batch.Promises[id], batch.Roster);
        if (commitment.LookAt is null || commitment.LookAt > now)
        {
            return;
        }

        var followed = batch.Book.For(commitment, roster, now);
        var needs = batch.Needs[id].ToList();
        if (SupplyWatch.Look(commitment, needs, followed.Plan, roster, now) is { } late)
        {
            SayThatItWaits(db, commitment, late, roster, now);
        }

        (var found, commitment.LookAt) = DueWatch.Look(commitment, needs, batch.Reminded.Contains((id, ReminderNotice.Period(commitment))), followed.Plan, roster, now);
        switch (found)
        {
            case DueFound.Miss:
                var due = commitment.Due!.Value;
                commitment.Miss();
                await MissedAsync(db, commitment, batch.Cases.GetValueOrDefault(id), due, followed, now, ct);
                break;
            case DueFound.Reminder:
                if (DueWatch.ReminderTo(commitment, roster, now) is { } reader)
                {
                    Remind(db, commitment, roster[commitment.OwnerId], reader, followed.Plan.Reminder!, roster.HoursOf(reader), now);
                }

                db.Append(AuditEntry.Of(db, now, Name, commitment.Ref, "reminded"));
                break;
        }
    }

    /// <summary>The wait begins, and whoever owns the promise knows that its day rests, and why.</summary>
    static void SayThatItWaits(EquityDb db, Commitment commitment, Need late, Roster roster, Instant now)
    {
        db.Add(AuditEntry.Of(db, now, "due", commitment.Ref, "waits", late.Supply.Ref));
        if (DueWatch.ReminderTo(commitment, roster, now) is { } reader)
        {
            db.Add(SupplyNews.Late(commitment, late, reader, roster.HoursOf(reader), now));
        }
    }

    static async Task MissedAsync(EquityDb db, Commitment commitment, EscalationCase? open, LocalDate due, ScheduleInForce followed, Instant now, CancellationToken ct)
    {
        db.Add(AuditEntry.Of(db, now, "due", commitment.Ref, "missed"));
        db.Add(new CommitmentEvent { OrganizationId = db.OrganizationId, CommitmentId = commitment.Id, What = "missed", At = now, OldDue = due });
        if (open is { IsOpen: true, Trigger: Triggers.CheckIn })
        {
            await CaseFollower.RecallAsync(db, open, now, ct);
        }

        CaseWalk.MissDue(open, due, commitment.DelayDays, now, out var opens);
        if (opens)
        {
            var miss = new Miss(Lines.Promise, commitment.Id, commitment, commitment.OwnerId, commitment.DepartmentId, due) { DelayDays = commitment.DelayDays };
            await miss.OpenCaseAsync(db, followed, now, ct);
        }
    }

    void Remind(EquityDb db, Commitment commitment, Person owner, Person reader, EscalationStep step, WorkingHours hours, Instant now)
    {
        var action = actions.Single(one => one.Kind == step.Action);
        foreach (var tell in action.Compose(new MissedPromise(commitment.Ref, owner, reader), step, now).OfType<Effect.Tell>())
        {
            db.Append(new Notice
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
