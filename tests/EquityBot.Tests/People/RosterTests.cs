using EquityBot.People;
using EquityBot.Tests.Given;
using NodaTime;

namespace EquityBot.Tests.People;

public class RosterTests
{
    static string? Handle(Person? person) => person?.Handle;

    [Fact]
    public void Above_somebody_stand_the_supervisor_theirs_and_so_on()
    {
        var roster = new RosterOf().Person("ben", above: "dana").Person("dana", above: "anil").Person("anil", above: "miriam").Person("miriam").Build();
        Assert.Equal(["dana", "anil", "miriam"], roster.Above(roster.ByHandle("ben")!).Select(Handle));
        Assert.Empty(roster.Above(roster.ByHandle("miriam")!));
    }

    [Theory] // P5
    [InlineData("ann", "bob,cay")]
    [InlineData("bob", "cay,ann")]
    [InlineData("dee", "ann,bob,cay")]
    public void A_loop_in_the_chart_ends_where_it_closes(string from, string expected)
    {
        var roster = new RosterOf().Person("ann", above: "bob").Person("bob", above: "cay").Person("cay", above: "ann").Person("dee", above: "ann").Build();
        Assert.Equal(expected.Split(','), roster.Above(roster.ByHandle(from)!).Select(Handle));
    }

    [Fact]
    public void Nobody_is_above_themselves_even_where_the_chart_says_so() // P5
    {
        var roster = new RosterOf().Person("ann", above: "ann").Build();
        Assert.Empty(roster.Above(roster.ByHandle("ann")!));
    }

    [Fact]
    public void A_supervisor_who_is_in_no_roster_ends_the_chain()
    {
        var roster = new RosterOf().Person("ben", above: "dana").Person("dana", above: "somebody.gone").Build();
        Assert.Equal(["dana"], roster.Above(roster.ByHandle("ben")!).Select(Handle));
    }

    [Theory]
    [InlineData("ben", "dana", "dana")] // the lead confirms
    [InlineData("dana", "dana", "anil")] // the lead's own promise: the supervisor
    [InlineData("ben", null, "dana")] // no lead: the owner's supervisor
    [InlineData("anil", null, null)] // nobody above, nobody leads
    [InlineData("anil", "anil", null)]
    [InlineData("ben", "somebody.gone", "dana")] // a lead who is in no roster is a vacancy
    public void Somebody_other_than_the_owner_confirms(string owner, string? lead, string? expected)
    {
        var given = new RosterOf().Person("ben", above: "dana").Person("dana", above: "anil").Person("anil").LedBy(lead);
        var roster = given.Build();
        Assert.Equal(expected, Handle(roster.ConfirmerFor(roster.ByHandle(owner)!, given.Cardiology, Wiring.Start)));
    }

    [Theory]
    [InlineData("ben", "colleen")] // their own
    [InlineData("eve", "terrence")] // else the lead's
    public void The_sponsor_is_the_owners_else_the_leads(string owner, string expected)
    {
        var given = new RosterOf().Person("ben", sponsor: "colleen").Person("eve").Person("dana", sponsor: "terrence").Person("colleen").Person("terrence").LedBy("dana");
        var roster = given.Build();
        Assert.Equal(expected, Handle(roster.SponsorFor(roster.ByHandle(owner)!, given.Cardiology)));
        Assert.Null(given.LedBy(null).Build() is var vacant ? vacant.SponsorFor(vacant.ByHandle("eve")!, given.Cardiology) : null);
    }

    [Theory]
    [InlineData("dana.reyes", "dana.reyes")]
    [InlineData("@dana.reyes", "dana.reyes")]
    [InlineData(" DANA.Reyes ", "dana.reyes")]
    [InlineData("Dana Reyes", "dana.reyes")]
    [InlineData("dana reyes", "dana.reyes")]
    [InlineData("Dana", "dana.reyes")] // the only one
    [InlineData("Maria", null)] // two of them
    [InlineData("Maria Lopez", "maria.lopez")]
    [InlineData("Maria Lopez Garcia", "maria.garcia")] // more than the start of another's name
    [InlineData("Dan", null)] // a part of a given name is no name
    [InlineData("Reyes", null)]
    [InlineData("Dana R", null)]
    [InlineData("", null)]
    [InlineData("nobody", null)]
    public void People_are_found_by_handle_full_name_or_a_given_name_that_only_one_has(string words, string? expected)
    {
        var roster = new RosterOf().Person("dana.reyes", name: "Dana Reyes").Person("maria.lopez", name: "Maria Lopez").Person("maria.garcia", name: "Maria Lopez Garcia").Build();
        Assert.Equal(expected, Handle(roster.ByName(words)));
    }

    [Fact]
    public void Of_two_with_the_same_full_name_only_the_handle_tells_which()
    {
        var roster = new RosterOf().Person("ann.lee", name: "Ann Lee").Person("ann.lee-2", name: "Ann Lee").Build();
        Assert.Null(roster.ByName("Ann Lee"));
        Assert.Equal("ann.lee-2", Handle(roster.ByName("ann.lee-2")));
    }

    [Theory]
    [InlineData("2026-03-05", "2026-03-05", true)] // the last day away
    [InlineData("2026-03-05", "2026-03-06", false)]
    [InlineData("2026-03-05", "2026-01-01", true)]
    public void Somebody_is_away_until_the_last_day_included(string until, string day, bool away)
    {
        var roster = new RosterOf().Person("ben", awayUntil: until).Build();
        Assert.Equal(away, roster.ByHandle("ben")!.IsAbsentOn(NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value));
    }

    [Fact]
    public void Somebody_who_leaves_is_here_on_the_last_day_and_gone_for_good_after_it()
    {
        var ben = new RosterOf().Person("ben", leavesOn: "2026-03-05").Build().ByHandle("ben")!;
        Assert.False(ben.HasLeftBy(new LocalDate(2026, 3, 5)) || ben.IsAbsentOn(new LocalDate(2026, 3, 5)));
        Assert.True(ben.HasLeftBy(new LocalDate(2026, 3, 6)) && ben.IsAbsentOn(new LocalDate(2027, 3, 6)));
    }

    [Fact]
    public void Each_persons_today_is_their_sites()
    {
        var roster = new RosterOf().Person("ben").Person("soledad", inMesa: true).Build();
        var at = Instant.FromUtc(2026, 3, 3, 5, 30); // 00:30 in New York, 22:30 the day before in Phoenix
        Assert.Equal(new LocalDate(2026, 3, 3), roster.TodayOf(roster.ByHandle("ben")!, at));
        Assert.Equal(new LocalDate(2026, 3, 2), roster.TodayOf(roster.ByHandle("soledad")!, at));
    }

    [Fact]
    public void Offsets_count_on_the_sites_weekdays_and_messages_keep_the_persons_own_days()
    {
        var roster = new RosterOf().Person("thuy", days: "2;3;4;5;6").Holiday("2026-03-03").Build();
        var thuy = roster.ByHandle("thuy")!;
        Assert.Equal(new LocalDate(2026, 3, 4), roster.CalendarOf(thuy).Add(new LocalDate(2026, 3, 2), 1));
        Assert.Equal(new LocalDate(2026, 3, 7), roster.HoursOf(thuy).OpeningOnOrAfter(new LocalDate(2026, 3, 7)).InZone(roster.ZoneOf(thuy)).Date);
        Assert.Equal(new LocalDate(2026, 3, 4), roster.HoursOf(thuy).OpeningOnOrAfter(new LocalDate(2026, 3, 2)).InZone(roster.ZoneOf(thuy)).Date);
    }
}
