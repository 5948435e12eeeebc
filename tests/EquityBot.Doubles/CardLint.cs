using System.Text;
using System.Text.Json.Nodes;

namespace EquityBot.Doubles;

/// <summary>
/// What clients do not say about a card: a property that no element has (drawn as if it were not there), a field without a label, a heading that is none, a card
/// that Teams would cut. Properties as published for Adaptive Cards 1.5 and for Teams, as far as the product uses them.
/// </summary>
public static class CardLint
{
    /// <summary>Of a card as it is sent, in bytes. Teams cuts at about 100 KB; ours stay far below.</summary>
    public const int Largest = 25 * 1024;

    /// <summary>So many buttons Teams shows of one row; the others must say that they may wait.</summary>
    const int MostAtHand = 6;

    static readonly string[] Everywhere = ["type", "spacing", "separator"];

    static readonly Dictionary<string, string[]> Known = new()
    {
        ["AdaptiveCard"] = ["$schema", "version", "fallbackText", "body", "actions", "refresh", "msteams"],
        ["TextBlock"] = ["text", "wrap", "size", "weight", "style", "color", "isSubtle"],
        ["FactSet"] = ["facts"],
        ["Container"] = ["items", "style"],
        ["ActionSet"] = ["actions"],
        ["Chart.Line"] = ["title", "xAxisTitle", "yAxisTitle", "data", "fallback"],
        ["Input.Text"] = ["id", "label", "isRequired", "errorMessage", "value", "maxLength", "isMultiline"],
        ["Input.Number"] = ["id", "label", "isRequired", "errorMessage", "value"],
        ["Input.Date"] = ["id", "label", "isRequired", "errorMessage", "value"],
        ["Input.Toggle"] = ["id", "title", "isRequired", "errorMessage", "value"],
        ["Input.ChoiceSet"] = ["id", "label", "isRequired", "errorMessage", "value", "style", "isMultiSelect", "choices", "choices.data"],
        ["Action.Execute"] = ["title", "verb", "data", "style", "mode", "associatedInputs", "fallback"],
        ["Action.Submit"] = ["title", "data", "style", "mode", "associatedInputs"],
        ["Action.ShowCard"] = ["title", "card", "style", "mode"],
        ["Action.OpenUrl"] = ["title", "url", "style", "mode"],
    };

    /// <summary>A sentence for each thing that is wrong; none when all is well.</summary>
    public static IReadOnlyList<string> Look(JsonNode card)
    {
        var wrong = new List<string>();
        var root = card.AsObject();
        Check(root["version"]?.ToString() == "1.5", "the version is not 1.5");
        Check(!string.IsNullOrWhiteSpace(root["fallbackText"]?.ToString()), "there is no text for clients that cannot draw it");
        Check(root["body"]?[0] is JsonObject first && first["style"]?.ToString() == "heading", "it does not begin with a heading");
        Check(Encoding.UTF8.GetByteCount(root.ToJsonString()) is var size && size <= Largest, $"it is too large ({size} bytes)");
        Look(root);
        var ids = Inputs(root).Select(input => input["id"]?.ToString()).ToList();
        Check(ids.Distinct().Count() == ids.Count, "two fields share an id");
        return wrong;

        void Check(bool holds, string otherwise)
        {
            if (!holds)
            {
                wrong.Add(otherwise);
            }
        }

        void Look(JsonObject element)
        {
            var type = element["type"]?.ToString() ?? "";
            Check(Known.TryGetValue(type, out var known), $"there is no {type}");
            wrong.AddRange(element.Select(one => one.Key).Except(Everywhere).Except(known ?? []).Select(name => $"{type} has no {name}"));
            if (type.StartsWith("Input.", StringComparison.Ordinal))
            {
                Check(!string.IsNullOrWhiteSpace(element[type == "Input.Toggle" ? "title" : "label"]?.ToString()), $"the field {element["id"]} has no label");
                Check(element["isRequired"]?.GetValue<bool>() != true || element["errorMessage"] is not null, $"the field {element["id"]} does not say what is missing");
                Check(type != "Input.ChoiceSet" || element["choices"]?.AsArray().Count > 0 || element["choices.data"]?["dataset"] is not null, $"the field {element["id"]} has nothing to choose from");
            }

            if (type.StartsWith("Action.", StringComparison.Ordinal))
            {
                Check(!string.IsNullOrWhiteSpace(element["title"]?.ToString()), "a button has no title");
            }

            if (type.StartsWith("Chart.", StringComparison.Ordinal))
            {
                Check(element["fallback"] is JsonObject && element["title"] is not null, "a chart has no words for who cannot see it");
                Check(element["data"]!.AsArray().All(series => series!["legend"]?.ToString().Length > 0 && series["values"]!.AsArray().Count > 1), "a line of a chart has no name or is none");
            }

            if (type == "TextBlock")
            {
                Check(element["wrap"]?.GetValue<bool>() == true, "a text does not wrap");
            }

            if (type == "FactSet")
            {
                Check(element["facts"]!.AsArray().All(fact => fact!["title"]?.ToString().Length > 0), "a fact has no name");
            }

            if (type == "ActionSet")
            {
                var actions = element["actions"]!.AsArray();
                Check(actions.Count > 0, "a row has no buttons");
                Check(actions.Count(action => action!["mode"]?.ToString() != "secondary") <= MostAtHand, "more buttons than Teams shows");
                Check(actions.Select(action => action!["title"]!.ToString()).Distinct().Count() == actions.Count, "two buttons of a row have one title");
            }

            foreach (var inner in new[] { "body", "items", "actions" }.SelectMany(name => (IEnumerable<JsonNode?>?)element[name]?.AsArray() ?? []).Append(element["card"] as JsonObject).Append(element["fallback"] as JsonObject).OfType<JsonObject>())
            {
                Look(inner);
            }
        }
    }

    static IEnumerable<JsonObject> Inputs(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Inputs),
        JsonObject part when part["type"]?.ToString().StartsWith("Input.", StringComparison.Ordinal) == true => [part],
        JsonObject part => part.SelectMany(one => Inputs(one.Value)),
        _ => [],
    };
}
