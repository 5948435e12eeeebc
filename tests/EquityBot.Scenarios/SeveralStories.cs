using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>One message about several promises.</summary>
public sealed class SeveralStories
{
    static async Task<(Somebody Dana, string First, string Second)> TwoAsync(Hospital hospital)
    {
        var dana = hospital.As("dana.reyes");
        return (dana, await dana.PromisesAsync("we'll train every nurse on interpreter phones by 2026-06-30"), await dana.PromisesAsync("we'll print the consent forms in Spanish by 2026-06-30"));
    }

    [Theory, OnOneDatabase]
    public async Task The_same_said_of_two_is_done_to_both_and_answered_for_each(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (dana, first, second) = await TwoAsync(hospital);
        await dana.SaysAsync($"push {first} and {second} to 2026-07-15 because the contract is late, need a signature");
        foreach (var reference in new[] { first, second })
        {
            Assert.Equal("2026-07-15", (await hospital.StateAsync(reference)).GetProperty("due").GetString());
            await dana.SeesAsync($"{reference}", "Wednesday, July 15");
        }
    }

    [Theory, OnOneDatabase]
    public async Task Different_things_in_a_row_are_each_done_and_one_that_is_refused_takes_nothing_from_the_others(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (dana, first, second) = await TwoAsync(hospital);
        await dana.SaysAsync($"{first} is blocked, waiting for data from IT\npush {second} to 2026-01-15 because it is late; progress {second} at risk: one shift is open; show C-999");
        Assert.Equal("2026-06-30", (await hospital.StateAsync(second)).GetProperty("due").GetString());
        (await dana.LooksAtAsync(second)).Says("At risk", "one shift is open");
        (await dana.LooksAtAsync(first)).Says("waiting for data from IT");
        await dana.SeesAsync("I know no C-999");
    }

    [Theory, OnOneDatabase]
    public async Task A_promise_that_names_two_others_is_one_promise(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (dana, first, second) = await TwoAsync(hospital);
        (await dana.SaysAsync($"we'll report on {first} and {second} to the council by 2026-06-12; the council asked for it")).Says("Is this the promise?", $"Report on {first} and {second} to the council").Offers("Confirm");
    }

    [Theory, OnOneDatabase]
    public async Task More_than_ten_at_once_are_turned_away_and_nothing_is_done(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        (await hospital.As("dana.reyes").SaysAsync("show " + string.Join(", ", Enumerable.Range(1, 11).Select(number => $"C-{number}")))).Says("more than 10 at once");
    }
}
