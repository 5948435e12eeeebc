using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EquityBot.Doubles;

/// <summary>
/// What Slack refuses or cuts, of which its types know nothing: lengths, counts, and where an element may stand (docs.slack.dev/reference/block-kit and the models of
/// Slack's own Python library).
/// </summary>
public static class BlockLint
{
    const int MostInMessage = 50;
    const int MostInView = 100;

    /// <summary>Of a message's blocks as JSON, in characters; Slack refuses at about 13,000.</summary>
    const int LargestMessage = 12_000;
    const int LargestView = 250 * 1000;

    static readonly JsonSerializerOptions AsItIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    static readonly string[] InActions = ["button", "overflow", "static_select", "external_select", "multi_static_select", "multi_external_select", "checkboxes", "radio_buttons", "datepicker"];
    static readonly string[] InInput = ["plain_text_input", "number_input", "datepicker", "static_select", "external_select", "multi_static_select", "multi_external_select", "checkboxes", "radio_buttons"];

    /// <summary>A sentence for each thing that is wrong; none when all is well.</summary>
    public static IReadOnlyList<string> Message(string text, JsonArray blocks)
    {
        var wrong = new List<string>();
        Check(wrong, text.Length > 0 && Encoding.UTF8.GetByteCount(text) <= 4000, "there is no text for notifications and clients that cannot draw it");
        Check(wrong, blocks.Count <= MostInMessage, $"{blocks.Count} blocks in a message");
        Check(wrong, blocks.ToJsonString(AsItIs).Length <= LargestMessage, $"{blocks.ToJsonString(AsItIs).Length} characters in a message");
        Blocks(wrong, blocks, isView: false);
        return wrong;
    }

    public static IReadOnlyList<string> View(JsonObject view)
    {
        var wrong = new List<string>();
        var blocks = view["blocks"]!.AsArray();
        Check(wrong, blocks.Count <= MostInView, $"{blocks.Count} blocks in a view");
        Check(wrong, view.ToJsonString().Length <= LargestView, "the view is too large");
        if (view["type"]!.ToString() == "modal")
        {
            Plain(wrong, view["title"], 24);
            Plain(wrong, view["close"], 24);
            Check(wrong, view["submit"] is not null || blocks.All(block => block!["type"]!.ToString() != "input"), "a window with fields cannot be sent off");
            if (view["submit"] is { } submit)
            {
                Plain(wrong, submit, 24);
            }
        }

        Check(wrong, (view["private_metadata"]?.ToString().Length ?? 0) <= 3000, "too much travels with the view");
        Check(wrong, (view["callback_id"]?.ToString().Length ?? 0) <= 255, "the callback's name is too long");
        Blocks(wrong, blocks, isView: true);
        return wrong;
    }

    static void Blocks(List<string> wrong, JsonArray blocks, bool isView)
    {
        foreach (var block in blocks)
        {
            Look(wrong, block!.AsObject(), isView);
        }

        var ids = blocks.Select(block => block!["block_id"]?.ToString()).OfType<string>().ToList();
        Check(wrong, ids.Distinct().Count() == ids.Count, "two blocks share an id");
        Check(wrong, ids.All(id => id.Length is > 0 and <= 255), "a block's id is too long");
        var actions = Elements(blocks).Where(element => element["type"]!.ToString() is "button" or "overflow").Select(element => element["action_id"]?.ToString()).ToList();
        Check(wrong, actions.Distinct().Count() == actions.Count && actions.All(id => id is { Length: > 0 and <= 255 }), "two elements share an id, or one has none");
    }

    static void Look(List<string> wrong, JsonObject block, bool isView)
    {
        switch (block["type"]!.ToString())
        {
            case "header":
                Plain(wrong, block["text"], 150);
                break;
            case "section":
                var fields = block["fields"]?.AsArray();
                Check(wrong, block["text"] is not null || fields is { Count: > 0 }, "a section without words");
                Check(wrong, fields is null or { Count: <= 10 }, "more than ten fields");
                fields?.ToList().ForEach(field => Plain(wrong, field, 2000));
                if (block["text"] is { } text)
                {
                    Plain(wrong, text, 3000);
                }

                if (block["accessory"] is { } accessory)
                {
                    Element(wrong, accessory, InActions);
                }

                break;
            case "context":
                Check(wrong, block["elements"]!.AsArray() is { Count: >= 1 and <= 10 }, "a context has one to ten elements");
                block["elements"]!.AsArray().ToList().ForEach(element => Plain(wrong, element, 2000));
                break;
            case "actions":
                Check(wrong, block["elements"]!.AsArray() is { Count: >= 1 and <= 25 }, "a row has one to 25 elements");
                block["elements"]!.AsArray().ToList().ForEach(element => Element(wrong, element!, InActions));
                break;
            case "input":
                Check(wrong, isView, "a field in a message");
                Plain(wrong, block["label"], 2000);
                Element(wrong, block["element"]!, InInput);
                break;
            case "rich_text":
                Check(wrong, Parts(block).All(part => part["elements"]!.AsArray().Count > 0) && Texts(block).All(text => text.Length > 0), "empty rich text");
                break;
            case "divider":
                break;
            default:
                wrong.Add($"a block that we do not make: {block["type"]}");
                break;
        }
    }

