using System.Text.Json.Nodes;
using EquityBot.Doubles;

namespace EquityBot.Tests.Slack;

/// <summary>The look at blocks sees every limit of Slack's exactly where it is: what just fits passes, and one more does not.</summary>
public sealed class BlockLintTests
{
    static string X(int length) => new('x', length);

    static JsonObject Plain(int length) => new() { ["type"] = "plain_text", ["text"] = X(length) };

    static JsonArray Many(int count, Func<int, JsonNode> one) => new([.. Enumerable.Range(0, count).Select(one)]);

    static JsonObject Divider(int number) => new() { ["type"] = "divider", ["block_id"] = $"b{number}" };

    static JsonObject Press(int number, Action<JsonObject>? change = null)
    {
        var button = new JsonObject { ["type"] = "button", ["action_id"] = $"a{number}", ["text"] = Plain(1) };
        change?.Invoke(button);
        return button;
    }

    static JsonObject Row(Action<JsonObject> change) => new() { ["type"] = "actions", ["elements"] = new JsonArray(Press(1, change)) };

    static JsonObject Option(int number, int text = 1, int? value = null) => new() { ["text"] = Plain(text), ["value"] = value is { } length ? X(length) : $"v{number}" };

    static JsonObject Input(JsonObject element, int label = 1) => new() { ["type"] = "input", ["block_id"] = "i", ["label"] = Plain(label), ["element"] = element };

    static JsonObject List(string kind, int count, int text = 1, int? value = null) => new() { ["type"] = kind, ["action_id"] = "a", ["options"] = Many(count, number => Option(number, text, value)) };

    static JsonObject Text(int most, int filled = 0) => new() { ["type"] = "plain_text_input", ["action_id"] = "a", ["max_length"] = most, ["initial_value"] = X(filled) };

    static JsonObject Window(Action<JsonObject> change)
    {
        var view = new JsonObject { ["type"] = "modal", ["title"] = Plain(1), ["close"] = Plain(1), ["submit"] = Plain(1), ["blocks"] = new JsonArray(Input(Text(10))) };
        change(view);
        return view;
    }

    /// <summary>By name: what just fits, and what does not.</summary>
    static readonly Dictionary<string, (int Most, Func<int, JsonObject> Block)> OfBlocks = new()
    {
        ["header"] = (150, length => new() { ["type"] = "header", ["text"] = Plain(length) }),
        ["section"] = (3000, length => new() { ["type"] = "section", ["text"] = Plain(length) }),
        ["fields"] = (10, count => new() { ["type"] = "section", ["fields"] = Many(count, _ => Plain(1)) }),
        ["a field"] = (2000, length => new() { ["type"] = "section", ["fields"] = new JsonArray(Plain(length)) }),
        ["context"] = (10, count => new() { ["type"] = "context", ["elements"] = Many(count, _ => Plain(1)) }),
        ["actions"] = (25, count => new() { ["type"] = "actions", ["elements"] = Many(count, number => Press(number)) }),
        ["a button's text"] = (75, length => Row(button => button["text"] = Plain(length))),
        ["a button's value"] = (2000, length => Row(button => button["value"] = X(length))),
        ["a button's address"] = (3000, length => Row(button => button["url"] = X(length))),
        ["a button's label"] = (75, length => Row(button => button["accessibility_label"] = X(length))),
        ["an element's id"] = (255, length => Row(button => button["action_id"] = X(length))),
        ["a block's id"] = (255, length => new() { ["type"] = "divider", ["block_id"] = X(length) }),
        ["an overflow's options"] = (5, count => new() { ["type"] = "actions", ["elements"] = new JsonArray(List("overflow", count)) }),
    };

