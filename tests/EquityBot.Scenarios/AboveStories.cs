using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>Those above: posts that nobody holds, and executives who hear and do not answer. // P5</summary>
public sealed class AboveStories
{
    static IEnumerable<string> Steps(IEnumerable<Sent> sent, string promise) => sent.Where(row => row.Ref == promise && row.Kind == "escalation").Select(row => $"{row.At![..10]} {row.To} {row.Step}");

    [Theory, OnBothDatabases]
    public async Task A_post_that_nobody_holds_stops_nothing_and_the_officer_hears_of_it(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var promise = await hospital.As("ben.kowalski").PromisesAsync("we'll train every nurse on interpreter phones by 2026-03-06");
        foreach (var handle in (string[])["dana.reyes", "ruth.okafor", "samuel.lindqvist"])
        {
            await hospital.PostAsync($"/practice/api/people/{handle}", new { leaves = "2026-03-03" });
        }

        // The lead's post falls to the department's deputy, and nobody who left hears; the board's seat is empty, so whoever no executive is above decides in its place.
        var sent = await hospital.MoveAsync("2026-05-29T18:00");
        Assert.Equal(
            ["2026-03-09 ben.kowalski owner", "2026-03-13 aisha.rahman lead", "2026-03-20 imani.brooks officer", "2026-03-27 colleen.fitzgerald sponsor", "2026-04-06 miriam.castellano board"],
            Steps(sent, promise));
        Assert.DoesNotContain(sent, row => row.To is "dana.reyes" or "ruth.okafor" or "samuel.lindqvist");
        var tasks = sent.Where(row => row.Ref == promise && row.Kind == "task").ToList();
        Assert.Equal([("imani.brooks", "board"), ("imani.brooks", "board-deputy")], tasks.Select(row => (row.To, row.Step!)));
        (await hospital.As("imani.brooks").SeesAsync("goes to the board, whose seat is empty")).Says("Miriam Castellano decides in its place");
        Assert.Equal("exhausted", (await hospital.StateAsync(promise)).GetProperty("case").GetProperty("status").GetString());
        var inItsPlace = hospital.As("miriam.castellano");
        (await inItsPlace.PressesAsync(await inItsPlace.SaysAsync($"show {promise}"), "Decide", new { decision = "recovery-plan", rationale = "the lead brings a plan in June" })).Done();
        Assert.Equal("decided", (await hospital.StateAsync(promise)).GetProperty("case").GetProperty("status").GetString());
    }

    [Theory, OnBothDatabases]
    public async Task An_executive_who_never_answers_is_named_by_role_to_the_board(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var promise = await hospital.As("ben.kowalski").PromisesAsync("we'll train every nurse on interpreter phones by 2026-03-06");
        var sent = await hospital.MoveAsync("2026-04-13T18:00");
        Assert.Contains("2026-03-27 colleen.fitzgerald sponsor", Steps(sent, promise));
        (await hospital.As("colleen.fitzgerald").SeesAsync($"{promise} (Cardiology) waits for you")).Offers("Offer help", "Show");

        // Five working days later the board hears; what the executive owes stands on the board's digest until there is a decision.
        var card = await hospital.As("ruth.okafor").SeesAsync($"Cardiology: {promise}", "Executive sponsor heard on");
        Assert.DoesNotContain("Colleen", card.Text, StringComparison.Ordinal);
        (await hospital.As("ruth.okafor").SeesAsync("One case waits for your decision")).Says("Executive sponsor: heard, no answer");
    }
}
