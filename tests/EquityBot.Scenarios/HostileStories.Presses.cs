using System.Text.Json;
using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>Presses that meet: twice, at once, too late, without what they need.</summary>
public sealed partial class HostileStories
{
    // I9, R16
    [Theory, OnBothDatabases]
    public async Task The_same_press_eight_times_at_once_has_one_effect(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        var draft = await lead.SaysAsync("log for ben.kowalski: call every patient after discharge by 2026-04-17");
        var presses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => lead.PressesAsync(draft, "Confirm")));
        Assert.Equal(["done", .. Enumerable.Repeat("repeat", 7)], presses.Select(press => press.Outcome).Order(StringComparer.Ordinal));
        Assert.Single(presses.Select(press => Assert.Single(press.Replies).Id).Distinct());
        Assert.All(presses, press => press.Replies[0].Says("C-12 waits for Ben Kowalski to accept"));
        Assert.Single(await hospital.LedgerAsync());
        Assert.Single(await hospital.As("ben.kowalski").InboxAsync());
        Assert.Equal("repeat", (await lead.PressesAsync(draft, "Confirm")).Outcome);

        var form = await lead.SaysAsync("log");
        var values = new { what = "Hire a second interpreter", due = "2026-04-17", owner = "dana.reyes" };
        presses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => lead.PressesAsync(form, "Confirm", values)));
        Assert.Equal(["done", .. Enumerable.Repeat("repeat", 7)], presses.Select(press => press.Outcome).Order(StringComparer.Ordinal));
        (await lead.SaysAsync("mine")).Says("One promise is yours", "C-13");
    }

    // I9
    [Theory, OnBothDatabases]
    public async Task Of_two_who_answer_at_once_one_wins_and_the_other_sees_who(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (lead, officer) = (hospital.As("anil.deshmukh"), hospital.As("imani.brooks"));
        for (var round = 0; round < 5; round++)
        {
            var promise = await hospital.As("dana.reyes").PromisesAsync($"we'll offer interpreter {round} at every discharge by 2026-04-17");
            await hospital.As("dana.reyes").SaysAsync($"done {promise}");
            var (first, second) = (await lead.LooksAtAsync(promise), await officer.LooksAtAsync(promise));
            var presses = await Task.WhenAll(lead.PressesAsync(first, "Confirm"), officer.PressesAsync(second, "Not yet", new { reason = "Nights are open" }));
            Assert.Equal(["done", "superseded"], presses.Select(press => press.Outcome).Order(StringComparer.Ordinal));
            var late = presses.Single(press => press.Outcome == "superseded").Replies[0];
            late.Says($"{promise} has changed since that card was written", presses[0].Outcome == "done" ? "Kept" : "On the plan");
            Assert.Equal(presses[0].Outcome == "done" ? "met" : "active", (await hospital.StateAsync(promise)).GetProperty("status").GetString());
        }
    }

    // I7
    [Theory, OnBothDatabases]
    public async Task A_press_on_an_outdated_card_explains_and_offers_the_current_one(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        await lead.PromisesAsync("we'll offer an interpreter at every discharge by 2026-06-30");
        var old = await lead.LooksAtAsync("C-12");
        await hospital.MoveAsync("2026-05-31T09:00");
        await lead.SaysAsync("progress C-12 at risk: the contract is late");
        var state = (await hospital.StateAsync("C-12")).GetRawText();
        var pressed = (await lead.PressesAsync(old, "Push", new { due = "2026-07-31", reason = "Late", need = "Time" })).Was("superseded");
        pressed.Says("C-12 has changed since that card was written", "At risk", "the contract is late").Offers("Push", "Done");
        Assert.Equal(state, (await hospital.StateAsync("C-12")).GetRawText());
        Assert.Equal("superseded", (await lead.InboxAsync()).Single(message => message.Id == old.Id).State);
        (await lead.PressesAsync(pressed, "Push", new { due = "2026-07-31", reason = "Late", need = "Time" })).Done().Says("Friday, July 31");
        Assert.Equal("2026-07-31", (await hospital.StateAsync("C-12")).GetProperty("due").GetString());
    }

    [Theory, OnBothDatabases]
    public async Task A_press_without_what_it_needs_is_refused_and_the_button_stays(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        await lead.PromisesAsync(Promise);
        var card = await lead.LooksAtAsync("C-12");
        var version = (await hospital.StateAsync("C-12")).GetProperty("version").GetInt32();
        foreach (var (values, words) in new (object, string)[]
        {
            (new { }, "New date is missing"), (new { due = "2026-03-13", reason = "Late" }, "What do you need to keep it? is missing"), (new { due = "2026-03-13", reason = "  ", need = "Time" }, "is missing"),
            (new { due = "some day", reason = "Late", need = "Time" }, "could not read"), (new { due = "2026-03-01", reason = "Late", need = "Time" }, "not later than"), (new { due = "2026-03-13", reason = new string('x', 1001), need = "Time" }, "longer than 1000"),
        })
        {
            (await lead.PressesAsync(card, "Push", values)).Was("refused").Says(words);
            Assert.Equal(version, (await hospital.StateAsync("C-12")).GetProperty("version").GetInt32());
        }

        (await lead.PressesAsync(card, "Push", new { due = "2026-03-13", reason = "Late", need = "Time" })).Done();
        Assert.Equal("2026-03-13", (await hospital.StateAsync("C-12")).GetProperty("due").GetString());
    }

    // I14
    [Theory, OnBothDatabases]
    public async Task Words_about_a_patient_are_turned_away_and_kept_nowhere(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        await lead.PromisesAsync(Promise);
        var card = await lead.LooksAtAsync("C-12");
        var form = await lead.SaysAsync("log");
        (await lead.SaysAsync("we'll call patient Zebulon Quackenbush, MRN 83920174, by March 31")).Says("not kept");
        (await lead.SaysAsync("progress C-12 on track: spoke with MRN 83920174")).Says("medical record number", "delete your message");
        (await lead.SaysAsync("push C-12 to March 13 because MRN 83920174 waits, need a bed")).Says("medical record number");
        (await lead.SaysAsync("nonsense about SSN 219-09-9999")).Says("social security number");
        (await lead.PressesAsync(form, "Confirm", new { what = "Call patient Zebulon Quackenbush", due = "2026-03-31", owner = "dana.reyes" })).Was("refused").Says("patient's name");
        (await lead.PressesAsync(form, "Confirm", new { what = "Call everybody", due = "2026-03-31", owner = "dana.reyes", forWhom = "MRN 83920174" })).Was("refused");
        (await lead.PressesAsync(card, "Report progress", new { status = "on-track", note = "fine", evidence = "chart of MRN 83920174" })).Was("refused");
        (await lead.PressesAsync(card, "Report progress", new { status = "MRN 83920174", note = "fine" })).Was("refused");
        (await lead.PressesAsync(card, "Push", new { due = "MRN 83920174", reason = "Late", need = "Time" })).Was("refused");
        await hospital.AskAsync(HttpMethod.Post, "/practice/api/say", """{"as":"dana.reyes","text":"help","in":"MRN 83920174"}""");
        Assert.Equal("2026-03-06", (await hospital.StateAsync("C-12")).GetProperty("due").GetString());
        foreach (var secret in new[] { "83920174", "Quackenbush", "219-09-9999" })
        {
            Assert.DoesNotContain(await hospital.StoredTextsAsync(), text => text.Contains(secret, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(hospital.Errors.Lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
            await lead.NeverSeesAsync(secret);
        }
    }

    [Theory, OnBothDatabases]
    public async Task Twenty_people_talk_at_once_and_nobody_meets_a_fault(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        string[] people =
        [
            "dana.reyes", "aisha.rahman", "ben.kowalski", "marcus.hale", "thuy.nguyen", "roberta.begay", "soledad.ibarra", "farah.siddiqui", "joel.benally", "jordan.ellis", "adaeze.nwosu", "kwame.mensah", "elena.petrova", "patricia.yazzie",
            "omar.haddad", "rosalind.greene", "mateo.vargas", "wei.zhang", "priya.raman", "naomi.feldman",
        ];
        var references = await Task.WhenAll(people.Select(TalkAsync));
        Assert.Equal(40, references.SelectMany(both => both).Distinct().Count());
        foreach (var (person, mine) in people.Zip(references))
        {
            foreach (var reference in mine)
            {
                Assert.Equal(person, (await hospital.StateAsync(reference)).GetProperty("owner").GetString());
            }
        }

        async Task<List<string>> TalkAsync(string handle)
        {
            var me = hospital.As(handle);
            var mine = new List<string>();
            for (var round = 0; round < 2; round++)
            {
                await me.SaysAsync("help");
                mine.Add(await me.PromisesAsync($"we'll offer an interpreter at every visit by April {10 + round}"));
                Assert.Equal("done", (await me.PressesAsync(await me.LooksAtAsync(mine[^1]), "Report progress", new { status = "at-risk", note = $"From {handle}" })).Outcome);
                await me.InboxAsync();
                (await me.SaysAsync("mine")).Says(mine[^1]);
            }

            return mine;
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_room_hears_that_it_was_answered_and_not_what(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (lead, nurse) = (hospital.As("dana.reyes"), hospital.As("ben.kowalski"));
        await lead.SaysAsync("mine", room: "cardiology");
        await nurse.SeesAsync("Dana Reyes, I have answered you in our own conversation");
        await nurse.NeverSeesAsync("Nothing is yours");
        await hospital.As("marcus.hale").HasSeenNothingAsync();
        Assert.Equal(404, (await hospital.AskAsync(HttpMethod.Post, "/practice/api/say", """{"as":"marcus.hale","text":"mine","in":"cardiology"}""")).Status);
    }
}
