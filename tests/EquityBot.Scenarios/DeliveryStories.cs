using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>Messages that do not arrive, or may not have.</summary>
public sealed class DeliveryStories
{
    const string Promise = "we'll offer an interpreter at every discharge by 2026-03-06";

    [Theory, OnBothDatabases]
    public async Task What_was_refused_is_tried_again_and_appears_once(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        await lead.PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-08T12:00");
        await hospital.FailsAsync("dana.reyes", "refused", 2);
        Assert.Equal(" dana.reyes escalation C-12 owner retry-at", Assert.Single(await hospital.MoveAsync("2026-03-09T08:00")).ToString());
        await lead.NeverSeesAsync("was due");
        Assert.Equal("2026-03-09T12:06:00Z dana.reyes escalation C-12 owner sent", Assert.Single(await hospital.MoveAsync("2026-03-09T17:00")).ToString());
        Assert.Single(await lead.InboxAsync(), message => message.Text.Contains("was due Friday, March 6", StringComparison.Ordinal));
        Assert.Single(await hospital.LedgerAsync(), row => row.Step == "owner");

        // Within one call: once, with the last state.
        await hospital.FailsAsync("anil.deshmukh", "refused", 2);
        Assert.Equal("2026-03-13T11:36:00Z anil.deshmukh escalation C-12 lead sent", Assert.Single(await hospital.MoveAsync("2026-03-13T17:00")).ToString());
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_answers_before_the_retry_is_not_asked_again(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        await lead.PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-08T12:00");
        await hospital.FailsAsync("dana.reyes", "refused");
        await hospital.MoveAsync("2026-03-09T08:00");
        await lead.SaysAsync("acknowledge C-12 by March 20 because the contract is late, need a signature");
        Assert.DoesNotContain(await hospital.MoveAsync("2026-03-16T17:00"), row => row is { Kind: "escalation", State: "sent" });
        await lead.NeverSeesAsync("What would help?");
        Assert.Equal("superseded", Assert.Single(await hospital.LedgerAsync(), row => row.Step == "owner").State);
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_cannot_be_reached_is_the_officers_task_and_the_case_goes_on_in_two_working_days(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (lead, supervisor, officer) = (hospital.As("dana.reyes"), hospital.As("anil.deshmukh"), hospital.As("imani.brooks"));
        await lead.PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-20T12:00", outage: true);
        Assert.Equal("sent", Assert.Single(await hospital.LedgerAsync(), row => row.Step == "owner").State);
        await hospital.MoveAsync("2026-03-24T12:00");
        await hospital.FailsAsync("anil.deshmukh", "permanent");

        // The owner heard on March 20, so the lead's step is due on March 26; the officer's on March 30, two working days after it failed.
        var sent = await hospital.MoveAsync("2026-03-26T17:00");
        Assert.Equal(
            [" anil.deshmukh escalation C-12 lead failed", "2026-03-26T11:30:00Z imani.brooks task C-12  sent"],
            sent.Select(row => row.ToString()));
        await supervisor.NeverSeesAsync("C-12");
        (await officer.SeesAsync("Anil Deshmukh could not be reached about C-12")).Offers("Show");
        Assert.Equal(["2026-03-30T12:00:00Z imani.brooks escalation C-12 officer sent"], (await hospital.MoveAsync("2026-04-02T17:00")).Select(row => row.ToString()));
        await officer.SeesAsync("C-12", "The owner's supervisor could not be reached");
        await officer.NeverSeesAsync("did not answer");
    }

    [Theory, OnBothDatabases]
    public async Task The_lead_reads_that_the_owner_could_not_be_reached(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        await LoseTheOwnerAsync(hospital);
        await hospital.MoveAsync("2026-03-13T12:00");
        await hospital.As("dana.reyes").SeesAsync("C-12", "has been open since March 6", "could not be reached");
    }

    [Theory, OnBothDatabases]
    public async Task The_board_reads_that_the_owner_could_not_be_reached_and_not_that_there_was_no_answer(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        await LoseTheOwnerAsync(hospital);
        await hospital.MoveAsync("2026-04-06T17:00");
        var decision = await hospital.As("ruth.okafor").SeesAsync("C-12", "Owner could not be reached");
        Assert.DoesNotContain("no answer", decision.Text, StringComparison.Ordinal);
    }

    static async Task LoseTheOwnerAsync(Hospital hospital)
    {
        await hospital.As("ben.kowalski").PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-06T12:00");
        await hospital.FailsAsync("ben.kowalski", "permanent", 100);
    }

    [Theory, OnBothDatabases]
    public async Task What_may_have_arrived_is_followed_up_once_the_next_working_morning(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        await lead.PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-08T12:00");
        await hospital.FailsAsync("dana.reyes", "unknown");
        Assert.Equal(" dana.reyes escalation C-12 owner unknown", Assert.Single(await hospital.MoveAsync("2026-03-09T17:00")).ToString());
        await lead.NeverSeesAsync("was due");
        Assert.Equal("2026-03-10T12:00:00Z dana.reyes escalation C-12 owner sent", Assert.Single(await hospital.MoveAsync("2026-03-10T17:00")).ToString());
        (await lead.SeesAsync("was due Friday, March 6")).Says("may already have this").Offers("Report progress");
        await hospital.As("imani.brooks").HasSeenNothingAsync();

        // The gap counts from the day it is known to have arrived.
        Assert.Equal(["2026-03-16T11:30:00Z anil.deshmukh escalation C-12 lead sent"], (await hospital.MoveAsync("2026-03-17T17:00")).Select(row => row.ToString()));
        Assert.Single(await lead.InboxAsync(), message => message.Kind == "escalation");
    }

    [Theory, OnBothDatabases]
    public async Task Unknown_twice_is_the_officers_task(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        await lead.PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-08T12:00");
        await hospital.FailsAsync("dana.reyes", "unknown", 2);
        await hospital.MoveAsync("2026-03-10T07:59");
        var sent = await hospital.MoveAsync("2026-03-12T17:00");
        Assert.Equal("imani.brooks task C-12", Assert.Single(sent, row => row.State == "sent") is { } task ? $"{task.To} {task.Kind} {task.Ref}" : null);
        Assert.Contains(Assert.Single(await hospital.LedgerAsync(), row => row.Step == "owner").State, (string[])["unknown", "failed"]);
        await hospital.As("imani.brooks").SeesAsync("Dana Reyes could not be reached about C-12");
        await lead.NeverSeesAsync("was due");
        Assert.Equal(["2026-03-13T11:30:00Z anil.deshmukh escalation C-12 lead sent"], (await hospital.MoveAsync("2026-03-13T17:00")).Select(row => row.ToString()));
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_answers_before_the_follow_up_does_not_get_one(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        await lead.PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-08T12:00");
        await hospital.FailsAsync("dana.reyes", "unknown");
        await hospital.MoveAsync("2026-03-09T17:00");
        await lead.SaysAsync("acknowledge C-12 by March 20 because the contract is late, need a signature");
        Assert.DoesNotContain(await hospital.MoveAsync("2026-03-16T17:00"), row => row.State == "sent");
        await lead.NeverSeesAsync("may already have this");
    }
}