    static void Element(List<string> wrong, JsonNode element, string[] allowed)
    {
        var kind = element["type"]!.ToString();
        Check(wrong, allowed.Contains(kind), $"{kind} cannot stand there");
        switch (kind)
        {
            case "button":
                Plain(wrong, element["text"], 75);
                Check(wrong, (element["value"]?.ToString().Length ?? 0) <= 2000 && (element["url"]?.ToString().Length ?? 0) <= 3000, "a button carries too much");
                Check(wrong, (element["accessibility_label"]?.ToString().Length ?? 0) <= 75, "a button's label is too long");
                Check(wrong, element["style"]?.ToString() is null or "primary" or "danger", "a button's style is none");
                break;
            case "overflow":
                Options(wrong, element, 1, 5);
                break;
            case "checkboxes" or "radio_buttons":
                Options(wrong, element, 1, 10);
                break;
            case "static_select" or "multi_static_select":
                Options(wrong, element, 1, 100);
                break;
            case "external_select" or "multi_external_select":
                Check(wrong, (int?)element["min_query_length"] == 0, "somebody who types nothing finds nothing");
                Check(wrong, (element["initial_options"]?.AsArray() ?? []).Append(element["initial_option"]).OfType<JsonNode>().All(option => option["value"]!.ToString().Length is > 0 and <= 75 && option["text"]!["text"]!.ToString().Length is > 0 and <= 75), "what is chosen beforehand is too long");
                break;
            case "number_input":
                Check(wrong, element["is_decimal_allowed"] is not null && (element["initial_value"]?.ToString() is not { } number || decimal.TryParse(number, CultureInfo.InvariantCulture, out _)), "a number that is none");
                break;
            case "datepicker":
                Check(wrong, element["initial_date"]?.ToString() is not { } date || DateOnly.TryParseExact(date, "yyyy-MM-dd", out _), "a day that is none");
                break;
            case "plain_text_input":
                Check(wrong, (int?)element["max_length"] is >= 1 and <= 3000, "a field's length is none");
                Check(wrong, (element["initial_value"]?.ToString().Length ?? 0) <= (int)element["max_length"]!, "a field is filled in with more than it takes");
                break;
        }

        if (element["placeholder"] is { } placeholder)
        {
            Plain(wrong, placeholder, 150);
        }

        if (element["initial_option"] is { } initial && element["options"] is JsonArray options)
        {
            Check(wrong, options.Any(option => JsonNode.DeepEquals(option, initial)), "what is chosen beforehand is not in the list");
        }
    }

    /// <summary>What was found for somebody who types.</summary>
    public static IReadOnlyList<string> Found(JsonArray options)
    {
        var wrong = new List<string>();
        Options(wrong, options, 0, 100);
        return wrong;
    }

    static void Options(List<string> wrong, JsonNode element, int least, int most) => Options(wrong, element["options"]!.AsArray(), least, most);

    static void Options(List<string> wrong, JsonArray options, int least, int most)
    {
        Check(wrong, options.Count >= least && options.Count <= most, $"{options.Count} options where {least} to {most} may be");
        foreach (var option in options)
        {
            Plain(wrong, option!["text"], 75);
            Check(wrong, option["value"]!.ToString().Length is > 0 and <= 75, "an option's value is too long");
        }

        Check(wrong, options.Select(option => option!["value"]!.ToString()).Distinct().Count() == options.Count, "two options have one value");
    }

    static void Plain(List<string> wrong, JsonNode? text, int most)
    {
        Check(wrong, text?["type"]?.ToString() == "plain_text", "a text whose marks would mean something");
        Check(wrong, text?["text"]?.ToString().Length is >= 1 and var length && length <= most, $"a text of {text?["text"]?.ToString().Length} characters where {most} fit");
    }

    static IEnumerable<JsonNode> Elements(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Elements),
        JsonObject part => (part["action_id"] is null ? [] : new JsonNode[] { part }).Concat(part.SelectMany(one => Elements(one.Value))),
        _ => [],
    };

    /// <summary>Rich texts, their lists and lines.</summary>
    static IEnumerable<JsonObject> Parts(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Parts),
        JsonObject part => (part["type"]?.ToString().StartsWith("rich_text", StringComparison.Ordinal) == true ? [part] : Array.Empty<JsonObject>()).Concat(part.SelectMany(one => Parts(one.Value))),
        _ => [],
    };

    static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Texts),
        JsonObject part when part["type"]?.ToString() == "text" => [part["text"]!.ToString()],
        JsonObject part => part.SelectMany(one => Texts(one.Value)),
        _ => [],
    };

    static void Check(List<string> wrong, bool holds, string otherwise)
    {
        if (!holds)
        {
            wrong.Add(otherwise);
        }
    }
}
