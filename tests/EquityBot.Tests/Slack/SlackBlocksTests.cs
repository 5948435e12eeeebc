using System.Text.Json.Nodes;
using EquityBot.Channels.Slack;
using EquityBot.Chat;
using EquityBot.Doubles;

namespace EquityBot.Tests.Slack;

public sealed class SlackBlocksTests
{
    static readonly Phrases Words = new Languages()["en"];

    static JsonArray Message(Card card) => SlackThrift.Message(card, "More");

    static Button Button(string title, params Input[] inputs) => new(Guid.NewGuid(), title) { Inputs = inputs };

    static IReadOnlyList<string> Lint(Card card) => [.. BlockLint.Message("preview", Message(card)), .. BlockLint.View(SlackViews.Of(card, card.Title, SlackOrigin.Message, Words))];

    [Theory]
    [InlineData(149)]
    [InlineData(150)]
    [InlineData(151)]
    [InlineData(3000)]
    [InlineData(3001)]
    [InlineData(9000)]
    public void Texts_around_every_limit_fit(int length)
    {
        var text = new string('x', length);
        Assert.Empty(Lint(new Card(text)));
        Assert.Empty(Lint(new Card("Title", new Words(text))));
        Assert.Empty(Lint(new Card("Title", new Quiet(text))));
        Assert.Empty(Lint(new Card("Title", new Quote(text, "Dana"))));
        Assert.Empty(Lint(new Card("Title", new Banner(text, Mood.Waiting))));
        Assert.Empty(Lint(new Card("Title", new Facts(new Fact("Label", text)))));
        Assert.Empty(Lint(new Card("Title", new Table(["A", "B"], [[text, text]]))));
        Assert.Empty(Lint(new Card("Title", new Section(text, [new ButtonRow([Button(text)])]))));
    }

