using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>Promises across departments: what one needs of another, and what several keep together.</summary>
public sealed class TogetherStories
{
    [Theory, OnOneDatabase]
    public async Task What_another_department_agreed_to_and_does_not_supply_is_its_own_miss_and_its_news_come_at_once(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (dana, wei) = (hospital.As("dana.reyes"), hospital.As("wei.zhang"));
        var promise = await dana.PromisesAsync("we'll offer an interpreter at every discharge by 2026-03-20");
        var receipt = (await dana.PressesAsync(await dana.SaysAsync($"more {promise}"), "Needs something", new { what = "the language data", from = "Data and Research", due = "2026-03-13" })).Done();
        receipt.Says("waits for Wei Zhang to accept", "Nobody commits another", $"For {promise} of Cardiology");
        var supply = receipt.Ref!;
        var asked = await wei.SeesAsync($"Cardiology needs this from you for {promise}");
        asked.Says("The language data", "March 13").Offers("Accept", "Another day", "Decline");
        (await wei.PressesAsync(asked, "Accept")).Done();
        await dana.SeesAsync($"Wei Zhang accepted {supply}");

        var sent = await hospital.MoveAsync("2026-03-27T17:00");
        Assert.Equal(["wei.zhang", "terrence.boyd", "imani.brooks"], sent.Where(row => row.Kind == "escalation" && row.Ref == supply).Select(row => row.To));
        Assert.DoesNotContain(sent, row => row.Kind == "escalation" && row.Ref == promise);
        (await dana.LooksAtAsync(promise)).Says("Waits for Data and Research since Friday, March 13", "On the plan");
        Assert.Equal("active", (await hospital.StateAsync(promise)).GetProperty("status").GetString());

        await wei.SaysAsync($"{supply} supplied, see the shared folder");
        (await dana.SeesAsync($"Data and Research supplied what {promise} needs")).Says("The language data");
        (await dana.LooksAtAsync(promise)).DoesNotSay("Waits for");
    }

    [Theory, OnOneDatabase]
    public async Task A_promise_kept_together_is_signed_by_each_and_reported_on_by_all(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (dana, rosalind) = (hospital.As("dana.reyes"), hospital.As("rosalind.greene"));
        var promise = await dana.PromisesAsync("we'll offer an interpreter at every discharge by 2026-03-06");
        (await dana.PressesAsync(await dana.SaysAsync($"more {promise}"), "Together with", new { with = "Community Benefit,Human Resources" })).Done().Says("asked to sign", "asked, not signed yet");
        (await rosalind.PressesAsync(await rosalind.SeesAsync("asks Community Benefit to keep"), "Sign")).Done().Says("is yours together");
        await dana.SeesAsync($"Community Benefit is in on {promise}");
        await rosalind.SaysAsync($"progress {promise} at risk: the agency has nobody on Sundays");
        (await dana.SeesAsync($"Rosalind Greene reported on {promise}")).Says("nobody on Sundays");
        Assert.DoesNotContain(await hospital.MoveAsync("2026-04-10T17:00"), row => row.Kind == "escalation" && row.Ref == promise && row.To is "rosalind.greene" or "priya.raman");
    }
}
