using EquityBot.Partnerships;

namespace EquityBot.Tests.Partnerships;

/// <summary>Partners with these names and nothing else.</summary>
static class Partners
{
    public static readonly string[] Names =
        ["Desert Families Network", "Eastside Food Bank", "Riverbend County Health Department", "Saguaro Bend School District", "Two Rivers Health Equity Collaborative", "Center for Healthy Housing", "Westside Food Bank"];

    public static IReadOnlyList<Partner> Of(params IEnumerable<string> names) =>
    [
        .. names.Select((name, place) => new Partner
        {
            Id = Guid.NewGuid(), OrganizationId = Guid.Empty, Number = place + 1, Name = name, Kind = "", Contact = "", Focus = "", Funded = false, OwnerId = Guid.Empty, DepartmentId = Guid.Empty,
        }),
    ];

    public static readonly IReadOnlyList<Partner> All = Of(Names);
}
