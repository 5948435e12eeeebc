using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Channels.Teams;

/// <summary>Group chats and channels in which the bot is: known from what is said in them, gone when the bot is taken out.</summary>
sealed class TeamsRooms(EquityStore store, ILogger<TeamsRooms> log)
{
    const int LongestAddress = 200;

    /// <summary>Whoever writes in a room is in it; a room that is new is one from now on. Null for an address that is none of Teams'.</summary>
    public async Task<string?> EnterAsync(Guid organization, Activity activity, CancellationToken ct)
    {
        var (address, name, account) = (activity.Room!, NameOf(activity), activity.From?.DirectoryId);
        var route = new TeamsRoute(activity.ServiceUrl!, address, null) { IsChannel = activity.Scope == TeamsDesk.Channel, Team = activity.Team }.Write();
        if (address.Length > LongestAddress || address.Any(char.IsControl) || route is null)
        {
            return null;
        }

        await using var db = store.For(organization);
        var person = await db.Set<ChatAddress>().Where(one => one.Channel == TeamsModule.Channel && one.Address == account).Select(one => (Guid?)one.PersonId).SingleOrDefaultAsync(ct);
        if (await Room(db, address).AsNoTracking().SingleOrDefaultAsync(ct) is { } known && known.Route == route && (name is null || known.Name == name) && (person is null || known.Members.Contains(person.Value)))
        {
            return address;
        }

        await store.WriteAsync(organization, Urgency.Inbound, async write =>
        {
            // The platform tells of one arrival more than once and at the same time.
            await write.Set<Organization>().Where(one => one.Id == organization).ForUpdate().SingleAsync(ct);
            if (await Room(write, address).SingleOrDefaultAsync(ct) is not { } room)
            {
                write.Add(room = new Room { Id = Guid.NewGuid(), OrganizationId = organization, Name = name ?? "Teams", Channel = TeamsModule.Channel, Address = address, Members = [] });
                log.LogInformation("Room {Room} of Teams is known now", room.Id);
            }

            (room.Route, room.Name) = (route, name ?? room.Name);
            if (person is { } member && !room.Members.Contains(member))
            {
                room.Members = [.. room.Members, member];
            }
        }, ct);
        return address;
    }

    /// <summary>The bot was taken out: of a chat, or of a team with all its channels. Nothing is sent there any more.</summary>
    public Task LostAsync(Guid organization, Activity activity, CancellationToken ct) => store.WriteAsync(organization, Urgency.Inbound, async db =>
    {
        var gone = await HereAsync(db, activity, ct);
        db.RemoveRange(gone);
        log.LogInformation("{Count} rooms of Teams are gone", gone.Count);
    }, ct);

    /// <summary>People were taken out.</summary>
    public Task LeftAsync(Guid organization, Activity activity, CancellationToken ct) => store.WriteAsync(organization, Urgency.Inbound, async db =>
    {
        // Some are named by the directory's id, some by the one for this bot alone.
        var accounts = activity.Removed.Select(one => one.DirectoryId ?? one.Id).ToHashSet(StringComparer.Ordinal);
        var people = (await db.Set<ChatAddress>().AsNoTracking().Where(one => one.Channel == TeamsModule.Channel).ToListAsync(ct))
            .Where(one => accounts.Contains(one.Address) || (TeamsRoute.Read(one.Route)?.User is { } user && accounts.Contains(user))).Select(one => one.PersonId).ToList();
        foreach (var room in (await HereAsync(db, activity, ct)).Where(room => room.Members.Any(people.Contains)))
        {
            room.Members = [.. room.Members.Except(people)];
        }
    }, ct);

    /// <summary>The chat, or every channel of the team that it happened in.</summary>
    static async Task<List<Room>> HereAsync(EquityDb db, Activity activity, CancellationToken ct) =>
        [.. (await db.Set<Room>().Where(one => one.Channel == TeamsModule.Channel).ToListAsync(ct)).Where(room => room.Address == activity.Room || (activity.Team is not null && TeamsRoute.Read(room.Route)?.Team == activity.Team))];

    static IQueryable<Room> Room(EquityDb db, string address) => db.Set<Room>().Where(one => one.Channel == TeamsModule.Channel && one.Address == address);

    static string? NameOf(Activity activity) => string.Concat((activity.RoomName ?? "").Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter)).Take(People.Room.LongestName)) is { Length: > 0 } name ? name : null;
}
