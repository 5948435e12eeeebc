using EquityBot.Commitments;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>Whether a promise waits for what another department agreed to supply: the one piece of code that the sweep, the preview and the auditor run. See docs/decisions/0017.</summary>
public static class SupplyWatch
{
    /// <summary>What the promise waits for at this moment: agreed, owed by somebody, and past the agreed day where the promise's owner is; of several the one with the earliest day. Null when it waits for nothing.</summary>
    public static Need? Late(IEnumerable<Need> needs, Person owner, Roster roster, Instant now) =>
        needs.Where(need => need.IsOwed && Ends(need, owner, roster) <= now).MinBy(need => (need.Dependency.NeededBy, need.Supply.Number));

    /// <summary>The end of the next agreed day that is still to come; null when none is.</summary>
    public static Instant? NextAt(IEnumerable<Need> needs, Person owner, Roster roster, Instant now) =>
        needs.Where(need => need.IsOwed).Select(need => (Instant?)Ends(need, owner, roster)).Where(ends => ends > now).Min();

    static Instant Ends(Need need, Person owner, Roster roster) => roster.ZoneOf(owner).AtStartOfDay(need.Dependency.NeededBy.PlusDays(1)).ToInstant();

    /// <summary>
    /// Lets a promise that is watched begin to wait, wait on, or wait no more. Working days of the owner that it waited are lost to it, and added before its
    /// escalation. Returns what it waits for where the wait begins with this look; else null.
    /// </summary>
    public static Need? Look(Commitment promise, IReadOnlyCollection<Need> needs, Plan plan, Roster roster, Instant now)
    {
        if (!promise.IsWatched)
        {
            return null;
        }

        var owner = roster[promise.OwnerId];
        var calendar = plan.CalendarFor(owner, roster);
        var (before, late) = (promise.WaitsSince, Late(needs, owner, roster, now));
        if (late is not null)
        {
            // From one supply to the next without a day between: the first wait is over.
            promise.WaitFor(late.Supply.DepartmentId, late.Dependency.NeededBy, before is { } first ? calendar.Between(first, late.Dependency.NeededBy) : 0);
            return before is null ? late : null;
        }

        if (before is { } since)
        {
            promise.EndWait(calendar.Between(since, roster.TodayOf(owner, now)));
        }

        return null;
    }
}
