using EquityBot.Escalation;
using EquityBot.People;
using EquityBot.Tests.Given;
using NodaTime;

namespace EquityBot.Tests.Escalation;

/// <summary>Ben works for Dana, who leads Cardiology under Anil; above them Miriam, and Ruth on the board with Sam as her deputy; Imani is the equity officer, Colleen the sponsor.</summary>
public class RecipientsTests
{
    /// <summary>On Monday, March 9, in New York.</summary>
    static readonly Instant Noon = Instant.FromUtc(2026, 3, 9, 16, 0);
    const string Away = "2026-03-13";

    static RosterOf Hospital(
        string? ben = null, string? dana = null, string? imani = null, string? colleen = null, string? ruth = null, string? benStandIn = null, string? danaStandIn = null, string? danaDeputy = null, string? imaniDeputy = null) =>
        new RosterOf()
            .Person("ben", above: "dana", awayUntil: ben, standIn: benStandIn)
            .Person("dana", above: "anil", awayUntil: dana, standIn: danaStandIn, deputy: danaDeputy, sponsor: "colleen")
            .Person("anil", above: "miriam")
            .Person("miriam", above: "ruth")
            .Person("ruth", deputy: "sam", awayUntil: ruth, roles: [Role.BoardOwner])
            .Person("sam", deputy: "ruth")
            .Person("imani", above: "miriam", awayUntil: imani, deputy: imaniDeputy, roles: [Role.EquityOfficer])
            .Person("colleen", above: "miriam", awayUntil: colleen)
            .Person("aisha", above: "dana")
            .LedBy("dana");

    static string? For(string to, RosterOf given, string owner = "ben", params string[] told)
    {
        var roster = given.Build();
        return Recipients.For(to, roster.ByHandle(owner)!, given.Cardiology, told.Select(handle => roster.ByHandle(handle)!.Id).ToHashSet(), roster, Noon)?.Handle;
    }

    [Theory]
    [InlineData("owner", "ben")]
    [InlineData("lead", "dana")]
    [InlineData("officer", "imani")]
    [InlineData("sponsor", "colleen")]
    [InlineData("board", "ruth")]
    [InlineData("board-deputy", "sam")]
    public void Each_step_goes_to_the_holder_of_its_role(string to, string expected) => Assert.Equal(expected, For(to, Hospital()));

    [Fact]
    public void Where_the_owner_is_the_lead_the_leads_step_goes_to_the_supervisor() => Assert.Equal("anil", For("lead", Hospital(), owner: "dana"));

    [Fact]
    public void Where_the_officer_is_the_owner_the_officers_step_goes_above() => Assert.Equal("miriam", For("officer", Hospital(), owner: "imani"));

    [Fact]
    public void Somebody_told_already_is_skipped_for_the_owners_next_untold_supervisor()
    {
        Assert.Equal("anil", For("lead", Hospital(), told: ["ben", "dana"]));
        Assert.Equal("miriam", For("sponsor", Hospital(), told: ["ben", "dana", "anil", "colleen"]));
        Assert.Equal("ruth", For("officer", Hospital(), told: ["dana", "anil", "miriam", "imani"]));
    }

    [Fact]
    public void The_board_step_goes_to_the_board_owner_told_or_not() => Assert.Equal("ruth", For("board", Hospital(), told: ["dana", "anil", "miriam", "ruth"]));

    [Fact]
    public void Even_where_the_board_owner_is_the_owner() => Assert.Equal("ruth", For("board", Hospital(), owner: "ruth"));

    [Theory] // T8
    [InlineData("aisha", "miriam", "aisha")] // the delegate first
    [InlineData(null, "aisha", "aisha")] // else the deputy
    [InlineData(null, null, "anil")] // else the supervisor
    [InlineData("somebody.gone", "aisha", "aisha")] // a delegate who is in no roster is none
    public void While_the_holder_is_away_their_delegate_else_deputy_else_supervisor_hears(string? standIn, string? deputy, string expected) =>
        Assert.Equal(expected, For("lead", Hospital(dana: Away, danaStandIn: standIn, danaDeputy: deputy)));

    [Fact]
    public void On_the_first_day_back_the_holder_hears_again() => Assert.Equal("dana", For("lead", Hospital(dana: "2026-03-08", danaStandIn: "aisha")));

    [Fact]
    public void A_stand_in_who_is_the_owner_is_passed_over_for_somebody_above() => Assert.Equal("dana", For("officer", Hospital(imani: Away, imaniDeputy: "ben")));

    [Fact]
    public void An_absent_supervisor_is_passed_over_too() => Assert.Equal("anil", For("lead", Hospital(dana: Away, danaStandIn: "ben")));

    [Fact]
    public void An_owner_who_is_away_is_heard_for_by_the_delegate() => Assert.Equal("aisha", For("owner", Hospital(ben: Away, benStandIn: "aisha")));

    [Fact]
    public void The_board_owner_away_is_stood_in_for_by_the_deputy() => Assert.Equal("sam", For("board", Hospital(ruth: Away)));

