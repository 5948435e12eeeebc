using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>What a promise is about, what is set aside for it, and what it said before.</summary>
public sealed class DescriptionStories
{
    const string Lead = "dana.reyes";
    const string Officer = "imani.brooks";

    [Theory, OnOneDatabase]
    public async Task The_goal_that_the_words_speak_of_is_one_tap_and_says_the_level_too(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As(Lead);
        var draft = await dana.SaysAsync("we'll offer an interpreter to Spanish-speaking patients at every visit by 2026-06-30");
        draft.Says("Which goal does it serve?").Offers("4.1 Make care encounters more equitable", "Confirm");
        draft = (await dana.PressesAsync(draft, "4.1 Make care encounters more equitable")).Done();
        draft.Says("Patient", "Which kind of driver");
        (await dana.PressesAsync(draft, "Confirm")).Done();
        (await dana.LooksAtAsync("C-12")).Says("Goals: 4.1 Make care encounters more equitable");

        // Who does not care to say is not asked twice.
        await dana.PromisesAsync("we'll review our denials by payer by 2026-06-30");
    }

    [Theory, OnOneDatabase]
    public async Task It_is_described_further_by_its_owner_or_the_equity_office_and_nobody_else(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (dana, officer) = (hospital.As(Lead), hospital.As(Officer));
        var promise = await dana.PromisesAsync("we'll train every nurse on interpreter phones by 2026-06-30");
        (await dana.SaysAsync($"{promise} has $20k and 0.5 FTE")).Says("Set aside: $20,000, 0.5 full-time equivalents");
        (await officer.SaysAsync($"tag {promise} as 2.2, 4.1, structural and internal")).Says("Goals: 2.2 Train staff and tie completion to incentives; 4.1", "Inside the organization");
        (await hospital.As("marcus.hale").SaysAsync($"tag {promise} as societal")).Says("Only the owner, their lead and the equity office");
        (await dana.SaysAsync($"tag {promise} as 9.9")).Says("Say a goal by its number");
        (await dana.SaysAsync($"tag {promise} as external")).Says("needs an approval");

        // What was set aside is nobody's business who does not see the details.
        (await hospital.As("marcus.hale").LooksAtAsync(promise)).DoesNotSay("$20,000");
        var form = await dana.SaysAsync($"describe {promise}");
        (await dana.PressesAsync(form, "Describe", new { money = "a lot" })).Was("refused").Says("I cannot read “a lot” as an amount");
        (await dana.PressesAsync(await dana.SaysAsync($"describe {promise}"), "Describe", new { money = "", goals = "4.1" })).Done().Says("0.5 full-time", "Goals: 4.1").DoesNotSay("$20,000", "2.2 ");
    }

    [Theory, OnOneDatabase]
    public async Task A_promise_to_the_public_is_logged_by_who_answers_for_it_and_accepted_by_its_owner(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (dana, officer) = (hospital.As(Lead), hospital.As(Officer));
        var form = (await dana.PressesAsync(await dana.SaysAsync("we'll publish our no-show gap by 2026-06-30"), "Edit")).Done();
        (await dana.PressesAsync(form, "Confirm", new { audience = "external" })).Was("refused").Says("Ask Imani Brooks to say “log for dana.reyes: …”");
        form = (await officer.PressesAsync(await officer.SaysAsync("log for dana.reyes: publish the no-show gap of cardiology by 2026-06-30"), "Edit")).Done();
        var proposed = (await officer.PressesAsync(form, "Confirm", new { audience = "external" })).Done().Ref!;
        (await dana.PressesAsync(await dana.SeesAsync(proposed, "no-show gap of cardiology"), "Accept")).Done().Says("To the public");
    }

    [Theory, OnOneDatabase]
    public async Task Worded_anew_it_says_why_and_the_old_words_stay(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var owner = hospital.As("ben.kowalski");
        var promise = await owner.PromisesAsync("we'll train every nurse on interpreter phones by 2026-06-30");
        var asked = (await owner.SaysAsync($"reword {promise} to train every nurse and doctor on interpreter phones")).Says("Why does", "It says now: Train every nurse on interpreter phones");
        (await owner.LooksAtAsync(promise)).DoesNotSay("doctor");
        (await owner.PressesAsync(asked, "Change it", new { reason = "the council asked for the doctors" })).Done().Says("is worded anew", "Train every nurse and doctor");
        await hospital.As(Lead).SeesAsync("Ben Kowalski worded", "the council asked for the doctors");
        (await owner.SaysAsync($"what changed on {promise}")).Says("It said: “Train every nurse on interpreter phones”.", "“the council asked for the doctors”");
        (await hospital.As("marcus.hale").SaysAsync($"reword {promise} to nothing because I can")).Says("Only the owner");
        Assert.Equal("2026-06-30", (await hospital.StateAsync(promise)).GetProperty("due").GetString());
    }

    [Theory, OnOneDatabase]
    public async Task What_is_under_way_already_is_pointed_out_before_it_is_promised_again(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var promise = await hospital.As(Lead).PromisesAsync("we'll train every nurse on interpreter phones by 2026-06-30");
        var draft = await hospital.As("marcus.hale").SaysAsync("we will train every nurse in the emergency room on interpreter phones by 2026-05-29");
        draft.Says($"{promise} of Cardiology sounds alike: “Train every nurse on interpreter phones”").Offers("Confirm");
        (await hospital.As("marcus.hale").SaysAsync("we will open the ramp by 2026-05-29")).DoesNotSay("sounds alike");
    }
}
