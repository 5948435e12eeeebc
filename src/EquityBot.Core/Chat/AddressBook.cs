using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Chat;

/// <summary>The addresses of everybody and of every room that a few deliveries go to.</summary>
sealed class AddressBook
{
    readonly Dictionary<(Guid Person, string Channel), ChatAddress> people;
    readonly Dictionary<Guid, Room> rooms;

    AddressBook(Dictionary<(Guid Person, string Channel), ChatAddress> people, Dictionary<Guid, Room> rooms) => (this.people, this.rooms) = (people, rooms);

    /// <param name="made">The messages of those that carry no notices: only these go to rooms.</param>
    public static async Task<AddressBook> LoadAsync(EquityDb db, IEnumerable<Delivery> deliveries, IEnumerable<Message> made, CancellationToken ct)
    {
        var recipients = deliveries.Select(one => one.RecipientId).ToList();
        var people = await db.Set<ChatAddress>().AsNoTracking().Where(one => recipients.Contains(one.PersonId)).ToDictionaryAsync(one => (one.PersonId, one.Channel), ct);
        var ids = made.Select(one => one.RoomId).OfType<Guid>().Distinct().ToList();
        return new(people, ids.Count == 0 ? [] : await db.Set<Room>().AsNoTracking().Where(one => ids.Contains(one.Id)).ToDictionaryAsync(one => one.Id, ct));
    }

    /// <summary>The message ready for its address there; null where none is known, or the room is gone.</summary>
    public RenderedMessage? Address(Message message, string channel, Reader reader)
    {
        var person = people.GetValueOrDefault((message.PersonId, channel));
        var room = message.RoomId is { } id ? rooms.GetValueOrDefault(id) : null;
        var (address, route) = message.RoomId is null ? (person?.Address, person?.Route) : (room?.Address, room?.Route);
        if (address is null)
        {
            return null;
        }

        var card = Card.FromJson(message.Card);
        return new(message.OrganizationId, message.Id, address, card, PlainText.Of(card), message.Preview)
        {
            Route = route, IsToRoom = room is not null, Called = card.Calls is null ? null : person?.Address, Thread = room is null ? null : message.Thread, Place = message.Place, Language = reader.Roster.Organization.Language,
        };
    }
}
