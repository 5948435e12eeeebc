using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>People go on leave, hand over, give back, take back, and get stuck.</summary>
public sealed class SecondChanceStories
{
    const string Promise = "we'll train every nurse on interpreter phones by 2026-03-13";

    [Theory, OnBothDatabases]
    public async Task A_promise_whose_owner_is_away_waits_for_cover_and_says_nothing_to_the_owner(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (owner, lead) = (hospital.As("ben.kowalski"), hospital.As("dana.reyes"));
        var promise = await owner.PromisesAsync(Promise);
        await hospital.PostAsync("/practice/api/people/ben.kowalski", new { awayUntil = "2026-04-30" });
        var sent = await hospital.MoveAsync("2026-03-20T17:00");

        Assert.DoesNotContain(sent, row => row.To == "ben.kowalski");
        var asked = Assert.Single(sent, row => row.To == "dana.reyes");
        Assert.Equal(("request", "2026-03-16T12:00:00Z"), (asked.Kind, asked.At));
        Assert.Equal("waiting-for-cover", (await hospital.StateAsync(promise)).GetProperty("case").GetProperty("status").GetString());

        var needed = await lead.SeesAsync("needs cover", "is away");
        Assert.Equal("done", (await lead.PressesAsync(needed, "Accept")).Outcome);
        sent = await hospital.MoveAsync("2026-03-23T17:00");
        Assert.Contains(sent, row => row is { To: "dana.reyes", Step: "owner" });
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_covers_for_ten_working_days_and_the_lead_stands_in_the_owners_place(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        await hospital.As("ben.kowalski").PromisesAsync(Promise);
        await hospital.PostAsync("/practice/api/people/ben.kowalski", new { awayUntil = "2026-06-30" });
        var sent = (await hospital.MoveAsync("2026-04-30T17:00")).Where(row => row.Kind == "escalation").ToList();

        // The owner's step fell due on March 16; ten working days later is March 30. Then the lead's own step goes one higher, since the lead has heard.
        Assert.Equal(("dana.reyes", "owner", "2026-03-30T12:00:00Z"), (sent[0].To, sent[0].Step, sent[0].At));
        Assert.Equal(("anil.deshmukh", "lead"), (sent[1].To, sent[1].Step));
        Assert.DoesNotContain(sent, row => row.To == "ben.kowalski");
    }

    [Theory, OnBothDatabases]
    public async Task A_delegate_gets_the_owners_steps_and_may_answer_them(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var promise = await hospital.As("ben.kowalski").PromisesAsync(Promise);
        await hospital.PostAsync("/practice/api/people/ben.kowalski", new { awayUntil = "2026-04-30", @delegate = "aisha.rahman" });
        await hospital.MoveAsync("2026-03-16T17:00");
        var card = await hospital.As("aisha.rahman").SeesAsync("was due Friday, March 13");
        Assert.Equal("done", (await hospital.As("aisha.rahman").PressesAsync(card, "Acknowledge", new { due = "2026-03-31", reason = "the vendor is late", need = "a signature" })).Outcome);
        Assert.Equal("acknowledged", (await hospital.StateAsync(promise)).GetProperty("case").GetProperty("status").GetString());
    }

    [Theory, OnBothDatabases]
    public async Task A_promise_handed_over_in_mid_case_gives_the_new_owner_the_steps_patience_anew(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var promise = await hospital.As("ben.kowalski").PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-19T09:00");
        await hospital.As("ben.kowalski").SaysAsync($"hand {promise} to aisha.rahman");
        var asked = await hospital.As("aisha.rahman").SeesAsync("asks you to take");
        Assert.Equal("done", (await hospital.As("aisha.rahman").PressesAsync(asked, "Accept")).Outcome);
        Assert.Equal("aisha.rahman", (await hospital.StateAsync(promise)).GetProperty("owner").GetString());

        // Four working days lie between the owner's step and the lead's: from March 19 that is March 25, not March 20.
        var sent = await hospital.MoveAsync("2026-03-27T17:00");
        var next = Assert.Single(sent, row => row.Kind == "escalation");
        Assert.Equal(("dana.reyes", "lead", "2026-03-25T12:00:00Z"), (next.To, next.Step, next.At));
    }

    [Theory, OnBothDatabases]
    public async Task A_promise_is_given_back_only_when_somebody_else_approves_and_its_clock_runs_meanwhile(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var owner = hospital.As("ben.kowalski");
        var promise = await owner.PromisesAsync(Promise);
        Assert.Contains("Say why", (await owner.SaysAsync($"withdraw {promise}")).Text, StringComparison.Ordinal);
        await owner.SaysAsync($"withdraw {promise} because the clinic moves");
        Assert.Equal("withdrawal-pending", (await hospital.StateAsync(promise)).GetProperty("status").GetString());

        var sent = await hospital.MoveAsync("2026-03-16T17:00");
        Assert.Contains(sent, row => row is { To: "ben.kowalski", Step: "owner" });
        var asked = await hospital.As("dana.reyes").SeesAsync("asks to give", "the clinic moves");
        Assert.Equal("done", (await hospital.As("dana.reyes").PressesAsync(asked, "Approve")).Outcome);
        var state = await hospital.StateAsync(promise);
        Assert.Equal(("withdrawn", "resolved"), (state.GetProperty("status").GetString(), state.GetProperty("case").GetProperty("status").GetString()));
        Assert.DoesNotContain(await hospital.MoveAsync("2026-04-30T17:00"), row => row.Kind == "escalation");
    }

    [Theory, OnBothDatabases]
    public async Task What_was_logged_by_mistake_is_taken_back_within_ten_minutes_and_not_later(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var owner = hospital.As("ben.kowalski");
        var receipt = (await owner.PressesAsync(await owner.SaysAsync(Promise), "Confirm")).Replies[0];
        Assert.Equal("done", (await owner.PressesAsync(receipt, "Undo")).Outcome);
        Assert.Equal("withdrawn", (await hospital.StateAsync(receipt.Ref!)).GetProperty("status").GetString());

        var second = await owner.PromisesAsync(Promise);
        await hospital.MoveAsync("PT11M");
        Assert.Contains("10 minutes", (await owner.SaysAsync($"undo {second}")).Text, StringComparison.Ordinal);
        Assert.Equal("active", (await hospital.StateAsync(second)).GetProperty("status").GetString());
    }

    [Theory, OnBothDatabases]
    public async Task An_escalation_is_waived_by_somebody_above_the_owner_with_a_reason_and_never_by_the_owner(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var promise = await hospital.As("ben.kowalski").PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-16T17:00");
        Assert.Contains("waived by the equity officer", (await hospital.As("ben.kowalski").SaysAsync("waive E-1 because I say so")).Text, StringComparison.Ordinal);
        await hospital.As("imani.brooks").SaysAsync("waive E-1 because the state closed the program");
        Assert.Equal("waived", (await hospital.StateAsync(promise)).GetProperty("case").GetProperty("status").GetString());
        await hospital.As("ben.kowalski").SeesAsync("waived the escalation", "the state closed the program");
        Assert.DoesNotContain(await hospital.MoveAsync("2026-04-30T17:00"), row => row.Kind == "escalation");
    }

    [Theory, OnBothDatabases]
    public async Task Being_blocked_asks_somebody_to_clear_the_way_and_they_answer(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var promise = await hospital.As("ben.kowalski").PromisesAsync(Promise);
        var card = await hospital.As("ben.kowalski").SaysAsync($"show {promise}");
        Assert.Equal("refused", (await hospital.As("ben.kowalski").PressesAsync(card, "I'm blocked")).Outcome);
        Assert.Equal("done", (await hospital.As("ben.kowalski").PressesAsync(card, "I'm blocked", new { what = "waiting for data", helper = "wei.zhang" })).Outcome);
        Assert.Equal("at-risk", (await hospital.StateAsync(promise)).GetProperty("status").GetString());
        var asked = await hospital.As("wei.zhang").SeesAsync("asks for your help", "waiting for data");
        Assert.Equal("done", (await hospital.As("wei.zhang").PressesAsync(asked, "Accept")).Outcome);
        await hospital.As("ben.kowalski").SeesAsync("Wei Zhang takes on what is in the way");
    }
}
