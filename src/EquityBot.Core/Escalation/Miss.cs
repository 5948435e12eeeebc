using EquityBot.Commitments;
using EquityBot.Storage;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>The lines of a promise on which somebody may owe something; each has one open case at most.</summary>
public static class Lines
{
    public const string Promise = "promise";
    public const string Proposal = "proposal";
    public const string Confirmation = "confirmation";
    public const string Withdrawal = "withdrawal";
    public const string Help = "help";
    public const string Extension = "extension";

    /// <summary>Of a department that promised nothing.</summary>
    public const string Silence = "silence";
}

/// <summary>What opened a case, where a line has more than one reason; further reasons join the open case.</summary>
public static class Triggers
{
    public const string Due = "due";
    public const string CheckIn = "check-in";
}

/// <summary>Something that was owed and did not come. It opens a case.</summary>
/// <param name="AboutId">The promise, the request about it, or the watch over a silent department.</param>
/// <param name="Commitment">Null where there is none to speak of.</param>
/// <param name="OwnerId">Who owes it.</param>
/// <param name="BaseDay">The last day on which it would have been in time; offsets count from it.</param>
public sealed record Miss(string Line, Guid AboutId, Commitment? Commitment, Guid OwnerId, Guid DepartmentId, LocalDate BaseDay)
{
    public string Trigger { get; init; } = Triggers.Due;

    /// <summary>Working days that the first step waits besides.</summary>
    public int DelayDays { get; init; }

    public async Task<EscalationCase> OpenCaseAsync(EquityDb db, ScheduleInForce followed, Instant now, CancellationToken ct)
    {
        var opened = ToCase(await Counter.NextAsync(db, "E", ct), db.OrganizationId, followed, now);
        db.Add(opened);
        db.Add(AuditEntry.Of(db, now, "escalation", opened.AboutRef, "opened", Line == Lines.Promise ? Trigger : Line));
        return opened;
    }

    /// <summary>The case that this miss opens.</summary>
    public EscalationCase ToCase(int number, Guid organization, ScheduleInForce followed, Instant now) => new()
    {
        Id = Guid.NewGuid(),
        OrganizationId = organization,
        Number = number,
        CommitmentId = Commitment?.Id,
        AboutId = AboutId,
        AboutRef = Commitment?.Ref ?? $"E-{number}",
        Line = Line,
        Trigger = Trigger,
        OwnerId = OwnerId,
        DepartmentId = DepartmentId,
        OpenedAt = now,
        ScheduleId = followed.Schedule.Id,
        Plan = followed.Plan.ToJson(),
        BaseDay = BaseDay,
        DelayDays = DelayDays,
        NextAt = now,
    };
}
