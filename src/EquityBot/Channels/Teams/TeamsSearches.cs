using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using EquityBot.Chat;
using EquityBot.Commitments;

namespace EquityBot.Channels.Teams;

/// <summary>What people look for while they type: a name for a form's field, a promise to show to others.</summary>
sealed class TeamsSearches(TeamsPeople people, ChoiceSearch choices, FindCommitments commitments, Languages languages)
{
    const int MostFound = 25;

    /// <summary>Answers <c>application/search</c>: a form's field names itself as <c>button.field</c>.</summary>
    public async Task<IResult> ChooseAsync(Activity activity, CancellationToken ct)
    {
        var asked = activity.Value ?? default;
        var found = Loose.Text(asked, "dataset")?.Split('.') is [var id, var input] && Guid.TryParseExact(id, "N", out var button) && await people.AskerAsync(activity, isNew: false, ct) is { } sender
            ? await choices.FindAsync(sender.Organization, TeamsModule.Channel, sender.Account, button, input, Loose.Text(asked, "queryText") ?? "", ct)
            : [];
        return Results.Json(new JsonObject
        {
            ["statusCode"] = 200,
            ["type"] = "application/vnd.microsoft.search.searchResponse",
            ["value"] = new JsonObject { ["results"] = new JsonArray([.. found.Select(one => new JsonObject { ["title"] = one.Title, ["value"] = one.Value })]) },
        });
    }

    /// <summary>Answers <c>composeExtension/query</c>: promises of the plan, each as a card that can be put into a message.</summary>
    public async Task<IResult> FindAsync(Activity activity, CancellationToken ct)
    {
        if (await people.AskerAsync(activity, isNew: true, ct) is not { } sender)
        {
            return Results.Ok();
        }

        var (asked, words) = (activity.Value ?? default, languages[sender.Language]);
        if (sender.IsUnsure)
        {
            return Says(words["press.busy"]);
        }

        var options = Loose.Part(asked, "queryOptions");
        var typed = Loose.Items(asked, "parameters").Where(one => Loose.Text(one, "name") == "text").Select(one => Loose.Text(one, "value")).FirstOrDefault() ?? "";
        var found = await commitments.ForAsync(
            sender.Organization, TeamsModule.Channel, sender.Account, typed, Math.Max(0, Number(options, "skip") ?? 0), Math.Clamp(Number(options, "count") ?? MostFound, 1, MostFound), ct);
        return found is { Count: > 0 } ? List(found, words) : Says(words[found is null ? "room.stranger" : "teams.nothing-found"]);
    }

    static int? Number(JsonElement element, string name) => Loose.Part(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var whole) ? whole : null;

    static IResult List(IReadOnlyList<FoundCommitment> found, Phrases words) => Results.Json(new JsonObject
    {
        ["composeExtension"] = new JsonObject
        {
            ["type"] = "result",
            ["attachmentLayout"] = "list",
            ["attachments"] = new JsonArray([.. found.Select(one => new JsonObject
            {
                ["contentType"] = TeamsAnswer.CardType,
                ["content"] = TeamsCards.Render(one.Card, words["button.send"]),
                // Previews understand a little HTML; what people wrote is shown as they wrote it.
                ["preview"] = new JsonObject
                {
                    ["contentType"] = "application/vnd.microsoft.card.thumbnail",
                    ["content"] = new JsonObject { ["title"] = WebUtility.HtmlEncode(one.Title), ["text"] = WebUtility.HtmlEncode(one.Line) },
                },
            })]),
        },
    });

    static IResult Says(string text) => Results.Json(new JsonObject { ["composeExtension"] = new JsonObject { ["type"] = "message", ["text"] = text } });
}