    static readonly Dictionary<string, (int Most, Func<int, JsonObject> View)> OfViews = new()
    {
        ["blocks"] = (100, count => new() { ["type"] = "home", ["blocks"] = Many(count, Divider) }),
        ["title"] = (24, length => Window(view => view["title"] = Plain(length))),
        ["submit"] = (24, length => Window(view => view["submit"] = Plain(length))),
        ["close"] = (24, length => Window(view => view["close"] = Plain(length))),
        ["private_metadata"] = (3000, length => Window(view => view["private_metadata"] = X(length))),
        ["callback_id"] = (255, length => Window(view => view["callback_id"] = X(length))),
        ["label"] = (2000, length => Window(view => view["blocks"] = new JsonArray(Input(Text(10), length)))),
        ["placeholder"] = (150, length => Window(view => view["blocks"] = new JsonArray(Input(new() { ["type"] = "external_select", ["action_id"] = "a", ["min_query_length"] = 0, ["placeholder"] = Plain(length) })))),
        ["a field's length"] = (3000, length => Window(view => view["blocks"] = new JsonArray(Input(Text(length))))),
        ["what is filled in"] = (10, length => Window(view => view["blocks"] = new JsonArray(Input(Text(10, length))))),
        ["options of a list"] = (100, count => Window(view => view["blocks"] = new JsonArray(Input(List("static_select", count))))),
        ["options to tick"] = (10, count => Window(view => view["blocks"] = new JsonArray(Input(List("checkboxes", count))))),
        ["options in view"] = (10, count => Window(view => view["blocks"] = new JsonArray(Input(List("radio_buttons", count))))),
        ["an option's text"] = (75, length => Window(view => view["blocks"] = new JsonArray(Input(List("static_select", 1, length))))),
        ["an option's value"] = (75, length => Window(view => view["blocks"] = new JsonArray(Input(List("static_select", 1, 1, length))))),
    };

    public static TheoryData<string> Blocks => [.. OfBlocks.Keys];

    public static TheoryData<string> Views => [.. OfViews.Keys];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_block_passes_to_its_very_limit(string name)
    {
        var (most, block) = OfBlocks[name];
        Assert.Empty(BlockLint.Message("text", new(block(most))));
        Assert.NotEmpty(BlockLint.Message("text", new(block(most + 1))));
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void A_view_passes_to_its_very_limit(string name)
    {
        var (most, view) = OfViews[name];
        Assert.Empty(BlockLint.View(view(most)));
        Assert.NotEmpty(BlockLint.View(view(most + 1)));
    }

    [Fact]
    public void A_message_passes_to_its_very_limits()
    {
        Assert.Empty(BlockLint.Message(X(4000), Many(50, Divider)));
        Assert.NotEmpty(BlockLint.Message(X(4000), Many(51, Divider)));
        Assert.NotEmpty(BlockLint.Message(X(4001), []));
        Assert.NotEmpty(BlockLint.Message(new string('é', 2001), []));
        Assert.NotEmpty(BlockLint.Message("", Many(1, Divider)));
        Assert.NotEmpty(BlockLint.Message("text", Many(5, _ => new JsonObject { ["type"] = "section", ["text"] = Plain(2900) })));
    }

    [Fact]
    public void What_has_no_way_to_be_right_is_seen()
    {
        Assert.NotEmpty(BlockLint.Message("text", new(Divider(1), Divider(1))));
        Assert.NotEmpty(BlockLint.View(Window(view => view.Remove("submit"))));
        Assert.NotEmpty(BlockLint.View(Window(view => view["blocks"] = new JsonArray(Input(List("static_select", 0))))));
        Assert.NotEmpty(BlockLint.View(Window(view => view["blocks"] = new JsonArray(Input(new() { ["type"] = "number_input", ["action_id"] = "a", ["is_decimal_allowed"] = true, ["initial_value"] = "14 %" })))));
        Assert.NotEmpty(BlockLint.View(Window(view => view["blocks"] = new JsonArray(Input(new() { ["type"] = "datepicker", ["action_id"] = "a", ["initial_date"] = "soon" })))));
        Assert.NotEmpty(BlockLint.Message("text", new(JsonNode.Parse("""{"type":"rich_text","elements":[{"type":"rich_text_list","style":"bullet","elements":[]}]}"""))));
    }
}
