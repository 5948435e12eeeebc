using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.People;

/// <summary>Everybody in one organization as they stand now: who leads what, who is above whom, who works when.</summary>
public sealed class Roster
{
    readonly Dictionary<Guid, Person> people;
    readonly Dictionary<string, Person> byHandle;
    readonly Dictionary<Guid, Department> departments;
    readonly Dictionary<Guid, Site> sites;
    readonly ILookup<Guid, LocalDate> holidays;
    readonly ILookup<Guid, Role> roles;

    public Roster(
        Organization organization, IEnumerable<Site> sites, IEnumerable<Holiday> holidays, IEnumerable<Department> departments, IEnumerable<Person> people, IEnumerable<RoleAssignment> roles)
    {
        Organization = organization;
        Zone = DateTimeZoneProviders.Tzdb[organization.Zone];
        this.sites = sites.ToDictionary(site => site.Id);
        this.holidays = holidays.ToLookup(holiday => holiday.SiteId, holiday => holiday.Date);
        this.departments = departments.ToDictionary(department => department.Id);
        this.people = people.ToDictionary(person => person.Id);
        byHandle = this.people.Values.ToDictionary(person => person.Handle, StringComparer.OrdinalIgnoreCase);
        this.roles = roles.ToLookup(role => role.PersonId, role => role.Role);
    }

    /// <summary>As it stands when a transaction first asks for it, the same one for all that the transaction decides; what another process changed counts two seconds later at the latest.</summary>
    public static Task<Roster> LoadAsync(EquityDb db, CancellationToken ct) => db.ViewAsync(() => ReadAsync(db, ct));

    static async Task<Roster> ReadAsync(EquityDb db, CancellationToken ct) => new(
        await db.Set<Organization>().AsNoTracking().SingleAsync(one => one.Id == db.OrganizationId, ct),
        await db.Set<Site>().AsNoTracking().ToListAsync(ct),
        await db.Set<Holiday>().AsNoTracking().ToListAsync(ct),
        await db.Set<Department>().AsNoTracking().ToListAsync(ct),
        await db.Set<Person>().AsNoTracking().ToListAsync(ct),
        await db.Set<RoleAssignment>().AsNoTracking().ToListAsync(ct));

    public Organization Organization { get; }

    public DateTimeZone Zone { get; }

    public IEnumerable<Person> People => people.Values.OrderBy(person => person.Name, StringComparer.Ordinal);

    public IEnumerable<Department> Departments => departments.Values.OrderBy(department => department.Name, StringComparer.Ordinal);

    public IEnumerable<Site> Sites => sites.Values.OrderBy(site => site.Name, StringComparer.Ordinal);

    public Person this[Guid id] => people[id];

    public Person? Find(Guid? id) => id is { } known ? people.GetValueOrDefault(known) : null;

    public Person? ByHandle(string? handle) => handle is null ? null : byHandle.GetValueOrDefault(handle.Trim().TrimStart('@'));

    /// <summary>By handle, full name, or a given name that only one person has.</summary>
    public Person? ByName(string words)
    {
        words = words.Trim().TrimStart('@');
        var named = People.Where(person => person.Name.Equals(words, StringComparison.OrdinalIgnoreCase)).ToList();
        if (named.Count == 0)
        {
            named = People.Where(person => person.Name.StartsWith(words + " ", StringComparison.OrdinalIgnoreCase)).ToList();
        }

        return ByHandle(words) ?? (named.Count == 1 ? named[0] : null);
    }

    public IEnumerable<Role> RolesOf(Person person) => roles[person.Id];

    /// <summary>The one who holds a role that one person holds; null while it is vacant.</summary>
    public Person? Holder(Role role) => People.FirstOrDefault(person => roles[person.Id].Contains(role));

    public Department DepartmentOf(Person person) => departments[person.DepartmentId];

    public Department Department(Guid id) => departments[id];

    public Site SiteOf(Person person) => sites[person.SiteId];

    public IEnumerable<LocalDate> HolidaysOf(Site site) => holidays[site.Id].Order();

    /// <summary>The supervisor, theirs, and so on; a loop in the chart ends the chain where it closes.</summary>
    public IEnumerable<Person> Above(Person person)
    {
        var seen = new HashSet<Guid> { person.Id };
        for (var next = Find(person.SupervisorId); next is not null && seen.Add(next.Id); next = Find(next.SupervisorId))
        {
            yield return next;
        }
    }

    public DateTimeZone ZoneOf(Person person) => DateTimeZoneProviders.Tzdb[sites[person.SiteId].Zone];

    public LocalDate TodayOf(Person person, Instant now) => now.InZone(ZoneOf(person)).Date;

    /// <summary>The site's weekdays less its holidays: what offsets and gaps count on.</summary>
    public WorkCalendar CalendarOf(Person person) => new(WorkCalendar.Weekdays, holidays[person.SiteId].ToHashSet());

    public WorkingHours HoursOf(Person person) => new(
        ZoneOf(person),
        new WorkCalendar(person.Days.Split(';').Select(day => (IsoDayOfWeek)int.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).ToHashSet(), holidays[person.SiteId].ToHashSet()),
        person.From,
        person.To);

    /// <summary>Who confirms that a promise is met: the department's lead, or the supervisor where the owner is the lead. Null when there is nobody.</summary>
    public Person? ConfirmerFor(Person owner, Guid departmentId)
    {
        var lead = Find(departments[departmentId].LeadId);
        return lead is null || lead.Id == owner.Id ? Find(owner.SupervisorId) : lead;
    }

    /// <summary>The executive who answers for the owner's promises: the owner's own sponsor, else the lead's.</summary>
    public Person? SponsorFor(Person owner, Guid departmentId) =>
        Find(owner.SponsorId) ?? Find(Find(departments[departmentId].LeadId)?.SponsorId);
}
