using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>Somebody is asked for something about a promise: help, a third later day, to take it over. Their silence counts, and it is theirs.</summary>
public sealed class RequestStories
{
    [Theory, OnOneDatabase]
    public async Task A_request_for_help_that_nobody_answers_walks_up_from_whoever_was_asked(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (owner, helper) = (hospital.As("ben.kowalski"), hospital.As("joel.benally"));
        var promise = await owner.PromisesAsync("we'll train every nurse on interpreter phones by 2026-06-30");
        var card = await owner.LooksAtAsync(promise);
        (await owner.PressesAsync(card, "I'm blocked", new { what = "the training room is taken", helper = "joel.benally" })).Done().Says("Joel Benally is asked");
        (await helper.LooksAtAsync(promise)).Offers("Accept", "Decline");

        // Asked on Monday, March 2; five working days end on March 9, and the asked one hears on the sixth, by his own clock in Phoenix.
        var sent = (await hospital.MoveAsync("2026-03-17T17:00")).Where(row => row.Kind == "escalation" && row.Ref == promise).ToList();
        Assert.Equal([("joel.benally", "owner"), ("farah.siddiqui", "lead")], sent.Select(row => (row.To, row.Step!)));
        Assert.StartsWith("2026-03-10T", sent[0].At, StringComparison.Ordinal);
        (await hospital.As("farah.siddiqui").SeesAsync($"{promise} waits for Primary Care", "request for help")).Offers("Offer help");

        var own = await owner.LooksAtAsync(promise);
        var asked = await helper.SeesAsync($"{promise} waits for your answer");
        (await helper.PressesAsync(asked, "Accept")).Done().Says("hears that you take it on");
        await owner.SeesAsync("Joel Benally takes on what is in the way");

        // The promise itself is as it was, and so is every card of it.
        Assert.Equal("current", (await owner.InboxAsync()).Single(message => message.Id == own.Id).State);
        Assert.DoesNotContain(await hospital.MoveAsync("2026-05-29T17:00"), row => row.Kind == "escalation" && row.Ref == promise);
    }

    [Theory, OnOneDatabase]
    public async Task The_third_later_day_is_the_sponsors_to_give(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (owner, sponsor) = (hospital.As("ben.kowalski"), hospital.As("colleen.fitzgerald"));
        var promise = await owner.PromisesAsync("we'll train every nurse on interpreter phones by 2026-03-13");
        await owner.SaysAsync($"push {promise} to 2026-03-20 because the room is taken, need a room");
        await owner.SaysAsync($"push {promise} to 2026-03-27 because the trainer is ill, need another");
        var card = await owner.LooksAtAsync(promise);
        Assert.DoesNotContain("Push", card.Titles);
        var reply = (await owner.PressesAsync(card, "Ask for a later day", new { due = "2026-04-17", reason = "the contract is late", need = "a signature" })).Done();
        reply.Says("was moved twice already", "Colleen Fitzgerald", "stays due Friday, March 27");
        Assert.Equal("2026-03-27", (await hospital.StateAsync(promise)).GetProperty("due").GetString());
        Assert.DoesNotContain("Ask for a later day", (await owner.LooksAtAsync(promise)).Titles);
        Assert.Contains("already", (await owner.SaysAsync($"push {promise} to 2026-05-01 because it takes longer")).Text, StringComparison.Ordinal);

        var asked = await sponsor.SeesAsync("Ben Kowalski asks for a later day");
        asked.Says("Asked for", "April 17", "the contract is late", "a signature").Offers("Approve", "Decline");
        Assert.Equal("request", asked.Kind);
        (await sponsor.PressesAsync(asked, "Approve")).Done().Says("has its later day");
        Assert.Equal("2026-04-17", (await hospital.StateAsync(promise)).GetProperty("due").GetString());
        await owner.SeesAsync("Colleen Fitzgerald allows a later day");
        Assert.DoesNotContain(await hospital.MoveAsync("2026-04-10T17:00"), row => row.Kind == "escalation" && row.Ref == promise);
    }

    [Theory, OnOneDatabase]
    public async Task In_an_open_case_the_sponsors_day_acknowledges_and_a_refusal_leaves_the_clock_alone(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (owner, sponsor) = (hospital.As("ben.kowalski"), hospital.As("colleen.fitzgerald"));
        var promise = await owner.PromisesAsync("we'll train every nurse on interpreter phones by 2026-03-04");
        await owner.SaysAsync($"push {promise} to 2026-03-05 because the room is taken, need a room");
        await owner.SaysAsync($"push {promise} to 2026-03-06 because the trainer is ill, need another");
        await hospital.MoveAsync("2026-03-09T12:00");
        await owner.SaysAsync($"push {promise} to 2026-03-31 because the contract is late, need a signature");
        (await sponsor.PressesAsync(await sponsor.SeesAsync("asks for a later day"), "Decline", new { reason = "the board wants it in March" })).Done();
        (await owner.SeesAsync("keeps its day")).Says("the board wants it in March");
        Assert.Equal("open", (await hospital.StateAsync(promise)).GetProperty("case").GetProperty("status").GetString());

        await owner.SaysAsync($"push {promise} to 2026-03-24 because the contract is late, need a signature");
        (await sponsor.PressesAsync(await sponsor.SeesAsync("asks for a later day", "March 24"), "Approve")).Done();
        Assert.Equal("acknowledged", (await hospital.StateAsync(promise)).GetProperty("case").GetProperty("status").GetString());
        Assert.Equal(["2026-03-25T11:00:00Z ben.kowalski owner"], (await hospital.MoveAsync("2026-03-25T18:00")).Where(row => row.Ref == promise && row.Kind == "escalation").Select(row => $"{row.At} {row.To} {row.Step}"));
    }

