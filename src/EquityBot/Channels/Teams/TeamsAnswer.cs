using System.Text.Json.Nodes;

namespace EquityBot.Channels.Teams;

/// <summary>What an invoke is answered with, in the response to it.</summary>
static class TeamsAnswer
{
    public const string CardType = "application/vnd.microsoft.card.adaptive";
    const string MessageType = "application/vnd.microsoft.activity.message";
    const string ErrorType = "application/vnd.microsoft.error";

    /// <summary>Takes the place of the card that was pressed.</summary>
    public static IResult Card(JsonObject card) => Say(200, CardType, card);

    /// <summary>Shown for a moment; the card stays, with what was typed in it.</summary>
    public static IResult Words(string words) => Say(200, MessageType, JsonValue.Create(words));

    public static IResult Error(int status, string code, string words) => Say(status, ErrorType, new JsonObject { ["code"] = code, ["message"] = words });

    /// <summary>What comes of an action stands in the body, whatever it is; the request itself went well.</summary>
    static IResult Say(int status, string type, JsonNode value) => Results.Json(new JsonObject { ["statusCode"] = status, ["type"] = type, ["value"] = value });
}
