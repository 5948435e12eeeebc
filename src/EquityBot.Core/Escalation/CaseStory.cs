using EquityBot.Commitments;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>A case with the promise behind it and the steps so far: what the other cards show of it.</summary>
/// <param name="Commitment">Null where the miss is that there is none.</param>
/// <param name="Steps">Since it was opened, or since it began anew.</param>
public sealed record CaseStory(EscalationCase Case, Commitment? Commitment, IReadOnlyList<CaseStep> Steps)
{
    /// <summary>The story of a promise's newest case, or of the case itself; null when there never was one.</summary>
    public static async Task<CaseStory?> LoadAsync(EquityDb db, Guid subjectId, CancellationToken ct)
    {
        var found = await db.Set<EscalationCase>()
            .Where(one => one.Id == subjectId || (one.AboutId == subjectId && one.Line == Lines.Promise))
            .OrderByDescending(one => one.Number)
            .FirstOrDefaultAsync(ct);
        return found is null
            ? null
            : new(
                found,
                await db.Set<Commitment>().SingleOrDefaultAsync(one => one.Id == found.CommitmentId, ct),
                await db.Set<CaseStep>().AsNoTracking().Where(one => one.CaseId == found.Id && one.Trigger == found.Trigger).OrderBy(one => one.Seq).ToListAsync(ct))
            {
                FollowUps = found.Status == CaseStatus.Decided ? await db.Set<Commitment>().AsNoTracking().Where(one => one.Follows == found.Ref).OrderBy(one => one.Number).ToListAsync(ct) : [],
                Request = await db.Set<Request>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == found.AboutId, ct),
            };
    }

    /// <summary>What nobody answers, where the line is about a request.</summary>
    public Request? Request { get; private init; }

    /// <summary>The promises that followed from the board's decision.</summary>
    public IReadOnlyList<Commitment> FollowUps { get; private init; } = [];

    public Plan Plan { get; } = Case.PlanInForce;

    /// <summary>The last step that reached somebody; null before the first.</summary>
    public EscalationStep? LastStep => Case.Told is { } told ? Plan.CaseSteps[told] : null;

    /// <summary>The step after this notice, should it arrive today and nothing change; null at the end.</summary>
    public (EscalationStep Step, LocalDate On)? After(int place, LocalDate today, People.WorkCalendar calendar) =>
        NextStep.Of(Case.Position with { Next = Math.Max(place + 1, Case.Next), Told = place, ToldOn = today, LapsedOn = null, UnreachedOn = null, DelayDays = 0, Repeats = int.MaxValue, JumpOn = null }, Plan, calendar) is { } next
            ? (Plan.CaseSteps[next.Place], next.On)
            : null;
}
