using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EquityBot.Doubles;
using EquityBot.Scenarios.Slack;
using EquityBot.Scenarios.Teams;

namespace EquityBot.Scenarios;

/// <summary>The same person, the same words, the same buttons: on the practice page, in Teams and in Slack there is the same state afterwards, and the same facts in what is answered.</summary>
public sealed class ParityStories
{
    /// <param name="Says">Said, where <paramref name="Presses"/> is null; else said first, to have the card.</param>
    /// <param name="Facts">That every channel's last answer must contain.</param>
    sealed record Turn(string Who, string Says, string? Presses = null, string[]? Facts = null)
    {
        public (string Field, string Value)[] Typed { get; init; } = [];

        /// <summary>The day and hour that it is by then.</summary>
        public string? At { get; init; }
    }

    static readonly Turn[] Turns =
    [
        new("dana.reyes", "help", Facts: ["What you can say"]),
        new("dana.reyes", "we'll offer an interpreter at every discharge by 2026-03-06", "Confirm", ["C-12", "Offer an interpreter at every discharge", "Friday, March 6"]),
        new("dana.reyes", "mine", Facts: ["C-12", "Offer an interpreter at every discharge"]),
        new("dana.reyes", "progress on C-12: 2 of 4 units have interpreters", Facts: ["C-12", "2 of 4 units have interpreters"]),
        new("dana.reyes", "show C-12", "Report progress", ["C-12", "one shift is open"]) { Typed = [("status", "at-risk"), ("note", "one shift is open")] },
        new("dana.reyes", "show C-12", "Push", ["C-12", "Friday, March 20"]) { Typed = [("due", "2026-03-20"), ("reason", "the vendor is late"), ("need", "nothing")] },
        new("dana.reyes", "show C-12", "I'm blocked", ["C-12"]) { Typed = [("what", "the contract is not signed")] },
        new("anil.deshmukh", "show C-12", Facts: ["C-12", "Dana Reyes", "Friday, March 20"]),
        new("dana.reyes", "hand C-12 to priya.raman", Facts: ["C-12", "Priya Raman"]),
        new("priya.raman", "show C-12", "Accept", ["C-12"]),
        new("priya.raman", "done C-12", Facts: ["C-12"]),
        new("aisha.rahman", "we'll print every leaflet in Spanish by 2026-04-30", "Confirm", ["C-13", "Thursday, April 30"]),
        new("aisha.rahman", "undo C-13", Facts: ["C-13"]),
        new("dana.reyes", "log", Facts: ["The promise, field by field"]),
        new("imani.brooks", "schedules", Facts: ["S-1"]),
        new("colleen.fitzgerald", "digest", Facts: ["The equity plan on"]),
        new("dana.reyes", "Call Maria Gomez, MRN 00482913", Facts: ["record number"]),
        new("dana.reyes", "gibberish xyzzy", Facts: ["I did not understand that"]),
        new("dana.reyes", "show C-99", Facts: ["I know no C-99"]),
        new("dana.reyes", "show C-1", Facts: ["C-1"]),
        new("ben.kowalski", "we'll train every nurse on interpreter phones by 2026-03-06", "Confirm", ["C-14", "Friday, March 6"]),
        new("anil.deshmukh", "show C-14", "Offer help", ["Ben Kowalski hears that you offer help"]) { At = "2026-03-17T17:00" },
        new("ruth.okafor", "show C-14", "Decide", ["C-14", "two interpreters from the reserve"]) { At = "2026-04-06T18:00", Typed = [("decision", "resources"), ("rationale", "two interpreters from the reserve")] },
        new("ben.kowalski", "show C-14", Facts: ["C-14"]),
    ];

    [Fact]
    public async Task Word_for_word_and_button_for_button()
    {
        var told = new Dictionary<string, IReadOnlyList<string>>
        {
            ["browser"] = await TellAsync(await OnThePage.OpenAsync()), ["teams"] = await TellAsync(await OnTeams.OpenAsync()), ["slack"] = await TellAsync(await OnSlack.OpenAsync()),
        };
        foreach (var (turn, number) in Turns.Select((turn, number) => (turn, number)))
        {
            foreach (var (channel, lines) in told)
            {
                Assert.All(turn.Facts ?? [], fact => Assert.True(lines[number].Contains(fact, StringComparison.OrdinalIgnoreCase), $"{channel} does not say “{fact}” after {turn.Who}: {turn.Says} {turn.Presses}, but:\n{lines[number]}"));
            }

            Assert.True(told.Values.Select(lines => Buttons(lines[number])).Distinct().Count() == 1, $"After {turn.Who}: {turn.Says} they offer different things: {string.Join(" / ", told.Select(one => $"{one.Key} {Buttons(one.Value[number])}"))}");
            Assert.True(told.Values.Select(lines => References(lines[number])).Distinct().Count() == 1, $"After {turn.Who}: {turn.Says} {turn.Presses} they name different things: {string.Join(" / ", told.Select(one => $"{one.Key} {References(one.Value[number])}"))}");
        }

        var states = told.ToDictionary(one => one.Key, one => one.Value[^1]);
        Assert.True(states.Values.Distinct().Count() == 1, string.Join("\n\n", states.Select(one => $"{one.Key}: {one.Value}")));
    }

    const string Offers = "\n>>> ";

