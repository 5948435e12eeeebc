using EquityBot.Doubles;

namespace EquityBot.Scenarios;

public sealed class FirstStory
{
    [Theory, OnBothDatabases]
    public async Task A_promise_nobody_answers_for_reaches_the_board_one_step_at_a_time(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        var board = hospital.As("ruth.okafor");
        var promise = await lead.PromisesAsync("we'll offer an interpreter at every discharge by 2026-03-06");

        await hospital.MoveAsync("2026-03-09T17:00");
        (await lead.SeesAsync("was due Friday, March 6")).Offers("Report progress", "Acknowledge");
        await board.HasSeenNothingAsync();

        await hospital.MoveAsync("2026-04-30T17:00");
        (await board.SeesAsync("Cardiology", "no answer since March 6")).Offers("Decide");
        Assert.Equal("exhausted", (await hospital.StateAsync(promise)).GetProperty("case").GetProperty("status").GetString());
    }
}
