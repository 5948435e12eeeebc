using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>How often a promise is asked about, in people's words; and the cycle, which tells each lead what its step asks of them.</summary>
public sealed class CycleStories
{
    [Theory, OnOneDatabase]
    public async Task Every_second_Tuesday_is_one_of_two_and_is_kept(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var owner = hospital.As("ben.kowalski");
        var promise = await owner.PromisesAsync("we'll offer an interpreter at every visit by 2026-06-30");
        var which = await owner.SaysAsync($"ask me about {promise} every second Tuesday");
        which.Says("Tuesday, March 10", "Tuesday, April 14", "Tuesday, May 12", "Tuesday, June 9").Offers("Second Tuesday of the month", "Every other Tuesday");
        (await owner.PressesAsync(which, "Second Tuesday of the month")).Done().Says("Second Tuesday of the month", "Tuesday, March 10");
        (await owner.LooksAtAsync(promise)).Says("Next check-in: Tuesday, March 10", "after that April 14, May 12, June 9");
        var asked = (await hospital.MoveAsync("2026-04-30T18:00")).Where(row => row.Ref == promise && row.Kind == "check-in").Select(row => $"{row.At}");
        Assert.Equal(["2026-03-10T11:00:00Z"], asked);

        // Monthly from the form, with the days that follow.
        var form = await owner.SaysAsync("log");
        var receipt = (await owner.PressesAsync(form, "Confirm", new { what = "print the consent forms in Spanish", due = "2026-12-31", owner = "ben.kowalski", cadence = "last-friday" })).Done();
        receipt.Says("Last Friday of the month", "Next check-in: Friday, May 29", "June 26, July 31, August 28, September 25");
    }

    [Theory, OnOneDatabase]
    public async Task A_step_tells_each_lead_once_what_it_asks_of_them(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (officer, lead) = (hospital.As("imani.brooks"), hospital.As("dana.reyes"));
        (await officer.SaysAsync("move the cycle to build capacity")).Says("Build Capacity").Offers("Move", "Review");
        (await lead.SeesAsync("Build Capacity begins")).Says("Name who leads this, from inside and outside");

        // Today's bundle is gone; where the cycle is tomorrow is what tomorrow's says.
        (await officer.SaysAsync("move the cycle to act")).Says("Change Practice & Policy");
        (await officer.SaysAsync("move the cycle to assess")).Says("Assess & Strategize");
        await hospital.MoveAsync("2026-03-04T12:00");
        (await lead.SeesAsync("Assess & Strategize begins")).Says("Follow one gap in your numbers to its causes");
        await lead.NeverSeesAsync("Change Practice & Policy begins");
        await hospital.As("ben.kowalski").NeverSeesAsync("Assess & Strategize begins");
        (await lead.SaysAsync("show the cycle")).Says("Build Capacity, Monday, March 2 to Monday, March 2", "Assess & Strategize, since Monday, March 2");
    }
}
