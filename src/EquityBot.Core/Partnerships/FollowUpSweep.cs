using System.Globalization;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Partnerships;

/// <summary>Reminds whoever acts for a follow-up's owner, in the morning bundle.</summary>
public sealed class FollowUpSweep(EquityStore store, ILogger<FollowUpSweep> log) : RowSweep<FollowUpSweep.Batch>(store, log)
{
    public override string Name => "follow-ups";

    public override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<FollowUp>().Where(one => one.LookAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.LookAt!.Value });

    public sealed record Batch(IReadOnlyDictionary<Guid, FollowUp> FollowUps, Roster Roster);

    protected override async Task<Batch> LoadAsync(EquityDb db, IReadOnlyList<Guid> ids, CancellationToken ct) => new(
        await db.Set<FollowUp>().Where(one => ids.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToDictionaryAsync(one => one.Id, ct),
        await Roster.LoadAsync(db, ct));

    protected override Task DecideAsync(EquityDb db, Batch batch, Guid id, Instant now, CancellationToken ct)
    {
        var (followUp, roster) = (batch.FollowUps[id], batch.Roster);
        if (followUp.LookAt is null || followUp.LookAt > now)
        {
            return Task.CompletedTask;
        }

        if (Reminders.Hears(roster, followUp.OwnerId, followUp.DepartmentId, now) is not { } hears)
        {
            followUp.LookAgainAt(roster.HoursOf(roster[followUp.OwnerId]).NextMorning(now));
            return Task.CompletedTask;
        }

        var (due, next) = FollowUpWatch.Look(followUp.Due, roster.HoursOf(hears), now);
        if (due > followUp.Reminders)
        {
            followUp.Remind(due);
            db.Add(AuditEntry.Of(db, now, Name, followUp.Ref, "reminded"));
            db.Add(new Notice
            {
                OrganizationId = db.OrganizationId,
                SubjectId = followUp.Id,
                Ref = followUp.Ref,
                Trigger = FollowUpNotice.Name,
                Period = FollowUpNotice.Period(followUp),
                RecipientId = hears.Id,
                Kind = MessageKind.Reminder,
                Slot = Slot.Morning,
                DecidedAt = now,
                NotBefore = now,
            });
        }

        followUp.LookAgainAt(next);
        return Task.CompletedTask;
    }
}

/// <summary>A follow-up is due, or was.</summary>
public sealed class FollowUpNotice : NoticeWriter
{
    public const string Name = "follow-up";

    public override string Trigger => Name;

    /// <summary>What makes this reminder another one than the last.</summary>
    public static string Period(FollowUp followUp) => string.Create(CultureInfo.InvariantCulture, $"{followUp.Version}:{followUp.Reminders}");

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        if (await reader.ViewAsync(db, notice.Ref, ct) is not { Subject: FollowUp { IsOpen: true } followUp } view || Period(followUp) != notice.Period)
        {
            return null;
        }

        if (Reminders.Hears(reader.Roster, followUp.OwnerId, followUp.DepartmentId, reader.Now)?.Id != reader.Person.Id)
        {
            // Somebody else acts by now: the sweep finds out who.
            await db.Set<FollowUp>().Where(one => one.Id == followUp.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.LookAt, reader.Now).SetProperty(one => one.Reminders, followUp.Reminders - 1), ct);
            return null;
        }

        var today = reader.Roster.TodayOf(reader.Roster[followUp.OwnerId], reader.Now);
        var title = reader.Words[followUp.Due < today ? "follow-up.was-due" : "follow-up.is-due", ("reference", followUp.Ref), ("day", reader.DueDay(followUp.Due, followUp.OwnerId))];
        return new(title, [new Words(followUp.What, Strong: true), .. FollowUpCard.Blocks(view, reader), .. reader.Buttons(view, "complete-follow-up", "move-follow-up", "drop-follow-up") is { } buttons ? new Block[] { buttons } : []]);
    }
}
