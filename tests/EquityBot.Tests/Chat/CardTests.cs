using System.Text.Json.Nodes;
using EquityBot.Channels.Teams;
using EquityBot.Chat;

namespace EquityBot.Tests.Chat;

/// <summary>Nothing on a card gets lost on its way to a reader, whatever the block.</summary>
public class CardTests
{
    public static TheoryData<string> Kinds => [.. AnyCard.Kinds.Select(kind => kind.Name)];

    static (Card Card, AnyCard.Made Made) Make(string kind)
    {
        var made = new AnyCard.Made();
        return (new Card("The title", [AnyCard.Block(AnyCard.Kinds.Single(one => one.Name == kind), made)]), made);
    }

    [Theory]
    [InlineData(1, "Action.ShowCard")]
    [InlineData(9, "Action.Submit")]
    [InlineData(60, "Action.Submit")]
    [InlineData(400, "Action.Submit")]
    public void A_card_that_is_too_long_for_Teams_becomes_shorter_from_its_end_and_loses_no_title(int parts, string forms)
    {
        Button Form(int part) => new(Guid.NewGuid(), "Report progress") { Ref = $"C-{part}", Inputs = [new("status", "How does it stand?", InputType.Choice) { Required = true, Choices = [new("On track", "on"), new("At risk", "at")] }, new("note", "What is new?", InputType.Text)] };
        var card = new Card($"{parts} things for today", Enumerable.Range(1, parts).Select(part => new Section($"C-{part} · Offer an interpreter at every discharge", [new Words(new string('w', 200)), new ButtonRow([Form(part), new(Guid.NewGuid(), "No change")])])));
        var drawn = TeamsCards.Render(card, "Send", CardClient.Teams);
        Assert.Empty(EquityBot.Doubles.CardLint.Look(drawn));
        var text = drawn.ToJsonString();
        Assert.Contains(forms, text, StringComparison.Ordinal);
        Assert.Contains("C-1 ", text, StringComparison.Ordinal);
        Assert.Contains($"C-{Math.Min(parts, 100)} ", text, StringComparison.Ordinal);
        Assert.Equal(parts, System.Text.RegularExpressions.Regex.Count(TeamsCards.Render(card, "Send").ToJsonString(), "\"style\":\"heading\"") - 1);
    }

