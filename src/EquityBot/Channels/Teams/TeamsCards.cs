using System.Text.Json.Nodes;
using EquityBot.Chat;

namespace EquityBot.Channels.Teams;

/// <summary>What draws a card.</summary>
public enum CardClient
{
    /// <summary>Any client of Adaptive Cards, with nobody to ask.</summary>
    Plain,

    /// <summary>A conversation in Teams.</summary>
    Teams,

    /// <summary>A window over it.</summary>
    TeamsDialog,
}

/// <summary>Neutral cards as Adaptive Cards 1.5: Teams draws them, and the practice page with the vendor's own renderer. Only elements that we send.</summary>
public static class TeamsCards
{
    /// <summary>So many buttons of a row stay at hand; the rest waits behind the client's "…".</summary>
    const int AtHand = 4;

    /// <summary>So many fields still read well inside a card; a longer form opens in a window of its own where the client has such.</summary>
    const int FieldsInCard = 3;

    /// <param name="submit">Title of the button that sends a form.</param>
    /// <param name="client">What draws it.</param>
    public static JsonObject Render(Card card, string submit, CardClient client = CardClient.Plain) =>
        client == CardClient.Teams ? TeamsThrift.Fitting(card, (shorter, thrift) => Draw(shorter, submit, client, thrift)) : Draw(card, submit, client, Thrift.None);

    static JsonObject Draw(Card card, string submit, CardClient client, Thrift thrift)
    {
        var drawing = new Drawing(submit, card.Buttons.FirstOrDefault(button => button.Primary), StandsOpen(card), client, thrift == Thrift.None ? FieldsInCard : 0);
        return new()
        {
            ["type"] = "AdaptiveCard",
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["version"] = "1.5",
            ["fallbackText"] = thrift < Thrift.ShortText ? PlainText.Of(card) : card.Title,
            ["body"] = new JsonArray([Heading(card.Title, "Medium"), .. Body(card, drawing)]),
        };
    }

    /// <summary>For a window of Teams, which sends what is pressed in it by another way.</summary>
    public static JsonObject Dialog(Card card, string submit) => Render(card, submit, CardClient.TeamsDialog);

    /// <summary>Where the parts of a card end, what follows stands apart from them.</summary>
    static IEnumerable<JsonNode> Body(Card card, Drawing drawing)
    {
        Block? before = null;
        foreach (var block in card.Blocks)
        {
            foreach (var (place, element) in Elements(block, drawing).Index())
            {
                element.AsObject().When(place == 0 && before is Section && block is not Section, "separator", true).When(place == 0 && before is Section && block is not Section, "spacing", "Large");
                yield return element;
            }

            before = block;
        }
    }

    /// <summary>Nobody opens first what there is nothing beside: the form of a card's only button is open, and so are a few words and a day that a card asks for before all else.</summary>
    static Button? StandsOpen(Card card) => card.Buttons.Take(3).ToList() switch
    {
        [{ Inputs.Count: > 0 } only] => only,
        [{ Primary: true } first, { Inputs.Count: 0 }] when first.Inputs.Any(input => input.Required) && first.Inputs.All(input => input.Type is InputType.Text or InputType.Date) => first,
        _ => null,
    };

    /// <param name="Primary">The one button that stands out, however many parts the card has.</param>
    /// <param name="OpenForm">The button whose form needs no opening.</param>
    sealed record Drawing(string Submit, Button? Primary, Button? OpenForm, CardClient Client, int FieldsInCard)
    {
        readonly HashSet<string> taken = [];

        /// <summary>Two forms of one card may both ask for a reason, but clients want every id once.</summary>
        public string Unique(string id)
        {
            var unique = id;
            for (var number = 2; !taken.Add(unique); number++)
            {
                unique = $"{id}~{number}";
            }

            return unique;
        }
    }

    /// <summary>Where the data of a press names its button, for clients that do not know verbs.</summary>
    public const string ButtonKey = "equitybot";

    /// <summary>The input that a client's field belongs to: <c>reason~2</c> is the second form's <c>reason</c>.</summary>
    public static string InputOf(string field) => field.Split('~')[0];

    static JsonObject Heading(string text, string size) => Text(text, ("size", size), ("weight", "Bolder"), ("style", "heading"));

    static JsonObject Text(string text, params (string Key, string Value)[] more)
    {
        var block = new JsonObject { ["type"] = "TextBlock", ["text"] = Inert(text), ["wrap"] = true };
        foreach (var (key, value) in more)
        {
            block[key] = value;
        }

        return block;
    }

