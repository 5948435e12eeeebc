namespace EquityBot.Chat;

/// <summary>What somebody hears whose account we do not know.</summary>
public static class LinkAccount
{
    public static Card Card(Phrases words) => new(words["stranger.title"], new Words(words["stranger.words"]));
}
