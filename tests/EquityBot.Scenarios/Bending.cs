using System.Globalization;
using System.Text.Json.Nodes;

namespace EquityBot.Scenarios;

/// <summary>Bends JSON at random: the same seed bends the same way.</summary>
static class Bending
{
    static readonly int Count = Environment.GetEnvironmentVariable("EQUITYBOT_SOAK") == "1" ? 100_000 : 600;
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    const int MostMemory = 64 << 20;

    /// <summary>Sends 600 that are bent, each from one of the bases; under <c>EQUITYBOT_SOAK=1</c> 100,000, and others by <c>EQUITYBOT_SEED</c>. Every one is answered in time and without a fault, and the memory stays flat.</summary>
    /// <param name="fresh">The text of a base under an id of its own, or all but the first would be taken for repeated.</param>
    /// <param name="refusals">Statuses above 500 that are answers.</param>
    public static async Task BreaksNothingAsync<T>(IReadOnlyList<T> bases, Func<T, string> fresh, Func<T, string, Task<RawAnswer>> send, params int[] refusals)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("EQUITYBOT_SEED"), CultureInfo.InvariantCulture, out var given) ? given : 1;
        var (random, early, statuses) = (new Random(seed), 0L, new SortedDictionary<int, int>());
        for (var number = 0; number < Count; number++)
        {
            var one = bases[random.Next(bases.Count)];
            var bent = Bent(fresh(one), random);
            var status = (await send(one, bent).WaitAsync(Longest)).Status;
            Assert.True(status < 500 || refusals.Contains(status), $"EQUITYBOT_SEED={seed}, number {number}: {status} for\n{bent}");
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            if (number == Count / 10)
            {
                early = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        Console.WriteLine($"{Count} bent requests, EQUITYBOT_SEED={seed}: {string.Join(", ", statuses.Select(one => $"{one.Value} times {one.Key}"))}");
        Assert.True(statuses.GetValueOrDefault(200) > Count / 20, "Most of them never came past the door.");
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, early + MostMemory);
    }

    /// <summary>Between one and four changes: to the tree, where it stays JSON, or to the bytes.</summary>
    public static string Bent(string text, Random random)
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
        List<(JsonObject Parent, string Name)> places;
        try
        {
            root = JsonNode.Parse(text);
            places = [.. Places(root)];
        }
        catch (Exception failure) when (failure is System.Text.Json.JsonException or ArgumentException)
        {
            // No JSON any more, or it says one thing twice.
            return Broken(text, random);
        }

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
