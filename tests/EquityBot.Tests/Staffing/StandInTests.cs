using EquityBot.People;
using EquityBot.Tests.Given;
using NodaTime;

namespace EquityBot.Tests.Staffing;

public class StandInTests
{
    static readonly LocalDate Monday = new(2026, 3, 2);

    static string? Acting(RosterOf given, Action<Person>? ben = null)
    {
        var roster = given.Build();
        ben?.Invoke(roster.ByHandle("ben")!);
        return roster.ActingFor(roster.ByHandle("ben")!, Wiring.Start)?.Handle;
    }

    static RosterOf Away(string? aisha = null, string? joel = null, string? aishaStandIn = null, string? joelStandIn = null) => new RosterOf()
        .Person("ben", awayUntil: "2026-03-13", standIn: "aisha").Person("aisha", awayUntil: aisha, standIn: aishaStandIn).Person("joel", awayUntil: joel, standIn: joelStandIn);

    [Fact]
    public void The_delegate_acts_for_who_is_away() => Assert.Equal("aisha", Acting(Away()));

    [Fact]
    public void Where_the_delegate_is_away_theirs_acts() => Assert.Equal("joel", Acting(Away(aisha: "2026-03-13", aishaStandIn: "joel")));

    [Fact] // P5
    public void In_a_circle_of_those_who_are_away_nobody_does() => Assert.Null(Acting(Away(aisha: "2026-03-13", joel: "2026-03-13", aishaStandIn: "joel", joelStandIn: "ben")));

    [Fact]
    public void Where_nobody_is_named_nobody_acts() => Assert.Null(Acting(new RosterOf().Person("ben", awayUntil: "2026-03-13")));

    [Fact]
    public void Who_is_here_acts_for_themselves_alone_unless_they_said_until_when_somebody_does()
    {
        var here = new RosterOf().Person("ben", standIn: "aisha").Person("aisha");
        Assert.Null(Acting(here));
        Assert.Equal("aisha", Acting(here, ben => ben.DelegateUntil = Monday));
    }

    [Fact]
    public void After_the_day_that_was_said_nobody_acts() => Assert.Null(Acting(Away(), ben => ben.DelegateUntil = Monday.PlusDays(-1)));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void An_absence_has_a_first_and_a_last_day(int day, bool away)
    {
        var ben = new RosterOf().Person("ben", awayUntil: "2026-03-07").Build().ByHandle("ben")!;
        ben.AwayFrom = Monday;
        Assert.Equal((away, away), (ben.IsAwayOn(Monday.PlusDays(day)), ben.IsAbsentOn(Monday.PlusDays(day))));
        Assert.Equal(away ? new LocalDate(2026, 3, 8) : Monday.PlusDays(day), ben.BackOn(Monday.PlusDays(day)));
    }

    [Theory]
    [InlineData("dana", "aisha", "dana", "dana", "dana")] // the lead
    [InlineData("gone", "aisha", null, "aisha", "aisha")] // a lead who has left: the deputy
    [InlineData(null, "aisha", null, "aisha", "aisha")]
    [InlineData(null, "gone", null, null, "dana")] // neither: whoever is above the owner
    [InlineData("ben", null, "ben", "ben", "dana")] // the lead's own promise
    public void Whoever_has_left_leads_nothing(string? lead, string? deputy, string? leads, string? acts, string confirms)
    {
        var given = new RosterOf().Person("ben", above: "gone").Person("gone", above: "dana", leavesOn: "2026-03-01").Person("dana").Person("aisha").LedBy(lead, deputy);
        var roster = given.Build();
        Assert.Equal(
            (leads, acts, confirms),
            (roster.LeadOf(given.Cardiology, Wiring.Start)?.Handle, roster.ActingLeadOf(given.Cardiology, Wiring.Start)?.Handle, roster.ConfirmerFor(roster.ByHandle("ben")!, given.Cardiology, Wiring.Start)?.Handle));
    }
}
