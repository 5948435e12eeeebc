using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>How does it go? Asked once a period, answered with a tap, and only the lead hears when it is not. // T3, T6</summary>
public sealed class CheckInStories
{
    /// <summary>Cardiology's promise with a weekly check-in, logged on Monday, March 2 at nine.</summary>
    static async Task<string> WeeklyAsync(Hospital hospital, string due = "2026-06-30", string handle = "ben.kowalski", string cadence = "weekly")
    {
        var owner = hospital.As(handle);
        var form = await owner.SaysAsync("log");
        var receipt = await owner.PressesAsync(form, "Confirm", new { what = "offer an interpreter at every visit", due, owner = handle, cadence });
        return receipt.Done().Ref!;
    }

    static IEnumerable<string> Rows(IEnumerable<Sent> sent, string reference) => sent.Where(row => row.Ref == reference).Select(row => $"{row.At} {row.To} {row.Kind} {row.Step} {row.State}".Replace("  ", " ", StringComparison.Ordinal));

    [Theory, OnOneDatabase]
    public async Task It_is_asked_in_the_first_whole_week_and_one_tap_answers_it(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (owner, promise) = (hospital.As("ben.kowalski"), await WeeklyAsync(hospital));
        (await owner.SeesAsync("is on the plan")).Says("Every week", "Next check-in: Monday, March 9");
        Assert.Equal(["2026-03-09T11:00:00Z ben.kowalski check-in sent"], Rows(await hospital.MoveAsync("2026-03-13T18:00"), promise));

        var asked = await owner.SeesAsync($"How does {promise} go?");
        asked.Says("Check-in by", "Sunday, March 15", "Nothing has been said").Offers("No change", "Report progress", "I'm blocked", "Snooze");
        Assert.Equal("check-in", asked.Kind);
        (await owner.PressesAsync(asked, "No change")).Done().Says("no change");
        Assert.Equal("repeat", (await owner.PressesAsync(asked, "No change")).Outcome);

        // Nothing is missed, and the next week asks again, on Tuesday since the last word came on Friday.
        Assert.Equal(["2026-03-17T11:00:00Z ben.kowalski check-in sent"], Rows(await hospital.MoveAsync("2026-03-20T18:00"), promise));
    }

    [Theory, OnOneDatabase]
    public async Task Whoever_has_said_something_in_the_week_is_not_asked_and_who_just_did_is_asked_later(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (owner, promise) = (hospital.As("ben.kowalski"), await WeeklyAsync(hospital));
        await hospital.MoveAsync("2026-03-06T15:00");
        await owner.SaysAsync($"progress {promise} on track: two of three shifts are covered");

        // Friday's word keeps Monday quiet; Monday's keeps the week.
        Assert.Equal(["2026-03-10T11:00:00Z ben.kowalski check-in sent"], Rows(await hospital.MoveAsync("2026-03-16T06:00"), promise).Take(1));
        (await owner.SeesAsync($"How does {promise} go?")).Says("two of three shifts are covered");
        await using var second = await Hospital.OpenAsync(engine);
        var other = await WeeklyAsync(second);
        await second.MoveAsync("2026-03-09T06:30");
        await second.As("ben.kowalski").SaysAsync($"progress {other} at risk: one shift is open");
        Assert.Empty(Rows(await second.MoveAsync("2026-03-15T23:00"), other));
        Assert.Equal(["2026-03-16T11:00:00Z ben.kowalski check-in sent"], Rows(await second.MoveAsync("2026-03-16T12:00"), other));
    }

    [Theory, OnOneDatabase]
    public async Task It_can_be_put_off_twice_by_two_working_days_and_no_more(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (owner, promise) = (hospital.As("ben.kowalski"), await WeeklyAsync(hospital));
        await hospital.MoveAsync("2026-03-09T09:00");
        var first = await owner.SeesAsync($"How does {promise} go?");
        (await owner.PressesAsync(first, "Snooze")).Done().Says("Wednesday, March 11", "1 of 2 left");
        Assert.Equal(["2026-03-11T11:00:00Z ben.kowalski check-in sent"], Rows(await hospital.MoveAsync("2026-03-11T12:00"), promise));
        var second = await owner.SeesAsync($"How does {promise} go?");
        (await owner.PressesAsync(second, "Snooze")).Done().Says("Friday, March 13", "0 of 2 left");
        Assert.Equal(["2026-03-13T11:00:00Z ben.kowalski check-in sent"], Rows(await hospital.MoveAsync("2026-03-13T12:00"), promise));
        var third = await owner.SeesAsync($"How does {promise} go?");
        Assert.DoesNotContain("Snooze", third.Titles);
        Assert.Contains("cannot be put off again", (await owner.SaysAsync($"snooze {promise}")).Text, StringComparison.Ordinal);
        Assert.Contains("Only its owner", (await hospital.As("dana.reyes").SaysAsync($"snooze {promise}")).Text, StringComparison.Ordinal);
    }