    [Fact]
    public void A_trend_is_a_chart_where_one_can_be_drawn_and_its_numbers_in_words_for_everybody_else()
    {
        var card = new Card("G-1", new Trend("How it went", "Day", "%", [new("March 2", 18m, "18 %"), new("April 1", 15.5m, "15.5 %"), new("May 1", 14m, "14 %")], new("Target", 10m, "10 %")));
        var chart = TeamsCards.Render(card, "Send", CardClient.Teams)["body"]![1]!;
        Assert.Equal("Chart.Line", chart["type"]!.ToString());
        Assert.Equal("""[{"legend":"%","values":[{"x":"March 2","y":18},{"x":"April 1","y":15.5},{"x":"May 1","y":14}]},{"legend":"Target","values":[{"x":"March 2","y":10},{"x":"May 1","y":10}]}]""", chart["data"]!.ToJsonString());
        var words = TeamsCards.Render(card, "Send")["body"]![1]!;
        Assert.Equal(words.ToJsonString(), chart["fallback"]!.ToJsonString());
        Assert.Equal("G-1\nHow it went\nDay · %\nMarch 2 · 18 %\nApril 1 · 15.5 %\nMay 1 · 14 %\nTarget · 10 %", PlainText.Of(card));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Plain_text_says_everything_the_card_says(string kind)
    {
        var (card, made) = Make(kind);
        var text = PlainText.Of(card);
        Assert.StartsWith("The title", text, StringComparison.Ordinal);
        Assert.All(made.Texts, one => Assert.Contains(one, text, StringComparison.Ordinal));
        Assert.Equal(made.Texts.Count, made.Texts.Select(one => text.IndexOf(one, StringComparison.Ordinal)).Distinct().Count());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Teams_draws_everything_the_card_says_and_every_button_by_its_id(string kind)
    {
        var (card, made) = Make(kind);
        var rendered = TeamsCards.Render(card, "Send it");
        var body = rendered["body"]!.ToJsonString();
        Assert.Contains("The title", body, StringComparison.Ordinal);
        Assert.All(made.Texts.Concat(made.Questions), one => Assert.Contains(one, body, StringComparison.Ordinal));
        Assert.All(made.Buttons, button => Assert.Contains($"\"verb\":\"{button.Id:N}\"", body, StringComparison.Ordinal));
        Assert.Equal(PlainText.Of(card), (string?)rendered["fallbackText"]);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_card_kept_as_JSON_says_the_same(string kind)
    {
        var (card, _) = Make(kind);
        var kept = Card.FromJson(card.ToJson());
        Assert.Equal(PlainText.Of(card), PlainText.Of(kept));
        Assert.Equal(card.Buttons.Select(button => button.Id), kept.Buttons.Select(button => button.Id));
        Assert.Equal(card.Buttons.SelectMany(button => button.Inputs).Select(input => input.Label), kept.Buttons.SelectMany(button => button.Inputs).Select(input => input.Label));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_superseded_card_keeps_its_words_and_has_nothing_left_to_press(string kind)
    {
        var (card, made) = Make(kind);
        var old = card.Superseded("It has changed");
        Assert.Empty(old.Buttons);
        Assert.StartsWith("The title\n◷ It has changed", PlainText.Of(old), StringComparison.Ordinal);
        if (made.Buttons.Count == 0)
        {
            Assert.All(made.Texts, one => Assert.Contains(one, PlainText.Of(old), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Buttons_are_found_in_sections_and_questions_too()
    {
        var (one, two, three) = (new Button(Guid.NewGuid(), "One"), new Button(Guid.NewGuid(), "Two"), new Button(Guid.NewGuid(), "Three"));
        var card = new Card("Title", new Section("Part", [new Question("Which?", [one, two])]), new ButtonRow([three]));
        Assert.Equal([one, two, three], card.Buttons);
        Assert.Empty(card.Superseded("old").Buttons);
    }

    [Fact]
    public void Every_mood_has_a_shape_of_its_own_beside_its_colour() =>
        Assert.Equal(Enum.GetValues<Mood>().Length, Enum.GetValues<Mood>().Select(PlainText.Shape).Distinct().Count());

    [Fact]
    public void The_wire_carries_nothing_of_a_button_but_its_id() // I6
    {
        var button = new Button(Guid.NewGuid(), "Done")
        {
            Verb = "complete-commitment", SubjectId = Guid.NewGuid(), Ref = "C-1", Version = 7, Values = new Dictionary<string, string> { ["helper"] = "secret" },
        };
        var wire = TeamsCards.Render(new Card("Title", new ButtonRow([button])), "Send").ToJsonString();
        Assert.DoesNotContain("complete-commitment", wire, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", wire, StringComparison.Ordinal);
        Assert.DoesNotContain(button.SubjectId.ToString()!, wire, StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_asks_what_its_button_asks()
    {
        var input = new Input("due", "By when", InputType.Date) { Required = true, Value = "2026-03-31" };
        var action = TeamsCards.Render(new Card("Title", new ButtonRow([new Button(Guid.NewGuid(), "Push") { Inputs = [input] }, new Button(Guid.NewGuid(), "Show")])), "Send")["body"]![1]!["actions"]![0]!;
        Assert.Equal(("Action.ShowCard", "Push"), ((string?)action["type"], (string?)action["title"]));
        var field = (JsonObject)action["card"]!["body"]![0]!;
        Assert.Equal(("Input.Date", "due", "By when", "2026-03-31", true), ((string?)field["type"], (string?)field["id"], (string?)field["label"], (string?)field["value"], (bool?)field["isRequired"] ?? false));
        Assert.Equal("Send", (string?)action["card"]!["actions"]![0]!["title"]);
    }
}
