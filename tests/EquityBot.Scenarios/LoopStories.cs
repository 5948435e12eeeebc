using System.Text.Json;
using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>What happens to a promise after it was made, with dates as the calendar has them.</summary>
public sealed class LoopStories
{
    const string Promise = "we'll offer an interpreter at every discharge by 2026-03-06";

    static string? Status(JsonElement state) => state.GetProperty("status").GetString();

    static string? CaseStatus(JsonElement state) => state.TryGetProperty("case", out var found) ? found.GetProperty("status").GetString() : null;

    [Theory, OnBothDatabases]
    public async Task The_owner_is_reminded_three_working_days_before(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        await lead.PromisesAsync("we'll offer an interpreter at every discharge by March 31");
        Assert.Empty(await hospital.MoveAsync("2026-03-26T07:59"));
        var sent = Assert.Single(await hospital.MoveAsync("2026-03-26T08:00"));
        Assert.Equal("2026-03-26T12:00:00Z dana.reyes reminder C-12 reminder sent", sent.ToString());
        var reminder = await lead.SeesAsync("C-12 is due Tuesday, March 31");
        Assert.Equal((sent.MessageId, "reminder", "reminder", "C-12"), (reminder.Id, reminder.Kind, reminder.Step, reminder.Ref));
        Assert.Equal("Report progress", reminder.Offers("Report progress", "Done", "Push").Titles[0]);
        Assert.Equal("EquityBot: one item needs you", reminder.Preview);
        Assert.Empty(await hospital.MoveAsync("2026-03-31T23:59"));
    }

    [Theory, OnBothDatabases]
    public async Task A_due_day_ends_at_midnight_where_the_owner_is(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var owner = hospital.As("roberta.begay");
        var promise = await owner.PromisesAsync("we'll offer a doula class in Navajo by March 27");
        await hospital.MoveAsync("2026-03-28T02:59");
        Assert.Equal("active", Status(await hospital.StateAsync(promise)));
        await hospital.MoveAsync("2026-03-28T03:00");
        var state = await hospital.StateAsync(promise);
        Assert.Equal(("missed", "open"), (Status(state), CaseStatus(state)));
        Assert.Equal("2026-03-30T15:00:00Z", state.GetProperty("case").GetProperty("nextAt").GetString());
    }

    [Theory, OnBothDatabases]
    public async Task Progress_postpones_the_next_step_once_by_five_working_days(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        await lead.PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-09T17:00");
        var step = await lead.SeesAsync("C-12 was due Friday, March 6", "your supervisor hears on Friday, March 13");
        Assert.Equal(["status", "note", "evidence"], step.Asks("Report progress"));
        (await lead.PressesAsync(step, "Report progress", new { status = "at-risk", note = "Two of three shifts are covered" })).Done().Says("Noted for C-12");
        var state = await hospital.StateAsync("C-12");
        Assert.Equal(("missed", "open", "2026-03-20T11:30:00Z"), (Status(state), CaseStatus(state), state.GetProperty("case").GetProperty("nextAt").GetString()));

        (await lead.SaysAsync("progress C-12 on track: the third shift starts Monday")).Says("Noted for C-12");
        Assert.Empty(await hospital.MoveAsync("2026-03-20T07:29"));
        Assert.Equal(["2026-03-20T11:30:00Z anil.deshmukh escalation C-12 lead sent"], (await hospital.MoveAsync("2026-03-20T07:30")).Select(row => row.ToString()));
        await hospital.As("anil.deshmukh").SeesAsync("C-12", "has been open since March 6", "the third shift starts Monday");
        Assert.Equal(["2026-03-27T12:00:00Z imani.brooks escalation C-12 officer sent"], (await hospital.MoveAsync("2026-03-27T17:00")).Select(row => row.ToString()));
    }

    [Theory, OnBothDatabases]
    public async Task Progress_before_the_due_day_changes_the_status_and_nothing_else(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        await lead.PromisesAsync(Promise);
        var card = await lead.LooksAtAsync("C-12");
        (await lead.PressesAsync(card, "Report progress", new { status = "off-track", note = "No candidate yet" })).Done();
        Assert.Equal("at-risk", Status(await hospital.StateAsync("C-12")));
        (await lead.SaysAsync("progress C-12 on track: found one")).Says("Noted");
        Assert.Equal("active", Status(await hospital.StateAsync("C-12")));
        Assert.Equal(
            ["2026-03-03T13:00:00Z dana.reyes reminder C-12 reminder sent", "2026-03-09T12:00:00Z dana.reyes escalation C-12 owner sent"],
            (await hospital.MoveAsync("2026-03-12T17:00")).Select(row => row.ToString()));
    }