    [Fact]
    public void Two_who_stand_in_for_each_other_and_are_both_away_end_with_nobody() // P5
    {
        var given = new RosterOf().Person("ruth", deputy: "sam", awayUntil: Away, roles: [Role.BoardOwner]).Person("sam", deputy: "ruth", awayUntil: Away).Person("ben");
        Assert.Null(For("board", given));
    }

    [Theory]
    [InlineData("lead", "dana")] // no lead: the next above the owner
    [InlineData("sponsor", "dana")]
    [InlineData("officer", "dana")]
    public void A_vacant_post_goes_to_the_owners_supervisor(string to, string expected)
    {
        var given = new RosterOf().Person("ben", above: "dana").Person("dana", above: "anil").Person("anil");
        Assert.Equal(expected, For(to, given));
    }

    [Theory]
    [InlineData("board")]
    [InlineData("board-deputy")]
    public void A_vacant_seat_on_the_board_falls_to_nobody_by_chance(string to)
    {
        var given = new RosterOf().Person("ben");
        Assert.Null(For(to, given));
    }

    [Fact] // P5
    public void An_empty_seat_on_the_board_falls_to_the_executive_whom_no_other_is_above()
    {
        var given = new RosterOf().Person("ben", above: "anil").Person("anil", above: "miriam", roles: [Role.Executive]).Person("miriam", above: "ruth", roles: [Role.Executive])
            .Person("ruth", leavesOn: "2026-03-06", deputy: "sam", roles: [Role.BoardOwner]).Person("sam");
        Assert.Equal("miriam", For("board", given));
        Assert.Null(For("board-deputy", given));
    }

    [Fact] // P5
    public void Without_an_executive_it_falls_to_the_equity_officer() => Assert.Equal("imani", For("board", new RosterOf().Person("ben").Person("imani", roles: [Role.EquityOfficer])));

    [Theory]
    [InlineData("deputy", "aisha")]
    [InlineData("supervisor", "dana")]
    [InlineData("person:colleen", "colleen")]
    [InlineData("person:nobody", "dana")] // named in the schedule and gone: somebody above
    public void A_step_goes_to_the_deputy_the_supervisor_or_somebody_by_name(string to, string expected) => Assert.Equal(expected, For(to, Hospital().LedBy("dana", deputy: "aisha")));

    /// <summary>West of the date line it is still the last day away.</summary>
    [Fact]
    public void Absence_ends_by_the_clock_of_whoever_is_away()
    {
        var given = new RosterOf().Person("ben", above: "dana").Person("dana", inMesa: true, awayUntil: "2026-03-09").Person("anil").LedBy("dana", deputy: "anil");
        var roster = given.Build();
        Person? At(Instant now) => Recipients.For("lead", roster.ByHandle("ben")!, given.Cardiology, new HashSet<Guid>(), roster, now);
        Assert.Null(At(Instant.FromUtc(2026, 3, 10, 5, 0))); // March 10 in New York, 22:00 on March 9 in Phoenix
        Assert.Equal("dana", At(Instant.FromUtc(2026, 3, 10, 8, 0))!.Handle);
    }

    [Fact]
    public void With_the_lead_vacant_the_departments_deputy_holds_the_post() =>
        Assert.Equal("aisha", For("lead", new RosterOf().Person("ben", above: "dana").Person("dana").Person("aisha").LedBy(null, deputy: "aisha")));

    [Fact]
    public void Whoever_has_left_holds_no_post_any_more() =>
        Assert.Equal("anil", For("lead", new RosterOf().Person("ben", above: "dana").Person("dana", above: "anil", leavesOn: "2026-03-06").Person("anil").LedBy("dana")));

    [Fact]
    public void Where_everybody_above_was_told_a_step_finds_nobody() => Assert.Null(For("lead", Hospital(), told: ["dana", "anil", "miriam", "ruth"]));

    [Theory] // P5
    [InlineData("lead")]
    [InlineData("officer")]
    [InlineData("sponsor")]
    public void A_loop_in_the_chart_ends_and_never_comes_back_to_the_owner(string to)
    {
        var given = new RosterOf().Person("ann", above: "bob").Person("bob", above: "ann").LedBy("ann");
        Assert.Equal("bob", For(to, given, owner: "ann"));
        Assert.Null(For(to, given, owner: "ann", told: ["bob"]));
    }

    [Fact]
    public void Owner_lead_sponsor_officer_and_board_in_one_person_end_at_the_board() // P5
    {
        var given = new RosterOf().Person("ruth", above: "ruth", sponsor: "ruth", roles: [Role.EquityOfficer, Role.BoardOwner]).LedBy("ruth");
        Assert.All(["lead", "officer", "sponsor"], to => Assert.Null(For(to, given, owner: "ruth")));
        Assert.Equal("ruth", For("board", given, owner: "ruth"));
    }

    [Fact]
    public void A_step_to_a_role_that_nobody_knows_is_a_mistake_in_the_schedule() =>
        Assert.Throws<InvalidOperationException>(() => For("president", Hospital()));
}
