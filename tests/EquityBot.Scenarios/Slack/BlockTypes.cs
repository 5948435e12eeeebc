using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using EquityBot.Doubles;

namespace EquityBot.Scenarios.Slack;

/// <summary>Slack's own types as the judge of what we send; one of each shape is asked for, in one program for all stories. Our own look at lengths and counts stands beside it.</summary>
static class BlockTypes
{
    static readonly Lazy<Task<Peer>> Judge = new(() => Peer.StartAsync("blocks.mjs"));
    static readonly HttpClient Http = new();
    static readonly ConcurrentDictionary<string, Task<string>> Seen = new();

    public static async Task MessageAsync(string text, JsonArray blocks)
    {
        Assert.Empty(BlockLint.Message(text, blocks));
        await LookAsync("Message", new JsonObject { ["blocks"] = blocks.DeepClone() });
    }

    public static async Task ViewAsync(JsonObject view)
    {
        Assert.Empty(BlockLint.View(view));
        await LookAsync(view["type"]!.ToString() == "home" ? "Home" : "Modal", view);
    }

    static async Task LookAsync(string kind, JsonObject payload) =>
        Assert.Equal("", await Seen.GetOrAdd($"{kind} {Shape(payload)}", _ => AskAsync(new JsonObject { ["kind"] = kind, ["payload"] = payload.DeepClone() })));

    static async Task<string> AskAsync(JsonObject asked)
    {
        using var content = new StringContent(asked.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync((await Judge.Value).Url, content);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Without its words: names of properties, types and styles, and of lists each different member once.</summary>
    static string Shape(JsonNode? node) => node switch
    {
        JsonObject part => $"{{{string.Join(',', part.Select(one => $"{one.Key}:{(one.Key is "type" or "style" or "response_action" && one.Value is JsonValue ? one.Value.ToString() : Shape(one.Value))}"))}}}",
        JsonArray list => $"[{string.Join(',', list.Select(Shape).Distinct().Order(StringComparer.Ordinal))}]",
        null => "-",
        _ => node.GetValueKind().ToString(),
    };
}
