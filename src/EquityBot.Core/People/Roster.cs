using System.Collections.Concurrent;
using System.Globalization;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.People;

/// <summary>Everybody in one organization as they stand now: who leads what, who is above whom, who works when.</summary>
public sealed class Roster
{
    static readonly ConcurrentDictionary<string, IReadOnlySet<IsoDayOfWeek>> DaysByWords = new();

    readonly Dictionary<Guid, Person> people;
    readonly Dictionary<Role, Person> holders;
    readonly Dictionary<string, Person> byHandle;
    readonly Dictionary<Guid, Department> departments;
    readonly Dictionary<Guid, Site> sites;
    readonly Dictionary<Guid, HashSet<LocalDate>> holidays;
    readonly ILookup<Guid, Role> roles;
    readonly IReadOnlyList<Pause> pauses;

    public Roster(
        Organization organization, IEnumerable<Site> sites, IEnumerable<Holiday> holidays, IEnumerable<Department> departments, IEnumerable<Person> people, IEnumerable<RoleAssignment> roles,
        IEnumerable<Pause>? pauses = null)
    {
        Organization = organization;
        Zone = DateTimeZoneProviders.Tzdb[organization.Zone];
        this.sites = sites.ToDictionary(site => site.Id);
        var closed = holidays.ToLookup(holiday => holiday.SiteId, holiday => holiday.Date);
        this.holidays = this.sites.Keys.ToDictionary(site => site, site => closed[site].ToHashSet());
        this.departments = departments.ToDictionary(department => department.Id);
        this.people = people.ToDictionary(person => person.Id);
        byHandle = this.people.Values.ToDictionary(person => person.Handle, StringComparer.OrdinalIgnoreCase);
        this.roles = roles.ToLookup(role => role.PersonId, role => role.Role);
        this.pauses = [.. pauses ?? []];
        People = [.. this.people.Values.OrderBy(person => person.Name, StringComparer.Ordinal)];
        holders = People.SelectMany(person => this.roles[person.Id], (person, role) => (person, role)).DistinctBy(held => held.role).ToDictionary(held => held.role, held => held.person);
    }

    /// <summary>As it stands when a transaction first asks for it, the same one for all that the transaction decides; what another process changed counts two seconds later at the latest.</summary>
    public static Task<Roster> LoadAsync(EquityDb db, CancellationToken ct) => db.ViewAsync(() => ReadAsync(db, ct));

    static async Task<Roster> ReadAsync(EquityDb db, CancellationToken ct) => new(
        await db.Set<Organization>().AsNoTracking().SingleAsync(one => one.Id == db.OrganizationId, ct),
        await db.Set<Site>().AsNoTracking().ToListAsync(ct),
        await db.Set<Holiday>().AsNoTracking().ToListAsync(ct),
        await db.Set<Department>().AsNoTracking().ToListAsync(ct),
        await db.Set<Person>().AsNoTracking().ToListAsync(ct),
        await db.Set<RoleAssignment>().AsNoTracking().ToListAsync(ct),
        await db.Set<Pause>().AsNoTracking().ToListAsync(ct));

    public Organization Organization { get; }

    public DateTimeZone Zone { get; }

    /// <summary>By name.</summary>
    public IReadOnlyList<Person> People { get; }

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
    public Person? Holder(Role role) => holders.GetValueOrDefault(role);

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

    /// <summary>The organization's own day.</summary>
    public LocalDate TodayAt(Instant now) => now.InZone(Zone).Date;

    public LocalDate TodayOf(Person person, Instant now) => now.InZone(ZoneOf(person)).Date;

    /// <summary>The site's weekdays less its holidays and the days on which the person's department rests: what offsets and gaps count on.</summary>
    public WorkCalendar CalendarOf(Person person) => Calendar(WorkCalendar.Weekdays, holidays[person.SiteId], person);

    /// <summary>Weekdays on which every site is open, less the days on which the person's department rests.</summary>
    public WorkCalendar CalendarOfAllSites(Person person) => Calendar(WorkCalendar.Weekdays, holidays.Values.SelectMany(site => site).ToHashSet(), person);

    /// <summary>Every day, holidays as well, less the days on which the person's department rests.</summary>
    public WorkCalendar EveryDayOf(Person person) => Calendar(WorkCalendar.EveryDay, new HashSet<LocalDate>(), person);

    WorkCalendar Calendar(IReadOnlySet<IsoDayOfWeek> days, IReadOnlySet<LocalDate> closed, Person person) =>
        new(days, pauses.Count == 0 ? closed : closed.Concat(pauses.Where(pause => pause.Covers(person.DepartmentId)).SelectMany(pause => pause.Days)).ToHashSet());

