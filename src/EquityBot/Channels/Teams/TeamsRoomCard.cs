using System.Text.Json.Nodes;
using EquityBot.Chat;

namespace EquityBot.Channels.Teams;

/// <summary>What a card that several people see has beside one for a single person.</summary>
static class TeamsRoomCard
{
    /// <summary>
    /// As a room sees it: whom it speaks to is mentioned, and each client asks by the button that everybody may press what its own person sees.
    /// </summary>
    /// <param name="called">The directory's id of whom the card calls by name; null where nobody is mentioned.</param>
    public static void Make(JsonObject drawn, Card card, string? called)
    {
        if (card is { Calls: { } name } && called is not null && drawn["body"]![0] is JsonObject heading)
        {
            var mention = $"<at>{name}</at>";
            heading["text"] = heading["text"]!.GetValue<string>().Replace(TeamsCards.Inert(name), mention, StringComparison.Ordinal);
            drawn["msteams"] = new JsonObject
            {
                ["entities"] = new JsonArray(new JsonObject { ["type"] = "mention", ["text"] = mention, ["mentioned"] = new JsonObject { ["id"] = called, ["name"] = name } }),
            };
        }

        if (card.Buttons.FirstOrDefault() is { } open)
        {
            drawn["refresh"] = new JsonObject
            {
                ["action"] = new JsonObject { ["type"] = "Action.Execute", ["title"] = open.Title, ["verb"] = open.Id.ToString("N"), ["data"] = new JsonObject() },
            };
        }
    }
}
