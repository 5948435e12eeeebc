using EquityBot.Chat;

namespace EquityBot.Channels;

/// <summary>Cards with many parts, where a platform takes only so much: the most urgent parts stand first and stay whole, the others are named.</summary>
static class Shorter
{
    const int MostNamed = 100;

    /// <summary>What is drawn of as many whole parts as fit; where none does, of none.</summary>
    public static T Fitting<T>(Card card, Func<Card, T> draw, Func<T, bool> fits)
    {
        if (draw(card) is var whole && fits(whole))
        {
            return whole;
        }

        var (enough, tooMany) = (0, card.Blocks.OfType<Section>().Count());
        while (tooMany - enough > 1)
        {
            var middle = (enough + tooMany) / 2;
            (enough, tooMany) = fits(draw(Named(card, middle))) ? (middle, tooMany) : (enough, middle);
        }

        return tooMany == 0 ? whole : draw(Named(card, enough));
    }

    /// <summary>Whoever wants one of the others says its reference.</summary>
    static Card Named(Card card, int whole)
    {
        var rest = card.Blocks.OfType<Section>().Skip(whole).ToHashSet<Block>(ReferenceEqualityComparer.Instance);
        var titles = rest.OfType<Section>().Select(section => section.Title).ToList();
        return card with { Blocks = [.. card.Blocks.Where(block => !rest.Contains(block)), new Divider(), new Bullets(titles.Count > MostNamed ? [.. titles.Take(MostNamed), $"+{titles.Count - MostNamed}"] : titles)] };
    }
}
