using System.Text.Json;
using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>The plan in three numbers, once a week.</summary>
public sealed class DigestStories
{
    static readonly string[] Executives = ["anil.deshmukh", "colleen.fitzgerald", "miriam.castellano", "terrence.boyd"];

    static IEnumerable<string> AllAt(string time) => Executives.Select(handle => $"{time} {handle}");

    [Theory, OnOneDatabase]
    public async Task Each_Monday_executives_read_three_numbers_what_changed_and_what_needs_them(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (lead, supervisor, chief) = (hospital.As("dana.reyes"), hospital.As("anil.deshmukh"), hospital.As("miriam.castellano"));
        await lead.PromisesAsync("we'll offer an interpreter at every discharge by 2026-03-06");
        await hospital.As("ben.kowalski").PromisesAsync("we'll train every nurse on interpreter phones by 2026-03-13");
        await hospital.MoveAsync("2026-03-09T17:00");
        Assert.Equal(AllAt("2026-03-09T11:30:00Z"), await hospital.DigestsAsync());
        var first = (await chief.SeesAsync("The equity plan on Monday, March 9"))
            .Says("Kept: 0\n", "Past their day: 1\n", "Open on the plan: 13\n", "No earlier digest to compare with yet.", "Nothing needs you now.");
        Assert.Equal(("digest", null), (first.Kind, first.Ref));
        Assert.Equal(["digest"], first.Items);
        Assert.Empty(first.Titles);
        await hospital.As("ruth.okafor").HasSeenNothingAsync();

        await hospital.MoveAsync("2026-03-16T17:00");
        Assert.Equal(AllAt("2026-03-09T11:30:00Z").Concat(AllAt("2026-03-16T11:30:00Z")), await hospital.DigestsAsync());
        string[] plan = ["The equity plan on Monday, March 16", "Kept: 0 (no change)", "Past their day: 2 (+1)", "Open on the plan: 13 (no change)", "What changed since Monday, March 9", "• Cardiology: 2 of 3 past their day, 1 new\n"];
        (await chief.SeesAsync(plan)).Says("Nothing needs you now.");
        var asked = (await supervisor.SeesAsync(plan)).Says("What needs you", "C-12 · Cardiology\nOpen since Friday, March 6\n[Offer help] [Show]");
        Assert.Equal(["Offer help", "Show"], asked.Titles);
        Assert.DoesNotContain("Dana", asked.Text, StringComparison.Ordinal);
        (await supervisor.PressesAsync(asked, "Show")).Done().Says("Offer an interpreter at every discharge");
        (await supervisor.PressesAsync(asked, "Offer help", new { note = "I free an hour of the pool" })).Done();
        await lead.SeesAsync("C-12", "I free an hour of the pool");

        await hospital.MoveAsync("2026-03-23T17:00");
        (await chief.SeesAsync("The equity plan on Monday, March 23")).Says("Past their day: 2\n", "Nothing changed since Monday, March 16.");
    }

    [Theory, OnOneDatabase]
    public async Task Who_asks_for_the_digest_gets_it_as_it_stands_now_and_others_hear_what_they_can_say(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        (await hospital.As("imani.brooks").SaysAsync("digest")).Says("The equity plan on Monday, March 2", "Open on the plan: 11\n", "No earlier digest");
        (await hospital.As("ruth.okafor").SaysAsync("show the digest")).Says("The equity plan on Monday, March 2", "No case waits for a decision.");
        await hospital.MoveAsync("2026-03-17T10:00");
        await lead.PromisesAsync("we'll offer an interpreter at every discharge by 2026-04-30");
        (await hospital.As("terrence.boyd").SaysAsync("digest")).Says("The equity plan on Tuesday, March 17", "Open on the plan: 12 (+1)", "What changed since Monday, March 9", "Cardiology: 2 open, none past its day, 1 promise added");
        (await lead.SaysAsync("digest")).Says("Say mine");
        Assert.DoesNotContain("digest", (await lead.SaysAsync("help")).Text, StringComparison.Ordinal);
    }

