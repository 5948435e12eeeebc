using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>What somebody said can be read in two ways, or names a day on which nobody works: the choice is one tap, and that tap is the one that puts it on the plan.</summary>
public sealed class ReadingStories
{
    // Said on Monday, March 2, 2026. The fiscal year begins in July.
    [Theory, OnOneDatabase]
    public async Task A_quarter_of_either_year_becomes_two_buttons_and_one_tap_is_enough(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        var draft = await dana.SaysAsync("we'll offer an interpreter at every visit by end of Q3");
        draft.Says("Wednesday, September 30, 2026 or Tuesday, March 31, 2026: which day do you mean?").Offers("Confirm for Wednesday, September 30, 2026", "Confirm for Tuesday, March 31, 2026").DoesNotOffer("Confirm");

        // A question answered on the way leaves the choice open.
        draft = (await dana.PressesAsync(draft, "Rural patients")).Done();
        (await dana.PressesAsync(draft.Says("which day do you mean?"), "Confirm for Tuesday, March 31, 2026")).Done().Says("on the plan", "Tuesday, March 31", "Rural patients");
        Assert.Equal("2026-03-31", (await hospital.StateAsync("C-12")).GetProperty("due").GetString());
    }

    [Theory, OnOneDatabase]
    public async Task Next_Friday_may_be_this_weeks(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        var draft = (await dana.SaysAsync("we will post signs in Spanish by next Friday")).Offers("Confirm for Friday, March 13, 2026", "Confirm for Friday, March 6, 2026");
        (await dana.PressesAsync(draft, "Confirm for Friday, March 6, 2026")).Done().Says("Friday, March 6");
    }

    [Theory, OnOneDatabase]
    public async Task Written_into_the_form_the_day_is_no_question_any_more(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        var form = (await dana.PressesAsync(await dana.SaysAsync("we will post signs in Spanish by next Friday"), "Edit")).Done();
        (await dana.PressesAsync(form, "Confirm", new { due = "2026-03-20" })).Done().Says("Friday, March 20");
    }

    [Theory, OnOneDatabase]
    public async Task A_promise_that_is_pushed_to_one_of_two_days_waits_for_the_choice_and_keeps_the_reason(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        var promise = await dana.PromisesAsync("we'll train every nurse on interpreter phones by 2026-03-05");
        var choice = await dana.SaysAsync($"push {promise} to next Friday because the contract is late, need a signature");
        choice.Offers("Push to Friday, March 13, 2026", "Push to Friday, March 6, 2026");
        Assert.Equal("2026-03-05", (await hospital.StateAsync(promise)).GetProperty("due").GetString());
        (await dana.PressesAsync(choice, "Push to Friday, March 6, 2026")).Done().Says("Friday, March 6");
        Assert.Equal("2026-03-06", (await hospital.StateAsync(promise)).GetProperty("due").GetString());

        // Where the reason was not said, the button asks for it.
        choice = await dana.SaysAsync($"push {promise} to end of Q4");
        Assert.Equal(["reason", "need"], choice.Asks("Push to Tuesday, June 30, 2026"));
        (await dana.PressesAsync(choice, "Push to Tuesday, June 30, 2026", new { reason = "the vendor is late", need = "nothing" })).Done().Says("Tuesday, June 30");
    }

    [Theory, OnOneDatabase]
    public async Task On_a_holiday_the_working_day_before_is_offered_and_the_day_said_stays_one_tap_away(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        var draft = await dana.SaysAsync("we'll print the consent forms in Spanish by July 3");
        draft.Says("Friday, July 3, 2026 is no working day at Riverbend Main. The working day before is Thursday, July 2, 2026.").Offers("Confirm", "Confirm for Thursday, July 2, 2026");
        (await dana.PressesAsync(draft, "Confirm for Thursday, July 2, 2026")).Done().Says("Thursday, July 2");
        draft = await dana.SaysAsync("we'll print the menus in Spanish by July 4");
        (await dana.PressesAsync(draft.Says("Saturday, July 4, 2026 is no working day"), "Confirm")).Done().Says("Saturday, July 4");
        (await dana.SaysAsync("we'll print the maps in Spanish by July 6")).DoesNotSay("no working day");
    }
}
