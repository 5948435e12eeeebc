using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EquityBot.Chat;

namespace EquityBot.Channels.Slack;

/// <summary>The fields of a button's form as a window of Slack has them, and what was filled in.</summary>
static class SlackForms
{
    /// <summary>Every field's element is called so.</summary>
    const string Element = "value";

    const NumberStyles Written = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
    const string On = "true";
    const string Off = "false";
    const int LongestLabel = 2000;
    const int LongestPlaceholder = 150;
    const int LongestChoice = 75;
    const int MostInList = 100;
    const int MostTicked = 10;
    const int FewChoices = 4;

    /// <summary>The block around a field. It bears the button's id too: Slack fills a window that is drawn anew with what was typed into blocks of the same name, and that was about how things stood before.</summary>
    public static string BlockOf(Button button, Input input) => $"{input.Id}.{SlackBlocks.Name(button)}";

    /// <summary>Those that can be filled in; in a list of nothing nobody can choose, and Slack opens no window that has one.</summary>
    public static IReadOnlyList<Input> Open(Button button) => [.. button.Inputs.Where(CanBeFilledIn)];

    static bool CanBeFilledIn(Input input) => input.Type is not (InputType.Choice or InputType.Choices) || input.Choices.Any(choice => choice.Value.Length > 0);

    /// <param name="words">Of the organization's language.</param>
    public static IEnumerable<JsonObject> Fields(Button button, Phrases words) => button.Inputs.Select(input => !CanBeFilledIn(input) ? Empty(input, words) : new JsonObject
    {
        ["type"] = "input",
        ["block_id"] = BlockOf(button, input),
        ["label"] = SlackBlocks.Plain(input.Label, LongestLabel),
        ["optional"] = !input.Required,
        ["element"] = Field(input, words),
    });

    static JsonObject Empty(Input input, Phrases words) => new() { ["type"] = "section", ["text"] = SlackBlocks.Plain(words["slack.no-choice", ("label", input.Label)], LongestLabel) };

    /// <summary>By input id. A field that was emptied is there and blank; one that the window did not have is not.</summary>
    /// <param name="values"><c>view.state.values</c>.</param>
    public static Dictionary<string, string> Read(Button button, JsonElement values)
    {
        var typed = new Dictionary<string, string>();
        foreach (var input in button.Inputs)
        {
            var field = Loose.Part(Loose.Part(values, BlockOf(button, input)), Element);
            if (field.ValueKind == JsonValueKind.Object)
            {
                typed[input.Id] = Value(input, field);
            }
        }

        return typed;
    }

    static string Value(Input input, JsonElement field)
    {
        var chosen = Loose.Items(field, "selected_options").Select(option => Known(input, Loose.Text(option, "value"))).ToList();
        return input.Type switch
        {
            InputType.Toggle => chosen.Count > 0 ? On : Off,
            InputType.Choices => string.Join(',', chosen),
            InputType.Choice => Known(input, Loose.Text(Loose.Part(field, "selected_option"), "value")),
            InputType.Date => Loose.Text(field, "selected_date") ?? "",
            _ => Loose.Text(field, Element) ?? "",
        };
    }

    /// <summary>Values that are too long for Slack travel as their place in the list.</summary>
    static string Known(Input input, string? value) =>
        value is ['#', .. var place] && int.TryParse(place, out var index) && index >= 0 && index < input.Choices.Count && input.Choices[index].Value.Length > LongestChoice ? input.Choices[index].Value : value ?? "";

    static JsonObject Field(Input input, Phrases words)
    {
        var yes = new Choice(words["slack.yes"], On);
        var field = input.Type switch
        {
            InputType.Text => Text(input),
            InputType.Number => With(new() { ["type"] = "number_input", ["is_decimal_allowed"] = true }, "initial_value", decimal.TryParse(input.Value, Written, CultureInfo.InvariantCulture, out _) ? input.Value!.Trim() : null),
            InputType.Date => With(new() { ["type"] = "datepicker" }, "initial_date", NodaTime.Text.LocalDatePattern.Iso.Parse(input.Value ?? "").Success ? input.Value : null),
            InputType.Toggle => Ticked("checkboxes", input with { Choices = [yes] }),
            InputType.Choices => Several(input with { Choices = [.. input.Choices.Where(choice => choice.Value.Length > 0)] }, words),
            _ => Choice(input, words),
        };
        field["action_id"] = Element;
        return field;
    }

    static JsonObject Several(Input input, Phrases words)
    {
        if (input.Choices.Count <= MostInList)
        {
            return Ticked(input.Choices.Count <= MostTicked ? "checkboxes" : "multi_static_select", input);
        }

        var field = Ticked("multi_external_select", input);
        field.Remove("options");
        (field["min_query_length"], field["placeholder"]) = (0, SlackBlocks.Plain(words["slack.type-to-find"], LongestPlaceholder));
        return field;
    }

    static JsonObject Text(Input input)
    {
        var field = new JsonObject { ["type"] = "plain_text_input", ["max_length"] = Form.LongestValue, ["multiline"] = input.Id is "what" or "note" or "reason" or "need" or "rationale" };
        return With(field, "initial_value", input.Value is null ? null : SlackText.Cut(input.Value, Form.LongestValue));
    }

    /// <summary>A few are all in view, some are a list, and in many one looks by typing.</summary>
    static JsonObject Choice(Input input, Phrases words)
    {
        var chosen = input.Choices.FirstOrDefault(choice => choice.Value == input.Value && choice.Value.Length > 0);
        if (input.Choices.Count > ChoiceSearch.ListAtMost)
        {
            return Initially(new() { ["type"] = "external_select", ["min_query_length"] = 0, ["placeholder"] = SlackBlocks.Plain(words["slack.type-to-find"], LongestPlaceholder) }, chosen, input);
        }

        var field = new JsonObject { ["type"] = input.Required && input.Choices.Count <= FewChoices ? "radio_buttons" : "static_select", ["options"] = new JsonArray([.. input.Choices.Where(choice => choice.Value.Length > 0).Select(choice => Option(choice, input))]) };
        return Initially(field, chosen, input);
    }

    static JsonObject Initially(JsonObject field, Choice? chosen, Input input)
    {
        if (chosen is not null)
        {
            field["initial_option"] = Option(chosen, input);
        }

        return field;
    }

    static JsonObject Ticked(string kind, Input input)
    {
        var chosen = (input.Value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var field = new JsonObject { ["type"] = kind, ["options"] = new JsonArray([.. input.Choices.Select(choice => Option(choice, input))]) };
        if (input.Choices.Where(choice => chosen.Contains(choice.Value)).Select(choice => Option(choice, input)).ToList() is { Count: > 0 } initially)
        {
            field["initial_options"] = new JsonArray([.. initially]);
        }

        return field;
    }

    public static JsonObject Option(Choice choice, Input input) => new()
    {
        ["text"] = SlackBlocks.Plain(choice.Title, LongestChoice),
        ["value"] = choice.Value.Length <= LongestChoice ? choice.Value : $"#{input.Choices.ToList().IndexOf(choice)}",
    };

    static JsonObject With(JsonObject field, string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            field[key] = value;
        }

        return field;
    }
}
