using System.Text.Json;
using System.Text.Json.Serialization;
using EquityBot.Commitments;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Digests;

/// <summary>The promises of one department by their numbers; those past their day are open as well, and so are those that wait.</summary>
/// <param name="Waiting">For what another department agreed to supply; null as it was kept before that was told apart.</param>
public sealed record DepartmentStanding(Guid Department, IReadOnlyList<int> Kept, IReadOnlyList<int> Open, IReadOnlyList<int> Past, IReadOnlyList<int>? Waiting = null);

/// <summary>How the whole plan stands at one moment, kept so that the next digest can say exactly what became different.</summary>
/// <param name="Departments">Those that have, or had, anything on the plan.</param>
public sealed record Standing(IReadOnlyList<DepartmentStanding> Departments)
{
    /// <summary>
    /// Open is what was accepted and is neither kept nor given up. Past its day is what of that still has to be done though its day has ended where its owner is;
    /// a claim of done that waits for its confirmation is open and not past, and neither is what waits for another department's late supply.
    /// </summary>
    public static Standing Of(IEnumerable<Commitment> promises, Roster roster, Instant now) => new(
    [
        .. promises.Where(one => one.IsOnThePlan && (one.IsOpen || one.Status == CommitmentStatus.Met)).GroupBy(one => one.DepartmentId).Select(department => new DepartmentStanding(
            department.Key,
            Numbers(department.Where(one => one.Status == CommitmentStatus.Met)),
            Numbers(department.Where(one => one.IsOpen)),
            Numbers(department.Where(one => (one.IsWatched || one.Status == CommitmentStatus.Missed) && one.WaitsSince is null && one.Due < roster.TodayOf(roster[one.OwnerId], now))),
            Numbers(department.Where(one => one.WaitsSince is not null)))),
    ]);

    [JsonIgnore]
    public int Kept => Departments.Sum(one => one.Kept.Count);

    [JsonIgnore]
    public int Open => Departments.Sum(one => one.Open.Count);

    [JsonIgnore]
    public int Past => Departments.Sum(one => one.Past.Count);

    public string ToJson() => JsonSerializer.Serialize(this);

    public static Standing FromJson(string json) => JsonSerializer.Deserialize<Standing>(json)!;

    static IReadOnlyList<int> Numbers(IEnumerable<Commitment> promises) => [.. promises.Select(one => one.Number).Order()];
}
