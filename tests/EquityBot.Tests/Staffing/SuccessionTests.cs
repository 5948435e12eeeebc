using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Tests.Given;

namespace EquityBot.Tests.Staffing;

/// <summary>Ben works for Dana under Anil; Aisha leads his department, Imani is the equity officer.</summary>
public class SuccessionTests
{
    static string? Heir(string? dana = null, string? anil = null, string? aisha = null, string? imani = null, params string[] passedOver)
    {
        var given = new RosterOf()
            .Person("ben", above: "dana", leavesOn: "2026-02-27").Person("dana", above: "anil", leavesOn: dana).Person("anil", leavesOn: anil)
            .Person("aisha", leavesOn: aisha).Person("imani", leavesOn: imani, roles: [Role.EquityOfficer]).LedBy("aisha");
        var roster = given.Build();
        return Succession.HeirOf(roster.ByHandle("ben")!, given.Cardiology, [.. passedOver.Select(handle => roster.ByHandle(handle)!.Id)], roster, Wiring.Start)?.Handle;
    }

    const string Gone = "2026-03-01";

    [Fact]
    public void It_falls_to_the_next_one_above() => Assert.Equal("dana", Heir());

    [Fact]
    public void Who_has_left_too_is_passed_over() => Assert.Equal("anil", Heir(dana: Gone));

    [Fact]
    public void Who_declined_is_not_asked_again() => Assert.Equal("anil", Heir(passedOver: "dana"));

    [Fact]
    public void With_nobody_above_it_falls_to_the_lead_of_the_department() => Assert.Equal("aisha", Heir(dana: Gone, anil: Gone));

    [Fact]
    public void With_no_lead_either_it_is_the_officers_to_find_somebody() => Assert.Equal("imani", Heir(dana: Gone, anil: Gone, aisha: Gone));

    [Fact]
    public void With_nobody_at_all_it_stays_where_it_is() => Assert.Null(Heir(dana: Gone, anil: Gone, aisha: Gone, imani: Gone));
}
