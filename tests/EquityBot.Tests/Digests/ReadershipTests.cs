using EquityBot.Digests;
using EquityBot.People;
using EquityBot.Tests.Given;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Tests.Digests;

public class ReadershipTests
{
    static readonly IsoWeek Week = IsoWeek.Of(new(2026, 3, 9));

    static Instant Utc(string text) => InstantPattern.General.Parse(text).Value;

    [Theory]
    [InlineData("2026-03-09T04:00:00Z", null, null, "2026-03-09T13:00:00Z")] // Monday begins; nine o'clock
    [InlineData("2026-03-09T15:00:00Z", null, null, "2026-03-09T15:00:00Z")] // within hours: at once
    [InlineData("2026-03-11T23:00:00Z", null, null, "2026-03-12T13:00:00Z")] // after hours: the next morning
    [InlineData("2026-03-13T22:00:00Z", null, null, null)] // Friday evening: nothing of the week is left
    [InlineData("2026-03-14T15:00:00Z", null, null, null)]
    [InlineData("2026-03-09T04:00:00Z", "2026-03-10", null, "2026-03-11T13:00:00Z")] // back on Wednesday
    [InlineData("2026-03-09T04:00:00Z", "2026-03-08", null, "2026-03-09T13:00:00Z")]
    [InlineData("2026-03-09T04:00:00Z", "2026-03-13", null, null)]
    [InlineData("2026-03-09T04:00:00Z", null, "2026-03-08", null)] // gone
    public void The_first_working_morning_of_the_week_on_which_they_are_there(string now, string? awayUntil, string? leavesOn, string? morning)
    {
        var roster = new RosterOf().Person("reader", awayUntil: awayUntil, leavesOn: leavesOn).Build();
        Assert.Equal(morning is null ? null : Utc(morning), Readership.MorningOf(roster.ByHandle("reader")!, Week, roster, Utc(now)));
    }

    [Fact]
    public void A_holiday_on_Monday_moves_it_to_Tuesday()
    {
        var roster = new RosterOf().Person("reader").Holiday("2026-03-09").Build();
        Assert.Equal(Utc("2026-03-10T13:00:00Z"), Readership.MorningOf(roster.ByHandle("reader")!, Week, roster, Utc("2026-03-09T04:00:00Z")));
    }

    [Fact]
    public void Where_it_is_Sunday_still_the_morning_is_Mondays()
    {
        var roster = new RosterOf().Person("reader", inMesa: true, days: "1;2;3;4;5;6;7").Build();
        Assert.Equal(Utc("2026-03-09T16:00:00Z"), Readership.MorningOf(roster.ByHandle("reader")!, Week, roster, Utc("2026-03-09T04:00:00Z")));
    }

    [Fact]
    public void Executives_share_one_digest_and_the_boards_owner_has_another()
    {
        var roster = new RosterOf().Person("chief", roles: [Role.Executive]).Person("nurse", roles: [Role.Executive]).Person("trustee", roles: [Role.BoardOwner]).Person("officer", roles: [Role.EquityOfficer]).Build();
        Assert.Equal(["chief", "nurse"], Readership.Of(Audience.Executive, roster).Select(person => person.Handle));
        Assert.Equal(["trustee"], Readership.Of(Audience.Board, roster).Select(person => person.Handle));
        Assert.Equal((Audience.Board, Audience.Executive), (Readership.AskedBy([Role.BoardOwner, Role.Executive]), Readership.AskedBy([Role.EquityOfficer])));
        Assert.Empty(Readership.Of(Audience.Board, new RosterOf().Build()));
    }
}
