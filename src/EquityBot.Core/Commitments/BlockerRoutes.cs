using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>Who can clear what is in the way, by what it is: data, staff, budget, approval.</summary>
public static partial class BlockerRoutes
{
    public const string Prefix = "route:";

    public static readonly IReadOnlyList<string> Kinds = ["data", "staff", "budget", "approval"];

    /// <summary>
    /// Data: the data steward, else the lead of data and research. Staff: the lead of HR. Budget: the executive sponsor. Approval: the owner's supervisor, else
    /// the sponsor. Null where that post is vacant, or is the owner's own.
    /// </summary>
    public static Person? For(string kind, Person owner, Guid departmentId, Roster roster)
    {
        var sponsor = roster.SponsorFor(owner, departmentId);
        var person = kind switch
        {
            "data" => roster.Holder(Role.DataSteward) ?? LeadOf("data", roster),
            "staff" => LeadOf("HR", roster),
            "budget" => sponsor,
            "approval" => roster.Find(owner.SupervisorId) ?? sponsor,
            _ => null,
        };
        return person?.Id == owner.Id ? null : person;
    }

    /// <summary>Who can clear it by what the words say: the department or person that they wait for, else whoever the kind of thing leads to. Null where they name neither.</summary>
    public static Person? Named(string what, Person owner, Guid departmentId, Roster roster, LocalDate today, Phrases words)
    {
        foreach (var waitedFor in WaitedFor().Matches(what).Select(match => match.Groups["name"].Value))
        {
            // "the signature from Wei Zhang in Data": the longest beginning that is somebody's name.
            var parts = waitedFor.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (var length = parts.Length; length > 0; length--)
            {
                var name = string.Join(' ', parts[..length]);
                if ((Naming.Person(roster, name, today, words).One ?? roster.Find(Naming.Department(roster, name).One?.LeadId)) is { } person && person.Id != owner.Id)
                {
                    return person;
                }
            }
        }

        return KindOf(what) is { } kind ? For(kind, owner, departmentId, roster) : null;
    }

    static string? KindOf(string what) =>
        Data().IsMatch(what) ? "data" : Staff().IsMatch(what) ? "staff" : Budget().IsMatch(what) ? "budget" : Approval().IsMatch(what) ? "approval" : null;

    static Person? LeadOf(string kind, Roster roster) =>
        roster.Find(roster.Departments.FirstOrDefault(one => one.Kind.StartsWith(kind, StringComparison.OrdinalIgnoreCase))?.LeadId);

    // Four words at most, within a clause. Looked for at every place, since "for the list from Human Resources" holds two.
    [GeneratedRegex(@"(?=\b(?:from|by|for|on|at|with) (?:the )?(?<name>[\p{L}'&-]+(?: [\p{L}'&-]+){0,3}))", RegexOptions.IgnoreCase)]
    private static partial Regex WaitedFor();

    [GeneratedRegex(@"\b(?:data|dataset|numbers|figures|extract|report from|dashboard|query)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Data();

    [GeneratedRegex(@"\b(?:staff|staffing|hir(?:e|ing)|vacanc(?:y|ies)|open positions?|nurses|recruit(?:ing|ment)?|ftes?|people short)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Staff();

    [GeneratedRegex(@"\b(?:budget|money|funds?|funding|grant|cost|costs)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Budget();

    [GeneratedRegex(@"\b(?:approv(?:al|e|ed)|sign|signed|signatures?|sign-?off|permission|go-?ahead|legal review|contract)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Approval();
}