    /// <summary>Whether the person's department, or everybody, rests on that day.</summary>
    public bool Rests(Person person, LocalDate day) => pauses.Any(pause => pause.Covers(person.DepartmentId) && pause.From <= day && day <= pause.Until);

    /// <summary>Pauses that end on this day or later, the next one first.</summary>
    public IEnumerable<Pause> PausesFrom(LocalDate day) => pauses.Where(pause => pause.Until >= day).OrderBy(pause => pause.From);

    public WorkingHours HoursOf(Person person) => new(
        ZoneOf(person),
        new WorkCalendar(DaysByWords.GetOrAdd(person.Days, words => words.Split(';').Select(day => (IsoDayOfWeek)int.Parse(day, CultureInfo.InvariantCulture)).ToHashSet()), holidays[person.SiteId]),
        person.From,
        person.To);

    /// <summary>The department's lead; null while the post is vacant, or its holder gone.</summary>
    public Person? LeadOf(Guid departmentId, Instant now) => Here(departments[departmentId].LeadId, now);

    /// <summary>The department's lead; while the post is vacant its deputy; null where there is neither.</summary>
    public Person? ActingLeadOf(Guid departmentId, Instant now) => LeadOf(departmentId, now) ?? Here(departments[departmentId].DeputyId, now);

    /// <summary>Who confirms that a promise is met: the department's lead, or the next one above the owner where the owner is the lead or nobody is. Null when there is nobody.</summary>
    public Person? ConfirmerFor(Person owner, Guid departmentId, Instant now) =>
        ActingLeadOf(departmentId, now) is { } lead && lead.Id != owner.Id ? lead : Above(owner).FirstOrDefault(above => !HasLeft(above, now));

    Person? Here(Guid? id, Instant now) => Find(id) is { } person && !HasLeft(person, now) ? person : null;

    /// <summary>
    /// Who acts for somebody who is away: their delegate, else the delegate's own where that one is away too, and so on; each is asked once. Null where nobody who is
    /// here does, and where the person is here themselves and named nobody for these days.
    /// </summary>
    public Person? ActingFor(Person person, Instant now)
    {
        if (!IsAbsent(person, now))
        {
            return person.DelegateUntil is null ? null : Here(person.DelegateOn(TodayOf(person, now)), now);
        }

        var seen = new HashSet<Guid> { person.Id };
        var acting = Find(person.DelegateOn(TodayOf(person, now)));
        while (acting is not null && seen.Add(acting.Id) && IsAbsent(acting, now))
        {
            acting = Find(acting.DelegateOn(TodayOf(acting, now)));
        }

        return acting is not null && !IsAbsent(acting, now) ? acting : null;
    }

    /// <summary>Away, or gone for good, on their own local date.</summary>
    public bool IsAbsent(Person person, Instant now) => person.IsAbsentOn(TodayOf(person, now));

    /// <summary>Gone for good by their own local date.</summary>
    public bool HasLeft(Person person, Instant now) => person.HasLeftBy(TodayOf(person, now));

    /// <summary>The board-level accountability owner; null while the seat is empty.</summary>
    public Person? BoardOwner(Instant now) => Holder(Role.BoardOwner) is { } owner && !HasLeft(owner, now) ? owner : null;

    /// <summary>Who decides while the seat of the board-level owner is empty: whom the organization named, else the executive whom no other is above, else the equity officer.</summary>
    public Person? InTheBoardsPlace(Instant now) => new[] { Find(Organization.FallbackId) }
        .Concat(People.Where(person => roles[person.Id].Contains(Role.Executive) && !Above(person).Any(above => roles[above.Id].Contains(Role.Executive) && !HasLeft(above, now))))
        .Append(Holder(Role.EquityOfficer))
        .FirstOrDefault(person => person is not null && !HasLeft(person, now));

    /// <summary>Who decides when the board-level owner does not: the owner's deputy; with that seat empty, whoever is in the board's place.</summary>
    public Person? BoardDeputy(Instant now) => BoardOwner(now) is { } owner ? Find(owner.DeputyId) : InTheBoardsPlace(now);

    /// <summary>The executive who answers for the owner's promises: the owner's own sponsor, else the lead's.</summary>
    public Person? SponsorFor(Person owner, Guid departmentId) =>
        Find(owner.SponsorId) ?? Find(Find(departments[departmentId].LeadId)?.SponsorId);
}
