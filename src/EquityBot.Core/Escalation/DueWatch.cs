using EquityBot.People;
using NodaTime;

namespace EquityBot.Escalation;

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
}
