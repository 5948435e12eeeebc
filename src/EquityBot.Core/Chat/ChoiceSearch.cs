using EquityBot.Storage;
using FuzzySharp;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Chat;

/// <summary>Finds among the choices of a form's field by what was typed so far, for clients that do not carry long lists on their cards.</summary>
public sealed class ChoiceSearch(EquityStore store, Readers readers)
{
    /// <summary>A list as long as this is still a list to look through.</summary>
    public const int ListAtMost = 15;

    /// <summary>Of a hundred: a slip or two.</summary>
    const int Similar = 75;

    /// <summary>The nearest choices, all of them from the beginning where nothing was typed; none of a form that is not this person's.</summary>
    public async Task<IReadOnlyList<Choice>> FindAsync(Guid organization, string channel, string sender, Guid button, string input, string typed, CancellationToken ct)
    {
        await using var db = store.For(organization);
        if (await readers.OfAsync(db, channel, sender, ct) is not { } reader)
        {
            return [];
        }

        var card = await (
            from record in db.Set<ButtonRecord>().AsNoTracking()
            join message in db.Set<Message>().AsNoTracking() on record.MessageId equals message.Id
            where record.Id == button && record.PersonId == reader.Person.Id
            select message.Card).SingleOrDefaultAsync(ct);
        var choices = card is null ? [] : Card.FromJson(card).Buttons.FirstOrDefault(one => one.Id == button)?.Inputs.FirstOrDefault(one => one.Id == input)?.Choices ?? [];
        return Nearest(choices, typed);
    }

    /// <summary>Those that begin so, then those that have a word that begins so, then those that have it anywhere, then those that are spelled alike; in their own order otherwise.</summary>
    public static IReadOnlyList<Choice> Nearest(IReadOnlyList<Choice> choices, string typed)
    {
        typed = Phrasebook.Tidy(typed);
        return typed.Length == 0
            ? [.. choices.Take(ListAtMost)]
            : [.. choices.Select(one => (Choice: one, Rank: Rank(one.Title, typed))).Where(one => one.Rank < 4).OrderBy(one => one.Rank).Select(one => one.Choice).Take(ListAtMost)];
    }

    static int Rank(string title, string typed) =>
        title.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 0
        : title.Contains($" {typed}", StringComparison.OrdinalIgnoreCase) ? 1
        : title.Contains(typed, StringComparison.OrdinalIgnoreCase) ? 2
        : title.Split(' ').Any(word => Fuzz.Ratio(word.ToLowerInvariant(), typed.ToLowerInvariant()) >= Similar) ? 3
        : 4;
}
