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

    static RatingFactor Factor(int number, string name) => new() { Id = Guid.NewGuid(), OrganizationId = Guid.Empty, PartnerId = Guid.Empty, Number = number, Name = name, NamedById = Guid.Empty, NamedAt = default };

    static PartnershipRating Answer(RatingSide side, string? comment, int? factor)
    {
        var rating = Rating(side, 3, 3, 3);
        rating.Give(new(3, 3, 3, comment) { Others = factor is { } score ? new Dictionary<int, int> { [1] = score } : [] });
        return rating;
    }

    [Fact]
    public void A_factor_is_averaged_over_those_who_answered_it_from_three_on_and_its_gap_is_flagged()
    {
        var factor = Factor(1, "say over money");
        RatingFigures With(params int?[] partner) => RatingFigures.Of([.. new int?[] { 5, 5, 4 }.Select(score => Answer(RatingSide.Us, null, score)), .. partner.Select(score => Answer(RatingSide.Partner, null, score))], [factor]);
        var two = With(2, 2, null);
        Assert.Equal(3, two.Partner.Raters);
        Assert.Equal(("factor-1", null), (two.Scales[^1].Scale, two.Scales[^1].Partner));
        Assert.Empty(two.Gaps);
        var three = With(2, 3, 3, null);
        Assert.Equal([("factor-1", 14 / 3.0, 8 / 3.0)], three.Gaps);
        Assert.Contains(three.Describe("2026-Q1", Phrases.Load("en")).OfType<Banner>(), banner => banner.Text.StartsWith("say over money: we say 4.7, the partner says 2.7.", StringComparison.Ordinal));

        // Dropped, it stays where it was answered and nowhere else.
        factor.Drop(default);
        Assert.Equal(4, three.Scales.Count);
        Assert.Equal(3, RatingFigures.Of([Answer(RatingSide.Us, null, null)], [factor]).Scales.Count);
    }

    [Fact]
    public void Comments_of_fewer_than_three_raters_are_kept_back_and_those_of_more_tell_nothing_by_their_order()
    {
        string[] given = ["zeal", "Apples", "more evenings"];
        var us = given.Select(comment => Answer(RatingSide.Us, comment, null)).ToList();
        Assert.Empty(RatingFigures.Of(us.Take(2)).Us.Comments);
        Assert.Empty(RatingFigures.Of(us.Take(2)).Comments(Phrases.Load("en")));
        foreach (var order in new[] { us, us.AsEnumerable().Reverse() })
        {
            Assert.Equal(["Apples", "more evenings", "zeal"], RatingFigures.Of(order).Us.Comments);
        }

        Assert.Equal(["Apples", "more evenings", "zeal"], RatingFigures.Of(us).Comments(Phrases.Load("en")).OfType<Bullets>().Single().Items);
    }

    [Theory]
    [InlineData("5", true)]
    [InlineData("", true)]
    [InlineData(null, true)]
    [InlineData("6", false)]
    [InlineData("much", false)]
    public void A_factor_may_be_left_open_and_is_else_a_whole_number_from_one_to_five(string? typed, bool read) =>
        Assert.Equal(read, RatingForm.Read(input => input == "factor-1" ? typed : input == "comment" ? null : "3", [Factor(1, "say over money")]) is not null);

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