    [Theory, OnOneDatabase]
    public async Task A_missed_one_goes_to_the_owner_and_the_lead_and_no_further_until_somebody_says_something(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (owner, promise) = (hospital.As("ben.kowalski"), await WeeklyAsync(hospital));
        Assert.Equal(
            ["2026-03-09T11:00:00Z ben.kowalski check-in sent", "2026-03-16T11:00:00Z ben.kowalski escalation owner sent", "2026-03-20T12:00:00Z dana.reyes escalation lead sent"],
            Rows(await hospital.MoveAsync("2026-05-29T18:00"), promise));
        (await hospital.As("dana.reyes").SeesAsync($"{promise} (Cardiology): no check-in since March 15")).Says("Nobody above you hears").Offers("Offer help");

        // The owner's card carries the same tap, and the rhythm goes on from there.
        var card = await owner.SeesAsync($"{promise}: how does it go?");
        (await owner.PressesAsync(card, "No change")).Done();
        Assert.Equal("resolved", (await hospital.StateAsync(promise)).GetProperty("case").GetProperty("status").GetString());
        Assert.Equal("2026-06-02T11:00:00Z ben.kowalski check-in sent", Rows(await hospital.MoveAsync("2026-06-02T18:00"), promise).Last());
    }

    // Owner is the lead: "the lead, whoever that is" is then the owner's supervisor, and there it stops.
    [Theory, OnOneDatabase]
    public async Task Where_the_owner_is_the_lead_it_stops_at_the_supervisor(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var promise = await WeeklyAsync(hospital, handle: "dana.reyes");
        Assert.Equal(["dana.reyes check-in", "dana.reyes escalation", "anil.deshmukh escalation"], (await hospital.MoveAsync("2026-05-29T18:00")).Where(row => row.Ref == promise).Select(row => $"{row.To} {row.Kind}"));
    }

    [Theory, OnOneDatabase]
    public async Task The_due_day_joins_the_open_case_and_everybody_hears_from_the_beginning(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var promise = await WeeklyAsync(hospital, due: "2026-03-27");
        Assert.Equal(
            [
                "2026-03-09T11:00:00Z ben.kowalski check-in sent",
                "2026-03-16T11:00:00Z ben.kowalski escalation owner sent",
                "2026-03-20T12:00:00Z dana.reyes escalation lead sent",
                "2026-03-24T11:00:00Z ben.kowalski reminder reminder sent",
                "2026-03-30T11:00:00Z ben.kowalski escalation owner sent",
                "2026-04-06T12:00:00Z dana.reyes escalation lead sent",
                "2026-04-13T12:00:00Z imani.brooks escalation officer sent",
                "2026-04-20T11:30:00Z colleen.fitzgerald escalation sponsor sent",
            ],
            Rows(await hospital.MoveAsync("2026-04-21T06:00"), promise));
        var state = (await hospital.StateAsync(promise)).GetProperty("case");
        Assert.Equal("E-1", state.GetProperty("ref").GetString());
        (await hospital.As("colleen.fitzgerald").SeesAsync($"{promise} (Cardiology) waits for you")).Says("It was due Friday, March 27");
    }

    // T6: down from the middle of one week to the middle of another.
    [Theory, OnOneDatabase]
    public async Task After_weeks_without_power_one_message_comes_and_no_week_that_was_not_asked_about_is_a_miss(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var promise = await WeeklyAsync(hospital);
        Assert.Equal(["2026-04-14T13:00:00Z ben.kowalski check-in sent"], Rows(await hospital.MoveAsync("2026-04-14T09:00", outage: true), promise));
        Assert.Empty(Rows(await hospital.MoveAsync("2026-04-19T23:00"), promise));

        // Asked, and then the power fails: that week is missed, and the gaps are kept.
        Assert.Equal(["2026-05-06T13:00:00Z ben.kowalski escalation owner sent"], Rows(await hospital.MoveAsync("2026-05-06T09:00", outage: true), promise));
        Assert.Equal(["2026-05-12T12:00:00Z dana.reyes escalation lead sent"], Rows(await hospital.MoveAsync("2026-05-29T18:00"), promise));
    }

