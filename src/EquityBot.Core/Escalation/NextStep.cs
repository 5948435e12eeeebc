using EquityBot.People;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>How far a case has walked: all that decides what comes next and when.</summary>
/// <param name="BaseDay">The due day that was missed; offsets count from it.</param>
/// <param name="Next">Place of the next step among the plan's case steps.</param>
/// <param name="Told">Place of the last step whose notice was delivered; null before the first.</param>
/// <param name="ToldOn">The local date, where the owner is, of that delivery.</param>
/// <param name="LapsedOn">The promised day that passed, until the interrupted step has gone again.</param>
/// <param name="GapsOnly">After a lapse offsets count no more.</param>
/// <param name="UnreachedOn">The local date on which the last recipient turned out to be unreachable; null when reached.</param>
/// <param name="DelayDays">Working days that progress or a wait for confirmation adds to the next step.</param>
/// <param name="Repeats">How often the told step has been repeated.</param>
/// <param name="RepeatedOn">The local date of the last repetition; null before the first.</param>
/// <param name="JumpOn">The local date on which somebody sent the case straight to <paramref name="Next"/>; neither offset nor gap counts for that step.</param>
public sealed record CasePosition(
    LocalDate BaseDay, int Next, int? Told, LocalDate? ToldOn, LocalDate? LapsedOn = null, bool GapsOnly = false, LocalDate? UnreachedOn = null, int DelayDays = 0,
    int Repeats = 0, LocalDate? RepeatedOn = null, LocalDate? JumpOn = null);

/// <summary>Which step of a case comes next, and on which local date of the owner's site.</summary>
/// <param name="Place">Among the plan's case steps.</param>
/// <param name="On">The earliest local date; the recipient's working hours may move it further.</param>
/// <param name="Again">It goes once more to whoever had it: the interrupted step after a lapse, or a repetition.</param>
/// <param name="IsRepeat">A repetition that the plan asks for while nobody answers; it moves no later step.</param>
public sealed record NextStep(int Place, LocalDate On, bool Again, bool IsRepeat = false)
{
    /// <summary>
    /// The later of the step's own offset from the due day and the gap to the last notice that was delivered, counted in working days of
    /// <paramref name="calendar"/> between local dates, so that after an outage the gaps are kept and nobody jumps to the board. After a lapse the
    /// interrupted step goes again on the next working day, and only gaps count from there. After a recipient who could not be reached the next step waits
    /// for the plan's days instead of the gap. A told step that the plan repeats goes again while the next one is further away. Null when no step is left.
    /// Rules: design §6.
    /// </summary>
    public static NextStep? Of(CasePosition position, Plan plan, WorkCalendar calendar)
    {
        if (position.LapsedOn is { } lapsed)
        {
            return new(position.Told ?? position.Next, calendar.Add(lapsed, 1 + position.DelayDays), position.Told is not null);
        }

        var next = Onwards(position, plan, calendar);
        return Repetition(position, plan, calendar) is { } again && (next is null || again.On < next.On) ? again : next;
    }

    static NextStep? Repetition(CasePosition position, Plan plan, WorkCalendar calendar) =>
        position is { JumpOn: null, UnreachedOn: null, Told: { } told, ToldOn: { } on } && plan.CaseSteps[told].Repeat is { } repeat && position.Repeats < repeat.Times
            ? new(told, calendar.Add(position.RepeatedOn ?? on, repeat.Every + position.DelayDays), true, true)
            : null;

    static NextStep? Onwards(CasePosition position, Plan plan, WorkCalendar calendar)
    {
        if (position.Next >= plan.CaseSteps.Count)
        {
            return null;
        }

        if (position.JumpOn is { } jump)
        {
            return new(position.Next, jump, false);
        }

        var step = plan.CaseSteps[position.Next];
        LocalDate?[] earliest =
        [
            position.GapsOnly ? null : calendar.Add(position.BaseDay, step.Offset),
            position.UnreachedOn is { } unreached
                ? calendar.Add(unreached, plan.UnreachedDays)
                : position is { Told: { } told, ToldOn: { } on } ? calendar.Add(on, step.Offset - plan.CaseSteps[told].Offset) : null,
        ];
        return new(position.Next, calendar.Add(earliest.Max() ?? calendar.Add(position.BaseDay, 1), position.DelayDays), false);
    }
}
