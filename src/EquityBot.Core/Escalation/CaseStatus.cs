namespace EquityBot.Escalation;

public enum CaseStatus
{
    Open,
    Acknowledged,
    WaitingForCover,
    Resolved,
    Waived,
    Exhausted,
    Decided,
}
