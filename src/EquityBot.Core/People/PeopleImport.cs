using System.Text.RegularExpressions;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.People;

/// <summary>Sites, holidays, departments, people, roles and rooms of a roster.</summary>
static partial class PeopleImport
{
    public static async Task ImportAsync(EquityDb db, RosterFiles files, RosterRow organization, CancellationToken ct)
    {
        var zone = Zone(organization, "zone");
        var known = await db.Set<Organization>().SingleOrDefaultAsync(one => one.Id == db.OrganizationId, ct);
        if (known is null)
        {
            db.Add(known = new Organization { Id = db.OrganizationId, Name = organization.Text("name"), Zone = zone });
        }

        known.Zone = zone;
        known.FiscalMonth = FiscalMonth(organization);

        var sites = await SitesAsync(db, files, ct);
        await HolidaysAsync(db, files, sites, ct);
        var departments = await DepartmentsAsync(db, files, sites, ct);
        var people = await PeopleAsync(db, files, sites, departments, ct);
        Posts(files, departments, people);
        known.FallbackId = Reference(organization, "fallback", people);
        await RolesAsync(db, files, people, ct);
        await RoomsAsync(db, files, people, ct);
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

        row.Problem($"fiscal_year_start is “{start}”, not the first day of a month such as 07-01");
        return 1;
    }

    static string Zone(RosterRow row, string column)
    {
        var zone = row.Text(column);
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
        {
            row.Problem($"{column} is “{zone}”, not an IANA time zone such as America/New_York");
        }

        return zone;
    }

    static async Task<Dictionary<string, Site>> SitesAsync(EquityDb db, RosterFiles files, CancellationToken ct)
    {
        var sites = await db.Set<Site>().ToDictionaryAsync(one => one.Name, ct);
        foreach (var row in files.Rows("sites", required: true))
        {
            var name = row.Text("site");
            if (!sites.TryGetValue(name, out var site))
            {
                site = new Site { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, Name = name, Zone = "" };
                sites.Add(name, site);
                db.Add(site);
            }

            site.Zone = Zone(row, "zone");
        }

        return sites;
    }

    static async Task HolidaysAsync(EquityDb db, RosterFiles files, Dictionary<string, Site> sites, CancellationToken ct)
    {
        var known = await db.Set<Holiday>().ToDictionaryAsync(one => (one.SiteId, one.Date), ct);
        foreach (var row in files.Rows("holidays"))
        {
            var date = row.RequiredDate("date");
            if (Named(row, "site", sites) is not { } site)
            {
                continue;
            }

            if (known.TryGetValue((site.Id, date), out var holiday))
            {
                holiday.Name = row.Text("name");
            }
            else
            {
                holiday = new Holiday { OrganizationId = db.OrganizationId, SiteId = site.Id, Date = date, Name = row.Text("name") };
                known.Add((site.Id, date), holiday);
                db.Add(holiday);
            }
        }
    }

    static async Task<Dictionary<string, Department>> DepartmentsAsync(EquityDb db, RosterFiles files, Dictionary<string, Site> sites, CancellationToken ct)
    {
        var departments = await db.Set<Department>().ToDictionaryAsync(one => one.Name, ct);
        foreach (var row in files.Rows("departments", required: true))
        {
            var (name, site) = (row.Text("department"), Named(row, "site", sites));
            if (!departments.TryGetValue(name, out var department))
            {
                department = new Department { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, Name = name, Kind = "", SiteId = site?.Id ?? Guid.Empty };
                departments.Add(name, department);
                db.Add(department);
            }

            (department.Kind, department.SiteId) = (row.Text("kind"), site?.Id ?? department.SiteId);
        }

        return departments;
    }

