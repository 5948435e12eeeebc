using EquityBot.Partnerships;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Tests.Partnerships;

public class PastDayTests
{
    static readonly string[] Wordings = ["yesterday", "today", "on Tuesday", "last Friday", "Saturday", "3 days ago", "two weeks ago", "on March 3", "12/31", "the 15th", "on the 31st", "Feb 28", "5 May", "the day before yesterday", "this morning"];

    static LocalDate Day(string iso) => LocalDatePattern.Iso.Parse(iso).Value;

    [Theory]
    [InlineData("2026-03-09", "on Monday", "2026-03-09")] // said on that Monday
    [InlineData("2026-03-09", "last Monday", "2026-03-02")]
    [InlineData("2026-03-09", "the 15th", "2026-02-15")]
    [InlineData("2026-03-09", "the 9th", "2026-03-09")]
    [InlineData("2026-03-09", "the 31st", "2026-01-31")] // February has none
    [InlineData("2026-03-09", "Feb 29", "2024-02-29")]
    [InlineData("2026-01-02", "December 30", "2025-12-30")]
    [InlineData("2026-03-09", "2026-03-12", "2026-03-12")] // a year was said: to come, and refused elsewhere
    public void A_day_is_the_last_one_that_was(string today, string words, string expected) => Assert.Equal(Day(expected), PastDay.Find(" " + words, Day(today))?.Day);

    [Fact]
    public void Whatever_day_it_is_and_however_it_is_said_it_has_been() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 4000).SelectMany(days => Gen.Elements(Wordings).Select(words => (Today: new LocalDate(2024, 1, 1).PlusDays(days), words))).ToArbitrary(),
        one =>
        {
            var day = PastDay.Find(one.words, one.Today)!.Day!.Value;
            return day <= one.Today && day > one.Today.PlusYears(-9);
        }));

    [Theory]
    [InlineData(", they decided to open on Mondays from March 3")]
    [InlineData(" about the plan, and next steps on Friday")]
    [InlineData("")]
    public void A_day_further_on_in_the_sentence_is_part_of_what_happened(string text) => Assert.Null(PastDay.Find(text, new(2026, 3, 9)));
}
