using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Cycles;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Escalation.Auditing;

/// <summary>The facts of one organization that an audit judges by, all of one moment: what was promised, decided and delivered, and what is planned.</summary>
public sealed record Evidence(Roster Roster, ScheduleBook Book)
{
    /// <summary>Days ahead of their due day, or of a reminder, at which promises come into view; those without any look-ahead time always are.</summary>
    const int Horizon = 21;

    static readonly CommitmentStatus[] Watched = [CommitmentStatus.Active, CommitmentStatus.AtRisk, CommitmentStatus.WithdrawalPending];

    public required IReadOnlyList<Commitment> Promises { get; init; }

    /// <summary>All that are open, and whatever there was about those promises and requests.</summary>
    public required IReadOnlyList<EscalationCase> Cases { get; init; }

    /// <summary>Of the open cases, in the order in which they were decided.</summary>
    public required ILookup<Guid, CaseStep> Steps { get; init; }

    /// <summary>That those steps name.</summary>
    public required IReadOnlyDictionary<Guid, Notice> Notices { get; init; }

    public required IReadOnlyDictionary<Guid, Delivery> Deliveries { get; init; }

    /// <summary>When promises with an open case were handed over, by promise.</summary>
    public required ILookup<Guid, Instant> Handovers { get; init; }

    /// <summary>Promise and period of every reminder.</summary>
    public required IReadOnlySet<(Guid Promise, string Period)> Reminders { get; init; }

    /// <summary>References for which the engine has seen to a reminder, whether there was somebody to remind or not.</summary>
    public required ILookup<string, Instant> Reminded { get; init; }

    /// <summary>Unanswered, with their promise.</summary>
    public required IReadOnlyList<(Request Request, Commitment About)> Requests { get; init; }

    /// <summary>What stands of what those promises need of others.</summary>
    public required ILookup<Guid, Need> Needs { get; init; }

    /// <summary>Of cycles that have begun.</summary>
    public required IReadOnlyList<(DepartmentWatch Watch, Cycle Cycle)> Departments { get; init; }

    public static async Task<Evidence> LoadAsync(EquityDb db, Instant now, CancellationToken ct)
    {
        var soon = now.InUtc().Date.PlusDays(Horizon);
        var cases = db.Set<EscalationCase>().AsNoTracking();
        var promises = await db.Set<Commitment>().AsNoTracking()
            .Where(one => (Watched.Contains(one.Status) && (one.LookAt == null || one.Due < soon))
                || one.Status == CommitmentStatus.Proposed || one.Status == CommitmentStatus.DoneUnconfirmed || one.AskedOn != null
                || (one.Status == CommitmentStatus.Missed && !cases.Any(other => other.AboutId == one.Id && other.Line == Lines.Promise && other.ClosedAt == null)))
            .ToListAsync(ct);
        var requests = await (
            from request in db.Set<Request>().AsNoTracking()
            join about in db.Set<Commitment>().AsNoTracking() on request.CommitmentId equals about.Id
            where request.Answer == null && request.Kind != RequestKind.HandOver
            select new { request, about }).ToListAsync(ct);
        var abouts = promises.Select(one => one.Id).Concat(requests.Select(one => one.request.Id)).ToList();
        var found = await cases.Where(one => one.ClosedAt == null || abouts.Contains(one.AboutId)).ToListAsync(ct);
        var open = found.Where(one => one.IsOpen).ToList();
        var (openIds, openPromises) = (open.Select(one => one.Id).ToList(), open.Select(one => one.CommitmentId).ToList());
        var steps = await db.Set<CaseStep>().AsNoTracking().Where(one => openIds.Contains(one.CaseId)).OrderBy(one => one.Seq).ToListAsync(ct);
        var noticeIds = steps.Select(one => one.NoticeId).ToList();
        var notices = await db.Set<Notice>().AsNoTracking().Where(one => noticeIds.Contains(one.Id)).ToDictionaryAsync(one => one.Id, ct);
        var deliveryIds = notices.Values.Select(one => one.DeliveryId).ToList();
        var (ids, references) = (promises.Select(one => one.Id).ToList(), promises.Select(one => one.Ref).ToList());
        var handovers = await db.Set<CommitmentEvent>().AsNoTracking().Where(one => openPromises.Contains(one.CommitmentId) && one.What == "request-hand-over-accepted").Select(one => new { one.CommitmentId, one.At }).ToListAsync(ct);
        var reminders = await db.Set<Notice>().AsNoTracking().Where(one => one.Trigger == ReminderNotice.Name && ids.Contains(one.SubjectId)).Select(one => new { one.SubjectId, one.Period }).ToListAsync(ct);
        var reminded = await db.Set<AuditEntry>().AsNoTracking().Where(one => one.Action == "due" && one.Outcome == "reminded" && references.Contains(one.Subject!)).Select(one => new { one.Subject, one.At }).ToListAsync(ct);
        var departments = await (
            from watch in db.Set<DepartmentWatch>().AsNoTracking()
            join cycle in db.Set<Cycle>().AsNoTracking() on watch.CycleId equals cycle.Id
            where cycle.StartsOn < soon && cycle.Status != CycleStatus.Closed
            select new { watch, cycle }).ToListAsync(ct);
        return new(await Roster.LoadAsync(db, ct), await ScheduleBook.ReadAsync(db, ct))
        {
            Promises = promises,
            Cases = found,
            Steps = steps.ToLookup(one => one.CaseId),
            Notices = notices,
            Deliveries = await db.Set<Delivery>().AsNoTracking().Where(one => deliveryIds.Contains(one.Id)).ToDictionaryAsync(one => one.Id, ct),
            Handovers = handovers.ToLookup(one => one.CommitmentId, one => one.At),
            Reminders = reminders.Select(one => (one.SubjectId, one.Period)).ToHashSet(),
            Reminded = reminded.ToLookup(one => one.Subject!, one => one.At),
            Requests = [.. requests.Select(one => (one.request, one.about))],
            Needs = await Need.LoadAsync(db, ids, ct),
            Departments = [.. departments.Select(one => (one.watch, one.cycle))],
        };
    }
}