    static async Task<Dictionary<string, Person>> PeopleAsync(
        EquityDb db, RosterFiles files, Dictionary<string, Site> sites, Dictionary<string, Department> departments, CancellationToken ct)
    {
        var people = await db.Set<Person>().ToDictionaryAsync(one => one.Handle, ct);
        var rows = files.Rows("people", required: true);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var handle = row.Text("handle");
            if (!seen.Add(handle))
            {
                row.Problem($"the handle “{handle}” stands twice");
            }

            if (!Handle().IsMatch(handle))
            {
                row.Problem($"the handle “{handle}” must be like dana.reyes: lower-case letters, digits, dots and hyphens");
            }

            var (site, department, days) = (Named(row, "site", sites), Named(row, "department", departments), row.List("days"));
            var (from, to) = (row.Time("from"), row.Time("to"));
            if (days.Count == 0 || days.Any(day => day is not ("1" or "2" or "3" or "4" or "5" or "6" or "7")) || from >= to)
            {
                row.Problem("days must be numbers from 1 (Monday) to 7 separated by semicolons, and from must be earlier than to");
            }

            if (!people.TryGetValue(handle, out var person))
            {
                person = new Person
                {
                    Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, Handle = handle, Name = "", Title = "", Email = "",
                    DepartmentId = department?.Id ?? Guid.Empty, SiteId = site?.Id ?? Guid.Empty, Days = "1", From = from, To = to,
                };
                people.Add(handle, person);
                db.Add(person);
            }

            (person.Name, person.Title, person.Email) = (row.Text("name"), row.Text("title"), row.Text("email"));
            (person.DepartmentId, person.SiteId) = (department?.Id ?? person.DepartmentId, site?.Id ?? person.SiteId);
            (person.Days, person.From, person.To) = (string.Join(';', days), from, to);
        }

        foreach (var row in rows)
        {
            var person = people[row.Text("handle")];
            person.SupervisorId = Reference(row, "supervisor", people);
            person.DeputyId = Reference(row, "deputy", people);
            person.DelegateId = Reference(row, "delegate", people);
            person.SponsorId = Reference(row, "sponsor", people);
            if (person.SupervisorId == person.Id || person.DelegateId == person.Id)
            {
                row.Problem($"{person.Handle} cannot be their own supervisor or delegate");
            }
        }

        return people;
    }

    static void Posts(RosterFiles files, Dictionary<string, Department> departments, Dictionary<string, Person> people)
    {
        foreach (var row in files.Rows("departments"))
        {
            var department = departments[row.Text("department")];
            department.LeadId = Reference(row, "lead", people);
            department.DeputyId = Reference(row, "deputy", people);
        }
    }

    static async Task RolesAsync(EquityDb db, RosterFiles files, Dictionary<string, Person> people, CancellationToken ct)
    {
        var known = await db.Set<RoleAssignment>().ToListAsync(ct);
        var wanted = new HashSet<(Guid, Role)>();
        foreach (var row in files.Rows("people"))
        {
            foreach (var word in row.List("roles"))
            {
                if (Enum.GetNames<Role>().Contains(word, StringComparer.Ordinal) && Enum.TryParse<Role>(word, out var role))
                {
                    wanted.Add((people[row.Text("handle")].Id, role));
                }
                else
                {
                    row.Problem($"“{word}” is no role; roles are {string.Join(", ", Enum.GetNames<Role>())}");
                }
            }
        }

        if (wanted.Count(one => one.Item2 == Role.BoardOwner) != 1)
        {
            files.Problem("people.csv must name exactly one BoardOwner: the person on the board who answers for kept promises.");
        }

        db.RemoveRange(known.Where(one => !wanted.Contains((one.PersonId, one.Role))));
        db.AddRange(wanted.Where(one => !known.Any(old => (old.PersonId, old.Role) == one))
            .Select(one => new RoleAssignment { OrganizationId = db.OrganizationId, PersonId = one.Item1, Role = one.Item2 }));
    }

    static async Task RoomsAsync(EquityDb db, RosterFiles files, Dictionary<string, Person> people, CancellationToken ct)
    {
        var rooms = await db.Set<Room>().ToDictionaryAsync(one => one.Name, ct);
        foreach (var row in files.Rows("rooms"))
        {
            var members = row.List("members").Select(handle => Find(row, handle, people)?.Id).OfType<Guid>().ToList();
            if (rooms.TryGetValue(row.Text("room"), out var room))
            {
                room.Members = members;
            }
            else
            {
                db.Add(new Room { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, Name = row.Text("room"), Members = members });
            }
        }
    }

    static T? Named<T>(RosterRow row, string column, Dictionary<string, T> known) where T : class
    {
        var name = row.Text(column);
        if (known.TryGetValue(name, out var found))
        {
            return found;
        }

        row.Problem($"{column} “{name}” is in no file");
        return null;
    }

    static Guid? Reference(RosterRow row, string column, Dictionary<string, Person> people) =>
        row.Optional(column) is { } handle ? Find(row, handle, people)?.Id : null;

    static Person? Find(RosterRow row, string handle, Dictionary<string, Person> people)
    {
        if (people.TryGetValue(handle, out var person))
        {
            return person;
        }

        row.Problem($"“{handle}” is not in people.csv");
        return null;
    }

    [GeneratedRegex(@"^[a-z0-9]+(?:[.-][a-z0-9]+)*$")]
    private static partial Regex Handle();
}
