using System.Text.Json.Nodes;

namespace EquityBot.Scenarios.Slack;

/// <summary>The judge that Slack's types make knows right from wrong.</summary>
public sealed class BlockTypesStories
{
    const string Right = """{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"x"},"style":"primary"}]}""";

    [Theory]
    [InlineData(Right, true)]
    [InlineData("""{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"x"},"style":"good"}]}""", false)]
    [InlineData("""{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"x"},"colour":"red"}]}""", false)]
    [InlineData("""{"type":"actions","elements":[{"type":"plain_text_input","action_id":"a"}]}""", false)]
    [InlineData("""{"type":"header","text":{"type":"mrkdwn","text":"x"}}""", false)]
    [InlineData("""{"type":"section","text":{"type":"plain_text","text":null}}""", false)]
    [InlineData("""{"type":"nonsense"}""", false)]
    public async Task Only_what_the_types_allow_passes(string block, bool isRight)
    {
        Assert.Equal(isRight, await BlockTypes.AskAsync("Message", new JsonObject { ["blocks"] = new JsonArray(JsonNode.Parse(block)) }) == "");
        Assert.Equal(isRight, await BlockTypes.AskAsync("Home", new JsonObject { ["type"] = "home", ["blocks"] = new JsonArray(JsonNode.Parse(block)) }) == "");
        Assert.NotEqual("", await BlockTypes.AskAsync("Modal", new JsonObject { ["type"] = "modal", ["blocks"] = new JsonArray(JsonNode.Parse(Right)) }));
    }
}
