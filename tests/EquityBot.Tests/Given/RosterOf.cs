using EquityBot.People;
using NodaTime;

namespace EquityBot.Tests.Given;

/// <summary>A roster in memory, told in a few words: people by handle, one department "Cardiology" unless said otherwise, Monday to Friday nine to five in New York.</summary>
sealed class RosterOf
{
    static readonly Guid Here = Guid.NewGuid();

    readonly Dictionary<string, Person> people = [];
    readonly List<(string Handle, string? Supervisor, string? Deputy, string? Delegate, string? Sponsor)> links = [];
    readonly List<RoleAssignment> roles = [];
    readonly List<Holiday> holidays = [];
    readonly Site main = new() { Id = Guid.NewGuid(), OrganizationId = Here, Name = "Main", Zone = "America/New_York" };
    readonly Site mesa = new() { Id = Guid.NewGuid(), OrganizationId = Here, Name = "Mesa", Zone = "America/Phoenix" };
    readonly Department department = new() { Id = Guid.NewGuid(), OrganizationId = Here, Name = "Cardiology", Kind = "other", SiteId = Guid.NewGuid() };
    string? lead;
    string? deputy;

    public RosterOf Person(
        string handle, string? above = null, string? deputy = null, string? standIn = null, string? sponsor = null, string? awayUntil = null, string? leavesOn = null,
        Role[]? roles = null, string? name = null, bool inMesa = false, string days = "1;2;3;4;5")
    {
        var person = new Person
        {
            Id = Guid.NewGuid(),
            OrganizationId = Here,
            Handle = handle,
            Name = name ?? handle,
            Title = "",
            Email = "",
            DepartmentId = department.Id,
            SiteId = (inMesa ? mesa : main).Id,
            Days = days,
            From = new(9, 0),
            To = new(17, 0),
            AwayUntil = Day(awayUntil),
            LeavesOn = Day(leavesOn),
        };
        people.Add(handle, person);
        links.Add((handle, above, deputy, standIn, sponsor));
        this.roles.AddRange((roles ?? []).Select(role => new RoleAssignment { OrganizationId = Here, PersonId = person.Id, Role = role }));
        return this;
    }

    static LocalDate? Day(string? iso) => iso is null ? null : NodaTime.Text.LocalDatePattern.Iso.Parse(iso).Value;

    public RosterOf LedBy(string? handle, string? deputy = null)
    {
        (lead, this.deputy) = (handle, deputy);
        return this;
    }

    public RosterOf Holiday(string date)
    {
        holidays.Add(new Holiday { OrganizationId = Here, SiteId = main.Id, Date = Day(date)!.Value, Name = "closed" });
        return this;
    }

    public Guid Cardiology => department.Id;

    public Roster Build()
    {
        foreach (var (handle, supervisor, standsIn, standIn, sponsor) in links)
        {
            var person = people[handle];
            (person.SupervisorId, person.DeputyId, person.DelegateId, person.SponsorId) = (Id(supervisor), Id(standsIn), Id(standIn), Id(sponsor));
        }

        (department.LeadId, department.DeputyId) = (Id(lead), Id(deputy));
        return new Roster(
            new Organization { Id = Here, Name = "Riverbend", Zone = "America/New_York" }, [main, mesa], holidays, [department], people.Values, roles);

        // A handle that is nobody's stands for a post whose holder is gone from the roster.
        Guid? Id(string? handle) => handle is null ? null : people.TryGetValue(handle, out var person) ? person.Id : Guid.NewGuid();
    }

    /// <summary>The people and departments of the sample health system by their names, all of one site.</summary>
    public static Roster Sample()
    {
        var files = new RosterFiles(Repository.Riverbend());
        var site = new Site { Id = Guid.NewGuid(), OrganizationId = Here, Name = "Main", Zone = "America/New_York" };
        var departments = files.Rows("departments").Select(row => new Department { Id = Guid.NewGuid(), OrganizationId = Here, Name = row.Text("department"), Kind = row.Text("kind"), SiteId = site.Id }).ToList();
        var people = files.Rows("people").Select(row => new Person
        {
            Id = Guid.NewGuid(), OrganizationId = Here, Handle = row.Text("handle"), Name = row.Text("name"), Title = "", Email = "", SiteId = site.Id,
            DepartmentId = departments.First(one => one.Name == row.Text("department")).Id, Days = "1;2;3;4;5", From = new(9, 0), To = new(17, 0),
        }).ToList();
        var roles = files.Rows("people").SelectMany((row, place) => row.List("roles").Select(role => new RoleAssignment { OrganizationId = Here, PersonId = people[place].Id, Role = Enum.Parse<Role>(role) }));
        return new Roster(new Organization { Id = Here, Name = "Riverbend", Zone = site.Zone }, [site], [], departments, people, roles);
    }
}
