using System.Text.RegularExpressions;
using EquityBot.People;

namespace EquityBot.Partnerships;

/// <summary>What one department works on, with whom and for whom.</summary>
/// <param name="Partners">Names of partners.</param>
/// <param name="Groups">For whom its promises are, in their owners' words.</param>
public sealed record DepartmentTies(Guid Department, string Name, Guid Lead, IReadOnlyCollection<string> Partners, IReadOnlyCollection<string> Groups);

/// <summary>A lead to meet, and the partner or the group that both work with.</summary>
public sealed record Suggestion(Guid Lead, string? Partner, string? Group);

/// <summary>Finds somebody of another department whose work touches one's own.</summary>
public static partial class WhomToMeet
{
    /// <summary>Said of nearly everybody, so that sharing them means nothing.</summary>
    static readonly HashSet<string> General = new(
        "about adults after all and another around before care children clinic community every families family first from group groups have health home hospital house into less living many members miles more most need needs over patient patients people person persons program residents services than that the their them these they this those under visit visits when where which who whose with work young"
            .Split(' '),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// A lead of another department with a shared partner or a shared group; null where there is none. Among several it goes round by department, beginning after the one
    /// suggested last, so that it says nothing about who shares most.
    /// </summary>
    public static Suggestion? Suggest(Person asker, IReadOnlyCollection<DepartmentTies> ties, Guid? last)
    {
        var mine = ties.Where(one => one.Lead == asker.Id || one.Department == asker.DepartmentId).ToList();
        var (partners, words) = (mine.SelectMany(one => one.Partners).ToHashSet(StringComparer.OrdinalIgnoreCase), mine.SelectMany(one => one.Groups).SelectMany(Telling).ToHashSet(StringComparer.OrdinalIgnoreCase));
        var found = ties.Except(mine).Where(one => one.Lead != asker.Id).OrderBy(one => one.Name, StringComparer.Ordinal)
            .Select(one => new Suggestion(one.Lead, one.Partners.Order(StringComparer.Ordinal).FirstOrDefault(partners.Contains), one.Groups.FirstOrDefault(group => Telling(group).Any(words.Contains))))
            .Where(one => one.Partner is not null || one.Group is not null)
            .DistinctBy(one => one.Lead).ToList();
        return found.Count == 0 ? null : found[(found.FindIndex(one => one.Lead == last) + 1) % found.Count];
    }

    static IEnumerable<string> Telling(string group) => Word().Matches(group).Select(word => word.Value).Where(word => !General.Contains(word));

    [GeneratedRegex(@"[\p{L}-]{4,}")]
    private static partial Regex Word();
}
