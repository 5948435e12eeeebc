using EquityBot.Digests;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Tests.Digests;

public class IsoWeekTests
{
    static IsoWeek Week(string iso) => IsoWeek.Of(LocalDatePattern.Iso.Parse(iso).Value);

    [Theory]
    [InlineData("2026-03-09", "2026-W11", "2026-03-09")]
    [InlineData("2026-03-15", "2026-W11", "2026-03-09")]
    [InlineData("2026-03-16", "2026-W12", "2026-03-16")]
    [InlineData("2024-12-30", "2025-W01", "2024-12-30")]
    [InlineData("2026-12-28", "2026-W53", "2026-12-28")]
    [InlineData("2027-01-01", "2026-W53", "2026-12-28")]
    [InlineData("2027-01-03", "2026-W53", "2026-12-28")]
    [InlineData("2027-01-04", "2027-W01", "2027-01-04")]
    public void A_day_belongs_to_the_week_of_its_Thursday_whatever_year_that_is_in(string day, string name, string monday) =>
        Assert.Equal((name, LocalDatePattern.Iso.Parse(monday).Value), (Week(day).Name, Week(day).Monday));

    [Fact]
    public void Week_53_is_followed_by_the_next_years_first() =>
        Assert.Equal(["2026-W52", "2026-W53", "2027-W01"], new[] { Week("2026-12-21"), Week("2026-12-21").Next, Week("2026-12-21").Next.Next }.Select(week => week.Name));

    [Theory]
    [InlineData("2026-03-02", true)]
    [InlineData("2026-03-09", false)]
    [InlineData("2026-06-07", true)]
    [InlineData("2026-06-08", false)]
    [InlineData("2026-03-31", false)]
    [InlineData("2027-01-02", false)]
    public void The_first_week_of_a_month_is_the_one_with_its_first_Monday(string day, bool first) => Assert.Equal(first, Week(day).IsFirstOfMonth);

    [Fact]
    public void It_begins_at_midnight_of_the_zone() =>
        Assert.Equal(Instant.FromUtc(2026, 3, 9, 4, 0), Week("2026-03-12").BeginsIn(DateTimeZoneProviders.Tzdb["America/New_York"]));
}
