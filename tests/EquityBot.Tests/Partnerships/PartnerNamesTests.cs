using EquityBot.Partnerships;

namespace EquityBot.Tests.Partnerships;

public class PartnerNamesTests
{
    static string Said(PartnerNames.Found found) => found switch
    {
        { Named: { Count: > 0 } named } => string.Join(" + ", named.Select(one => one.Name)),
        { IsKnown: true } => string.Join(" or ", found.Candidates.Select(one => one.Name)),
        _ => "?",
    };

    [Theory]
    [InlineData("Eastside Food Bank", "Eastside Food Bank")]
    [InlineData("the eastside food bank.", "Eastside Food Bank")]
    [InlineData("Eastside", "Eastside Food Bank")]
    [InlineData("Eastsid", "Eastside Food Bank")] // a slip of the keyboard
    [InlineData("Estside", "Eastside Food Bank or Westside Food Bank")] // one letter from either
    [InlineData("eastsde food bank", "Eastside Food Bank")]
    [InlineData("the food bank", "Eastside Food Bank or Westside Food Bank")]
    [InlineData("county health department", "Riverbend County Health Department")]
    [InlineData("the health department", "Riverbend County Health Department")]
    [InlineData("school district", "Saguaro Bend School District")]
    [InlineData("Healthy Housing", "Center for Healthy Housing")]
    [InlineData("DFN", "Desert Families Network")]
    [InlineData("Eastside and the school district", "Eastside Food Bank + Saguaro Bend School District")]
    [InlineData("Two Rivers", "Two Rivers Health Equity Collaborative")]
    [InlineData("Northside Legal Aid", "?")]
    [InlineData("xx", "?")]
    [InlineData("the", "?")]
    public void A_partner_is_found_by_its_name_a_part_of_it_its_initials_or_a_near_miss(string words, string expected) => Assert.Equal(expected, Said(PartnerNames.Find(words, Partners.All)));

    [Theory]
    [InlineData("Eastside Food Bank yesterday, 12 people", "Eastside Food Bank", " yesterday, 12 people")]
    [InlineData("the county health department on March 3", "Riverbend County Health Department", " on March 3")]
    [InlineData("Center for Healthy Housing about mold", "Center for Healthy Housing", " about mold")]
    [InlineData("Eastside and the school district about lunches", "Eastside Food Bank + Saguaro Bend School District", " about lunches")]
    [InlineData("Eastsid Food Bank yesterday", "Eastside Food Bank", " yesterday")]
    [InlineData("Northside Legal Aid on Monday", "?", " on Monday")]
    [InlineData("Eastside by Friday: send the draft MOU", "Eastside Food Bank", " by Friday: send the draft MOU")]
    public void At_the_beginning_of_a_sentence_the_name_ends_where_it_ends(string text, string expected, string rest)
    {
        var (found, left) = PartnerNames.FindFirst(text, Partners.All);
        Assert.Equal((expected, rest), (Said(found), left));
    }

    [Fact]
    public void Where_nobody_fits_the_nearest_two_are_offered()
    {
        var found = PartnerNames.Find("Northside Pantry", Partners.All);
        Assert.False(found.IsKnown);
        Assert.Equal(2, found.Candidates.Count);
        Assert.Empty(PartnerNames.Find("Northside Pantry", []).Candidates);
    }

    [Fact]
    public void Every_partner_is_found_by_its_own_name_whoever_else_there_is() =>
        Assert.All(Partners.All, one => Assert.Equal([one], PartnerNames.Find(one.Name, Partners.All).Named));
}
