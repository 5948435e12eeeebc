using EquityBot.People;
using NodaTime;

namespace EquityBot.Goals;

/// <summary>What one look at a milestone finds.</summary>
public enum MilestoneFound
{
    Nothing,

    /// <summary>Its day is the next working day.</summary>
    ToRemind,

    /// <summary>Its day has passed, or what was in the way has had its time.</summary>
    ToAsk,

    /// <summary>Asked about, and no word came.</summary>
    Missed,
}

/// <summary>When a milestone wants attention: reminded of the working day before, asked about the working day after, missed when five more bring no word. Days are those of whoever acts.</summary>
public static class MilestoneWatch
{
    /// <summary>Working days that an answer has, and that something in the way may stay there before it is asked about again.</summary>
    public const int Patience = 5;

    public static Instant RemindAt(Milestone milestone, WorkingHours hours) => hours.OpeningOnOrAfter(hours.Calendar.Add(milestone.Due, -1));

    public static LocalDate MissedFrom(LocalDate asked, WorkingHours hours) => hours.Calendar.Add(asked, Patience);

    public static (MilestoneFound Found, Instant? Next) Look(Milestone milestone, WorkingHours hours, Instant now)
    {
        if (milestone.State != MilestoneState.Planned)
        {
            return (MilestoneFound.Nothing, null);
        }

        if (milestone.AskedOn is { } asked)
        {
            return hours.OpeningOnOrAfter(MissedFrom(asked, hours)) is var ends && now >= ends ? (MilestoneFound.Missed, null) : (MilestoneFound.Nothing, ends);
        }

        var askOn = hours.Calendar.Add(milestone.Due, 1);
        if (milestone.BlockedOn is { } blocked)
        {
            askOn = LocalDate.Max(askOn, hours.Calendar.Add(blocked, Patience));
        }

        // After an outage only the latest counts.
        var (due, next) = Reminders.Look([RemindAt(milestone, hours), hours.OpeningOnOrAfter(askOn)], now);
        return due == 2 ? (MilestoneFound.ToAsk, null) : (due == 1 && milestone.RemindedFor != milestone.Due ? MilestoneFound.ToRemind : MilestoneFound.Nothing, next);
    }
}
