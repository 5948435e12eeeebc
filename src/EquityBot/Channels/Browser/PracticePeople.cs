using EquityBot.Chat;
using EquityBot.Cycles;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Channels.Browser;

/// <summary>The people of the sample as the practice contract shows them.</summary>
public sealed class PracticePeople(EquityStore store)
{
    public async Task<Roster> RosterAsync(Guid organization, CancellationToken ct)
    {
        await using var db = store.For(organization);
        return await Roster.LoadAsync(db, ct);
    }

    public async Task<object> ShowAsync(Guid organization, CancellationToken ct)
    {
        await using var db = store.For(organization);
        var roster = await Roster.LoadAsync(db, ct);
        var rooms = await db.Set<Room>().AsNoTracking().OrderBy(one => one.Name).ToListAsync(ct);
        var cycle = await db.Set<Cycle>().AsNoTracking().OrderBy(one => one.StartsOn).FirstAsync(ct);
        return new
        {
            people = roster.People.Select(person => Show(person, roster)).ToList(),
            rooms = rooms.Select(room => new { name = room.Name, members = room.Members.Select(id => roster[id].Handle).ToList() }).ToList(),
            holidays = roster.Sites.SelectMany(site => roster.HolidaysOf(site).Select(date => new { site = site.Name, date = Iso(date) })).ToList(),
            cycle = new { start = Iso(cycle.StartsOn) },
        };
    }

    public static object Show(Person person, Roster roster) => new
    {
        handle = person.Handle,
        name = person.Name,
        roles = roster.RolesOf(person).OrderBy(role => role).Select(role => role.ToString()).ToList(),
        department = roster.DepartmentOf(person).Name,
        site = roster.SiteOf(person).Name,
        title = person.Title,
        zone = roster.SiteOf(person).Zone,
        hours = new
        {
            days = person.Days.Split(';').Select(day => int.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).ToList(),
            from = Hour(person.From),
            to = Hour(person.To),
        },
        supervisor = roster.Find(person.SupervisorId)?.Handle,
        deputy = roster.Find(person.DeputyId)?.Handle,
        sponsor = roster.Find(person.SponsorId)?.Handle,
        @delegate = roster.Find(person.DelegateId)?.Handle,
        awayUntil = person.AwayUntil is { } away ? Iso(away) : null,
        leaves = person.LeavesOn is { } leaves ? Iso(leaves) : null,
    };

    static string Iso(LocalDate date) => LocalDatePattern.Iso.Format(date);

    static string Hour(LocalTime time) => LocalTimePattern.CreateWithInvariantCulture("HH:mm").Format(time);
}