    [Theory, OnOneDatabase]
    public async Task A_sponsor_who_does_not_answer_hears_again_and_then_whoever_is_above(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var owner = hospital.As("ben.kowalski");
        var promise = await owner.PromisesAsync("we'll train every nurse on interpreter phones by 2026-06-26");
        await owner.SaysAsync($"push {promise} to 2026-06-29 because the room is taken, need a room");
        await owner.SaysAsync($"push {promise} to 2026-06-30 because the trainer is ill, need another");
        await owner.SaysAsync($"push {promise} to 2026-07-31 because the contract is late, need a signature");
        var sent = (await hospital.MoveAsync("2026-03-31T17:00")).Where(row => row.Kind == "escalation" && row.Ref == promise).Select(row => (row.To, row.Step!)).ToList();
        Assert.Equal(("colleen.fitzgerald", "owner"), sent[0]);
        Assert.True(sent.Count >= 3 && sent.Select(one => one.To).Distinct().Count() == sent.Count, string.Join(", ", sent));
        (await hospital.As("colleen.fitzgerald").SeesAsync($"{promise} waits for you to decide about a later day")).Offers("Approve", "Decline");
    }

    [Theory, OnOneDatabase]
    public async Task A_lead_who_takes_a_promise_over_has_accepted_it_by_saying_so(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var promise = await hospital.As("ben.kowalski").PromisesAsync("we'll train every nurse on interpreter phones by 2026-06-30");
        (await hospital.As("dana.reyes").SaysAsync($"hand {promise} to dana.reyes")).Says("is yours now");
        Assert.Equal("dana.reyes", (await hospital.StateAsync(promise)).GetProperty("owner").GetString());
        await hospital.As("ben.kowalski").SeesAsync("Dana Reyes has taken");
    }

    // Both names are shown, and the owner hears what was said for them.
    [Theory, OnOneDatabase]
    public async Task What_is_said_on_behalf_of_somebody_shows_both_names_and_they_hear_of_it(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (lead, owner) = (hospital.As("dana.reyes"), hospital.As("ben.kowalski"));
        var draft = await lead.SaysAsync("log for ben.kowalski: add signs in the clinic by 2026-06-30");
        var promise = (await lead.PressesAsync(draft, "Confirm")).Done().Ref!;
        (await owner.PressesAsync(await owner.SeesAsync("Dana Reyes proposes"), "Accept")).Done();
        (await hospital.As("anil.deshmukh").LooksAtAsync(promise)).Says("Ben Kowalski (said by Dana Reyes)");
        await lead.SaysAsync($"progress {promise} at risk: the printer is slow");
        (await owner.SeesAsync($"Dana Reyes reported on {promise} for you")).Says("the printer is slow");
    }

    [Theory, OnOneDatabase]
    public async Task Offered_help_starts_a_conversation_that_the_owner_can_take_up_or_not(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (owner, boss) = (hospital.As("ben.kowalski"), hospital.As("anil.deshmukh"));
        var promise = await owner.PromisesAsync("we'll train every nurse on interpreter phones by 2026-06-30");
        (await boss.PressesAsync(await boss.LooksAtAsync(promise), "Offer help", new { note = "I can free the small hall" })).Done().Says("hears that you offer help");
        var offer = await owner.SeesAsync("Anil Deshmukh offers help");
        offer.Says("I can free the small hall").Offers("Accept", "Decline");
        (await owner.PressesAsync(offer, "Accept", new { note = "Tuesday at two?" })).Done().Says("hears that you take the help");
        (await boss.SeesAsync($"takes your help with {promise}")).Says("Tuesday at two?").Offers("Offer help");

        await boss.SaysAsync($"offer help with {promise}: shall I call the vendor?");
        (await owner.PressesAsync(await owner.SeesAsync("shall I call the vendor?"), "Decline", new { note = "done already" })).Done();
        (await boss.SeesAsync("needs no help")).Says("done already");
        Assert.Equal("active", (await hospital.StateAsync(promise)).GetProperty("status").GetString());
    }
}
