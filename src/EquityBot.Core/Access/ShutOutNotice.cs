using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Access;

/// <summary>Tells the officer that a platform has closed the bot's way in, so that nobody can be written to there. Once a day at most, while it lasts.</summary>
public sealed class ShutOutNotice : NoticeWriter
{
    public const string Name = "shut-out";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var (channel, tenant) = notice.Facts!.Split(' ') is [var first, var second] ? (first, second) : throw new InvalidOperationException("A notice of being shut out names a channel and a tenant.");
        if (await db.Set<Installation>().AnyAsync(one => one.Channel == channel && one.Tenant == tenant && one.Ended == null, ct))
        {
            return null;
        }

        var (words, name) = (reader.Words, reader.Words[$"channel.{channel}"]);
        return new(words["shut-out.title", ("channel", name)], new Words(words["shut-out.words", ("channel", name), ("tenant", tenant)]), new Quiet(words["shut-out.meanwhile", ("channel", name)]));
    }

    /// <summary>Decides that the officer is to hear of it, in their hours, unless they were told today.</summary>
    public static async Task TellAsync(EquityDb db, string channel, string tenant, Instant now, CancellationToken ct)
    {
        // Of all processes that find out at once, one tells it.
        await db.Set<Workspace>().Where(one => one.Channel == channel && one.Tenant == tenant).ForUpdate().SingleAsync(ct);
        var roster = await Roster.LoadAsync(db, ct);
        if (roster.Holder(Role.EquityOfficer) is not { } officer || roster.HasLeft(officer, now))
        {
            return;
        }

        var (facts, period) = ($"{channel} {tenant}", $"{channel} {tenant} {LocalDatePattern.Iso.Format(roster.TodayOf(officer, now))}");
        if (!await db.Set<Notice>().AnyAsync(one => one.Trigger == Name && one.Period == period, ct))
        {
            db.Add(new Notice
            {
                OrganizationId = db.OrganizationId,
                SubjectId = db.OrganizationId,
                Ref = "",
                Trigger = Name,
                Period = period,
                RecipientId = officer.Id,
                Kind = MessageKind.Task,
                Slot = Slot.Now,
                Facts = facts,
                DecidedAt = now,
                NotBefore = roster.HoursOf(officer).OpenAtOrAfter(now),
            });
        }
    }
}
