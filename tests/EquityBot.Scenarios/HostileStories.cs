using System.Text.Json;
using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>People who may not, people who press twice, and words that are more than words.</summary>
public sealed partial class HostileStories
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
}
