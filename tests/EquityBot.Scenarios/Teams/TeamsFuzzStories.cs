using System.Globalization;
using System.Text.Json.Nodes;
using EquityBot.Doubles;

namespace EquityBot.Scenarios.Teams;

/// <summary>Activities as Teams sends them, bent at random from a seed: whatever comes, it is answered, and nothing breaks. <c>EQUITYBOT_SOAK=1</c> sends 100,000, <c>EQUITYBOT_SEED</c> others.</summary>
public sealed class TeamsFuzzStories
{
    static readonly int Count = Environment.GetEnvironmentVariable("EQUITYBOT_SOAK") == "1" ? 100_000 : 600;
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    [Fact] // S20
    public async Task Bent_activities_break_nothing()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("EQUITYBOT_SEED"), CultureInfo.InvariantCulture, out var given) ? given : 1;
        var random = new Random(seed);
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        var draft = await world.As("dana.reyes").SaysAsync("we'll offer an interpreter at every discharge by 2026-03-06");
        var bases = Bases(world, draft);
        var (token, madeAt, early, statuses) = (world.Teams.Token(DateTimeOffset.UtcNow), DateTimeOffset.UtcNow, 0L, new SortedDictionary<int, int>());
        for (var number = 0; number < Count; number++)
        {
            if (DateTimeOffset.UtcNow - madeAt > TimeSpan.FromMinutes(30))
            {
                (token, madeAt) = (world.Teams.Token(DateTimeOffset.UtcNow), DateTimeOffset.UtcNow);
            }

            var body = Bent(bases[random.Next(bases.Count)], random);
            var answer = await world.PostAsync(body, token).WaitAsync(Longest);
            Assert.True(answer.Status is < 500 or 501 or 503, $"EQUITYBOT_SEED={seed}, number {number}: {answer.Status} for\n{body}");
            statuses[answer.Status] = statuses.GetValueOrDefault(answer.Status) + 1;
            if (number == Count / 10)
            {
                early = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        Console.WriteLine($"{Count} bent activities, EQUITYBOT_SEED={seed}: {string.Join(", ", statuses.Select(one => $"{one.Value} times {one.Key}"))}");
        Assert.True(statuses.GetValueOrDefault(200) > Count / 20, "Most of them never came past the door.");
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, early + (64 << 20));
        Assert.Equal(200, (await world.SendAsync(world.Installed("dana.reyes"))).Status);
    }

    static List<string> Bases(InTeams world, TeamsCard draft)
    {
        var lead = world.As("dana.reyes");
        var said = world.Teams.Activity("message", "dana.reyes");
        said["text"] = "<at>EquityBot</at> mine";
        said["entities"] = new JsonArray(new JsonObject { ["type"] = "mention", ["text"] = "<at>EquityBot</at>", ["mentioned"] = new JsonObject { ["id"] = $"28:{world.Teams.AppId}", ["name"] = "EquityBot" } });
        var added = world.Teams.Activity("conversationUpdate", "dana.reyes");
        added["membersAdded"] = new JsonArray(new JsonObject { ["id"] = $"28:{world.Teams.AppId}" });
        var submitted = world.Teams.Activity("message", "dana.reyes");
        submitted["value"] = new JsonObject { ["equitybot"] = draft.Verb("Confirm"), ["due"] = "2026-03-06" };
        return [.. new[] { said, added, submitted, world.Installed("dana.reyes"), lead.Press(draft, draft.Verb("Confirm"), new JsonObject { ["what"] = "something", ["due"] = "2026-04-01" }) }.Select(one => one.ToJsonString())];
    }

    /// <summary>Between one and four changes: to the tree, where it stays JSON, or to the bytes.</summary>
    static string Bent(string text, Random random)
    {
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            text = random.Next(4) == 0 ? Broken(text, random) : Changed(text, random);
        }

        return text;
    }

    static string Broken(string text, Random random)
    {
        if (text.Length == 0)
        {
            return text;
        }

        var at = random.Next(text.Length);
        return random.Next(4) switch
        {
            0 => text.Remove(at),
            1 => text.Remove(at, Math.Min(random.Next(1, 9), text.Length - at)),
            2 => text.Insert(at, ((char)random.Next(0, 0xD800)).ToString()),
            _ => text.Insert(at, text[..Math.Min(text.Length, 200)]),
        };
    }

    static string Changed(string text, Random random)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return Broken(text, random);
        }

        var places = Places(root).ToList();
        if (places.Count == 0)
        {
            return Broken(text, random);
        }

        var (parent, name) = places[random.Next(places.Count)];
        if (random.Next(4) == 0)
        {
            parent.Remove(name);
        }
        else
        {
            parent[name] = Odd(random);
        }

        return root!.ToJsonString();
    }

    static IEnumerable<(JsonObject Parent, string Name)> Places(JsonNode? node) => node switch
    {
        JsonObject part => part.ToList().SelectMany(one => Places(one.Value).Prepend((part, one.Key))),
        JsonArray list => list.SelectMany(Places),
        _ => [],
    };

    static JsonNode? Odd(Random random) => random.Next(14) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(2) == 0),
        2 => JsonValue.Create(random.NextInt64(long.MinValue, long.MaxValue)),
        3 => JsonNode.Parse("1e400"),
        4 => new JsonArray(),
        5 => new JsonObject(),
        6 => new JsonArray(1, "two", null),
        7 => JsonValue.Create(""),
        8 => JsonValue.Create(new string('x', random.Next(1, 20_000))),
        9 => JsonValue.Create("\0\u0001\u202e\ufeff"),
        10 => JsonValue.Create("done C-1, C-2, C-12, ../../etc/passwd ' OR 1=1 --"),
        11 => JsonNode.Parse($"{new string('[', 70)}{new string(']', 70)}", documentOptions: new() { MaxDepth = 100 }),
        12 => JsonValue.Create(Guid.NewGuid().ToString()),
        _ => JsonValue.Create("mine"),
    };
}
