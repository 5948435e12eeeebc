using EquityBot.Chat;
using EquityBot.Partnerships;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace EquityBot.Tests.Partnerships;

public class RatingFiguresTests
{
    static PartnershipRating Rating(RatingSide side, int trust, int collaboration, int learning)
    {
        var rating = new PartnershipRating { Id = Guid.NewGuid(), OrganizationId = Guid.Empty, PartnerId = Guid.Empty, Quarter = "2026-Q1", Side = side, RaterId = Guid.NewGuid() };
        rating.Give(new(trust, collaboration, learning, null));
        return rating;
    }

    static IEnumerable<PartnershipRating> Side(RatingSide side, params int[] trust) => trust.Select(value => Rating(side, value, 3, 3));

    [Fact]
    public void With_two_raters_nothing_is_shown_and_with_three_the_average_of_their_side_alone()
    {
        var figures = RatingFigures.Of([.. Side(RatingSide.Us, 5, 5), .. Side(RatingSide.Partner, 1, 2, 3)]);
        Assert.Equal((2, null), (figures.Us.Raters, figures.Us.Trust));
        Assert.Equal((3, 2.0), (figures.Partner.Raters, figures.Partner.Trust));
        Assert.Empty(figures.Gaps);
    }

    [Theory]
    [InlineData(new[] { 5, 4, 4 }, new[] { 3, 3, 3 }, false)] // 4.33 and 3: shown as 4.3 and 3.0
    [InlineData(new[] { 5, 5, 4 }, new[] { 3, 3, 3 }, true)] // 4.67 and 3
    [InlineData(new[] { 4, 5, 4, 5 }, new[] { 3, 3, 3 }, true)] // 4.5 and 3: exactly
    [InlineData(new[] { 2, 2, 2 }, new[] { 4, 4, 3, 3, 3, 4 }, true)] // the partner is happier: exactly
    public void A_gap_of_one_and_a_half_is_flagged_either_way(int[] us, int[] partner, bool flagged) =>
        Assert.Equal(flagged, RatingFigures.Of([.. Side(RatingSide.Us, us), .. Side(RatingSide.Partner, partner)]).Gaps.Any(one => one.Scale == "trust"));

    [Fact]
    public void No_answer_can_be_read_from_a_side_with_fewer_than_three() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 2).SelectMany(count => Gen.Choose(1, 5).ArrayOf(count)).ToArbitrary(),
        trust =>
        {
            var figures = RatingFigures.Of([.. Side(RatingSide.Us, trust), .. Side(RatingSide.Partner, 5, 5, 5)]);
            var shown = figures.Describe("2026-Q1", Phrases.Load("en")).OfType<Table>().Single().Rows.Select(row => row[1]);
            return figures.Gaps.Count == 0 && shown.All(cell => cell == "withheld (fewer than 3)");
        }));

    [Theory]
    [InlineData("1", "5", "3", true)]
    [InlineData("0", "5", "3", false)]
    [InlineData("6", "5", "3", false)]
    [InlineData("", "5", "3", false)]
    [InlineData("4.5", "5", "3", false)]
    [InlineData("4", null, "3", false)]
    public void All_three_scales_are_whole_numbers_from_one_to_five(string? trust, string? collaboration, string? learning, bool read) => Assert.Equal(read, Scores.Read(trust, collaboration, learning, " ") is not null);

    [Theory]
    [InlineData("2026-03-31", "2026-Q1", "2026-03-18")]
    [InlineData("2026-04-01", "2026-Q2", "2026-06-17")]
    [InlineData("2026-12-31", "2026-Q4", "2026-12-18")]
    public void A_quarter_is_asked_about_in_its_last_two_weeks(string day, string key, string asks)
    {
        var quarter = RatingQuarter.Of(NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value);
        Assert.Equal((key, NodaTime.Text.LocalDatePattern.Iso.Parse(asks).Value), (quarter.Key, quarter.AskOn));
        Assert.Equal(quarter.Ends.PlusDays(1), quarter.Next.Starts);
    }
}