    [Fact]
    public void A_long_text_is_there_to_its_last_word()
    {
        var text = string.Join(' ', Enumerable.Range(1, 1000).Select(number => $"word{number}"));
        var shown = Message(new Card("Title", new Words(text))).Skip(1).Select(block => block!["text"]!["text"]!.ToString()).ToList();
        Assert.True(shown.Count > 1);
        Assert.Equal(text, string.Join(' ', shown));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 5)]
    [InlineData(6, 5)]
    [InlineData(9, 5)]
    [InlineData(10, 10)]
    [InlineData(26, 26)]
    [InlineData(40, 40)]
    public void However_many_buttons_there_are_each_can_be_pressed(int count, int atHand)
    {
        var card = new Card("Title", new ButtonRow([.. Enumerable.Range(1, count).Select(number => Button($"Button {number}"))]));
        Assert.Empty(Lint(card));
        var elements = Message(card).Where(block => block!["type"]!.ToString() == "actions").SelectMany(block => block!["elements"]!.AsArray()).ToList();
        Assert.Equal(atHand, elements.Count);
        Assert.Equal(count, elements.Sum(element => element!["options"]?.AsArray().Count ?? 1));
    }

    [Fact]
    public void A_bundle_of_hundreds_names_what_has_no_room_and_keeps_the_first_whole()
    {
        var card = new Card("Many things", [.. Enumerable.Range(1, 400).Select(number => new Section($"C-{number} waits", [new Words(new string('y', 200)), new ButtonRow([Button("Report progress"), Button("Done")])]))]);
        Assert.Empty(Lint(card));
        var shown = Message(card).ToJsonString();
        Assert.Contains("C-1 waits", shown, StringComparison.Ordinal);
        Assert.Contains("Report progress", shown, StringComparison.Ordinal);
        Assert.Contains("C-60 waits", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void One_part_that_is_larger_than_a_message_gives_way_to_its_buttons()
    {
        var card = new Card("Title", [.. Enumerable.Range(1, 60).Select(number => (Block)new Words($"{number} {new string('z', 900)}")), new ButtonRow([Button("Confirm")])]);
        Assert.Empty(Lint(card));
        Assert.Contains("Confirm", Message(card).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_field_is_drawn_and_read_back()
    {
        Choice[] many = [.. Enumerable.Range(1, 40).Select(number => new Choice($"Person {number}", $"p{number}"))];
        var form = Button(
            "A title that is longer than a window's",
            new Input("what", "What", InputType.Text) { Required = true, Value = new string('a', 1200) },
            new Input("count", "How many", InputType.Number) { Value = "3" },
            new Input("due", "By when", InputType.Date) { Value = "2026-03-06" },
            new Input("level", "Level", InputType.Choice) { Required = true, Choices = [new("One", "1"), new("Two", new string('v', 120))], Value = "1" },
            new Input("owner", "Owner", InputType.Choice) { Choices = many, Value = "p7" },
            new Input("goals", "Goals", InputType.Choices) { Choices = [.. many.Take(12)], Value = "p1,p3" },
            new Input("few", "Few", InputType.Choices) { Choices = [.. many.Take(3)] },
            new Input("sure", "Sure?", InputType.Toggle) { Value = "true" });
        var view = SlackViews.Form(form, SlackOrigin.Message, Words);
        Assert.Empty(BlockLint.View(view));
        Assert.Equal((form.Id, SlackOrigin.Message), SlackViews.Read(view["private_metadata"]!.ToString()));

        var values = JsonNode.Parse("""
            {"what":{"value":{"type":"plain_text_input","value":"new words"}},"count":{"value":{"type":"number_input","value":"4"}},"due":{"value":{"type":"datepicker","selected_date":"2026-03-20"}},
             "level":{"value":{"type":"radio_buttons","selected_option":{"value":"#1"}}},"owner":{"value":{"type":"external_select","selected_option":null}},
             "goals":{"value":{"type":"multi_static_select","selected_options":[{"value":"p2"},{"value":"p5"}]}},"sure":{"value":{"type":"checkboxes","selected_options":[]}}}
            """)!;
        var named = new JsonObject(values.AsObject().Select(one => KeyValuePair.Create($"{one.Key}.{form.Id:N}", one.Value?.DeepClone())));
        var typed = SlackForms.Read(form, System.Text.Json.JsonSerializer.SerializeToElement(named));
        Assert.Equal(
            new Dictionary<string, string> { ["what"] = "new words", ["count"] = "4", ["due"] = "2026-03-20", ["level"] = new string('v', 120), ["owner"] = "", ["goals"] = "p2,p5", ["sure"] = "false" },
            typed);
    }

    [Fact]
    public void What_people_wrote_is_never_marked_up() // I1
    {
        const string hostile = "<!channel> *bold* <https://evil.test|x>";
        var card = new Card(
            hostile, new Words(hostile), new Words(hostile, true), new Quiet(hostile), new Status(hostile, Mood.Kept), new Facts(new Fact(hostile, hostile)), new Quote(hostile, hostile), new Bullets([hostile]),
            new Table([hostile, hostile], [[hostile, hostile]]), new Banner(hostile, Mood.Missed), new Section(hostile, [new Question(hostile, [Button(hostile)])]), new ButtonRow([Button(hostile)]));
        var drawn = Message(card).ToJsonString();
        Assert.DoesNotContain("mrkdwn", drawn, StringComparison.Ordinal);
        Assert.DoesNotContain("\"url\"", drawn, StringComparison.Ordinal);
        Assert.Empty(Lint(card));
    }

    [Theory]
    [InlineData("3", "3")]
    [InlineData(" -3.5 ", "-3.5")]
    [InlineData("14 %", null)]
    [InlineData("1,000", null)]
    [InlineData("", null)]
    public void A_number_field_is_filled_in_with_numbers_alone(string value, string? shown) =>
        Assert.Equal(shown, SlackForms.Fields(Button("Count", new Input("count", "How many", InputType.Number) { Value = value }), Words).Single()["element"]!["initial_value"]?.ToString());

    [Theory]
    [InlineData(InputType.Choice)]
    [InlineData(InputType.Choices)]
    public void A_list_of_nothing_is_said_and_no_field(InputType type)
    {
        foreach (var choices in new Choice[][] { [], [new("nobody", "")] })
        {
            var form = Button("Move", new Input("to", "To whom", type) { Required = true, Choices = choices }, new Input("note", "Note", InputType.Text));
            var view = SlackViews.Form(form, SlackOrigin.Message, Words);
            Assert.Empty(BlockLint.View(view));
            Assert.Equal(["section", "input"], view["blocks"]!.AsArray().Select(block => block!["type"]!.ToString()));
            Assert.Contains("To whom: there is nothing to choose from", view["blocks"]![0]!["text"]!["text"]!.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(10, "checkboxes")]
    [InlineData(11, "multi_static_select")]
    [InlineData(100, "multi_static_select")]
    [InlineData(101, "multi_external_select")]
    public void Of_however_many_one_may_choose_several(int count, string kind)
    {
        var form = Button("Together", new Input("departments", "Departments", InputType.Choices) { Choices = [.. Enumerable.Range(1, count).Select(number => new Choice($"Department {number}", $"d{number}"))], Value = $"d1,d{count}" });
        var view = SlackViews.Form(form, SlackOrigin.Message, Words);
        Assert.Empty(BlockLint.View(view));
        var element = view["blocks"]![0]!["element"]!;
        Assert.Equal(kind, element["type"]!.ToString());
        Assert.Equal(["d1", $"d{count}"], element["initial_options"]!.AsArray().Select(option => option!["value"]!.ToString()));
    }

    [Fact]
    public void Drawn_anew_a_field_has_another_name_and_the_same_meaning()
    {
        Input due = new("due", "By when", InputType.Date);
        string[] blocks = [.. new[] { Button("Push", due), Button("Push", due) }.Select(button => SlackForms.Fields(button, Words).Single()["block_id"]!.ToString())];
        Assert.NotEqual(blocks[0], blocks[1]);
        Assert.All(blocks, block => Assert.Equal("due", SlackDouble.FieldOf(block)));
    }

    /// <summary>The look itself sees what it is for.</summary>
    [Theory]
    [InlineData("""[{"type":"header","text":{"type":"plain_text","text":"LONG150+"}}]""")]
    [InlineData("""[{"type":"section","text":{"type":"plain_text","text":"LONG3000+"}}]""")]
    [InlineData("""[{"type":"section","text":{"type":"mrkdwn","text":"*x*"}}]""")]
    [InlineData("""[{"type":"section"}]""")]
    [InlineData("""[{"type":"context","elements":[]}]""")]
    [InlineData("""[{"type":"actions","elements":[]}]""")]
    [InlineData("""[{"type":"actions","elements":[{"type":"plain_text_input","action_id":"a","max_length":10}]}]""")]
    [InlineData("""[{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"x"},"style":"good"}]}]""")]
    [InlineData("""[{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"x"}},{"type":"button","action_id":"a","text":{"type":"plain_text","text":"y"}}]}]""")]
    [InlineData("""[{"type":"input","label":{"type":"plain_text","text":"x"},"element":{"type":"datepicker","action_id":"a"}}]""")]
    [InlineData("""[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":""}]}]}]""")]
    [InlineData("""[{"type":"video"}]""")]
    public void What_Slack_would_refuse_is_seen(string blocks)
    {
        var read = JsonNode.Parse(blocks.Replace("LONG150+", new string('x', 151), StringComparison.Ordinal).Replace("LONG3000+", new string('x', 3001), StringComparison.Ordinal))!.AsArray();
        Assert.NotEmpty(BlockLint.Message("text", read));
    }
}
