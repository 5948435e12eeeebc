using System.Text.Json;
using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>People who may not, people who press twice, and words that are more than words.</summary>
public sealed class HostileStories
{
    const string Promise = "we'll offer an interpreter at every discharge by 2026-03-06";

    [Theory, OnBothDatabases]
    public async Task Whoever_may_not_is_told_so_in_words_and_nothing_changes(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        await hospital.As("dana.reyes").PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-09T17:00");
        var before = await AllAsync();
        foreach (var (who, says, words) in new[]
        {
            ("hannah.adler", "we'll audit everything by March 31", "Promises are logged by departments"),
            ("ruth.okafor", "log", "Promises are logged by departments"),
            ("samuel.lindqvist", "we'll audit everything by March 31", "Promises are logged by departments"),
            ("ben.kowalski", "log for dana.reyes: offer rides by March 31", "You can log your own promises"),
            ("ben.kowalski", "log for nobody.here: offer rides by March 31", "I know no"),
            ("marcus.hale", "progress C-12 on track: all well", "reported by its owner or the department lead"),
            ("ben.kowalski", "done C-12", "Only its owner can say that C-12 is done"),
            ("anil.deshmukh", "done C-12", "Only its owner can say that C-12 is done"),
            ("dana.reyes", "confirm C-12", "somebody other than its owner"),
            ("marcus.hale", "confirm C-12", "somebody other than its owner"),
            ("anil.deshmukh", "push C-12 to April 15 because the contract is late, need a signature", "Only its owner can move the date"),
            ("imani.brooks", "acknowledge C-12 by April 15 because the contract is late, need a signature", "Only its owner can acknowledge"),
            ("marcus.hale", "accept C-12", "Only its owner can accept or decline"),
            ("dana.reyes", "decide E-1: consequence because it is late", "belongs to the board-level accountability owner"),
            ("ben.kowalski", "offer help with C-12: me", "Help is offered by the department lead"),
            ("dana.reyes", "offer help with C-12: me", "Help is offered by the department lead"),
        })
        {
            var answer = await hospital.As(who).SaysAsync(says);
            Assert.True(answer.Text.Contains(words, StringComparison.Ordinal), $"{who} said “{says}” and read: {answer.Text}");
            Assert.Equal((who, says, before), (who, says, await AllAsync()));
        }

        async Task<string> AllAsync() => $"{(await hospital.StateAsync("C-12")).GetRawText()} {(await hospital.AskAsync(HttpMethod.Get, "/practice/api/state/C-13")).Status} {(await hospital.LedgerAsync()).Count}";
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_reaches_anothers_message_whatever_ids_they_have(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (lead, other) = (hospital.As("dana.reyes"), hospital.As("marcus.hale"));
        var draft = await lead.SaysAsync(Promise);
        var theirs = await other.SaysAsync("log");
        var (confirm, form) = (Id(draft, "Confirm"), Id(theirs, "Confirm"));
        foreach (var (who, message, action) in new[]
        {
            ("marcus.hale", draft.Id, confirm), ("marcus.hale", theirs.Id, confirm), ("marcus.hale", draft.Id, form), ("dana.reyes", theirs.Id, form), ("dana.reyes", draft.Id, draft.Id), ("dana.reyes", confirm, draft.Id),
            ("dana.reyes", Guid.Empty.ToString(), Guid.Empty.ToString()), ("dana.reyes", "' OR 1=1 --", "'; DROP TABLE Commitments; --"), ("dana.reyes", draft.Id, "../../state/C-12"), ("dana.reyes", "", ""),
        })
        {
            var answer = await hospital.As(who).TriesAsync(message, action);
            Assert.Equal((who, message, 404), (who, message, answer.Status));
        }

        Assert.Equal("draft", (await hospital.StateAsync("C-12")).GetProperty("status").GetString());
        await other.NeverSeesAsync("interpreter");
        (await lead.PressesAsync(draft, "Confirm")).Done();
    }

    static string Id(Seen message, string title) => message.Action(title).GetProperty("id").GetString()!;

    // I4, I5, I13, I16
    [Theory, OnBothDatabases]
    public async Task Text_is_text_whatever_it_looks_like(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        var number = 12;
        foreach (var text in new[]
        {
            "👩‍👩‍👧‍👦 families hear “yes” 🇺🇳 🏳️‍🌈 in 𝔘𝔫𝔦𝔠𝔬𝔡𝔢".Replace('“', '"').Replace('”', '"'),
            "שלום עולם and مرحبا بالعالم", "Flip \u202Edettilps\u202C back", "Nǐ hǎo 你好 q̣̇ñ Z̷̨a", "<script>alert('x')</script> & <b>bold</b> &amp; \"quoted\"",
            "**bold** _under_ `code` # title - list", "${card.title} {{mustache}} {0} {reference} %s \\n \\u0041", "'; DROP TABLE \"Commitments\"; -- %_*", "=HYPERLINK(\"x\")", "a\u2028b",
        })
        {
            var expected = text.Replace('\u2028', ' ');
            var receipt = (await lead.PressesAsync(await lead.SaysAsync("log"), "Confirm", new { what = text, due = "2026-03-31", owner = "dana.reyes", forWhom = text })).Done();
            var reference = $"C-{number++}";
            receipt.Says($"{reference} is on the plan", char.ToUpperInvariant(expected[0]) + expected[1..], $"For whom: {expected}");
            (await lead.LooksAtAsync(reference)).Says(char.ToUpperInvariant(expected[0]) + expected[1..], $"For whom: {expected}");
            Assert.Contains(await hospital.StoredTextsAsync(), stored => stored == expected);
        }

        (await lead.SaysAsync($"progress C-12 on track: {"x"}")).Says("Noted");
        var noisy = await lead.SaysAsync("we'll offer\0 an\u0007 interpreter\r\n\u001b[31m at every discharge by March 31");
        noisy.Says("Offer an interpreter [31m at every discharge");
        Assert.Equal("done", (await lead.PressesAsync(noisy, "Confirm")).Outcome);
        Assert.DoesNotContain(hospital.Errors.Lines, line => line.Contains("DROP TABLE", StringComparison.Ordinal) || line.Contains('\u001b'));
    }

    [Theory, OnBothDatabases]
    public async Task Nul_and_half_characters_anywhere_are_never_a_fault_of_ours(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var form = await hospital.As("dana.reyes").SaysAsync("log");
        string[] odd = ["\\u0000", "\\ud800", "\\udfff\\ud800", "\\uffff", "\\u0007", "\\ufeff"];
        foreach (var letter in odd)
        {
            foreach (var (path, body) in new[]
            {
                ("say", $$$"""{"as":"dana.reyes","text":"we'll offer {{{letter}}} an interpreter by March 31"}"""),
                ("say", $$$"""{"as":"dana.reyes{{{letter}}}","text":"help"}"""),
                ("press", $$$"""{"as":"dana.reyes","messageId":"{{{form.Id}}}","action":"{{{Id(form, "Confirm")}}}","values":{"what":"{{{letter}}}","due":"2026-03-31","owner":"dana.reyes"}}"""),
                ("press", $$$"""{"as":"dana.reyes","messageId":"{{{form.Id}}}","action":"{{{Id(form, "Confirm")}}}","values":{"what":"x","due":"{{{letter}}}","owner":"dana.reyes{{{letter}}}{{{letter}}}"}}"""),
                ("press", $$$"""{"as":"dana.reyes","messageId":"{{{form.Id}}}{{{letter}}}","action":"{{{Id(form, "Confirm")}}}"}"""),
                ("clock", $$"""{"to":"2026-03-02T09:00{{letter}}"}"""),
                ("faults", $$"""{"to":"dana.reyes","outcome":"{{letter}}"}"""),
                ("people/dana.reyes", $$"""{"delegate":"ben.kowalski{{letter}}"}"""),
            })
            {
                var answer = await hospital.AskAsync(HttpMethod.Post, $"/practice/api/{path}", body);
                Assert.True(answer.Status is 200 or 400 or 404, $"{path} {body} answered {answer.Status}: {answer.Body}");
            }
        }

        foreach (var letter in odd)
        {
            var answer = await hospital.AskAsync(HttpMethod.Post, "/practice/api/say", $$$"""{"as":"dana.reyes","text":"help","in":"cardiology{{{letter}}}"}""");
            Assert.True(answer.Status is 400 or 404, $"in cardiology{letter} answered {answer.Status}: {answer.Body}");
        }

        foreach (var path in new[] { "state/C-12%00", "state/%EF%BF%BF", "inbox?as=dana.reyes%00", "inbox?as=%ED%A0%80", "inbox?as=dana.reyes&after=%00", "inbox?as=dana.reyes&after=-1", "inbox?as=dana.reyes&after=9223372036854775807" })
        {
            var answer = await hospital.AskAsync(HttpMethod.Get, $"/practice/api/{path}");
            Assert.True(answer.Status is 200 or 400 or 404, $"{path} answered {answer.Status}: {answer.Body}");
        }
    }

    // I4: what a card says is drawn by renderers that know Markdown.
    [Theory, OnBothDatabases]
    public async Task A_card_never_turns_typed_words_into_a_link_or_a_picture(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        var values = new { what = "Read [the plan](http://evil.test) today", due = "2026-03-31", owner = "dana.reyes", forWhom = "![x](http://evil.test/pixel)" };
        var receipt = (await lead.PressesAsync(await lead.SaysAsync("log"), "Confirm", values)).Done();
        receipt.Says("Read [the plan](http://evil.test) today");
        foreach (var card in new[] { receipt, await lead.LooksAtAsync("C-12"), await lead.SaysAsync("mine") })
        {
            Assert.DoesNotContain(MarkdownOf(card.Json.GetProperty("card")), text => text.Contains("](http", StringComparison.Ordinal));
        }

        static IEnumerable<string> MarkdownOf(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray().SelectMany(MarkdownOf),
            JsonValueKind.Object when element.TryGetProperty("type", out var type) && type.GetString() == "TextBlock" => [element.GetProperty("text").GetString()!],
            JsonValueKind.Object when element.TryGetProperty("type", out var type) && type.GetString() == "FactSet" => element.GetProperty("facts").EnumerateArray().Select(fact => fact.GetProperty("value").GetString()!),
            JsonValueKind.Object => element.EnumerateObject().SelectMany(property => MarkdownOf(property.Value)),
            _ => [],
        };
    }

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
