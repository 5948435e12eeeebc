using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>Where it is not sure what or whom somebody means, it asks with buttons that are filled in, and nothing has changed before one is pressed.</summary>
public sealed class UnsureStories
{
    [Theory, OnOneDatabase]
    public async Task Words_that_fit_no_sentence_become_buttons_with_what_they_say(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        var promise = await dana.PromisesAsync("we'll train every nurse on interpreter phones by 2026-03-06");
        var asked = (await dana.SaysAsync($"{promise} won't make friday, can it be March 20 instead? the vendor is late")).Says("Do you mean this?", "nothing has changed").Offers($"Push · {promise}", $"Report progress · {promise}");
        Assert.Equal("2026-03-06", (await hospital.StateAsync(promise)).GetProperty("due").GetString());
        (await dana.PressesAsync(asked, $"Push · {promise}", new { need = "nothing" })).Done().Says("Friday, March 20");

        // Said without a number, with a day: perhaps a promise.
        asked = (await dana.SaysAsync("put me down for two listening sessions with rural patients by the end of May")).Offers("Log it as a promise");
        (await dana.PressesAsync(asked, "Log it as a promise")).Done().Says("Is this the promise?", "May 31").Offers("Confirm for Friday, May 29, 2026");

        // Nothing that it might be: two examples, as ever.
        (await dana.SaysAsync("make me a sandwich")).Says("I did not understand that");
    }

    [Theory, OnOneDatabase]
    public async Task A_name_that_is_nobodys_is_asked_and_a_short_form_is_understood(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        var promise = await dana.PromisesAsync("we'll train every nurse on interpreter phones by 2026-06-30");
        var asked = (await dana.SaysAsync($"hand {promise} to Markus Hail")).Says("Whom do you mean by “Markus Hail”?").Offers("Marcus Hale");
        await hospital.As("marcus.hale").NeverSeesAsync(promise);
        (await dana.PressesAsync(asked, "Marcus Hale")).Done().Says("Marcus Hale");
        await hospital.As("marcus.hale").SeesAsync(promise);
        (await dana.SaysAsync($"hand {promise} to Quetzalcoatl")).Says("I know no “Quetzalcoatl” here");
        (await dana.SaysAsync($"hand {promise} to Roz")).Says("Rosalind Greene");
        (await dana.SaysAsync("log for Thuy Ngyuen: stock formula in the emergency room by March 9")).Says("Whom do you mean").Offers("Thuy Nguyen");
    }

    [Theory, OnOneDatabase]
    public async Task A_department_promises_by_its_name_and_what_it_waits_for_says_who_is_asked(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        (await dana.SaysAsync("Cardiology will offer rides to follow-up visits by 2026-06-30")).Says("Offer rides to follow-up visits", "you (Cardiology)");
        (await dana.SaysAsync("Marcus will stock formula in the emergency room by 2026-06-30")).Says("Stock formula in the emergency room", "Marcus Hale");
        var promise = await dana.PromisesAsync("we'll train every nurse on interpreter phones by 2026-06-30");
        (await dana.SaysAsync($"{promise} is blocked, waiting for the list from Human Resources")).Says("Priya Raman");
        await hospital.As("priya.raman").SeesAsync(promise, "waiting for the list from Human Resources");
        var other = await dana.PromisesAsync("we'll print the consent forms in Spanish by 2026-06-30");
        (await dana.SaysAsync($"{other} is stuck, no budget for the paper")).Says("is asked to clear the way").DoesNotSay("Priya Raman");
    }
}
