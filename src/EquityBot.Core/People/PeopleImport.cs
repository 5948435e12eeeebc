using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.People;

/// <summary>Sites, holidays, departments, people, roles and rooms of a roster.</summary>
sealed class PeopleImport(EquityDb db, RosterFiles files, RosterChanges changes, Instant now)
{
    public static readonly IReadOnlyList<RosterFile> Files =
    [
        new("organization") { Required = true, Columns = ["name", "zone"], Optional = ["fiscal_year_start", "fallback"], Rows = RosterFile.Becoming<Organization>(one => one.Name) },
        new("sites") { Required = true, Columns = ["site", "zone"], Key = ["site"], Rows = RosterFile.Becoming<Site>(one => one.Name) },
        new("holidays") { Columns = ["site", "date", "name"], Key = ["site", "date"], Rows = RosterFile.Becoming<Holiday>(one => $"{LocalDatePattern.Iso.Format(one.Date)} {one.Name}") },
        new("departments") { Required = true, Columns = ["department", "kind", "site", "lead", "deputy"], Key = ["department"], Rows = RosterFile.Becoming<Department>(one => one.Name) },
        PersonRows.File,
        new("rooms") { Columns = ["room", "members"], Key = ["room"], Rows = RosterFile.Becoming<Room>(one => one.Name) },
    ];

    readonly List<RosterProblem> warnings = [];
    Dictionary<string, Site> sites = [];
    Dictionary<string, Department> departments = [];

    /// <summary>What is allowed and somebody ought to know.</summary>
    public IReadOnlyList<RosterProblem> Warnings => warnings;

    /// <summary>False where there is too little to look at the other files by.</summary>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        if (files.Rows("organization") is not [var row, ..])
        {
            // Whatever is wrong with the others is said all the same, as far as it can be seen without one.
            Files.Select(file => file.Name).ToList().ForEach(name => files.Rows(name));
            return false;
        }

        var organization = await OrganizationAsync(row, ct);
        sites = await SitesAsync(organization.Zone, ct);
        await HolidaysAsync(ct);
        departments = await DepartmentsAsync(ct);
        var rows = new PersonRows(db, files, changes, sites, departments, now);
        if (!await rows.RunAsync(ct))
        {
            return false;
        }