    [Theory, OnBothDatabases]
    public async Task Done_is_confirmed_by_the_lead_or_by_the_supervisor_where_the_owner_is_the_lead(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        foreach (var (owner, confirmer) in new[] { ("dana.reyes", "anil.deshmukh"), ("ben.kowalski", "dana.reyes") })
        {
            var promise = await hospital.As(owner).PromisesAsync(Promise);
            var card = await hospital.As(owner).LooksAtAsync(promise);
            Assert.Equal(["evidence"], card.Asks("Done"));
            (await hospital.As(owner).PressesAsync(card, "Done", new { evidence = "Rota of March, page 2" })).Done().Says($"{promise} waits for");
            Assert.Equal("done-unconfirmed", Status(await hospital.StateAsync(promise)));

            (await hospital.As(owner).SaysAsync($"confirm {promise}")).Says("confirmed by somebody other than its owner");
            var request = await hospital.As(confirmer).SeesAsync($"Is {promise} done?", "Rota of March, page 2");
            Assert.Equal(("request", promise), (request.Kind, request.Ref));
            (await hospital.As(confirmer).PressesAsync(request.Offers("Confirm", "Not yet"), "Confirm")).Done().Says($"{promise} is kept");
            Assert.Equal("met", Status(await hospital.StateAsync(promise)));
            await hospital.As(owner).SeesAsync($"{promise} is kept");
        }

        Assert.Empty(await hospital.MoveAsync("2026-03-20T17:00"));
    }

    [Theory, OnBothDatabases]
    public async Task Confirmed_after_a_miss_resolves_the_case(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        await lead.PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-09T17:00");
        await lead.PressesAsync(await lead.SeesAsync("was due Friday, March 6"), "Done", new { evidence = "The rota" });
        Assert.DoesNotContain(await hospital.MoveAsync("2026-03-13T17:00"), row => row.Kind == "escalation");
        (await hospital.As("anil.deshmukh").SaysAsync("confirm C-12")).Says("C-12 is kept");
        var state = await hospital.StateAsync("C-12");
        Assert.Equal(("met", "resolved"), (Status(state), CaseStatus(state)));
        Assert.Empty(await hospital.MoveAsync("2026-04-30T17:00"));
    }

    [Theory, OnBothDatabases]
    public async Task Not_yet_goes_on_with_the_waiting_days_added(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (lead, supervisor) = (hospital.As("dana.reyes"), hospital.As("anil.deshmukh"));
        await lead.PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-10T12:00");
        await lead.PressesAsync(await lead.SeesAsync("was due Friday, March 6"), "Done");
        await hospital.MoveAsync("2026-03-12T12:00");
        var request = await supervisor.SeesAsync("Is C-12 done?", "none given");
        (await supervisor.PressesAsync(request, "Not yet")).Was("refused").Says("What is still missing? is missing");
        (await supervisor.PressesAsync(request, "Not yet", new { reason = "Nights are open" })).Done();
        await lead.SeesAsync("C-12 is not done yet", "Nights are open");

        // The lead's step stood on March 13; two working days (March 11 and 12) were spent waiting.
        var state = await hospital.StateAsync("C-12");
        Assert.Equal(("missed", "open", "2026-03-17T11:30:00Z"), (Status(state), CaseStatus(state), state.GetProperty("case").GetProperty("nextAt").GetString()));
        Assert.Equal(["2026-03-17T11:30:00Z anil.deshmukh escalation C-12 lead sent"], (await hospital.MoveAsync("2026-03-18T12:00")).Select(row => row.ToString()));
    }

