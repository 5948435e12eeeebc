using EquityBot.People;
using EquityBot.Storage;
using NodaTime.Extensions;

namespace EquityBot.Chat;

/// <summary>Readers for what a channel asks beside the conversation, where nothing changes: a search, a card that is drawn.</summary>
public sealed class Readers(Catalogue catalogue, Subjects subjects, Languages languages, HospitalClock clock)
{
    /// <summary>Whose id that is in that channel; null for nobody's.</summary>
    public async Task<Reader?> OfAsync(EquityDb db, string channel, string sender, CancellationToken ct)
    {
        var (now, roster) = (clock.GetUtcNow().ToInstant(), await Roster.LoadAsync(db, ct));
        return await Switchboard.SenderAsync(db, channel, sender, roster, now, ct) is { } person ? new(person, roster, languages[roster.Organization.Language], now, catalogue, subjects) : null;
    }
}