    /// <summary>Clients turn {{DATE(…)}} in any text into a date of their own, and [words](address) into a link or a picture; a joiner that nobody sees keeps what people wrote.</summary>
    internal static string Inert(string text) => text.Replace("{{", "{\u2060{", StringComparison.Ordinal).Replace("](", "]\u2060(", StringComparison.Ordinal);

    static IEnumerable<JsonNode> Elements(Block block, Drawing drawing) =>
        block is ButtonRow && drawing.OpenForm is { } form ? [.. form.Inputs.Select(input => Field(form, input, drawing)), Element(block, drawing)] : [Element(block, drawing)];

    static JsonNode Element(Block block, Drawing drawing) => block switch
    {
        Words { Strong: true } words => Text(words.Text, ("weight", "Bolder")),
        Words words => Text(words.Text),
        Quiet quiet => Text(quiet.Text, ("size", "Small")).With("isSubtle", true),
        Status status => Text($"{PlainText.Shape(status.Mood)} {status.Word}", ("weight", "Bolder"), ("color", Color(status.Mood))),
        Facts facts => new JsonObject
        {
            ["type"] = "FactSet",
            ["facts"] = new JsonArray([.. facts.Rows.Select(fact => new JsonObject { ["title"] = fact.Label, ["value"] = Inert(fact.Value) })]),
        },
        Quote quote => Container([Text($"“{quote.Text}”"), Text(quote.By, ("size", "Small")).With("isSubtle", true)]).With("style", "emphasis"),
        Bullets bullets => Container([.. bullets.Items.Select(item => Text($"• {item}", ("spacing", "Small")))]),
        Trend trend => drawing.Client == CardClient.Teams ? Chart(trend) : Listed(trend),
        Table table => Container([.. table.Rows.Prepend(table.Columns).Select(row => Text(string.Join(" · ", row), ("spacing", "Small")))]),
        Banner banner => Container([Text($"{PlainText.Shape(banner.Mood)} {banner.Text}", ("color", Color(banner.Mood)))]).With("style", "emphasis"),
        Divider => new JsonObject { ["type"] = "TextBlock", ["text"] = " ", ["wrap"] = true, ["separator"] = true },
        Link link => new JsonObject { ["type"] = "ActionSet", ["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = link.Title, ["url"] = link.Address.AbsoluteUri }) },
        Section section => Container([Heading(section.Title, "Default"), .. section.Blocks.SelectMany(inner => Elements(inner, drawing))]).With("separator", true).With("spacing", "Large"),
        Question question => Container([Text(question.Text, ("size", "Small")), Actions(question.Answers, drawing).With("spacing", "Small")]).With("style", "emphasis").With("spacing", "Medium"),
        ButtonRow row => Overflow(Actions(row.Buttons, drawing)).With("spacing", "Medium"),
        _ => throw new NotSupportedException($"No Adaptive Card element for {block.GetType().Name}."),
    };

    static JsonObject Listed(Trend trend) => Container([Text(trend.Title, ("weight", "Bolder")), .. trend.Table.Rows.Prepend(trend.Table.Columns).Select(row => Text(string.Join(" · ", row), ("spacing", "Small")))]);

    static JsonObject Chart(Trend trend) => new()
    {
        ["type"] = "Chart.Line",
        ["title"] = trend.Title,
        ["xAxisTitle"] = trend.DayLabel,
        ["yAxisTitle"] = trend.ValueLabel,
        ["data"] = new JsonArray(
        [
            Series(trend.ValueLabel, trend.Points.Select(point => (point.Label, point.Value))),
            .. trend.Aim is { } aim ? [Series(aim.Label, new[] { trend.Points[0], trend.Points[^1] }.Select(point => (point.Label, aim.Value)))] : Array.Empty<JsonObject>(),
        ]),
        ["fallback"] = Listed(trend),
    };

    static JsonObject Series(string legend, IEnumerable<(string Day, decimal Value)> values) => new()
    {
        ["legend"] = legend,
        ["values"] = new JsonArray([.. values.Select(value => new JsonObject { ["x"] = value.Day, ["y"] = value.Value })]),
    };

    static JsonObject Container(IEnumerable<JsonNode> items) => new() { ["type"] = "Container", ["items"] = new JsonArray([.. items]) };

    static string Color(Mood mood) => mood switch
    {
        Mood.Kept => "Good",
        Mood.AtRisk => "Warning",
        Mood.Missed => "Attention",
        Mood.Waiting => "Accent",
        _ => "Default",
    };

    static JsonObject Actions(IReadOnlyList<Button> buttons, Drawing drawing) => new()
    {
        ["type"] = "ActionSet",
        ["actions"] = new JsonArray([.. buttons.Select(button => Action(button, drawing))]),
    };

    /// <summary>Teams drops what does not fit in a row unless it is told what may wait.</summary>
    static JsonObject Overflow(JsonObject actionSet)
    {
        var actions = actionSet["actions"]!.AsArray();
        foreach (var action in actions.Count > AtHand + 1 ? actions.Skip(AtHand) : [])
        {
            action!.AsObject().With("mode", "secondary");
        }

        return actionSet;
    }

    static JsonObject Action(Button button, Drawing drawing)
    {
        var opens = button.Inputs.Count > 0 && button != drawing.OpenForm;
        var action = !opens ? Send(button, button.Title, drawing)
            : drawing.Client == CardClient.Teams && button.Inputs.Count > drawing.FieldsInCard ? new JsonObject
            {
                ["type"] = "Action.Submit",
                ["title"] = button.Title,
                ["data"] = new JsonObject { [ButtonKey] = Name(button), ["msteams"] = new JsonObject { ["type"] = "task/fetch" } },
                ["associatedInputs"] = "none",
            }
            : new JsonObject
            {
                ["type"] = "Action.ShowCard",
                ["title"] = button.Title,
                ["card"] = new JsonObject
                {
                    ["type"] = "AdaptiveCard",
                    ["body"] = new JsonArray([.. button.Inputs.Select(input => Field(button, input, drawing))]),
                    ["actions"] = new JsonArray(Send(button, drawing.Submit, drawing).With("style", "positive")),
                },
            };
        // Beside an open form another button leaves its fields alone, filled in or not.
        return action.When(button == drawing.Primary, "style", "positive").When(!opens && button != drawing.OpenForm && drawing.OpenForm is not null, "associatedInputs", "none");
    }

    static string Name(Button button) => button.Id.ToString("N");

    static JsonObject Send(Button button, string title, Drawing drawing)
    {
        var submit = new JsonObject { ["type"] = "Action.Submit", ["title"] = title, ["data"] = new JsonObject { [ButtonKey] = Name(button) } };
        return drawing.Client == CardClient.TeamsDialog ? submit : new JsonObject { ["type"] = "Action.Execute", ["title"] = title, ["verb"] = Name(button), ["data"] = new JsonObject(), ["fallback"] = submit };
    }

    static JsonObject Field(Button button, Input input, Drawing drawing)
    {
        // A switch has its words beside it, where a label above would say them twice.
        var field = new JsonObject { ["type"] = Type(input.Type), ["id"] = drawing.Unique(input.Id), [input.Type == InputType.Toggle ? "title" : "label"] = input.Label };
        field.When(input.Required, "isRequired", true);
        field.When(input.Required, "errorMessage", input.Label);
        field.When(input.Value is not null, "value", input.Value);
        field.When(input.Type == InputType.Text, "maxLength", 1000);
        field.When(input is { Type: InputType.Text, Id: "what" or "note" or "reason" or "need" or "rationale" }, "isMultiline", true);
        field.When(input.Type == InputType.Choice, "style", input is { Required: true, Choices.Count: <= 4 } ? "expanded" : "compact");
        field.When(input.Type == InputType.Choices, "isMultiSelect", true);
        if (input.Type == InputType.Choice && input.Choices.Count > ChoiceSearch.ListAtMost && drawing.Client != CardClient.Plain)
        {
            // The client asks while somebody types; of the list it carries what is chosen already.
            field["style"] = "filtered";
            field["choices"] = new JsonArray([.. input.Choices.Where(choice => choice.Value == input.Value).Select(choice => new JsonObject { ["title"] = choice.Title, ["value"] = choice.Value })]);
            field["choices.data"] = new JsonObject { ["type"] = "Data.Query", ["dataset"] = $"{Name(button)}.{input.Id}" };
        }
        else if (input.Choices.Count > 0)
        {
            field["choices"] = new JsonArray([.. input.Choices.Select(choice => new JsonObject { ["title"] = choice.Title, ["value"] = choice.Value })]);
        }

        return field;
    }

    static string Type(InputType type) => type switch
    {
        InputType.Text => "Input.Text",
        InputType.Number => "Input.Number",
        InputType.Date => "Input.Date",
        InputType.Toggle => "Input.Toggle",
        _ => "Input.ChoiceSet",
    };

    static JsonObject With(this JsonObject element, string key, JsonNode value)
    {
        element[key] = value;
        return element;
    }

    static JsonObject When(this JsonObject element, bool holds, string key, JsonNode? value)
    {
        if (holds)
        {
            element[key] = value;
        }

        return element;
    }
}
