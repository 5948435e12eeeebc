using EquityBot.People;

namespace EquityBot.Commitments;

/// <summary>Who can clear what is in the way, by what it is: data, staff, budget, approval.</summary>
public static class BlockerRoutes
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

    static Person? LeadOf(string kind, Roster roster) =>
        roster.Find(roster.Departments.FirstOrDefault(one => one.Kind.StartsWith(kind, StringComparison.OrdinalIgnoreCase))?.LeadId);
}
