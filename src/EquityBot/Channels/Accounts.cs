using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Channels;

/// <summary>Accounts of a platform and people of the roster, one of each: an account belongs to whom the roster gives the e-mail address that the platform's own directory has for it.</summary>
sealed class Accounts(EquityStore store, ILogger<Accounts> log)
{
    /// <summary>Before mail, after what is nearer. Whoever writes moves it up (<see cref="Chat.Switchboard"/>).</summary>
    const int Rank = 10;

    /// <summary>Whose account that is; null while nobody knows. With the language that the organization speaks, since both are asked for at every message.</summary>
    public async Task<(string Language, ChatAddress? Address)> FindAsync(Guid organization, string channel, string account, CancellationToken ct)
    {
        await using var db = store.For(organization);
        var found = await (
            from one in db.Set<Organization>().Where(one => one.Id == organization)
            join address in db.Set<ChatAddress>().Where(one => one.Channel == channel && one.Address == account) on one.Id equals address.OrganizationId into known
            from address in known.DefaultIfEmpty()
            select new { one.Language, Address = address }).AsNoTracking().SingleAsync(ct);
        return (found.Language, found.Address);
    }

    /// <summary>Links an account that nobody knows yet; leaves one alone that belongs to nobody, to several, or to somebody who has another.</summary>
    /// <returns>Whether it is linked now and was not before.</returns>
    public async Task<bool> LinkAsync(Guid organization, string channel, string account, IReadOnlySet<string> emails, string? route, Instant now, CancellationToken ct)
    {
        // Strangers are nobody's, however often they write: that takes no writer.
        if (emails.Count == 0 || await OfAsync(organization, emails, now, ct) is not [_])
        {
            log.LogInformation("An account of {Channel} has no e-mail address of one person of the roster", channel);
            return false;
        }

        return await store.WriteAsync(organization, Urgency.Inbound, async db =>
        {
            // Two first messages may come at the same time.
            await db.Set<Organization>().Where(one => one.Id == organization).ForUpdate().SingleAsync(ct);
            var people = Of(await Roster.LoadAsync(db, ct), emails, now);
            if (people is not [var person] || await db.Set<ChatAddress>().AnyAsync(one => one.Channel == channel && (one.PersonId == person.Id || one.Address == account), ct))
            {
                log.LogInformation("An account of {Channel} belongs to {Count} people of the roster, or to one who has another account", channel, people.Count);
                return false;
            }

            // No two of a person's addresses have one rank: the next is tried when one fails.
            var taken = await db.Set<ChatAddress>().Where(one => one.PersonId == person.Id).Select(one => one.Rank).ToListAsync(ct);
            db.Add(new ChatAddress { OrganizationId = organization, PersonId = person.Id, Channel = channel, Address = account, Route = route, Rank = Enumerable.Range(Rank, taken.Count + 1).First(rank => !taken.Contains(rank)) });
            log.LogInformation("Person {Person} is linked to an account of {Channel} by e-mail", person.Id, channel);
            return true;
        }, ct);
    }

    async Task<List<Person>> OfAsync(Guid organization, IReadOnlySet<string> emails, Instant now, CancellationToken ct)
    {
        await using var db = store.For(organization);
        return Of(await Roster.LoadAsync(db, ct), emails, now);
    }

    static List<Person> Of(Roster roster, IReadOnlySet<string> emails, Instant now) => [.. roster.People.Where(one => emails.Contains(one.Email) && !one.HasLeftBy(roster.TodayOf(one, now)))];
}
