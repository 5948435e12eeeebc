using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Goals;
using EquityBot.Partnerships;
using EquityBot.People;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace EquityBot.Tests.Chat;

/// <summary>The product speaks a language in which every text of the phrase files stands in ⟦brackets⟧; a letter outside them is a sentence that no file says.</summary>
public partial class PseudoLanguageTests
{
    const string Statement = "Offer an interpreter at every discharge";

    /// <summary>Words that people typed in these conversations.</summary>
    static readonly string[] Typed =
        [Statement, "Zwei von drei eingestellt", "siehe Dienstplan", "Nachts fehlt jemand", "der Vertrag kommt", "eine Unterschrift", "Montags hilft Aisha", "Kardiologie", "Das Geld ist da", "Befragung im Mai", "Ein Pfad", "nobody.here", "mortality", "minutes", "May 1", "Nowhere", "told them"];

    static Phrases Pseudo()
    {
        var english = Phrases.Load("en");
        return new("en", english.Keys.ToDictionary(key => key, key => Bracket(key, Raw(english, key))));
    }

    static string Raw(Phrases english, string key) =>
        english[key, [.. Places.Select(place => (place, (object?)$"{{{place}}}"))]];

    /// <summary>Every place that any phrase has.</summary>
    static readonly string[] Places =
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "src", "EquityBot.Core"), "*.en.json", SearchOption.AllDirectories)
            .SelectMany(file => Place().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Distinct(),
    ];

    /// <summary>Brackets around what the file says and none around what goes into its places; dates and lists keep their form.</summary>
    static string Bracket(string key, string text) => key switch
    {
        _ when key.StartsWith("date.", StringComparison.Ordinal) && !text.Contains('{', StringComparison.Ordinal) => $"'⟦'{text}'⟧'",
        "draft.groups" => string.Join('|', text.Split('|').Select(one => $"⟦{one}⟧")),
        _ => Place().Replace(text, "⟧{$1}⟦") is var opened ? $"⟦{opened}⟧" : "",
    };

    static Task<Riverbend> OpenAsync() => Riverbend.OpenAsync(more: services => services.AddSingleton(new Languages(new Dictionary<string, Phrases> { ["en"] = Pseudo() })));

    static async Task AssertEverythingComesFromPhraseFilesAsync(Riverbend hospital)
    {
        await using var db = hospital.Read();
        var roster = await Roster.LoadAsync(db, CancellationToken.None);
        string[] data =
        [
            .. Typed,
            .. roster.People.SelectMany(person => new[] { person.Name, person.Handle }),
            .. roster.Departments.Select(department => department.Name),
            .. roster.Sites.Select(site => site.Zone[(site.Zone.LastIndexOf('/') + 1)..].Replace('_', ' ')),
            .. (await db.Set<SmartGoal>().ToListAsync()).SelectMany(one => new[] { one.Statement, one.What, one.Who, one.Where, one.Measure, one.Reference }).OfType<string>(),
            .. (await db.Set<Milestone>().ToListAsync()).Select(one => one.Title),
            .. (await db.Set<Partner>().ToListAsync()).SelectMany(one => new[] { one.Name, one.Kind, one.Focus, one.Contact }).Where(text => text.Length > 0),
            .. (await db.Set<Commitment>().ToListAsync()).SelectMany(one => new[] { one.Statement, one.ForWhom ?? "" }).Where(text => text.Length > 0),
        ];
        var messages = await db.Set<Message>().ToListAsync();
        Assert.True(messages.Count > 5);
        Assert.Empty(messages.SelectMany(message => Texts(Card.FromJson(message.Card)).Append(message.Preview).SelectMany(text => Foreign(text, data)).Select(left => $"{message.Kind}: {left}")).Distinct().ToList());
    }

    static IEnumerable<string> Texts(Card card) =>
        card.Buttons.SelectMany(button => button.Inputs).SelectMany(input => input.Choices.Select(choice => choice.Title).Append(input.Label)).Prepend(PlainText.Of(card));

    /// <summary>Lines with letters left once brackets, what people typed, names and references are taken out.</summary>
    static IEnumerable<string> Foreign(string text, string[] data)
    {
        var left = Bracketed().Replace(text, " ");
        foreach (var known in data.OrderByDescending(known => known.Length))
        {
            left = left.Replace(known, "", StringComparison.OrdinalIgnoreCase);
        }

        return Reference().Replace(left, "").Split('\n').Where(line => line.Any(char.IsLetter));
    }

    [Fact]
    public async Task Every_text_in_a_conversation_about_a_promise_comes_from_a_phrase_file()
    {
        await using var hospital = await OpenAsync();
        var draft = await hospital.SaysAsync("dana.reyes", "we'll offer an interpreter at every discharge by March 31");
        await hospital.PressesAsync("dana.reyes", draft.Last, "Edit");
        var answered = await hospital.PressesAsync("dana.reyes", draft.Last, "Black patients");
        var receipt = await hospital.PressesAsync("dana.reyes", answered.Last, "Confirm");
        Assert.Equal(PressOutcome.Done, receipt.Outcome);
        var reference = receipt.Last.Ref!;
        foreach (var said in (string[])["help", "mine", "due", "overdue", "log", $"show {reference}", "show", "C-999", "push", $"push {reference}", $"push {reference} to March 3", $"push {reference} to April 15"])
        {
            await hospital.SaysAsync("dana.reyes", said);
        }

        var outdated = await hospital.SaysAsync("dana.reyes", $"show {reference}");
        await hospital.SaysAsync("dana.reyes", $"progress {reference} at risk: Zwei von drei eingestellt");
        Assert.Equal(PressOutcome.Superseded, (await hospital.PressesAsync("dana.reyes", outdated.Last, "Push", ("reason", "der Vertrag kommt"), ("need", "eine Unterschrift"))).Outcome);
        await hospital.SaysAsync("dana.reyes", $"push {reference} to April 15 because der Vertrag kommt, need eine Unterschrift");
        await hospital.SaysAsync("dana.reyes", $"push {reference} to April 16 because der Vertrag kommt");
        await hospital.SaysAsync("dana.reyes", $"push {reference} to April 17 because der Vertrag kommt");
        await hospital.SaysAsync("anil.deshmukh", $"offer help with {reference}: Montags hilft Aisha");
        await hospital.SaysAsync("dana.reyes", $"done {reference}, see siehe Dienstplan");
        await hospital.PassToAsync(hospital.Clock.Now);
        await hospital.SaysAsync("anil.deshmukh", $"not yet {reference} because Nachts fehlt jemand");
        await hospital.SaysAsync("dana.reyes", $"done {reference}");
        await hospital.SaysAsync("anil.deshmukh", $"confirm {reference}");
        await hospital.SaysAsync("anil.deshmukh", $"confirm {reference}");
        await hospital.PassToAsync(hospital.Clock.Now);
        Assert.Contains("⟦Confirm⟧", PlainText.Of(draft.Card), StringComparison.Ordinal);
        await AssertEverythingComesFromPhraseFilesAsync(hospital);
    }

    [Fact]
    public async Task Every_text_about_partners_comes_from_a_phrase_file()
    {
        await using var hospital = await OpenAsync();
        foreach (var said in (string[])
        [
            "met with Desert Families tomorrow", "met with Desert Families, resident Maria Gomez spoke", "met with Nowhere", "met with Desert Families last week", "met with the network, 200000 people", "follow up with Desert Families", "follow up with Nowhere by Friday: Montags hilft Aisha",
            "follow up with Desert Families by next Friday: Montags hilft Aisha", "follow up with Desert Families by March 1, 2026: Montags hilft Aisha", "agreement with Desert Families until gestern", "agreement with Desert Families until 2099-01-01", "agreement with Nowhere until 2027-01-01",
            "rate Desert Families", "rate Nowhere", "link for Desert Families", "our partners", "my follow-ups", "show Nowhere", "correct P-9", "new partner x",
            "pause Desert Families", "pause Desert Families because der Vertrag kommt", "pause N-1", "undo N-1", "undo N-1", "end N-1: der Vertrag kommt", "N-1 is active again", "N-1 is active again", "our work with Nowhere is over", "pause Cardiology", "new prospect Ein Pfad",
            "met with Ein Pfad, told them Montags hilft Aisha", "rating factor for Desert Families: minutes", "rating factor for Desert Families: minutes", "drop rating factor for Desert Families: May 1", "drop rating factor for Ein Pfad: minutes", "show more N-1", "more N-1", "undo P-9",
        ])
        {
            await hospital.SaysAsync("dana.reyes", said);
        }

        var draft = await hospital.SaysAsync("dana.reyes", "met with Desert Families yesterday, 12 people, told them Montags hilft Aisha");
        var receipt = await hospital.PressesAsync("dana.reyes", draft.Last, "Confirm");
        Assert.Equal(PressOutcome.Done, receipt.Outcome);
        await hospital.PressesAsync("dana.reyes", receipt.Last, "Us");
        await hospital.PressesAsync("dana.reyes", (await hospital.SaysAsync("dana.reyes", "correct P-1")).Last, "Correct", ("people", "13"), ("reason", "der Vertrag kommt"));
        await hospital.SaysAsync("dana.reyes", "undo P-1");
        var prospect = await hospital.SaysAsync("dana.reyes", "met with Ein Pfad yesterday, told them Montags hilft Aisha");
        await hospital.PressesAsync("dana.reyes", prospect.Last, "Confirm");
        await hospital.SaysAsync("dana.reyes", "undo P-2");
        await hospital.SaysAsync("imani.brooks", "pause N-2 because der Vertrag kommt");
        var resting = await hospital.SaysAsync("dana.reyes", "met with the county health department yesterday, told them Montags hilft Aisha");
        await hospital.PressesAsync("dana.reyes", resting.Last, "Confirm");
        await hospital.SaysAsync("dana.reyes", "undo P-2");
        foreach (var handle in (string[])["dana.reyes", "mateo.vargas", "imani.brooks"])
        {
            await hospital.PressesAsync(handle, (await hospital.SaysAsync(handle, "rate Desert Families")).Last, "Rate", ("trust", "3"), ("collaboration", "3"), ("learning", "3"), ("factor-1", "4"), ("comment", "der Vertrag kommt"));
        }

        await hospital.SaysAsync("imani.brooks", "show Desert Families");
        await hospital.SaysAsync("dana.reyes", "follow up with Desert Families by March 10: Montags hilft Aisha");
        await hospital.SaysAsync("dana.reyes", "my follow-ups");
        await hospital.SaysAsync("dana.reyes", "show Desert Families");
        await hospital.PassToAsync(hospital.Clock.Now + Duration.FromDays(17));
        await hospital.PassToAsync(hospital.Clock.Now + Duration.FromDays(150));
        await hospital.SaysAsync("imani.brooks", "show Saguaro Bend");
        await AssertEverythingComesFromPhraseFilesAsync(hospital);
    }

    [Fact]
    public async Task Every_text_in_a_conversation_about_a_goal_comes_from_a_phrase_file()
    {
        await using var hospital = await OpenAsync();
        var card = await hospital.SaysAsync("dana.reyes", "goal: cut the no-show rate of Haitian families from 22 % to 15 % by end of Q3");
        await hospital.PressesAsync("dana.reyes", card.Last, "Edit");
        foreach (var answer in (string[])["Staff time", "doubtful", "4.1", "Every month", "Confirm"])
        {
            card = await hospital.PressesAsync("dana.reyes", card.Last, answer);
            Assert.Equal(PressOutcome.Done, card.Outcome);
        }

        await hospital.PassToAsync(hospital.Clock.Now + Duration.FromDays(29));
        foreach (var said in (string[])
        [
            "goal", "gap goal", "goal: Ein Pfad", "goal for C-999", "G-1 milestone: Ein Pfad by March 31", "G-1 milestone: Ein Pfad", "milestone 1 of G-1 done, see siehe Dienstplan", "drop milestone 1 of G-1", "G-1 is at 22 %: Zwei von drei eingestellt",
            "G-1 on track because der Vertrag kommt", "G-1 on track", "G-1 on track because der Vertrag kommt", "G-1 at risk", "G-1 confidence 1", "G-1 is at 20 minutes", "G-1 is at 20 % as of May 1", "no-show rate is at 14 %", "mortality is at 3 %", "my goals",
            "close G-1", "retire G-1", "undo G-1", "show G-1", "G-1 milestone: Ein Pfad by April 9", "move milestone 2 of G-1", "move milestone 2 of G-1 to April 10", "milestone 2 of G-1 is blocked", "move milestone 9 of G-1",
            "milestone 2 of G-1 is blocked by der Vertrag kommt", "show G-1", "retire G-1 because der Vertrag kommt", "undo G-1",
        ])
        {
            await hospital.SaysAsync("dana.reyes", said);
        }

        var gap = await hospital.SaysAsync("ben.kowalski", "gap goal: close the no-show gap between Haitian families and other families from 22 % vs 12 % to 4 points by end of September");
        await hospital.PressesAsync("ben.kowalski", gap.Last, "Edit");
        await hospital.PressesAsync("ben.kowalski", gap.Last, "Confirm");
        foreach (var said in (string[])["G-3 is at 18 %", "G-3 is at 22 % vs 19 %", "G-3 is at 15 % vs 12 %", "my goals"])
        {
            await hospital.SaysAsync("dana.reyes", said);
        }

        await hospital.SaysAsync("dana.reyes", "close G-3");
        await hospital.SaysAsync("dana.reyes", "G-3 confidence 3");
        for (var day = 0; day < 25; day++)
        {
            await hospital.PassToAsync(hospital.Clock.Now + Duration.FromDays(1));
        }

        Assert.Contains(await hospital.InboxAsync("dana.reyes"), message => message.Card.Contains("last number just gets older", StringComparison.Ordinal));
        Assert.Contains(await hospital.InboxAsync("anil.deshmukh"), message => message.Card.Contains("no word has come", StringComparison.Ordinal));
        Assert.Contains(await hospital.InboxAsync("ben.kowalski"), message => message.Card.Contains("G-3", StringComparison.Ordinal));
        await AssertEverythingComesFromPhraseFilesAsync(hospital);
    }

    [Fact]
    public async Task Every_refusal_comes_from_a_phrase_file()
    {
        await using var hospital = await OpenAsync();
        foreach (var said in (string[])
        [
            "we'll call MRN 12345678 back", "call 617-555-0134", "we'll see dana@example.com", "make me a sandwich", new string('x', 4001), "we'll offer rides by March 1, 2025", "log: by March 31",
            "log for nobody.here: Ein Pfad", "log for dana.reyes: Ein Pfad by March 31", "progress C-2 on track: Ein Pfad", "confirm C-1", "accept C-1", "decline C-1", "done C-2", "push C-2", "ack C-2", "ack C-1", "decide C-1", "decide E-1",
            "offer help with C-1",
        ])
        {
            await hospital.SaysAsync("ben.kowalski", said);
        }

        await hospital.SaysAsync("hannah.adler", "we'll offer rides by March 31");
        await hospital.SaysAsync("ben.kowalski", "help", room: "cardiology");
        var blank = await hospital.SaysAsync("ben.kowalski", "log");
        await hospital.PressesAsync("ben.kowalski", blank.Last, "Confirm", ("what", Statement));
        await hospital.PressesAsync("ben.kowalski", blank.Last, "Confirm", ("what", Statement), ("due", "Ein Pfad"), ("owner", "ben.kowalski"));
        await AssertEverythingComesFromPhraseFilesAsync(hospital);
    }

    [Fact]
    public async Task Every_escalation_up_to_the_boards_decision_comes_from_a_phrase_file()
    {
        await using var hospital = await OpenAsync();
        var draft = await hospital.SaysAsync("imani.brooks", "log for ben.kowalski: offer an interpreter at every discharge by March 10");
        var reference = (await hospital.PressesAsync("imani.brooks", draft.Last, "Confirm")).Last.Ref!;
        await hospital.PassToAsync(hospital.Clock.Now);
        await hospital.SaysAsync("ben.kowalski", $"accept {reference}");
        for (var day = 0; day < 50; day++)
        {
            await hospital.PassToAsync(hospital.Clock.Now + Duration.FromDays(1));
        }

        var board = (await hospital.InboxAsync("ruth.okafor"))[^1];
        var decided = await hospital.PressesAsync("ruth.okafor", board, "Decide", ("decision", "resources"), ("rationale", "Das Geld ist da"), ("due", "2026-06-30"));
        Assert.Equal(PressOutcome.Done, decided.Outcome);
        await hospital.PassToAsync(hospital.Clock.Now);
        await hospital.SaysAsync("imani.brooks", "E-1");
        await hospital.SaysAsync("imani.brooks", "digest");
        await hospital.SaysAsync("dana.reyes", "digest");
        await hospital.SaysAsync("imani.brooks", $"show {reference}");
        await AssertEverythingComesFromPhraseFilesAsync(hospital);
    }

    [Fact]
    public async Task Somebody_unknown_is_answered_from_a_phrase_file()
    {
        await using var hospital = await OpenAsync();
        var stranger = Assert.IsType<Handled.Stranger>((await hospital.SaysAsync("nobody.here", "hello")).Handled);
        Assert.Empty(Foreign(PlainText.Of(stranger.Card), []));
    }

    [GeneratedRegex(@"\{([a-z][a-zA-Z]*)\}")]
    private static partial Regex Place();

    [GeneratedRegex("⟦[^⟧]*⟧")]
    private static partial Regex Bracketed();

    /// <summary>References, quarters, and heads of the audit chain.</summary>
    [GeneratedRegex(@"\b[CEFGNP]-\d+\b|\b\d{4}-Q\d\b|\b[0-9a-f]{64}\b")]
    private static partial Regex Reference();
}
