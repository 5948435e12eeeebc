using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>Answers that do not come: silence does not win.</summary>
public sealed class SilenceStories
{
    [Theory, OnOneDatabase]
    public async Task A_claim_of_done_that_nobody_confirms_walks_up_from_the_confirmer_and_not_from_the_owner(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var owner = hospital.As("ben.kowalski");
        var promise = await owner.PromisesAsync("we'll train every nurse on interpreter phones by 2026-03-13");
        await owner.SaysAsync($"done {promise}, see the rota");

        // Asked on Monday, March 2; five working days end on March 9, and the confirmer hears on the sixth.
        var sent = (await hospital.MoveAsync("2026-03-25T17:00")).ToList();
        Assert.Equal(
            ["2026-03-10T12:00:00Z dana.reyes owner", "2026-03-16T11:30:00Z anil.deshmukh lead", "2026-03-23T12:00:00Z imani.brooks officer"],
            sent.Where(row => row.Kind == "escalation").Select(row => $"{row.At} {row.To} {row.Step}"));
        Assert.All(sent, row => Assert.Equal(promise, row.Ref));
        Assert.DoesNotContain(sent, row => row.To == "ben.kowalski");

        var asked = await hospital.As("dana.reyes").SeesAsync("waits for you to confirm");
        Assert.Equal("done", (await hospital.As("dana.reyes").PressesAsync(asked, "Confirm")).Outcome);
        Assert.Equal("met", (await hospital.StateAsync(promise)).GetProperty("status").GetString());
        Assert.DoesNotContain(await hospital.MoveAsync("2026-05-29T17:00"), row => row.Kind == "escalation");
    }

    [Theory, OnOneDatabase]
    public async Task A_proposal_that_nobody_answers_walks_up_from_whoever_was_asked(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var draft = await hospital.As("dana.reyes").SaysAsync("log for joel.benally: add signs in the clinic by 2026-06-30");
        await hospital.As("dana.reyes").PressesAsync(draft, "Confirm");
        var sent = (await hospital.MoveAsync("2026-03-17T17:00")).Where(row => row.Kind == "escalation").ToList();

        // His own site's calendar and hours: Primary Care at Mesa Valley, 08:00 in Phoenix.
        Assert.Equal([("joel.benally", "owner"), ("farah.siddiqui", "lead")], sent.Select(row => (row.To, row.Step!)));
        Assert.StartsWith("2026-03-10T", sent[0].At, StringComparison.Ordinal);
        var asked = await hospital.As("joel.benally").SeesAsync("waits for you to accept or decline");
        Assert.Equal("done", (await hospital.As("joel.benally").PressesAsync(asked, "Accept")).Outcome);
        Assert.DoesNotContain(await hospital.MoveAsync("2026-05-29T17:00"), row => row.Kind == "escalation");
    }

    [Theory, OnOneDatabase]
    public async Task A_withdrawal_that_nobody_approves_escalates_beside_the_promise_itself(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var owner = hospital.As("ben.kowalski");
        var promise = await owner.PromisesAsync("we'll train every nurse on interpreter phones by 2026-03-04");
        await owner.SaysAsync($"withdraw {promise} because the clinic moves");
        var sent = (await hospital.MoveAsync("2026-03-10T17:00")).Where(row => row.Kind == "escalation").Select(row => (row.To, row.Step!)).ToList();
        Assert.Equal([("ben.kowalski", "owner"), ("dana.reyes", "owner")], sent);
        var asked = await hospital.As("dana.reyes").SeesAsync("waits for you to let it go");
        Assert.Equal("done", (await hospital.As("dana.reyes").PressesAsync(asked, "Approve")).Outcome);
        Assert.Equal("withdrawn", (await hospital.StateAsync(promise)).GetProperty("status").GetString());
        Assert.DoesNotContain(await hospital.MoveAsync("2026-05-29T17:00"), row => row.Kind == "escalation");
    }

    [Theory, OnOneDatabase]
    public async Task The_board_decides_about_an_answer_that_never_came(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var owner = hospital.As("ben.kowalski");
        var promise = await owner.PromisesAsync("we'll train every nurse on interpreter phones by 2026-03-13");
        await owner.SaysAsync($"done {promise}");
        await hospital.MoveAsync("2026-04-30T17:00");
        var board = hospital.As("ruth.okafor");
        var card = await board.SeesAsync("waits for Cardiology to confirm", "Please decide");
        Assert.Equal("done", (await board.PressesAsync(card, "Decide", new { decision = "consequence", rationale = "the lead reports to us in person" })).Outcome);
        Assert.Equal("decided", (await hospital.StateAsync("E-1")).GetProperty("status").GetString());
        Assert.Equal("done-unconfirmed", (await hospital.StateAsync(promise)).GetProperty("status").GetString());
    }
}
