using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Channels.Slack;

/// <summary>Channels in which the bot is: known from what is said to it there, gone when it is taken out.</summary>
sealed class SlackRooms(SlackApi api, EquityStore store, ILogger<SlackRooms> log)
{
    /// <summary>Until Slack says what it is called.</summary>
    const string Unnamed = "Slack";

    /// <summary>Whoever writes in a channel is in it; one that is new is a room from now on.</summary>
    public async Task EnterAsync(SlackBot bot, string address, string? account, CancellationToken ct)
    {
        await using var db = store.For(bot.Organization);
        var person = await db.Set<ChatAddress>().Where(one => one.Channel == SlackModule.Channel && one.Address == account).Select(one => (Guid?)one.PersonId).SingleOrDefaultAsync(ct);
        var known = await Room(db, address).AsNoTracking().SingleOrDefaultAsync(ct);
        if (known is not null && (person is null || known.Members.Contains(person.Value)))
        {
            return;
        }

        var name = known is { Name: not Unnamed } ? known.Name : await NameAsync(bot, address, ct);
        await store.WriteAsync(bot.Organization, Urgency.Inbound, async write =>
        {
            // Two may be the first at the same time.
            await write.Set<Organization>().Where(one => one.Id == bot.Organization).ForUpdate().SingleAsync(ct);
            if (await Room(write, address).SingleOrDefaultAsync(ct) is not { } room)
            {
                write.Add(room = new Room { Id = Guid.NewGuid(), OrganizationId = bot.Organization, Name = name, Channel = SlackModule.Channel, Address = address, Members = [], Route = new SlackRoute(bot.Tenant, address).Write() });
                log.LogInformation("Room {Room} of Slack is known now", room.Id);
            }

            room.Name = room.Name == Unnamed ? name : room.Name;
            if (person is { } member && !room.Members.Contains(member))
            {
                room.Members = [.. room.Members, member];
            }
        }, ct);
    }

    /// <summary>Nothing is sent there any more.</summary>
    public Task LostAsync(Guid organization, string address, CancellationToken ct) => store.WriteAsync(organization, Urgency.Inbound, db => Room(db, address).ExecuteDeleteAsync(ct), ct);

    public Task LeftAsync(SlackBot bot, string address, string account, CancellationToken ct) => store.WriteAsync(bot.Organization, Urgency.Inbound, async db =>
    {
        var person = await db.Set<ChatAddress>().Where(one => one.Channel == SlackModule.Channel && one.Address == account).Select(one => (Guid?)one.PersonId).SingleOrDefaultAsync(ct);
        if (person is { } gone && await Room(db, address).SingleOrDefaultAsync(ct) is { } room && room.Members.Contains(gone))
        {
            room.Members = [.. room.Members.Where(one => one != gone)];
        }
    }, ct);

    public Task RenamedAsync(SlackBot bot, string address, string? name, CancellationToken ct) => store.WriteAsync(bot.Organization, Urgency.Inbound, async db =>
    {
        if (await Room(db, address).SingleOrDefaultAsync(ct) is { } room)
        {
            room.Name = Named(name) ?? room.Name;
        }
    }, ct);

    async Task<string> NameAsync(SlackBot bot, string address, CancellationToken ct)
    {
        var answer = await api.CallAsync(bot, "conversations.info", [("channel", address)], ct, SlackApi.WhileAsked);
        return Named(Loose.Text(Loose.Part(answer.Body, "channel"), "name")) ?? Unnamed;
    }

    static string? Named(string? name) => string.Concat((name ?? "").Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter)).Take(People.Room.LongestName)) is { Length: > 0 } kept ? kept : null;

    static IQueryable<Room> Room(EquityDb db, string address) => db.Set<Room>().Where(one => one.Channel == SlackModule.Channel && one.Address == address);
}
