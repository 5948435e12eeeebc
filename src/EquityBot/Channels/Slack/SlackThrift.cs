using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EquityBot.Chat;

namespace EquityBot.Channels.Slack;

/// <summary>Keeps cards within what Slack takes: too long becomes shorter, never an error.</summary>
public static class SlackThrift
{
    public const int MostInMessage = 50;
    public const int MostInView = 100;

    /// <summary>Of all blocks as JSON, in characters. Slack refuses a message from about 13,000 on and does not say where.</summary>
    public const int LargestMessage = 10_000;

    /// <summary>A view may have 250 KB; what is read on a phone is far shorter.</summary>
    public const int LargestView = 60_000;

    /// <summary>A letter is a letter, whatever script it is of: it travels in a form, where no mark of JSON's could be mistaken for another's.</summary>
    static readonly JsonSerializerOptions AsItIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonArray Message(Card card, string more, string? called = null) => Fitting(card, shorter => [.. SlackBlocks.Of(shorter, more, called)], MostInMessage, LargestMessage);

    /// <summary>What stands in a window or on a home page.</summary>
    /// <param name="most">How many blocks.</param>
    public static JsonArray View(Card card, string more, int most = MostInView) => Fitting(card, shorter => [.. SlackBlocks.Of(shorter, more)], most, LargestView);

    /// <summary>First the parts at the end are named only; where that is not enough, the rest is left out, and whoever wants it says its reference.</summary>
    static JsonArray Fitting(Card card, Func<Card, List<JsonObject>> draw, int most, int largest)
    {
        var drawn = Shorter.Fitting(card, draw, blocks => blocks.Count <= most && Size(blocks) <= largest);
        while (drawn.Count > most || Size(drawn) > largest)
        {
            // A single part that is too large stands before what may be pressed: that goes last.
            var at = drawn.FindLastIndex(drawn.Count - 1, block => block["type"]!.GetValue<string>() is not ("actions" or "header"));
            drawn.RemoveAt(at < 0 ? drawn.Count - 1 : at);
        }

        return new([.. drawn]);
    }

    static int Size(List<JsonObject> blocks) => blocks.Sum(block => Json(block).Length + 1);

    /// <summary>As it is sent.</summary>
    public static string Json(JsonNode node) => node.ToJsonString(AsItIs);
}
