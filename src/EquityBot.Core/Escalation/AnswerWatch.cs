using EquityBot.Commitments;
using EquityBot.People;

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
    public static Person? DebtorOf(Commitment commitment, Roster roster) => commitment.Status == CommitmentStatus.Proposed
        ? roster[commitment.OwnerId]
        : roster.ConfirmerFor(roster[commitment.OwnerId], commitment.DepartmentId) ?? roster.Holder(Role.EquityOfficer);

    /// <summary>Verbs with which whoever owes it gives the answer.</summary>
    public static IReadOnlyList<string> AnswersOf(string line) => line switch
    {
        Lines.Proposal => ["accept-commitment", "decline-commitment"],
        Lines.Confirmation => ["confirm-met", "not-yet"],
        Lines.Withdrawal => ["approve-withdrawal", "decline-withdrawal"],
        Lines.Help or Lines.Extension => ["accept-request", "decline-request"],
        _ => [],
    };
}
