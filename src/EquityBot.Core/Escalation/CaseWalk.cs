using EquityBot.People;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>What one look at a case brings about beside the case itself; rows for the sweep, lines for the preview.</summary>
public abstract record Walked
{
    /// <summary>A step fires: somebody is to hear.</summary>
    public sealed record Fired(NextStep Next, EscalationStep Step, Person Recipient) : Walked;

    /// <summary>A step finds nobody and is passed over; the next one fires on its own day.</summary>
    public sealed record Skipped(NextStep Next, EscalationStep Step) : Walked;

    /// <summary>The owner is away and nobody acts for them: whoever leads them is asked to.</summary>
    public sealed record CoverNeeded : Walked;

    /// <summary>The seat on the board is empty, and the step goes to whoever is in its place.</summary>
    public sealed record SeatEmpty(EscalationStep Step, Person InItsPlace) : Walked;
}

/// <summary>The walk of a case, one look at a time: the one piece of code that both the engine and the preview run.</summary>
public static class CaseWalk
{
    /// <summary>
    /// Looks at a case and moves it: fires the step whose time has come, to whoever holds its role at this moment; otherwise leaves it with the time of the
    /// next look, or with none where nothing can fire until somebody does something or a delivery settles. At most one step fires a look.
    /// </summary>
    /// <param name="told">The case's steps that arrived, since it was opened or began anew, in their order.</param>
    public static IReadOnlyList<Walked> Look(EscalationCase @case, IReadOnlyList<CaseStep> told, Roster roster, Instant now)
    {
        var walked = new List<Walked>();
        var (plan, owner) = (@case.PlanInForce, roster[@case.OwnerId]);
        var (calendar, zone) = (plan.CalendarFor(owner, roster), roster.ZoneOf(owner));
        @case.NextAt = null;
        while (@case.Walks && NextStep.Of(@case.Position, plan, calendar) is { } next)
        {
            var step = plan.CaseSteps[next.Place];
            var begins = zone.AtStartOfDay(next.On).ToInstant();
            if (begins <= now && RestsUntil(owner, roster, now) is { } rested)
            {
                @case.NextAt = rested;
                return walked;
            }

            if (begins <= now && WaitsForCover(@case, next, owner, plan, calendar, roster, now, walked))
            {
                return walked;
            }

            var recipient = To(next, step, @case, owner, told, roster, now);
            var at = recipient is null ? begins : OpeningOnOrAfter(next.On, recipient, owner, roster);
            if (at > now)
            {
                @case.NextAt = at;
                return walked;
            }

            if (recipient is not null)
            {
                if (step.To == "board" && roster.BoardOwner(now) is null)
                {
                    walked.Add(new Walked.SeatEmpty(step, recipient));
                }

                walked.Add(new Walked.Fired(next, step, recipient));
                return walked;
            }

            if (next.IsRepeat)
            {
                // Their place has been told once and is empty now: nothing is lost by one reminder fewer.
                @case.Skip(next);
                continue;
            }

            if (step.To == "board")
            {
                // Passed over, it would end without anybody who must decide. Somebody is back some day.
                @case.NextAt = zone.AtStartOfDay(calendar.Add(roster.TodayOf(owner, now), 1)).ToInstant();
                return walked;
            }

            @case.Skip(next);
            walked.Add(new Walked.Skipped(next, step));
        }

        return walked;
    }

    /// <summary>The begin of the first day on which the owner's department works again; null while it works.</summary>
    static Instant? RestsUntil(Person owner, Roster roster, Instant now)
    {
        var today = roster.TodayOf(owner, now);
        var day = today;
        while (roster.Rests(owner, day))
        {
            day = day.PlusDays(1);
        }

        return day == today ? null : roster.ZoneOf(owner).AtStartOfDay(day).ToInstant();
    }

    /// <summary>The recipient's first opening on or after the day, on none of the days on which the owner's department rests.</summary>
    public static Instant OpeningOnOrAfter(LocalDate on, Person recipient, Person owner, Roster roster)
    {
        var (hours, zone) = (roster.HoursOf(recipient), roster.ZoneOf(owner));
        for (var day = on; ; day = day.PlusDays(1))
        {
            var at = hours.OpeningOnOrAfter(day);
            if (!roster.Rests(owner, at.InZone(zone).Date))
            {
                return at;
            }
        }
    }

