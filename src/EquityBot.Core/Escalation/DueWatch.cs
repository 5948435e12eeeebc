using EquityBot.Commitments;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>What one look at a running promise finds.</summary>
public enum DueFound
{
    Nothing,

    /// <summary>It is time to remind its owner.</summary>
    Reminder,

    /// <summary>Its day has ended.</summary>
    Miss,
}

/// <summary>When a promise wants attention because of its due day.</summary>
/// <param name="RemindAt">The owner's morning of the reminder; null when the plan has none or it would tell the owner what they have only just said.</param>
/// <param name="Ends">The midnight, where the owner is, that ends the due day.</param>
public sealed record DueWatch(Instant? RemindAt, Instant Ends)
{
    /// <summary>
    /// The reminder falls on the plan's offset in working days of the owner's site before the due day, at the owner's opening on or after that day. Where
    /// the promise was accepted on that day or later there is none, and neither where the opening would come after the due day.
    /// </summary>
    public static DueWatch Of(LocalDate due, Instant acceptedAt, Plan plan, WorkCalendar calendar, WorkingHours hours)
    {
        var ends = hours.Zone.AtStartOfDay(due.PlusDays(1)).ToInstant();
        if (plan.Reminder is not { } reminder)
        {
            return new(null, ends);
        }

        var day = calendar.Add(due, reminder.Offset);
        var at = hours.OpeningOnOrAfter(day);
        return new(acceptedAt.InZone(hours.Zone).Date >= day || at >= ends ? null : at, ends);
    }

    /// <summary>
    /// Looks at a promise, once <see cref="SupplyWatch.Look"/> has: what is found, and when to look again; null when nothing can fall due. A day that ends while it
    /// waits for a late supply is not missed; whatever ends the wait has it looked at again.
    /// </summary>
    /// <param name="needs">What stands of what it needs.</param>
    /// <param name="isReminded">Whether its owner was reminded of this very day before.</param>
    public static (DueFound Found, Instant? LookAt) Look(Commitment commitment, IEnumerable<Need> needs, bool isReminded, Plan plan, Roster roster, Instant now)
    {
        if (!commitment.IsWatched || commitment.Due is not { } due)
        {
            return (DueFound.Nothing, null);
        }

        var owner = roster[commitment.OwnerId];
        var watch = Of(due, commitment.AcceptedAt ?? now, plan, plan.CalendarFor(owner, roster), roster.HoursOf(owner));
        if (now >= watch.Ends && commitment.WaitsSince is null)
        {
            return (DueFound.Miss, null);
        }

        Instant? own = now >= watch.Ends ? null : watch.RemindAt > now ? watch.RemindAt : watch.Ends;
        var next = Earlier(own, SupplyWatch.NextAt(needs, owner, roster, now));
        return commitment.IsRunning && now < watch.Ends && now >= watch.RemindAt && !isReminded ? (DueFound.Reminder, next) : (DueFound.Nothing, next);
    }

    static Instant? Earlier(Instant? one, Instant? other) => one is null || other < one ? other ?? one : one;

    /// <summary>Who hears the reminder: the owner or who acts for them. Null while the owner is away and nobody does: nothing is sent, as nothing is to be read.</summary>
    public static Person? ReminderTo(Commitment commitment, Roster roster, Instant now)
    {
        var owner = roster[commitment.OwnerId];
        return Recipients.NeedsCover(owner, roster, now) ? null : Recipients.For("owner", owner, commitment.DepartmentId, new HashSet<Guid>(), roster, now);
    }
}
