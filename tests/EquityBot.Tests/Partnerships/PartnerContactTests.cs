using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Partnerships;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Tests.Partnerships;

/// <summary>How a partner is reached may be kept; how anybody else is may not.</summary>
public class PartnerContactTests
{
    const string Number = "617-555-0134";

    [Theory, OnOneDatabase]
    public async Task A_name_and_a_telephone_number_are_kept_as_a_contact(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        var card = await hospital.SaysAsync("imani.brooks", "show Desert Families");
        var edited = await hospital.PressesAsync("imani.brooks", card.Last, "Edit", ("contact", $"Program director, Yolanda Cruz, {Number}"));
        Assert.Equal(PressOutcome.Done, edited.Outcome);
        Assert.Contains($"Program director, Yolanda Cruz, {Number}", edited.Text, StringComparison.Ordinal);

        // Filled in beforehand it is screened again, and passes again.
        Assert.Equal(PressOutcome.Done, (await hospital.PressesAsync("imani.brooks", edited.Last, "Edit", ("focus", "Doulas"))).Outcome);
        await using var db = hospital.Read();
        var partner = await db.Set<Partner>().SingleAsync(one => one.Number == 1);
        Assert.Equal(("Doulas", $"Program director, Yolanda Cruz, {Number}"), (partner.Focus, partner.Contact));
    }

    [Theory]
    [InlineData("contact", "Yolanda Cruz, MRN 12345678")]
    [InlineData("contact", "Yolanda Cruz, SSN 123-45-6789")]
    [InlineData("focus", $"Doulas, {Number}")]
    [InlineData("note", $"Ask at {Number}")]
    public async Task Record_numbers_are_refused_even_there_and_telephone_numbers_everywhere_else(string input, string typed)
    {
        await using var hospital = await Riverbend.OpenAsync();
        var card = await hospital.SaysAsync("imani.brooks", "show Desert Families");
        var refused = await hospital.PressesAsync("imani.brooks", card.Last, "Edit", (input, typed));
        Assert.Equal(PressOutcome.Refused, refused.Outcome);
        await using var db = hospital.Read();
        Assert.Equal("Program director, Yolanda Cruz", (await db.Set<Partner>().SingleAsync(one => one.Number == 1)).Contact);
        Assert.DoesNotContain(await db.Set<Message>().Select(one => one.Card).ToListAsync(), text => text.Contains(typed, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData($"met with Desert Families yesterday, told them to call {Number}")]
    [InlineData($"follow up with Desert Families by Friday: call {Number}")]
    [InlineData($"pause Desert Families because nobody answers {Number}")]
    public async Task The_same_number_in_a_sentence_is_refused(string said)
    {
        await using var hospital = await Riverbend.OpenAsync();
        Assert.Equal(PressOutcome.Refused, (await hospital.SaysAsync("imani.brooks", said)).Outcome);
    }
}