    /// <summary>What could be pressed on what was answered.</summary>
    static string Buttons(string line) => line[line.LastIndexOf(Offers, StringComparison.Ordinal)..];

    static string References(string text) => string.Join(' ', Regex.Matches(text, @"\b[CGPES]-\d+\b").Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    /// <summary>A line for each turn, and the state of everything at the end.</summary>
    static async Task<IReadOnlyList<string>> TellAsync(IChat chat)
    {
        await using (chat)
        {
            var lines = new List<string>();
            foreach (var turn in Turns)
            {
                if (turn.At is { } at)
                {
                    await chat.Hospital.MoveAsync(at);
                }

                lines.Add(await chat.SaysAsync(turn.Who, turn.Says));
                var titles = string.Join(", ", chat.Titles.Distinct().Order(StringComparer.Ordinal));
                if (turn.Presses is { } title)
                {
                    Assert.True(chat.Titles.Contains(title), $"{turn.Who} finds no {title} but {titles} on:\n{lines[^1]}");
                    lines[^1] = await chat.PressesAsync(turn.Who, title, new JsonObject(turn.Typed.Select(one => KeyValuePair.Create<string, JsonNode?>(one.Field, one.Value))));
                }

                lines[^1] += Offers + titles;
            }

            await chat.Hospital.MoveAsync("2026-04-10T17:00");
            var states = new List<string>();
            foreach (var reference in new[] { "C-1", "C-12", "C-13", "C-14" })
            {
                var state = await chat.Hospital.StateAsync(reference);
                states.Add($"{reference} {state.GetProperty("status")} {state.GetProperty("owner")} {state.GetProperty("due")} {state.GetProperty("version")} {(state.TryGetProperty("case", out var open) ? open.ToString() : "")}");
            }

            return [.. lines, string.Join('\n', states)];
        }
    }

    /// <summary>A conversation of each person with the bot, whatever it runs on.</summary>
    interface IChat : IAsyncDisposable
    {
        Hospital Hospital { get; }

        /// <summary>Of the buttons on what was answered last.</summary>
        IEnumerable<string> Titles { get; }

        /// <returns>What is answered, as text.</returns>
        Task<string> SaysAsync(string who, string text);

        /// <summary>Presses the button of that title on what was answered last.</summary>
        Task<string> PressesAsync(string who, string title, JsonObject typed);
    }

    sealed class OnThePage(Hospital hospital) : IChat
    {
        Seen? last;

        public Hospital Hospital => hospital;

        public IEnumerable<string> Titles => last!.Titles;

        public static async Task<IChat> OpenAsync() => new OnThePage(await Hospital.OpenAsync(Engine.Sqlite));

        public async Task<string> SaysAsync(string who, string text) => (last = await hospital.As(who).SaysAsync(text)).Text;

        public async Task<string> PressesAsync(string who, string title, JsonObject typed) => (await hospital.As(who).PressesAsync(last!, title, typed)).Done().Text;

        public ValueTask DisposeAsync() => hospital.DisposeAsync();
    }

    sealed class OnTeams(InTeams world) : IChat
    {
        TeamsCard? last;

        public Hospital Hospital => world.Hospital;

        public IEnumerable<string> Titles => last!.Titles;

        public static async Task<IChat> OpenAsync()
        {
            var world = await InTeams.OpenAsync(Engine.Sqlite);
            await world.InstallForEverybodyAsync();
            return new OnTeams(world);
        }

        public async Task<string> SaysAsync(string who, string text) => (last = await world.As(who).SaysAsync(text)).Text;

        public async Task<string> PressesAsync(string who, string title, JsonObject typed)
        {
            var (before, verb) = (world.As(who).Sees.Count, last!.Verb(title));
            var answer = JsonNode.Parse((await world.SendAsync(world.As(who).Press(last, verb, typed))).Body)!;
            Assert.Equal(200, (int)answer["statusCode"]!);
            return world.As(who).Sees.Count > before ? world.As(who).Sees[^1].Text : world.As(who).Sees.Single(card => card.Id == last.Id).Text;
        }

        public ValueTask DisposeAsync() => world.DisposeAsync();
    }

    sealed class OnSlack(InSlack world) : IChat
    {
        SlackSeen? last;

        public Hospital Hospital => world.Hospital;

        public IEnumerable<string> Titles => last!.Titles;

        public static async Task<IChat> OpenAsync()
        {
            var world = await InSlack.OpenAsync(Engine.Sqlite);
            await world.LinkEverybodyAsync();
            return new OnSlack(world);
        }

        public async Task<string> SaysAsync(string who, string text) => (last = await world.As(who).SaysAsync(text)).Text;

        public async Task<string> PressesAsync(string who, string title, JsonObject typed)
        {
            var (person, before) = (world.As(who), world.As(who).Sees.Count);
            var window = world.Slack.LastView;
            await person.PressesAsync(last!, title);
            if (world.Slack.LastView != window)
            {
                Assert.Equal("", (await person.SubmitsAsync(world.Slack.LastView!, typed)).Body);
            }

            return person.Sees.Count > before ? person.Sees[^1].Text : person.Sees.Single(seen => seen.Post!.Ts == last!.Post!.Ts).Text;
        }

        public ValueTask DisposeAsync() => world.DisposeAsync();
    }
}
