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
    /// <summary>Of each subject the story of a promise's newest case, or of the case itself; nothing of those that never had one.</summary>
    public static async Task<IReadOnlyDictionary<Guid, CaseStory>> LoadAsync(EquityDb db, IReadOnlyCollection<Guid> subjects, CancellationToken ct)
    {
        // A case on the line of the promise is about the promise; this way round there is an index.
        var found = subjects.Count == 0 ? [] : await db.Set<EscalationCase>()
            .Where(one => subjects.Contains(one.Id) || (one.CommitmentId != null && subjects.Contains(one.CommitmentId.Value) && one.Line == Lines.Promise))
            .OrderBy(one => one.Number).ToListAsync(ct);
        if (found.Count == 0)
        {
            return new Dictionary<Guid, CaseStory>();
        }

        var newest = new Dictionary<Guid, EscalationCase>();
        foreach (var one in found)
        {
            foreach (var subject in new[] { one.Id, one.AboutId }.Where(id => subjects.Contains(id) && (id == one.Id || one.Line == Lines.Promise)))
            {
                newest[subject] = one;
            }
        }

        var (ids, about) = (newest.Values.Select(one => one.Id).ToList(), newest.Values.Select(one => one.AboutId).ToList());
        var promises = newest.Values.Select(one => one.CommitmentId).OfType<Guid>().ToList();
        var commitments = await db.Set<Commitment>().Where(one => promises.Contains(one.Id)).ToDictionaryAsync(one => one.Id, ct);
        var steps = (await db.Set<CaseStep>().AsNoTracking().Where(one => ids.Contains(one.CaseId)).OrderBy(one => one.Seq).ToListAsync(ct)).ToLookup(one => one.CaseId);
        var decided = newest.Values.Where(one => one.Status == CaseStatus.Decided).Select(one => one.Ref).ToList();
        var followUps = (decided.Count == 0 ? [] : await db.Set<Commitment>().AsNoTracking().Where(one => decided.Contains(one.Follows!)).OrderBy(one => one.Number).ToListAsync(ct)).ToLookup(one => one.Follows);
        var requests = await db.Set<Request>().AsNoTracking().Where(one => about.Contains(one.Id)).ToDictionaryAsync(one => one.Id, ct);
        return newest.ToDictionary(one => one.Key, one => new CaseStory(
            one.Value,
            one.Value.CommitmentId is { } promise ? commitments.GetValueOrDefault(promise) : null,
            [.. steps[one.Value.Id].Where(step => step.Trigger == one.Value.Trigger)])
        {
            FollowUps = [.. followUps[one.Value.Ref]],
            Request = requests.GetValueOrDefault(one.Value.AboutId),
        });
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