    [Theory, OnBothDatabases]
    public async Task A_claim_made_before_the_due_day_and_refused_after_it_escalates_all_the_same(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (lead, supervisor) = (hospital.As("dana.reyes"), hospital.As("anil.deshmukh"));
        await lead.PromisesAsync(Promise);
        await lead.SaysAsync("done C-12");
        await hospital.MoveAsync("2026-03-09T12:00");
        await supervisor.SaysAsync("not yet C-12 because nights are open");
        Assert.Equal("missed", Status(await hospital.StateAsync("C-12")));
        var sent = await hospital.MoveAsync("2026-04-30T12:00");
        Assert.Equal(["owner", "lead", "officer", "sponsor", "board"], sent.Where(row => row.Kind == "escalation").Select(row => row.Step).Take(5));
    }

    [Theory, OnBothDatabases]
    public async Task A_claim_made_while_acknowledged_and_refused_after_the_new_day_escalates_all_the_same(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (lead, supervisor) = (hospital.As("dana.reyes"), hospital.As("anil.deshmukh"));
        await lead.PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-09T12:00");
        await lead.SaysAsync("acknowledge C-12 by March 18 because the contract is late, need a signature");
        await lead.SaysAsync("done C-12");
        await hospital.MoveAsync("2026-03-20T12:00");
        await supervisor.SaysAsync("not yet C-12 because nights are open");
        Assert.Equal("missed", Status(await hospital.StateAsync("C-12")));
        var sent = await hospital.MoveAsync("2026-05-29T12:00");
        Assert.Equal("board", sent.LastOrDefault(row => row is { Kind: "escalation", Step: not "board-deputy" })?.Step);
    }

    [Theory, OnBothDatabases]
    public async Task An_acknowledged_day_that_lapses_brings_the_interrupted_step_back_and_only_gaps_count_then(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        await lead.PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-13T12:00");
        var step = await lead.SeesAsync("was due Friday, March 6");
        Assert.Equal(["due", "reason", "need"], step.Asks("Acknowledge"));
        (await lead.PressesAsync(step, "Acknowledge", new { due = "2026-03-25", reason = "The contract is late" })).Was("refused").Says("is missing");
        (await lead.PressesAsync(step, "Acknowledge", new { due = "2026-03-25", reason = "The contract is late", need = "A signature" })).Done().Says("Wednesday, March 25");
        var state = await hospital.StateAsync("C-12");
        Assert.Equal(("active", "acknowledged", "2026-03-25"), (Status(state), CaseStatus(state), state.GetProperty("due").GetString()));

        // Interrupted at the lead's step of March 13; the reminder of the new day is March 20.
        Assert.Equal(
            [
                "2026-03-20T12:00:00Z dana.reyes reminder C-12 reminder sent",
                "2026-03-26T11:30:00Z anil.deshmukh escalation C-12 lead sent",
                "2026-04-02T12:00:00Z imani.brooks escalation C-12 officer sent",
                "2026-04-10T11:30:00Z colleen.fitzgerald escalation C-12 sponsor sent",
                "2026-04-17T13:00:00Z ruth.okafor escalation C-12 board sent",
            ],
            (await hospital.MoveAsync("2026-04-20T17:00")).Select(row => row.ToString()));
        await hospital.As("anil.deshmukh").SeesAsync("The new date has passed as well");
    }

    [Theory, OnBothDatabases]
    public async Task A_date_moves_twice_and_then_the_sponsor_decides(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        await lead.PromisesAsync(Promise);
        (await lead.SaysAsync("push C-12 to March 4 because the contract is late, need a signature")).Says("not later than the date of C-12");
        (await lead.SaysAsync("push C-12 to March 13 because the contract is late, need a signature")).Says("C-12 is now due Friday, March 13");
        await hospital.MoveAsync("2026-03-16T12:00");
        (await lead.SaysAsync("acknowledge C-12 by March 20 because the courier is late, need a courier")).Says("Friday, March 20");
        var card = await lead.LooksAtAsync("C-12");
        Assert.DoesNotContain("Push", card.Titles);
        (await lead.SaysAsync("push C-12 to April 3 because the courier is late again, need a courier")).Says("moved twice already", "Colleen Fitzgerald");
        await hospital.MoveAsync("2026-03-23T12:00");
        Assert.DoesNotContain("Acknowledge", (await lead.SeesAsync("The new date has passed as well")).Titles);
        (await lead.SaysAsync("acknowledge C-12 by April 3 because the courier is late again, need a courier")).Says("Colleen Fitzgerald");
        Assert.Equal(("missed", "2026-03-20"), (Status(await hospital.StateAsync("C-12")), (await hospital.StateAsync("C-12")).GetProperty("due").GetString()));
    }

