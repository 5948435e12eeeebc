using EquityBot.Commitments;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Cycles;

/// <summary>What one look at a check-in finds.</summary>
public enum CheckInFound
{
    Nothing,

    /// <summary>It is not to be asked for: the promise ended, or rests beyond the period.</summary>
    Obsolete,

    /// <summary>The period ended and nobody had been asked: nobody's miss; the period that runs now is asked for instead.</summary>
    NeverAsked,

    /// <summary>Asked for, and the period ended without a word.</summary>
    Missed,

    /// <summary>It is time to ask.</summary>
    ToAsk,
}

/// <summary>When a check-in wants attention: the one piece of code that both the sweep and the preview run.</summary>
public static class CheckInWatch
{
    /// <summary>Looks at a check-in that is open: what is found, whom to ask where it is time to, and when to look again; null when only somebody's act can change anything.</summary>
    /// <param name="isTakenBack">Whether the notice of the last asking was taken back before it left.</param>
    public static (CheckInFound Found, Person? Asked, Instant? LookAt) Look(CheckIn checkIn, Commitment commitment, bool isTakenBack, Roster roster, Instant now)
    {
        var ends = roster.ZoneOf(roster[commitment.OwnerId]).AtStartOfDay(checkIn.EndsOn.PlusDays(1)).ToInstant();
        if (!commitment.IsOpen || checkIn.EndsOn > commitment.Due || (!commitment.IsRunning && now >= ends))
        {
            return (CheckInFound.Obsolete, null, null);
        }

        if (!commitment.IsRunning)
        {
            // It rests: a claim of done waits, a withdrawal is asked for. It may go on within the period.
            return (CheckInFound.Nothing, null, ends);
        }

        if (now >= ends)
        {
            return (checkIn.Status == CheckInStatus.Planned ? CheckInFound.NeverAsked : CheckInFound.Missed, null, null);
        }

        if (checkIn.Status == CheckInStatus.Asked && !isTakenBack)
        {
            return (CheckInFound.Nothing, null, ends);
        }

        var (asked, at) = Ask(checkIn, commitment, roster, now);
        return asked is not null && at <= now ? (CheckInFound.ToAsk, asked, ends) : (CheckInFound.Nothing, null, at < ends ? at : ends);
    }

    /// <summary>Whoever acts for the promise now and the moment at which they are to be asked; without anybody, the moment at which somebody is back, null when that is not known.</summary>
    static (Person? Asked, Instant? At) Ask(CheckIn checkIn, Commitment commitment, Roster roster, Instant now)
    {
        var owner = roster[commitment.OwnerId];
        if (checkIn.Span.AskOn(roster.CalendarOf(owner), commitment.LastReportOn) is not { } day)
        {
            return (null, null);
        }

        var today = roster.TodayOf(owner, now);
        var acting = !owner.IsAbsentOn(today) ? owner : roster.ActingFor(owner, now);
        if (acting is null)
        {
            return (null, owner.AwayUntil is { } away && owner.IsAwayOn(today) && !owner.HasLeftBy(away.PlusDays(1)) ? roster.ZoneOf(owner).AtStartOfDay(away.PlusDays(1)).ToInstant() : null);
        }

        var hours = roster.HoursOf(acting);
        return (acting, Instant.Max(hours.OpeningOnOrAfter(LocalDate.Max(day, checkIn.SnoozedUntil ?? day)), hours.OpenAtOrAfter(now)));
    }
}
