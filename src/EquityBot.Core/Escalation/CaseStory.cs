using EquityBot.Commitments;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>A case with the promise behind it and the steps so far: what the other cards show of it.</summary>
public sealed record CaseStory(EscalationCase Case, Commitment Commitment, IReadOnlyList<CaseStep> Steps)
{
    /// <summary>The story of a promise's newest case, or of the case itself; null when there never was one.</summary>
    public static async Task<CaseStory?> LoadAsync(EquityDb db, Guid subjectId, CancellationToken ct)
    {
        var found = await db.Set<EscalationCase>()
            .Where(one => one.Id == subjectId || (one.CommitmentId == subjectId && one.Line == Lines.Promise))
            .OrderByDescending(one => one.Number)
            .FirstOrDefaultAsync(ct);
        return found is null
            ? null
            : new(
                found,
                await db.Set<Commitment>().SingleAsync(one => one.Id == found.CommitmentId, ct),
                await db.Set<CaseStep>().AsNoTracking().Where(one => one.CaseId == found.Id).OrderBy(one => one.Seq).ToListAsync(ct));
    }

    public Plan Plan { get; } = Plan.FromJson(Case.Plan);

    /// <summary>The last step that reached somebody; null before the first.</summary>
    public EscalationStep? LastStep => Case.Told is { } told ? Plan.CaseSteps[told] : null;

    /// <summary>The step after this notice, should it arrive today and nothing change; null at the end.</summary>
    public (EscalationStep Step, LocalDate On)? After(int place, LocalDate today, People.WorkCalendar calendar) =>
        NextStep.Of(Case.Position with { Next = Math.Max(place + 1, Case.Next), Told = place, ToldOn = today, LapsedOn = null, UnreachedOn = null, DelayDays = 0 }, Plan, calendar) is { } next
            ? (Plan.CaseSteps[next.Place], next.On)
            : null;
}
