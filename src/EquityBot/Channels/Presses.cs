using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime.Extensions;

namespace EquityBot.Channels;

/// <summary>Buttons that come back from a platform which knows them by their ids alone: the message each stands on is ours to know.</summary>
sealed class Presses(Switchboard switchboard, EquityStore store, LateNews news, HospitalClock clock)
{
    /// <summary>A press is the proof that its message arrived, whatever the platform said.</summary>
    /// <param name="incoming">Without its press.</param>
    public async Task<Handled> PressAsync(Guid organization, IncomingMessage incoming, Guid button, IReadOnlyDictionary<string, string> values, CancellationToken ct)
    {
        await using var db = store.For(organization);
        if (await MessageOf(db, button).SingleOrDefaultAsync(ct) is not { } found)
        {
            return new Handled.NotFound();
        }

        if (found.SentAt is null)
        {
            await news.ArrivedAsync(organization, found.Id, clock.GetUtcNow().ToInstant(), ct);
        }

        return await switchboard.HandleAsync(incoming with { Press = new(found.Id, button, values) }, ct);
    }

    public static IQueryable<Message> MessageOf(EquityDb db, Guid button) =>
        from record in db.Set<ButtonRecord>().AsNoTracking()
        join one in db.Set<Message>().AsNoTracking() on record.MessageId equals one.Id
        where record.Id == button
        select one;

    /// <summary>The message that shows the button to this very person; null where it is somebody else's.</summary>
    /// <param name="account">The person's id in that channel.</param>
    public static Task<Message?> OwnAsync(EquityDb db, string channel, string account, Guid button, CancellationToken ct) => (
        from message in MessageOf(db, button)
        join address in db.Set<ChatAddress>() on message.PersonId equals address.PersonId
        where message.RoomId == null && address.Channel == channel && address.Address == account
        select message).SingleOrDefaultAsync(ct);
}
