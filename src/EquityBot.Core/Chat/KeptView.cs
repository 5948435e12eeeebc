using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Chat;

/// <summary>A card that is drawn anew whenever somebody looks. It is kept for its buttons alone, and once while it stays the same.</summary>
static class KeptView
{
    /// <summary>The card as it was kept last, where it would say the same again and nothing on it was pressed or is outdated; null where it has to be kept anew.</summary>
    public static async Task<Card?> StillAsync(EquityDb db, Message? last, Card card, CancellationToken ct)
    {
        if (last is not { State: MessageState.Current } || Card.FromJson(last.Card) is not { } kept || PlainText.Of(kept) != PlainText.Of(card))
        {
            return null;
        }

        var buttons = await db.Set<ButtonRecord>().AsNoTracking().Where(one => one.MessageId == last.Id).ToListAsync(ct);
        return buttons.All(one => one.PressedAt is null) && buttons.Select(one => (one.Verb, one.Ref, one.Version)).ToHashSet().SetEquals(card.Buttons.Select(one => (one.Verb, one.Ref, one.Version))) ? kept : null;
    }

    /// <param name="of">The room whose card it is a view of, or the person whose own page it is.</param>
    /// <param name="reference">The subject; null for a page of many parts, as a bundle is: no single answer takes its place.</param>
    /// <param name="page">Which of the person's pages.</param>
    public static Card Keep(EquityDb db, Reader reader, Card card, Guid of, string? reference, string? page)
    {
        var message = Conversation.Compose(db, reader, card, MessageKind.Reply, reference, page, reference is null ? [] : null, null);
        (message.ViewOf, message.SentAt) = (of, reader.Now);
        return card;
    }
}
