using EquityBot.Partnerships;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Tests.Partnerships;

public class WhomToMeetTests
{
    static readonly Guid Cardiology = Guid.NewGuid();

    static readonly Person Dana = new()
    {
        Id = Guid.NewGuid(), OrganizationId = Guid.Empty, Handle = "dana.reyes", Name = "Dana Reyes", Title = "", Email = "", DepartmentId = Cardiology, SiteId = Guid.Empty, Days = "1", From = new(9, 0), To = new(17, 0),
    };

    static DepartmentTies Other(string name, string[] partners, params string[] groups) => new(Guid.NewGuid(), name, Guid.NewGuid(), partners, groups);

    static readonly DepartmentTies Mine = new(Cardiology, "Cardiology", Dana.Id, ["Eastside Food Bank"], ["Spanish-speaking patients"]);

    [Fact]
    public void A_lead_with_a_shared_partner_or_group_is_found_and_the_reason_said()
    {
        var pharmacy = Other("Pharmacy", ["Eastside Food Bank"]);
        Assert.Equal(new(pharmacy.Lead, "Eastside Food Bank", null), WhomToMeet.Suggest(Dana, [Mine, pharmacy], null));
        var births = Other("Births", [], "Native American and Spanish-speaking families");
        Assert.Equal(new(births.Lead, null, "Native American and Spanish-speaking families"), WhomToMeet.Suggest(Dana, [Mine, births], null));
    }

    [Fact]
    public void Words_that_everybody_uses_are_no_shared_group_and_nobody_is_sent_to_themselves() =>
        Assert.Null(WhomToMeet.Suggest(Dana, [Mine, Other("Surgery", ["Another Partner"], "Adult patients and their families"), new(Guid.NewGuid(), "Interim", Dana.Id, ["Eastside Food Bank"], [])], null));

    [Fact]
    public void It_goes_round_so_that_it_is_no_ranking()
    {
        var (few, many) = (Other("Births", ["Eastside Food Bank"]), Other("Pharmacy", ["Eastside Food Bank"], "Spanish-speaking elders", "Spanish-speaking children"));
        DepartmentTies[] all = [Mine, many, few];
        Assert.Equal(few.Lead, WhomToMeet.Suggest(Dana, all, null)!.Lead);
        Assert.Equal(many.Lead, WhomToMeet.Suggest(Dana, all, few.Lead)!.Lead);
        Assert.Equal(few.Lead, WhomToMeet.Suggest(Dana, all, many.Lead)!.Lead);
    }
}
