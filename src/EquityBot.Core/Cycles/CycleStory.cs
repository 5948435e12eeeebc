using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Cycles;

/// <summary>The cycle that runs, where it has been, and what its review still has to decide.</summary>
/// <param name="Visits">Oldest first.</param>
/// <param name="Open">Accepted promises that are neither kept nor given up, the earliest due first.</param>
/// <param name="Outcomes">What was decided about them, by promise.</param>
sealed record CycleStory(Cycle Cycle, Cycle? Previous, IReadOnlyList<CycleVisit> Visits, IReadOnlyList<Commitment> Open, IReadOnlyDictionary<Guid, CycleOutcome> Outcomes)
{
    /// <summary>Where it is; null where nobody has said so yet, as of a cycle that was imported.</summary>
    public CycleVisit? Now => Visits.FirstOrDefault(visit => visit.LeftAt is null);

    public IEnumerable<Commitment> Undecided => Open.Where(one => !Outcomes.ContainsKey(one.Id));

    /// <summary>The cycle that is not closed; null where none runs.</summary>
    /// <param name="locked">Whether it is about to change.</param>
    public static async Task<CycleStory?> RunningAsync(EquityDb db, bool locked, CancellationToken ct)
    {
        var running = db.Set<Cycle>().Where(one => one.Status != CycleStatus.Closed).OrderByDescending(one => one.StartsOn);
        if (await (locked ? running.ForUpdate() : running).FirstOrDefaultAsync(ct) is not { } cycle)
        {
            return null;
        }

        var previous = cycle.PreviousId is { } id ? await db.Set<Cycle>().SingleOrDefaultAsync(one => one.Id == id, ct) : null;
        var visits = await db.Set<CycleVisit>().Where(one => one.CycleId == cycle.Id).OrderBy(one => one.EnteredAt).ToListAsync(ct);
        var promises = await db.Set<Commitment>().AsNoTracking().Where(one => one.AcceptedAt != null).OrderBy(one => one.Due).ThenBy(one => one.Number).ToListAsync(ct);
        var outcomes = await db.Set<CycleOutcome>().Where(one => one.CycleId == cycle.Id).ToDictionaryAsync(one => one.CommitmentId, ct);
        return new(cycle, previous, visits, promises.FindAll(one => one.IsOpen), outcomes);
    }

    /// <summary>The cycle comes to a step: a visit of its own, and every department's lead hears what the step asks of them.</summary>
    public static void Enter(Turn turn, Cycle cycle, CycleStep step)
    {
        var visit = new CycleVisit { Id = Guid.NewGuid(), OrganizationId = turn.Db.OrganizationId, CycleId = cycle.Id, Step = step, EnteredAt = turn.Now, EnteredById = turn.Speaker.Id };
        turn.Db.Add(visit);
        foreach (var lead in StepPrompt.Leads(turn.Roster).Where(one => one.Id != turn.Speaker.Id && !one.HasLeftBy(turn.Roster.TodayOf(one, turn.Now))))
        {
            turn.Db.Add(new Notice
            {
                OrganizationId = turn.Db.OrganizationId,
                SubjectId = visit.Id,
                Ref = "",
                Trigger = StepPrompt.Name,
                Period = visit.Id.ToString(),
                RecipientId = lead.Id,
                Kind = MessageKind.Reminder,
                Slot = Slot.Morning,
                DecidedAt = turn.Now,
                NotBefore = turn.Now,
            });
        }
    }
}
