using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Chat;

/// <summary>
/// What one person sees of a card in a room: the same subject, with the buttons that are theirs. Clients ask whenever they draw it, so that it changes nothing
/// and may be repeated; only the buttons are kept, once for each state in which somebody saw them.
/// </summary>
public sealed class RoomViews(EquityStore store, Readers readers)
{
    /// <param name="sender">The person's id in that channel.</param>
    /// <param name="button">The one on the room's card that everybody may press.</param>
    /// <returns>Null where the room's own card is all there is for them.</returns>
    public async Task<Card?> ForAsync(Guid organization, string channel, string sender, Guid button, CancellationToken ct)
    {
        await using (var db = store.For(organization))
        {
            if (await LookAsync(db, channel, sender, button, ct) is var seen && (seen is null || seen.Kept is not null))
            {
                return seen?.Kept;
            }
        }

        return await store.WriteAsync(organization, Urgency.Inbound, async db => await LookAsync(db, channel, sender, button, ct) is { } look ? look.Kept ?? KeptView.Keep(db, look.Reader, look.Card, look.Of, look.Subject.Ref, null) : null, ct);
    }

    async Task<Look?> LookAsync(EquityDb db, string channel, string sender, Guid button, CancellationToken ct)
    {
        if (await readers.OfAsync(db, channel, sender, ct) is not { } reader || await RoomCardAsync(db, button, reader.Person, ct) is not { } room
            || await reader.ViewAsync(db, room.Ref!, ct) is not { Subject.IsOnThePlan: true } view)
        {
            return null;
        }

        var card = reader.Subjects.Card(view, reader);
        return card.Buttons.All(one => one.Reads) ? null : new(reader, view.Subject, room.Id, card, await KeptView.StillAsync(db, await LastAsync(db, room.Id, reader.Person, ct), card, ct));
    }

    static Task<Message?> RoomCardAsync(EquityDb db, Guid button, Person person, CancellationToken ct) => (
        from record in db.Set<ButtonRecord>().AsNoTracking()
        join message in db.Set<Message>().AsNoTracking() on record.MessageId equals message.Id
        join room in db.Set<Room>() on message.RoomId equals room.Id
        where record.Id == button && record.PersonId == ButtonRecord.Anybody && message.Ref != null && room.Members.Contains(person.Id)
        select message).SingleOrDefaultAsync(ct);

    static Task<Message?> LastAsync(EquityDb db, Guid room, Person person, CancellationToken ct) =>
        db.Set<Message>().AsNoTracking().Where(one => one.ViewOf == room && one.PersonId == person.Id).OrderByDescending(one => one.Seq).FirstOrDefaultAsync(ct);

    sealed record Look(Reader Reader, ISubject Subject, Guid Of, Card Card, Card? Kept);
}
