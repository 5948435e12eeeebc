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

    /// <summary>Whatever leaves for Slack, also what Slack refuses or draws over later.</summary>
    public static async Task RequestAsync(SlackRequest request)
    {
        var body = request.Path.StartsWith("/hooks/", StringComparison.Ordinal) ? JsonNode.Parse(request.Text) : null;
        if (request["view"] is { } view)
        {
            await ViewAsync(JsonNode.Parse(view)!.AsObject());
        }
        else if (request["text"] is { } text)
        {
            await MessageAsync(text, request["blocks"] is { } blocks ? JsonNode.Parse(blocks)!.AsArray() : []);
        }
        else if (body is not null)
        {
            await MessageAsync(body["text"]!.ToString(), body["blocks"]?.AsArray() ?? []);
        }
    }

    /// <summary>Whatever Slack is answered with.</summary>
    public static async Task AnswerAsync(RawAnswer answer)
    {
        if (answer.Status != 200 || answer.MediaType != "application/json" || JsonNode.Parse(answer.Body) is not JsonObject body)
        {
            return;
        }

        if (body["response_type"] is not null)
        {
            await MessageAsync(body["text"]!.ToString(), body["blocks"]?.AsArray() ?? []);
        }
        else if (body["view"] is JsonObject view)
        {
            await ViewAsync(view);
        }
        else if (body["options"] is JsonArray options)
        {
            Assert.Empty(BlockLint.Found(options));
        }
        else
        {
            Assert.All(body["errors"]?.AsObject() ?? [], error => Assert.True(error is { Key.Length: > 0, Value: JsonValue } && error.Value!.ToString().Length > 0));
        }
    }

    public static async Task ViewAsync(JsonObject view)
    {
        Assert.Empty(BlockLint.View(view));
        await LookAsync(view["type"]!.ToString() == "home" ? "Home" : "Modal", view);
    }

    static async Task LookAsync(string kind, JsonObject payload) =>
        Assert.Equal("", await Seen.GetOrAdd($"{kind} {Shape(payload)}", _ => AskAsync(new JsonObject { ["kind"] = kind, ["payload"] = payload.DeepClone() })));

    /// <summary>What Slack's types say of it; nothing where all is well.</summary>
    public static Task<string> AskAsync(string kind, JsonObject payload) => AskAsync(new JsonObject { ["kind"] = kind, ["payload"] = payload });

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
