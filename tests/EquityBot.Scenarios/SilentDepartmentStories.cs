using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>A department that promises nothing is a miss like another: Emergency, in the sample. Fifteen working days into the cycle end on March 23.</summary>
public sealed class SilentDepartmentStories
{
    static IEnumerable<Sent> Silence(IEnumerable<Sent> sent) => sent.Where(row => row.Ref.StartsWith("E-", StringComparison.Ordinal));

    [Theory, OnOneDatabase]
    public async Task It_walks_from_the_lead_to_the_board_under_the_number_of_its_own(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = (await hospital.GetAsync("/practice/api/people")).GetProperty("people").EnumerateArray()
            .Single(one => one.GetProperty("department").GetString() == "Emergency" && one.GetProperty("roles").EnumerateArray().Any(role => role.GetString() == "DepartmentLead")).GetProperty("handle").GetString()!;
        Assert.Empty(Silence(await hospital.MoveForAllAsync("2026-03-23T23:00")));
        var sent = Silence(await hospital.MoveForAllAsync("2026-05-29T18:00")).ToList();
        Assert.Equal(["owner", "lead", "officer", "sponsor", "board", "board-deputy"], sent.Select(row => row.Step));
        Assert.All(sent, row => Assert.Equal("E-1", row.Ref));
        Assert.Equal(lead, sent[0].To);
        Assert.StartsWith("2026-03-24T", sent[0].At, StringComparison.Ordinal);
        Assert.Equal(sent.Count, sent.Select(row => row.To).Distinct().Count());

        var state = await hospital.StateAsync("E-1");
        Assert.Equal("exhausted", state.GetProperty("status").GetString());
        Assert.Null(state.GetProperty("due").GetString());
        Assert.Equal(lead, state.GetProperty("owner").GetString());
        (await hospital.As(lead).SeesAsync("Emergency has promised nothing yet")).Says("first promise").Offers("Make a first promise");
        (await hospital.As("imani.brooks").SeesAsync("Emergency has promised nothing yet")).Offers("Offer help", "Show");

        // The board gives a day; nobody promises; it begins anew under the next number.
        var board = hospital.As("ruth.okafor");
        var card = await board.SeesAsync("Emergency has promised nothing yet", "Please decide");
        (await board.PressesAsync(card, "Decide", new { decision = "new-date", rationale = "every department takes part", due = "2026-06-12" })).Done();
        Assert.Equal("decided", (await hospital.StateAsync("E-1")).GetProperty("status").GetString());
        (await hospital.As(lead).SeesAsync("E-1 is decided")).Says("every department takes part");
        Assert.Equal([("E-2", lead, "owner")], Silence(await hospital.MoveForAllAsync("2026-06-15T18:00")).Where(row => row.Kind == "escalation").Select(row => (row.Ref, row.To, row.Step!)));
    }

    [Theory, OnOneDatabase]
    public async Task A_first_promise_made_on_the_card_ends_it_and_nobody_further_hears(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        await hospital.MoveForAllAsync("2026-03-31T18:00");
        var lead = hospital.As((await hospital.StateAsync("E-1")).GetProperty("owner").GetString()!);
        var card = await lead.SeesAsync("Emergency has promised nothing yet");
        Assert.Equal("refused", (await lead.PressesAsync(card, "Make a first promise", new { what = "ask every patient for their language" })).Outcome);
        var receipt = (await lead.PressesAsync(card, "Make a first promise", new { what = "ask every patient for their language", due = "2026-06-30" })).Done();
        receipt.Says("is on the plan");
        Assert.Equal("resolved", (await hospital.StateAsync("E-1")).GetProperty("status").GetString());
        Assert.Empty(Silence(await hospital.MoveForAllAsync("2026-05-29T18:00")));
    }

    // A withdrawn promise is none; one that is only proposed is none either.
    [Theory, OnOneDatabase]
    public async Task What_is_proposed_or_given_back_is_no_promise(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var people = (await hospital.GetAsync("/practice/api/people")).GetProperty("people").EnumerateArray();
        var handle = people.First(one => one.GetProperty("department").GetString() == "Emergency").GetProperty("handle").GetString()!;
        var draft = await hospital.As("imani.brooks").SaysAsync($"log for {handle}: ask every patient for their language by 2026-06-30");
        (await hospital.As("imani.brooks").PressesAsync(draft, "Confirm")).Done();
        Assert.Equal("owner", Assert.Single(Silence(await hospital.MoveForAllAsync("2026-03-24T18:00")), row => row.Kind == "escalation").Step);
        await hospital.As(handle).SaysAsync(draft.Ref is { } reference ? $"accept {reference}" : "");
        Assert.Equal("resolved", (await hospital.StateAsync("E-2")).GetProperty("status").GetString());
    }

    [Theory, OnOneDatabase]
    public async Task The_officer_may_waive_it_and_somebody_may_offer_to_help(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        await hospital.MoveForAllAsync("2026-03-24T18:00");
        var lead = hospital.As((await hospital.StateAsync("E-1")).GetProperty("owner").GetString()!);
        (await hospital.As("anil.deshmukh").SaysAsync("offer help with E-1: shall we sit down together?")).Says("hears that you offer help");
        (await lead.PressesAsync(await lead.SeesAsync("shall we sit down together?"), "Accept", new { note = "gladly" })).Done();
        (await hospital.As("anil.deshmukh").SeesAsync("takes your help")).Says("gladly");
        Assert.Contains("equity officer", (await lead.SaysAsync("waive E-1 because we are busy")).Text, StringComparison.Ordinal);
        (await hospital.As("imani.brooks").SaysAsync("waive E-1 because the unit closes in April")).Says("waived");
        Assert.DoesNotContain(Silence(await hospital.MoveForAllAsync("2026-05-29T18:00")), row => row.Kind == "escalation");
    }
}
