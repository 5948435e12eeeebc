using EquityBot.Commitments;
using EquityBot.Cycles;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>Which answer about a promise is owed, and by whom.</summary>
public static class AnswerWatch
{
    /// <summary>The line on which an answer is owed while a promise stands so; null when none is.</summary>
    public static string? LineOf(CommitmentStatus status) => status switch
    {
        CommitmentStatus.Proposed => Lines.Proposal,
        CommitmentStatus.DoneUnconfirmed => Lines.Confirmation,
        CommitmentStatus.WithdrawalPending => Lines.Withdrawal,
        _ => null,
    };

    /// <summary>The proposed owner; for a claim of done or a withdrawal the confirmer, else the equity officer. Null where nobody is left.</summary>
    public static Person? DebtorOf(Commitment commitment, Roster roster, Instant now) => commitment.Status == CommitmentStatus.Proposed
        ? roster[commitment.OwnerId]
        : roster.ConfirmerFor(roster[commitment.OwnerId], commitment.DepartmentId, now) ?? roster.Holder(Role.EquityOfficer);

    /// <summary>Verbs with which whoever owes it gives the answer.</summary>
    public static IReadOnlyList<string> AnswersOf(string line) => line switch
    {
        Lines.Proposal => ["accept-commitment", "decline-commitment"],
        Lines.Confirmation => ["confirm-met", "not-yet"],
        Lines.Withdrawal => ["approve-withdrawal", "decline-withdrawal"],
        Lines.Help or Lines.Extension => ["accept-request", "decline-request"],
        _ => [],
    };

    /// <summary>Looks at an answer that somebody owes about a promise: the miss when their time is over, else when it will be; neither where nobody owes one or the plan lets it be.</summary>
    public static (Miss? Miss, Instant? LookAt) Look(Commitment commitment, Plan plan, Roster roster, Instant now) =>
        LineOf(commitment.Status) is { } line && commitment.AskedOn is { } asked && DebtorOf(commitment, roster, now) is { } debtor
            ? Look(line, commitment.Id, commitment, debtor, asked, plan, roster, now)
            : (null, null);

    /// <summary>The same for a request about it.</summary>
    public static (Miss? Miss, Instant? LookAt) Look(Request request, Commitment commitment, Plan plan, Roster roster, Instant now) =>
        request.Answer is null && request.EscalatesWhenUnanswered && commitment.IsOpen
            ? Look(request.Kind == RequestKind.Help ? Lines.Help : Lines.Extension, request.Id, commitment, roster[request.ToId], request.AskedOn, plan, roster, now)
            : (null, null);

    static (Miss? Miss, Instant? LookAt) Look(string line, Guid about, Commitment commitment, Person debtor, LocalDate asked, Plan plan, Roster roster, Instant now)
    {
        if (plan.AnswerDays is not { } patience)
        {
            return (null, null);
        }

        var baseDay = roster.CalendarOf(debtor).Add(asked, patience);
        var ends = roster.ZoneOf(debtor).AtStartOfDay(baseDay.PlusDays(1)).ToInstant();
        return now < ends ? (null, ends) : (new(line, about, commitment, debtor.Id, debtor.DepartmentId, baseDay), null);
    }

    /// <summary>Looks at a department that has promised nothing: the miss of its lead, else the deputy, else the equity officer, when its time is over; else when it will be.</summary>
    /// <param name="isDone">It has promised something by now, or a case about its silence is open.</param>
    public static (Miss? Miss, Instant? LookAt) Look(DepartmentWatch watch, Cycle cycle, bool isDone, Plan plan, Roster roster, Instant now)
    {
        if ((roster.ActingLeadOf(watch.DepartmentId, now) ?? roster.Holder(Role.EquityOfficer)) is not { } owes || cycle.EndsOn < roster.TodayOf(owes, now)
            || (watch.Due ?? (plan.SilenceDays is { } days ? roster.CalendarOf(owes).Add(cycle.StartsOn, days) : null)) is not { } baseDay)
        {
            return (null, null);
        }

        var ends = roster.ZoneOf(owes).AtStartOfDay(baseDay.PlusDays(1)).ToInstant();
        return now < ends ? (null, ends) : (isDone ? null : new Miss(Lines.Silence, watch.Id, null, owes.Id, watch.DepartmentId, baseDay), null);
    }
}
