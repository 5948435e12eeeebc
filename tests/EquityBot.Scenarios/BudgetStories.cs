using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>Before the next budget is made, department leads say what their promises need from it.</summary>
public sealed class BudgetStories
{
    const string Season = "Fiscal year 2027 begins Wednesday, July 1: what do your promises need from its budget?";

    [Theory, OnOneDatabase]
    public async Task A_lead_says_what_each_promise_needs_and_the_officer_sees_how_many_say_nothing(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        await hospital.ImportAsync("organization.csv", file => file.Replace(",07-01,6", ",07-01,13", StringComparison.Ordinal));
        var (dana, officer) = (hospital.As("dana.reyes"), hospital.As("imani.brooks"));
        var stated = await dana.PromisesAsync("we'll print the consent forms in Spanish by 2026-09-30");
        await dana.SaysAsync($"{stated} has $5,000 and 0.5 FTE");
        await hospital.MoveAsync("2026-03-31T18:00");
        await dana.NeverSeesAsync(Season);

        await hospital.MoveAsync("2026-04-01T12:00");
        var asked = await dana.SeesAsync(Season);
        asked.Says("no money or people stated yet", "$5,000 · 0.5 full-time equivalents");
        Assert.True(asked.Text.IndexOf("C-1 ·", StringComparison.Ordinal) < asked.Text.IndexOf($"{stated} ·", StringComparison.Ordinal), asked.Text);
        (await dana.PressesAsync(asked, "Show", reference: "C-1")).Done().Says("Offer a ride");
        (await dana.SaysAsync("C-1 has $20,000 and 1 FTE")).Says("$20,000");

        // One line for the officer; nobody who leads nothing, and nobody without a promise.
        (await officer.SeesAsync("No money or people stated yet: 11 of 12 open promises")).Says("fiscal year 2027");
        foreach (var handle in new[] { "ben.kowalski", "marcus.hale" })
        {
            await hospital.As(handle).NeverSeesAsync(Season);
        }

        await hospital.MoveAsync("2026-06-30T18:00");
        Assert.Single(await dana.InboxAsync(), message => message.Text.Contains(Season, StringComparison.Ordinal));
    }

    [Theory, OnOneDatabase]
    public async Task Who_is_away_hears_on_return_and_who_stands_in_hears_instead(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        await hospital.ImportAsync("organization.csv", file => file.Replace(",07-01,6", ",07-01,13", StringComparison.Ordinal));
        var (dana, wei, ingrid) = (hospital.As("dana.reyes"), hospital.As("wei.zhang"), hospital.As("ingrid.solberg"));
        await hospital.PostAsync("/practice/api/people/dana.reyes", new { awayUntil = "2026-04-10" });
        await hospital.PostAsync("/practice/api/people/wei.zhang", new { awayUntil = "2026-04-10", @delegate = "ingrid.solberg" });
        await hospital.MoveAsync("2026-04-10T18:00");
        await dana.NeverSeesAsync(Season);
        (await ingrid.SeesAsync(Season)).Offers("Show");
        await hospital.MoveAsync("2026-04-13T18:00");
        await dana.SeesAsync(Season);
        await wei.NeverSeesAsync(Season);
    }
}