    [Theory, OnOneDatabase]
    public async Task What_is_undecided_stands_on_every_digest_of_the_boards_owner_until_it_is_decided(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var board = hospital.As("ruth.okafor");
        await hospital.As("dana.reyes").PromisesAsync("we'll offer an interpreter at every discharge by 2026-03-06");
        await hospital.MoveAsync("2026-04-06T17:00");
        var bundle = await board.SeesAsync("2 things for today", "no answer since March 6", "The equity plan on Monday, April 6");
        Assert.Equal(["escalation C-12 board", "digest"], bundle.Items);
        Assert.DoesNotContain("No case waits", bundle.Text, StringComparison.Ordinal);

        await hospital.MoveAsync("2026-04-13T17:00");
        var digest = (await board.SeesAsync("One case waits for your decision", "The equity plan on Monday, April 13"))
            .Says("C-12 · Cardiology\nOpen since Friday, March 6\nOwner, Owner's supervisor, Equity officer, Executive sponsor: heard, no answer\n[Decide] [Show]");
        Assert.All((string[])["Dana", "Reyes", "Imani", "Colleen"], name => Assert.DoesNotContain(name, digest.Text, StringComparison.Ordinal));
        (await board.PressesAsync(digest, "Decide", new { decision = "resources", rationale = "two interpreters from the reserve" })).Done();
        Assert.Equal("decided", (await hospital.StateAsync("E-1")).GetProperty("status").GetString());

        // The silent department is let be. Every week while something is undecided; else in the week of a month's first Monday.
        await hospital.As("imani.brooks").SaysAsync("waive E-2 because the unit moves in April");
        await hospital.MoveAsync("2026-05-08T17:00");
        Assert.Equal(["2026-04-06T13:00:00Z ruth.okafor", "2026-04-13T13:00:00Z ruth.okafor", "2026-05-04T13:00:00Z ruth.okafor"], (await hospital.DigestsAsync()).Where(row => row.EndsWith("ruth.okafor", StringComparison.Ordinal)));
        (await board.SeesAsync("The equity plan on Monday, May 4")).Says("No case waits for a decision.");
    }

    [Theory, OnOneDatabase]
    public async Task After_weeks_without_power_everybody_gets_one_digest_for_the_week_that_is(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        await hospital.MoveAsync("2026-03-10T09:00");
        await hospital.MoveAsync("2026-04-15T12:00", outage: true);
        await hospital.MoveAsync("2026-04-19T12:00");
        Assert.Equal(AllAt("2026-03-09T11:30:00Z").Concat(AllAt("2026-04-15T16:00:00Z")), await hospital.DigestsAsync());
        (await hospital.As("miriam.castellano").SeesAsync("The equity plan on Wednesday, April 15")).Says("Nothing changed since Monday, March 9.");
        await hospital.MoveAsync("2026-04-20T12:00");
        await hospital.As("miriam.castellano").SeesAsync("The equity plan on Monday, April 20", "Nothing changed since Wednesday, April 15.");
    }

    [Theory, OnOneDatabase]
    public async Task A_digest_that_cannot_be_delivered_is_the_officers_to_look_into(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        await hospital.FailsAsync("miriam.castellano", "permanent");
        await hospital.MoveAsync("2026-03-09T17:00");
        (await hospital.As("imani.brooks").SeesAsync("Miriam Castellano could not be reached")).Says("No address worked for the weekly digest.");
        var row = (await hospital.GetAsync("/practice/api/clock")).GetProperty("sent").EnumerateArray().Single(one => one.GetProperty("to").GetString() == "miriam.castellano");
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, "failed"), (row.GetProperty("ref").ValueKind, row.GetProperty("step").ValueKind, row.GetProperty("state").GetString()));
    }
}
