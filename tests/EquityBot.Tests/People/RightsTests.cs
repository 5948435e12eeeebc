using EquityBot.People;
using EquityBot.Tests.Given;

namespace EquityBot.Tests.People;

/// <summary>The whole matrix, generated from the one table and compared with what people read and agreed to. // P1</summary>
public class RightsTests
{
    static readonly Role?[] Roles = [null, .. Enum.GetValues<Role>()];
    static readonly Relation?[] Relations = [null, .. Enum.GetValues<Relation>()];

    static bool Allows(string action, Role? role, Relation? relation) =>
        Rights.Allows(action, role is { } is_ ? [is_] : [], relation is { } stands ? [stands] : []);

    [Fact]
    public void Every_action_role_and_relation_is_decided_as_reviewed() =>
        Repository.IsAsReviewed("People/Rights.txt", Rights.Table.OrderBy(row => row.Action, StringComparer.Ordinal).SelectMany(row => Grid(row.Action)));

    /// <summary>One line a role, one column a relation: + may, · may not.</summary>
    static IEnumerable<string> Grid(string action) => Roles.Select(role =>
        $"{action,-15} {role?.ToString() ?? "nobody",-23} {string.Join(' ', Relations.Select(relation => (Allows(action, role, relation) ? "+" : "·").PadRight(Name(relation).Length)))}");

    static string Name(Relation? relation) => relation?.ToString() ?? "none";

    [Fact]
    public void The_reviewed_file_names_its_columns_in_their_order() =>
        Assert.Contains(string.Join(' ', Relations.Select(Name)), File.ReadAllText(Path.Combine(Repository.Root, "tests/EquityBot.Tests/People/Rights.txt")), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("Decide")]
    [InlineData("decide ")]
    [InlineData("delete-everything")]
    public void An_action_without_a_row_is_denied_to_everybody(string action) => Assert.False(Rights.Allows(action, Enum.GetValues<Role>(), Enum.GetValues<Relation>()));

    [Fact]
    public void A_stranger_without_role_or_relation_may_do_nothing() => Assert.All(Rights.Table, row => Assert.False(Rights.Allows(row.Action, [], [])));

    [Fact]
    public void What_is_never_theirs_stays_so_whatever_else_they_are()
    {
        var barred = Rights.Table.Where(row => row.Never.Length > 0).ToList();
        Assert.NotEmpty(barred);
        Assert.All(barred, row => Assert.All(row.Never, never =>
        {
            Assert.False(Rights.Allows(row.Action, Enum.GetValues<Role>(), Enum.GetValues<Relation>()), row.Action);
            Assert.All(Roles, role => Assert.False(Rights.Allows(row.Action, role is { } one ? [one] : [], [never, .. row.Relations]), row.Action));
        }));
    }

    [Fact]
    public void Roles_and_relations_add_up_and_never_take_away()
    {
        foreach (var row in Rights.Table.Where(row => row.Never.Length == 0))
        {
            Assert.All(row.Roles, role => Assert.True(Rights.Allows(row.Action, Enum.GetValues<Role>(), Enum.GetValues<Relation>()) && Rights.Allows(row.Action, [role], [])));
        }
    }

    [Fact]
    public void The_owner_neither_confirms_nor_helps_nor_decides_by_being_the_owner()
    {
        Assert.False(Rights.Allows("confirm-met", [Role.EquityOfficer, Role.BoardOwner], [Relation.Colleague, Relation.Owner, Relation.Confirmer]));
        Assert.False(Rights.Allows("offer-help", [Role.Executive], [Relation.Colleague, Relation.Owner, Relation.Lead]));
        Assert.False(Rights.Allows("decide", [Role.DepartmentLead], [Relation.Colleague, Relation.Owner, Relation.Lead]));
    }
}
