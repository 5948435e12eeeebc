using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Escalation.Auditing;

/// <summary>What an outside monitor watches.</summary>
/// <param name="LastAudit">Of the organization whose last audit is the longest ago; null where one was never audited, or where there is none.</param>
/// <param name="Missed">Findings that are open.</param>
/// <param name="Status"><c>ok</c>; <c>missed</c> while something is open; <c>stale</c> when the auditor itself is late.</param>
public sealed record Beat(string Status, Instant? LastAudit, int Missed)
{
    /// <summary>So late an audit may be: two rings lost, and the third one's time to work.</summary>
    public static readonly Duration Longest = 3 * AuditorSweep.Period;

    public bool IsWell => Status == "ok";

    /// <summary>Late counts before missed: what a dead auditor last saw says nothing.</summary>
    public static Beat Of(Instant? lastAudit, bool everywhere, int missed, Instant now) =>
        new(!everywhere || now - lastAudit > Longest ? "stale" : missed > 0 ? "missed" : "ok", lastAudit, missed);
}

/// <summary>Feels the auditor's pulse, from what it wrote down and nothing else: a process that only looks alive does not count.</summary>
public sealed class Heartbeat(EquityStore store)
{
    public async Task<Beat> FeelAsync(Instant now, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        var watches = await everywhere.Rows<AuditWatch>().Select(one => (Instant?)one.LastAuditAt).ToListAsync(ct);
        var organizations = await everywhere.Rows<Organization>().CountAsync(ct);
        return Beat.Of(watches.Min(), watches.Count >= organizations, await everywhere.Rows<Finding>().CountAsync(one => one.FoundAt != null && one.ResolvedAt == null, ct), now);
    }
}
