using System.Text.Json;

namespace EquityBot.Digests;

/// <summary>One of the three numbers.</summary>
/// <param name="Before">In the digest before; null when there was none.</param>
public sealed record Figure(int Now, int? Before);

/// <summary>What became different in one department, in numbers of promises.</summary>
/// <param name="Open">Of which <paramref name="Past"/> are past their day.</param>
/// <param name="NewlyPast">Past their day now and not before.</param>
/// <param name="NoLongerPast">Past their day before, now open and not past: a new day, or claimed as done.</param>
/// <param name="Added">Open now, and not on the department's plan before.</param>
/// <param name="Removed">Open before, and now neither open nor kept here: given back, or another department's.</param>
/// <param name="Waiting">Of the open ones, those that wait for another department's late supply.</param>
public sealed record DepartmentLine(Guid Department, int Open, int Past, int NewlyPast, int NoLongerPast, int Kept, int Added, int Removed, int Waiting = 0);

/// <summary>What a digest says of the plan: three numbers, and the departments in which something changed.</summary>
public sealed record Figures(Figure Kept, Figure Past, Figure Open, IReadOnlyList<DepartmentLine> Lines)
{
    /// <param name="before">As the digest before had it; null at the first one, which reports no change at all.</param>
    public static Figures Of(Standing now, Standing? before) => new(
        new(now.Kept, before?.Kept),
        new(now.Past, before?.Past),
        new(now.Open, before?.Open),
        before is null ? [] : [.. Changed(now, before)]);

    static IEnumerable<DepartmentLine> Changed(Standing now, Standing before) =>
        now.Departments.Concat(before.Departments).Select(one => one.Department).Distinct()
            .Select(department => Line(In(now, department), In(before, department)))
            .Where(line => line.NewlyPast + line.NoLongerPast + line.Kept + line.Added + line.Removed > 0 || line.Waiting != (In(before, line.Department).Waiting?.Count ?? 0));

    static DepartmentStanding In(Standing standing, Guid department) =>
        standing.Departments.FirstOrDefault(one => one.Department == department) ?? new(department, [], [], []);

    static DepartmentLine Line(DepartmentStanding now, DepartmentStanding before) => new(
        now.Department,
        now.Open.Count,
        now.Past.Count,
        now.Past.Except(before.Past).Count(),
        before.Past.Intersect(now.Open).Except(now.Past).Count(),
        now.Kept.Except(before.Kept).Count(),
        now.Open.Except(before.Open).Count(),
        before.Open.Except(now.Open).Except(now.Kept).Count(),
        now.Waiting?.Count ?? 0);

    public string ToJson() => JsonSerializer.Serialize(this);

    public static Figures FromJson(string json) => JsonSerializer.Deserialize<Figures>(json)!;
}
