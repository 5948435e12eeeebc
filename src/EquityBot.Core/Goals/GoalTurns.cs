using EquityBot.Chat;
using EquityBot.Commitments;
using NodaTime;

namespace EquityBot.Goals;

static class GoalTurns
{
    /// <summary>Today where the goal's owner is.</summary>
    public static LocalDate OwnersToday(this Turn turn, SmartGoal goal) => turn.Roster.TodayOf(turn.Roster[goal.OwnerId], turn.Now);

    /// <summary>A row about the goal by the speaker.</summary>
    public static GoalReading Reading(
        this Turn turn, SmartGoal goal, LocalDate on, decimal? value = null, decimal? reference = null, string? note = null, ProgressStatus? suggested = null, ProgressStatus? claimed = null,
        long? about = null, string? reason = null, bool stands = true, int? confidence = null, long? reverses = null) => new()
        {
            OrganizationId = turn.Db.OrganizationId,
            GoalId = goal.Id,
            ById = turn.Speaker.Id,
            At = turn.Now,
            On = on,
            Value = value,
            Reference = reference,
            Note = note,
            Suggested = suggested,
            Claimed = claimed,
            About = about,
            Reason = reason,
            Stands = stands,
            Confidence = confidence,
            Reverses = reverses,
        };
}
