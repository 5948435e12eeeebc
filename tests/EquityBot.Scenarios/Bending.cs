using System.Text.Json.Nodes;

namespace EquityBot.Scenarios;

/// <summary>Bends JSON at random: the same seed bends the same way.</summary>
static class Bending
{
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