    [Theory, OnOneDatabase]
    public async Task An_absent_owner_is_not_asked_their_delegate_is_and_without_one_the_week_is_nobodys_miss(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var promise = await WeeklyAsync(hospital);
        await hospital.PostAsync("/practice/api/people/ben.kowalski", new { awayUntil = "2026-03-20" });
        Assert.Empty(Rows(await hospital.MoveAsync("2026-03-22T23:00"), promise));
        Assert.Equal(["2026-03-23T11:00:00Z ben.kowalski check-in sent"], Rows(await hospital.MoveAsync("2026-03-27T18:00"), promise));
        await hospital.As("ben.kowalski").SaysAsync($"no change {promise}");
        await hospital.PostAsync("/practice/api/people/ben.kowalski", new { awayUntil = "2026-04-10", @delegate = "dana.reyes" });
        Assert.Equal(["2026-03-31T12:00:00Z dana.reyes check-in sent"], Rows(await hospital.MoveAsync("2026-03-31T18:00"), promise));
        var card = await hospital.As("dana.reyes").SeesAsync($"How does {promise} go?");
        Assert.Equal("done", (await hospital.As("dana.reyes").PressesAsync(card, "Report progress", new { status = "at-risk", note = "two shifts are open" })).Outcome);
        Assert.Equal("at-risk", (await hospital.StateAsync(promise)).GetProperty("status").GetString());
    }

    [Theory, OnOneDatabase]
    public async Task Several_come_as_one_message_and_each_can_be_answered(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (first, second) = (await WeeklyAsync(hospital), await WeeklyAsync(hospital));
        var sent = (await hospital.MoveAsync("2026-03-09T12:00")).Where(row => row.Kind == "check-in").ToList();
        Assert.Equal(2, sent.Count);
        Assert.Single(sent.Select(row => row.MessageId).Distinct());
        var owner = hospital.As("ben.kowalski");
        var bundle = await owner.SeesAsync($"How does {first} go?", $"How does {second} go?");
        Assert.Equal([$"check-in {first}", $"check-in {second}"], bundle.Items);
        (await owner.PressesAsync(bundle, "No change", reference: first)).Done();
        (await owner.PressesAsync(bundle, "No change", reference: second)).Done();
        Assert.DoesNotContain(await hospital.MoveAsync("2026-03-16T06:00"), row => row.Kind == "escalation");
    }

    [Theory, OnOneDatabase]
    public async Task A_promise_that_rested_and_goes_on_within_the_week_is_asked_about_all_the_same(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (owner, promise) = (hospital.As("ben.kowalski"), await WeeklyAsync(hospital));
        await owner.SaysAsync($"done {promise}");
        await hospital.PostAsync("/practice/api/people/dana.reyes", new { awayUntil = (string?)null });
        await hospital.MoveAsync("2026-03-10T09:00");
        Assert.Equal("done", (await hospital.As("dana.reyes").PressesAsync(await hospital.As("dana.reyes").SeesAsync("says so"), "Not yet", new { reason = "nights are open" })).Outcome);
        Assert.Equal(["2026-03-10T13:00:00Z ben.kowalski check-in sent"], Rows(await hospital.LedgerAsync(), promise).Where(row => row.Contains("check-in", StringComparison.Ordinal)));
        (await owner.LooksAtAsync(promise)).Says("The check-in up to Sunday, March 15 is open.");
    }

    // Late entries: the record says which day it is about and when it was entered; a later word is not overwritten by an earlier one.
    [Theory, OnOneDatabase]
    public async Task A_late_entry_lands_on_its_day_and_says_so(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (owner, promise) = (hospital.As("ben.kowalski"), await WeeklyAsync(hospital));
        await hospital.MoveAsync("2026-03-17T09:00");
        Assert.Contains("is no day since", (await owner.SaysAsync($"progress {promise} on track as of March 1: too early")).Text, StringComparison.Ordinal);
        var why = (await owner.SaysAsync($"progress {promise} on track as of March 12: two of three shifts are covered")).Says("What kept it until now?").Offers("I was away", "Another reason");
        (await owner.LooksAtAsync(promise)).DoesNotSay("two of three shifts");
        (await owner.PressesAsync(why, "The numbers came late")).Done();
        (await owner.LooksAtAsync(promise)).Says("For Thursday, March 12; entered on Tuesday, March 17.", "two of three shifts");
        Assert.Equal("resolved", (await hospital.StateAsync(promise)).GetProperty("case").GetProperty("status").GetString());

        await owner.SaysAsync($"progress {promise} at risk: one shift is open");
        await owner.SaysAsync($"progress {promise} on track as of March 13: all was well on Friday, late because I was ill");
        (await owner.SaysAsync($"history of {promise}")).Says("It is about Thursday, March 12.", "“two of three shifts are covered” Entered late: The numbers came late.", "Entered late: I was ill.");
        (await owner.LooksAtAsync(promise)).Says("one shift is open");
        Assert.Equal("at-risk", (await hospital.StateAsync(promise)).GetProperty("status").GetString());
    }
}
