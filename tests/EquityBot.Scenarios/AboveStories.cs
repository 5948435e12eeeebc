using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>Those above: posts that nobody holds, and executives who hear and do not answer. // P5</summary>
public sealed class AboveStories
{
    static IEnumerable<string> Steps(IEnumerable<Sent> sent, string promise) => sent.Where(row => row.Ref == promise && row.Kind == "escalation").Select(row => $"{row.At![..10]} {row.To} {row.Step}");

    [Theory, OnOneDatabase]
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

    [Theory, OnOneDatabase]
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

    [Theory, OnOneDatabase]
    public async Task What_the_board_decides_becomes_a_promise_of_its_own(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var promise = await hospital.As("ben.kowalski").PromisesAsync("we'll train every nurse on interpreter phones by 2026-03-06");
        var board = hospital.As("ruth.okafor");
        (await board.SaysAsync($"follow up {promise}: pay two interpreters by 2026-06-30")).Says("Nothing is decided");
        await hospital.MoveAsync("2026-04-06T18:00");
        var decided = (await board.PressesAsync(await board.SeesAsync("Cardiology", promise, "no answer since March 6"), "Decide", new { decision = "resources", rationale = "the house pays" })).Done();
        (await board.PressesAsync(decided, "Add a follow-up promise", new { what = "pay two interpreters", owner = "Nobody Known", due = "2026-06-30" })).Was("refused").Says("Nobody Known");
        (await board.PressesAsync(decided, "Add a follow-up promise", new { what = "pay two interpreters", owner = "Colleen Fitzgerald", due = "2026-04-01" })).Was("refused");
        (await board.PressesAsync(decided, "Add a follow-up promise", new { what = "pay two interpreters", owner = "Colleen Fitzgerald", due = "2026-06-30" })).Done().Says("C-13", "Colleen Fitzgerald", "the board's decision on E-1");

        // Nobody commits another, not even the board: it is proposed, and the decision shows what became of it.
        var sponsor = hospital.As("colleen.fitzgerald");
        (await sponsor.PressesAsync(await sponsor.SeesAsync("C-13", "Pay two interpreters", "the board's decision on E-1"), "Accept")).Done();
        (await sponsor.LooksAtAsync("C-13")).Says("the board's decision on E-1");
        (await board.LooksAtAsync("E-1")).Says("What follows from the decision: C-13 · Pay two interpreters · On the plan");
        (await board.SaysAsync("follow up E-1 for Dana Reyes: draw up the rota by 2026-05-29")).Says("C-14", "Dana Reyes");
        (await hospital.As("dana.reyes").SaysAsync("follow up E-1: something else by 2026-05-29")).Says("belongs to the board-level accountability owner");
    }

    [Theory, OnOneDatabase]
    public async Task What_a_step_puts_on_the_boards_agenda_stands_on_its_card_and_on_the_boards_digest(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var officer = hospital.As("imani.brooks");
        (await officer.PressesAsync(await officer.SaysAsync("show S-1"), "Change a step", new { step = "sponsor", also = "put-on-agenda" })).Done();
        (await officer.PressesAsync(await officer.SaysAsync("show S-1"), "Ask for approval", new { reason = "the board prepares its meetings" })).Done();
        (await hospital.As("anil.deshmukh").SaysAsync("approve S-1")).Says("From then on");
        await hospital.MoveAsync("2026-03-03T18:00");
        var promise = await hospital.As("ben.kowalski").PromisesAsync("we'll train every nurse on interpreter phones by 2026-03-06");
        await hospital.MoveAsync("2026-03-27T18:00");
        (await officer.LooksAtAsync(promise)).Says("On the agenda of the board's next meeting, since Friday, March 27");
        await hospital.MoveAsync("2026-04-13T18:00");
        (await hospital.As("ruth.okafor").SeesAsync("One case waits for your decision")).Says("On the agenda of the board's next meeting, since Friday, March 27");
    }
}
