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

    const int MostNamed = 100;

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

        var (fits, tooMany) = (0, card.Blocks.OfType<Section>().Count());
        while (tooMany - fits > 1)
        {
            var whole = (fits + tooMany) / 2;
            (fits, tooMany) = Fits(draw(Named(card, whole), Thrift.Named)) ? (whole, tooMany) : (fits, whole);
        }

        return draw(Named(card, fits), Thrift.Named);
    }

    /// <summary>The most urgent parts stand first and stay whole; whoever wants one of the others says its reference.</summary>
    static Card Named(Card card, int whole)
    {
        var rest = card.Blocks.OfType<Section>().Skip(whole).ToHashSet<Block>(ReferenceEqualityComparer.Instance);
        var titles = rest.OfType<Section>().Select(section => section.Title).ToList();
        return card with { Blocks = [.. card.Blocks.Where(block => !rest.Contains(block)), new Divider(), new Bullets(titles.Count > MostNamed ? [.. titles.Take(MostNamed), $"+{titles.Count - MostNamed}"] : titles)] };
    }

    static bool Fits(JsonObject card) => Encoding.UTF8.GetByteCount(card.ToJsonString()) <= Largest;
}
