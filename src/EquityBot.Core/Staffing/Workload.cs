using EquityBot.Commitments;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Staffing;

/// <summary>What waits for somebody: for who goes away and who is back, who stands in and who leads from now on.</summary>
/// <param name="Open">Promises that are theirs and neither kept nor given up.</param>
/// <param name="Answers">References of promises about which an answer of theirs is waited for, one for each answer.</param>
public sealed record Workload(IReadOnlyList<Commitment> Open, IReadOnlyList<string> Answers)
{
    /// <param name="all">Every open promise of the organization.</param>
    /// <param name="requests">Every request that waits for its answer.</param>
    public static Workload Of(Person person, IReadOnlyList<Commitment> all, IEnumerable<Request> requests, Roster roster, Instant now)
    {
        var byId = all.ToDictionary(one => one.Id);
        return new(
            [.. all.Where(one => one.OwnerId == person.Id && (one.IsWatched || one.Status == CommitmentStatus.Missed)).OrderBy(one => one.Due).ThenBy(one => one.Number)],
            [
                .. all.Where(one => IsAsked(one, person, roster, now)).OrderBy(one => one.Number).Select(one => one.Ref),
                .. requests.Where(one => one.ToId == person.Id && byId.ContainsKey(one.CommitmentId)).OrderBy(one => one.AskedAt).Select(one => byId[one.CommitmentId].Ref),
            ]);
    }

    static bool IsAsked(Commitment commitment, Person person, Roster roster, Instant now) => commitment.Status switch
    {
        CommitmentStatus.Proposed => commitment.OwnerId == person.Id,
        CommitmentStatus.DoneUnconfirmed or CommitmentStatus.WithdrawalPending => roster.ConfirmerFor(roster[commitment.OwnerId], commitment.DepartmentId, now)?.Id == person.Id,
        _ => false,
    };

    /// <summary>Promises of theirs whose day falls into an absence.</summary>
    public IReadOnlyList<Commitment> DueWithin(LocalDate from, LocalDate until) => [.. Open.Where(one => one.Due >= from && one.Due <= until)];
}