        Posts(rows);
        organization.FallbackId = rows.Reference(row, "fallback")?.Id;
        await RoomsAsync(rows, ct);
        return true;
    }

    async Task<Organization> OrganizationAsync(RosterRow row, CancellationToken ct)
    {
        var zone = Zone(row, DateTimeZone.Utc.Id);
        var organization = await db.Set<Organization>().SingleOrDefaultAsync(one => one.Id == db.OrganizationId, ct);
        if (organization is null)
        {
            db.Add(organization = new Organization { Id = db.OrganizationId, Name = row.Text("name", 200), Zone = zone });
        }

        (organization.Zone, organization.FiscalMonth) = (zone, FiscalMonth(row));
        return organization;
    }

    static int FiscalMonth(RosterRow row)
    {
        if (row.Optional("fiscal_year_start") is not { } start)
        {
            return 1;
        }

        if (AnnualDatePattern.Iso.Parse(start) is { Success: true, Value: { Day: 1, Month: var month } })
        {
            return month;
        }

        row.Problem("fiscal_year_start", $"“{start}” is not the first day of a month such as 07-01");
        return 1;
    }

    /// <param name="instead">For looking at the rest where it is none.</param>
    static string Zone(RosterRow row, string instead)
    {
        var zone = row.Text("zone");
        if (zone.Length == 0 || DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null)
        {
            return zone.Length == 0 ? instead : zone;
        }

        var zones = DateTimeZoneProviders.Tzdb.Ids;
        var city = zones.OrderByDescending(id => id.StartsWith("US/", StringComparison.Ordinal)).FirstOrDefault(id => id.EndsWith("/" + zone.Replace(' ', '_'), StringComparison.OrdinalIgnoreCase));
        row.Problem("zone", $"“{zone}” is not an IANA time zone such as America/New_York{(city is null ? Nearest.Hint(zone, zones) : $"; did you mean “{city}”?")}");
        return instead;
    }

    async Task<Dictionary<string, Site>> SitesAsync(string zone, CancellationToken ct)
    {
        var known = await db.Set<Site>().ToDictionaryAsync(one => one.Name, ct);
        foreach (var row in files.Rows("sites"))
        {
            var name = row.Text("site", 120);
            if (!known.TryGetValue(name, out var site))
            {
                site = new Site { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, Name = name, Zone = "" };
                known.Add(name, site);
                db.Add(site);
            }

            site.Zone = Zone(row, zone);
        }

        return known;
    }

    async Task HolidaysAsync(CancellationToken ct)
    {
        var known = await db.Set<Holiday>().ToDictionaryAsync(one => (one.SiteId, one.Date), ct);
        foreach (var row in files.Rows("holidays"))
        {
            var (date, name) = (row.RequiredDate("date"), row.Text("name", 120));
            if (PersonRows.Named(files, row, "site", "sites", sites) is not { } site)
            {
                continue;
            }

            if (known.TryGetValue((site.Id, date), out var holiday))
            {
                holiday.Name = name;
            }
            else
            {
                holiday = new Holiday { OrganizationId = db.OrganizationId, SiteId = site.Id, Date = date, Name = name };
                known.Add((site.Id, date), holiday);
                db.Add(holiday);
            }
        }
    }

    async Task<Dictionary<string, Department>> DepartmentsAsync(CancellationToken ct)
    {
        var known = await db.Set<Department>().ToDictionaryAsync(one => one.Name, ct);
        foreach (var row in files.Rows("departments"))
        {
            var (name, kind, site) = (row.Text("department", 120), row.Text("kind", 60), PersonRows.Named(files, row, "site", "sites", sites) ?? sites.Values.FirstOrDefault());
            if (site is null)
            {
                continue;
            }

            if (!known.TryGetValue(name, out var department))
            {
                department = new Department { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, Name = name, Kind = "", SiteId = site.Id };
                known.Add(name, department);
                db.Add(department);
            }

            (department.Kind, department.SiteId) = (kind, site.Id);
        }

        return known;
    }

    /// <summary>Who leads what. A department without a lead is allowed; somebody ought to know of it.</summary>
    void Posts(PersonRows people)
    {
        foreach (var row in files.Rows("departments"))
        {
            if (departments.GetValueOrDefault(row.Text("department")) is not { } department)
            {
                continue;
            }

            var (lead, deputy) = (people.Reference(row, "lead"), people.Reference(row, "deputy"));
            (department.LeadId, department.DeputyId) = (lead?.Id, deputy?.Id);
            if (row.Optional("lead") is null || (lead is not null && people.HasLeft(lead)))
            {
                var instead = deputy is not null && !people.HasLeft(deputy) ? $"{deputy.Handle}, the deputy, hears" : "whoever is above the owner of a promise hears";
                warnings.Add(new("departments.csv", row.Line, null, "lead", $"{department.Name} has no lead; {instead} instead, and the equity officer is told"));
            }
        }
    }

    async Task RoomsAsync(PersonRows people, CancellationToken ct)
    {
        var rooms = await db.Set<Room>().Where(one => one.Channel == null).ToDictionaryAsync(one => one.Name, ct);
        foreach (var row in files.Rows("rooms"))
        {
            var (name, members) = (row.Text("room", Room.LongestName), row.List("members").Select(handle => people.Find(row, "members", handle)?.Id).OfType<Guid>().ToList());
            if (rooms.TryGetValue(name, out var room))
            {
                room.Members = members;
            }
            else
            {
                rooms.Add(name, room = new Room { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, Name = name, Members = members });
                db.Add(room);
            }
        }
    }
}
