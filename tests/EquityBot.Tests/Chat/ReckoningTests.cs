using EquityBot.Chat;
using EquityBot.People;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Tests.Chat;

/// <summary>Days that depend on more than the day on which they are said: the fiscal year, the site's working days.</summary>
public class ReckoningTests
{
    static readonly LocalDate Monday = new(2026, 3, 2);

    // The fiscal year of Riverbend begins in July and is called by the year in which it ends: FY26 is July 2025 to June 2026.
    [Theory]
    [InlineData("cut waits by end of Q3", "2026-09-30", "2026-03-31")]
    [InlineData("cut waits by Q4", "2026-12-31", "2026-06-30")]
    [InlineData("cut waits by the second quarter", "2026-06-30", "2026-12-31")]
    [InlineData("cut waits by end of Q1 2027", "2027-03-31", "")]
    [InlineData("cut waits by end of Q3 FY27", "2027-03-31", null)]
    [InlineData("cut waits by FY27 Q1", "2026-09-30", null)]
    [InlineData("cut waits by FY 2027, Q1", "2026-09-30", null)]
    [InlineData("cut waits by the end of fiscal Q4", "2026-06-30", null)]
    [InlineData("cut waits by Q2 of the fiscal year", "2026-12-31", null)]
    [InlineData("cut waits by end of FY28", "2028-06-30", null)]
    [InlineData("cut waits by FY27", "2027-06-30", null)]
    [InlineData("cut waits by the end of the fiscal year", "2026-06-30", null)]
    [InlineData("cut waits by the end of next fiscal year", "2027-06-30", null)]
    [InlineData("cut waits by next Friday", "2026-03-13", "2026-03-06")]
    [InlineData("cut waits by next Monday", "2026-03-09", null)]
    [InlineData("cut waits by Friday next week", "2026-03-13", null)]
    [InlineData("cut waits by next week Friday", "2026-03-13", null)]
    [InlineData("cut waits by this Friday", "2026-03-06", null)]
    [InlineData("cut waits by Friday", "2026-03-06", null)]
    public void Said_on_a_Monday_it_can_be_read_as(string sentence, string day, string? other)
    {
        var found = Dates.Find(sentence, new(Monday, 7));
        Assert.Equal((Iso(day), string.IsNullOrEmpty(other) ? null : Iso(other)), (found!.Date, other == "" ? null : found.Other));
        Assert.Equal("cut waits", sentence.Remove(found.Start, found.Length));
    }

    [Fact]
    public void Where_the_fiscal_year_is_the_calendars_a_quarter_has_one_reading() => Assert.Null(Dates.Find("cut waits by end of Q3", new(Monday, 1))!.Other);

    [Theory]
    [InlineData("in three working days", "2026-03-06")] // Thursday is closed
    [InlineData("within 2 business days", "2026-03-04")]
    [InlineData("five working days from Wednesday", "2026-03-12")]
    [InlineData("in three days", "2026-03-05")]
    public void Working_days_are_those_of_the_speakers_site(string words, string day) => Assert.Equal(
        Iso(day), Dates.Read(words, new(Monday, null, new WorkCalendar(WorkCalendar.Weekdays, new HashSet<LocalDate> { new(2026, 3, 5) }))));

    [Theory]
    [InlineData("by Memorial Day", "2026-05-25")]
    [InlineData("until Labor Day", "2026-09-07")]
    [InlineData("Juneteenth", "2026-06-19")]
    [InlineData("the Fourth of July", "2026-07-04")]
    [InlineData("before Thanksgiving", "2026-11-26")]
    [InlineData("New Year's Eve", "2026-12-31")]
    [InlineData("Christmas 2027", "2027-12-25")]
    [InlineData("MLK Day", "2027-01-18")]
    [InlineData("Presidents' Day", "2027-02-15")]
    [InlineData("Indigenous Peoples' Day", "2026-10-12")]
    [InlineData("Veterans Day", "2026-11-11")]
    public void A_holiday_is_a_day(string words, string day) => Assert.Equal(Iso(day), Dates.Read(words, Monday));

    static LocalDate Iso(string day) => LocalDatePattern.Iso.Parse(day).Value;
}
