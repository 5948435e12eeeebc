using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Partnerships;

/// <summary>Something that its owner, or whoever acts for them, is reminded of on several days.</summary>
public interface IReminded : IDue
{
    string Ref { get; }

    Guid OwnerId { get; }

    Guid DepartmentId { get; }

    /// <summary>How many of its reminders have been decided.</summary>
    int Reminders { get; }

    /// <summary>When the watch over it has to look next; null when it has nothing more to say.</summary>
    Instant? LookAt { get; }

    void Remind(int reminders);

    void LookAgainAt(Instant? at);
}

/// <summary>Reminds whoever acts for an owner, in the morning bundle.</summary>
public abstract class ReminderSweep<TRow>(EquityStore store, ILogger log, ReminderNotice<TRow> notice) : PartnershipSweep<TRow>(store, log) where TRow : class, IReminded
{
    public override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<TRow>().Where(one => one.LookAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.LookAt!.Value });

    protected override Instant? DueAt(TRow row) => row.LookAt;

    /// <summary>How many reminders have fallen due by now, and when the next one does.</summary>
    /// <param name="hours">Of whoever hears.</param>
    protected abstract (int Due, Instant? Next) Look(TRow row, WorkingHours hours, Instant now);

    protected override Task DecideAsync(EquityDb db, TRow row, Roster roster, Instant now, CancellationToken ct)
    {
        if (Reminders.Hears(roster, row.OwnerId, row.DepartmentId, now) is not { } hears)
        {
            row.LookAgainAt(roster.HoursOf(roster[row.OwnerId]).NextMorning(now));
            return Task.CompletedTask;
        }

        var (due, next) = Look(row, roster.HoursOf(hears), now);
        if (due > row.Reminders)
        {
            row.Remind(due);
            db.Add(AuditEntry.Of(db, now, Name, row.Ref, "reminded"));
            db.Add(new Notice
            {
                OrganizationId = db.OrganizationId,
                SubjectId = row.Id,
                Ref = row.Ref,
                Trigger = notice.Trigger,
                Period = notice.Period(row),
                RecipientId = hears.Id,
                Kind = MessageKind.Reminder,
                Slot = Slot.Morning,
                DecidedAt = now,
                NotBefore = now,
            });
        }

        row.LookAgainAt(next);
        return Task.CompletedTask;
    }
}

/// <summary>A reminder in words, for whoever acts at the moment it is sent.</summary>
public abstract class ReminderNotice<TRow> : NoticeWriter where TRow : class, IReminded
{
    /// <summary>What makes this reminder another one than the last.</summary>
    public abstract string Period(TRow row);

    /// <summary>Whether there is still something to remind of, and it is what was decided in this period.</summary>
    protected abstract bool Stands(TRow row, string period);

    protected abstract Card Write(TRow row, View view, Reader reader);

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        if (await reader.ViewAsync(db, notice.Ref, ct) is not { Subject: TRow row } view || !Stands(row, notice.Period))
        {
            return null;
        }

        if (Reminders.Hears(reader.Roster, row.OwnerId, row.DepartmentId, reader.Now)?.Id != reader.Person.Id)
        {
            // Somebody else acts by now: the sweep finds out who.
            await db.Set<TRow>().Where(one => one.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.LookAt, reader.Now).SetProperty(one => one.Reminders, row.Reminders - 1), ct);
            return null;
        }

        return Write(row, view, reader);
    }
}
