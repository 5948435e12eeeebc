using System.Text;
using System.Text.Json.Nodes;
using EquityBot.Chat;

namespace EquityBot.Channels.Teams;

/// <summary>How far a card is shortened that is too large. Each step includes those before it.</summary>
enum Thrift
{
    None,

    /// <summary>Every form opens in a window.</summary>
    Windows,

    /// <summary>Clients that draw no cards get its title.</summary>
    ShortText,

    /// <summary>Of a long bundle, the parts at its end are named and no more.</summary>
    Named,
}

/// <summary>Keeps cards within what a conversation carries well: too long becomes shorter, never an error.</summary>
static class TeamsThrift
{
    /// <summary>In bytes of UTF-8. Teams takes about 100 KB a message; what is sent far below that arrives whole on every client.</summary>
    const int Largest = 25 * 1024;

    /// <summary>The card as it fits; where even its shortest form does not, that.</summary>
    public static JsonObject Fitting(Card card, Func<Card, Thrift, JsonObject> draw)
    {
        foreach (var thrift in new[] { Thrift.None, Thrift.Windows, Thrift.ShortText })
        {
            if (draw(card, thrift) is var drawn && Fits(drawn))
            {
                return drawn;
            }
        }

        return Shorter.Fitting(card, shorter => draw(shorter, Thrift.Named), Fits);
    }

    static bool Fits(JsonObject card) => Encoding.UTF8.GetByteCount(card.ToJsonString()) <= Largest;
}
