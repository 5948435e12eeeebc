using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Access;

/// <summary>What the officer hears about a platform, rather than about a promise.</summary>
static class PlatformNotice
{
    public static (string Channel, string Tenant, string Reason) FactsOf(Notice notice) =>
        notice.Facts!.Split(' ', 3) is [var channel, var tenant, .. var more] ? (channel, tenant, more.FirstOrDefault() ?? "") : throw new InvalidOperationException("A notice about a platform names a channel and a tenant.");

    /// <summary>Decides that the officer is to hear of it, in their hours, once on each day on which they have some.</summary>
    public static async Task TellAsync(EquityDb db, string trigger, string channel, string tenant, string reason, Instant now, CancellationToken ct)
    {
        // Of all processes that find out at once, one tells it.
        await db.Set<Workspace>().Where(one => one.Channel == channel && one.Tenant == tenant).ForUpdate().SingleAsync(ct);
        var roster = await Roster.LoadAsync(db, ct);
        if (roster.Holder(Role.EquityOfficer) is not { } officer || roster.HasLeft(officer, now))
        {
            return;
        }

        var notBefore = roster.HoursOf(officer).OpenAtOrAfter(now);
        var period = $"{channel} {tenant} {LocalDatePattern.Iso.Format(roster.TodayOf(officer, notBefore))}";
        if (!await db.Set<Notice>().AnyAsync(one => one.Trigger == trigger && one.Period == period, ct))
        {
            db.Add(new Notice
            {
                OrganizationId = db.OrganizationId,
                SubjectId = db.OrganizationId,
                Ref = "",
                Trigger = trigger,
                Period = period,
                RecipientId = officer.Id,
                Kind = MessageKind.Task,
                Slot = Slot.Now,
                Facts = $"{channel} {tenant} {reason}".TrimEnd(),
                DecidedAt = now,
                NotBefore = notBefore,
            });
        }
    }
}