    [Theory, OnBothDatabases]
    public async Task The_board_decides_with_a_rationale_and_everybody_who_was_told_hears(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (lead, board) = (hospital.As("dana.reyes"), hospital.As("ruth.okafor"));
        await lead.PromisesAsync(Promise);
        await hospital.MoveAsync("2026-04-06T17:00");
        Assert.Equal("exhausted", CaseStatus(await hospital.StateAsync("C-12")));
        var card = await board.SeesAsync("Cardiology", "C-12", "no answer since March 6");
        Assert.Equal("Decide", card.Titles[0]);
        Assert.Equal(["decision", "rationale", "due"], card.Asks("Decide"));
        (await board.PressesAsync(card, "Decide", new { decision = "resources" })).Was("refused").Says("is missing");
        (await board.PressesAsync(card, "Decide", new { decision = "resources", rationale = "The house pays for two interpreters" })).Done().Says("C-12 is decided");
        var state = await hospital.StateAsync("C-12");
        Assert.Equal(("missed", "decided"), (Status(state), CaseStatus(state)));
        foreach (var told in new[] { "dana.reyes", "anil.deshmukh", "imani.brooks", "colleen.fitzgerald" })
        {
            await hospital.As(told).SeesAsync("C-12 is decided: Resources", "“The house pays for two interpreters” — Ruth Okafor");
        }

        Assert.Empty(await hospital.MoveAsync("2026-06-30T17:00"));
    }

    [Theory, OnBothDatabases]
    public async Task A_day_the_board_gave_that_is_missed_again_opens_a_new_case_from_the_start(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (lead, board) = (hospital.As("dana.reyes"), hospital.As("ruth.okafor"));
        await lead.PromisesAsync(Promise);
        await hospital.MoveAsync("2026-04-06T17:00");
        var first = (await hospital.StateAsync("C-12")).GetProperty("case").GetProperty("ref").GetString()!;
        var card = await board.SeesAsync("no answer since March 6");
        (await board.PressesAsync(card, "Decide", new { decision = "new-date", rationale = "Once more" })).Was("refused").Says("Name a day to come");
        (await board.PressesAsync(card, "Decide", new { decision = "new-date", rationale = "Once more", due = "2026-04-17" })).Done().Says("Friday, April 17");
        Assert.Equal(("active", "2026-04-17"), (Status(await hospital.StateAsync("C-12")), (await hospital.StateAsync("C-12")).GetProperty("due").GetString()));
        Assert.Equal(
            [
                "2026-04-14T12:00:00Z dana.reyes reminder C-12 reminder sent",
                "2026-04-20T12:00:00Z dana.reyes escalation C-12 owner sent",
                "2026-04-24T11:30:00Z anil.deshmukh escalation C-12 lead sent",
                "2026-05-01T12:00:00Z imani.brooks escalation C-12 officer sent",
            ],
            (await hospital.MoveAsync("2026-05-01T17:00")).Select(row => row.ToString()));
        var second = (await hospital.StateAsync("C-12")).GetProperty("case").GetProperty("ref").GetString()!;
        Assert.NotEqual(first, second);
        Assert.Equal("decided", Status(await hospital.StateAsync(first)));
        Assert.Equal("open", Status(await hospital.StateAsync(second)));
    }

    [Theory, OnBothDatabases]
    public async Task An_offer_of_help_reaches_the_owner_and_does_not_stop_the_clock(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (lead, supervisor) = (hospital.As("dana.reyes"), hospital.As("anil.deshmukh"));
        await lead.PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-13T17:00");
        var step = await supervisor.SeesAsync("has been open since March 6");
        Assert.Equal("Offer help", step.Titles[0]);
        (await supervisor.PressesAsync(step, "Offer help", new { note = "I can free a nurse on Mondays" })).Done();
        var offer = await lead.SeesAsync("Anil Deshmukh offers help with C-12", "I can free a nurse on Mondays");
        (await lead.PressesAsync(offer.Offers("Accept"), "Accept")).Done();
        await supervisor.SeesAsync("Dana Reyes takes your help with C-12");
        Assert.Equal(["2026-03-20T12:00:00Z imani.brooks escalation C-12 officer sent"], (await hospital.MoveAsync("2026-03-20T17:00")).Select(row => row.ToString()));
    }
}