    /// <summary>Whether the step must wait because its owner is away and nobody acts for them. The lead is asked once, without the reason; the plan says how many working days are enough.</summary>
    static bool WaitsForCover(EscalationCase @case, NextStep next, Person owner, Plan plan, WorkCalendar calendar, Roster roster, Instant now, List<Walked> walked)
    {
        var zone = roster.ZoneOf(owner);
        if (@case.Line != Lines.Promise || !Recipients.NeedsCover(owner, roster, now))
        {
            @case.CoverFound();
            return false;
        }

        if (@case.CoverAskedOn is null)
        {
            @case.AwaitCover(next.On);
            walked.Add(new Walked.CoverNeeded());
        }

        var ends = zone.AtStartOfDay(calendar.Add(@case.CoverAskedOn!.Value, plan.CoverDays)).ToInstant();
        if (now >= ends)
        {
            @case.GoOnUncovered();
            return false;
        }

        // Whoever was away long ago and has left since does not come back.
        var back = owner.AwayUntil is { } away && owner.IsAwayOn(roster.TodayOf(owner, now)) && !owner.HasLeftBy(away.PlusDays(1)) ? zone.AtStartOfDay(away.PlusDays(1)).ToInstant() : ends;
        @case.NextAt = back > now && back < ends ? back : ends;
        return true;
    }

    /// <summary>
    /// A step that goes again goes to the same person, unless they have left or are away, or another owner has taken over since; else as its role resolves now,
    /// be it to somebody who had the same step before.
    /// </summary>
    static Person? To(NextStep next, EscalationStep step, EscalationCase @case, Person owner, IReadOnlyList<CaseStep> told, Roster roster, Instant now)
    {
        var last = next.Again ? told.LastOrDefault(one => one.Place == next.Place) : null;
        var before = last?.DeliveredAt < @case.HandedAt ? null : roster.Find(last?.RecipientId);
        return before is not null && !roster.IsAbsent(before, now)
            ? before
            : Recipients.For(step.To, owner, @case.DepartmentId, told.Where(one => !next.Again || one.Place != next.Place).Select(one => one.RecipientId!.Value).ToHashSet(), roster, now);
    }

    /// <summary>A step's message arrived: what that means to the case.</summary>
    /// <param name="today">The local date where the owner is.</param>
    public static void Arrived(EscalationCase @case, CaseStep step, LocalDate today, Instant now)
    {
        (step.DeliveredAt, step.DeliveredOn) = (now, today);
        @case.Delivered(step.Place, today, step.To is "board" or "board-deputy", now);
    }

    /// <summary>The due day ended: what that means to the promise's newest case.</summary>
    /// <param name="case">Null when there never was one.</param>
    /// <param name="waitedDays">Working days after the due day that a claim of done has waited in vain.</param>
    /// <param name="opens">Whether a new case opens instead.</param>
    public static void MissDue(EscalationCase? @case, LocalDate due, int waitedDays, Instant now, out bool opens)
    {
        opens = @case is not { IsOpen: true };
        if (@case is { IsOpen: true, Trigger: Triggers.CheckIn })
        {
            @case.Rebase(due, waitedDays, now);
        }
        else if (@case is { Status: CaseStatus.Acknowledged })
        {
            @case.Lapse(due, waitedDays, now);
        }
    }

    /// <summary>What somebody did to the promise, as its open case sees it. Whether a decided step is to be taken back is the caller's to ask of <see cref="TakesBack"/>, before.</summary>
    /// <param name="what">As <see cref="Chat.Change.What"/> says it.</param>
    public static void Follow(EscalationCase @case, Guid owner, Guid department, string what, Roster roster, Instant now)
    {
        var person = roster[owner];
        var today = roster.TodayOf(person, now);
        switch (what)
        {
            case "covered":
                @case.NextAt = now;
                break;
            case "withdrawal-asked" or "withdrawal-declined" or "waived" or "decided":
                break;
            case var _ when @case.Trigger == Triggers.CheckIn:
                // Whatever else somebody says about it is the news that was waited for.
                @case.Resolve(now);
                break;
            case "progress-reported":
                @case.Postpone(@case.PlanInForce.PostponeDays, now);
                break;
            case "done-claimed":
                @case.Hold(today);
                break;
            case "not-yet":
                @case.Release(@case.HeldSince is { } since ? @case.PlanInForce.CalendarFor(person, roster).Between(since, today) : 0, now);
                break;
            case "due-moved":
                @case.Acknowledge();
                break;
            case "handed-over":
                @case.HandTo(owner, department, today, now);
                break;
            case "met-confirmed" or "withdrawn" when @case.Status == CaseStatus.Exhausted:
                // The board was told, so the board's decision stays due; nobody further hears.
                @case.Hold(today);
                break;
            case "met-confirmed" or "withdrawn":
                @case.Resolve(now);
                break;
        }
    }

    /// <summary>Whether what was decided and is not known to have arrived is decided anew after this.</summary>
    public static bool TakesBack(string what) => what is not "withdrawal-asked" and not "withdrawal-declined";
}
