using System.Text.RegularExpressions;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.People;

/// <summary>The lines of people.csv: who is here, what they are, who is above whom, and who is not here any more.</summary>
sealed partial class PersonRows(EquityDb db, RosterFiles files, RosterChanges changes, Dictionary<string, Site> sites, Dictionary<string, Department> departments, Instant now)
{
    /// <summary>Fewer who leave at once are nothing unusual, however small the organization.</summary>
    const int Usual = 5;

    public static readonly RosterFile File = new("people")
    {
        Required = true,
        Columns = ["handle", "name", "title", "department", "site", "email", "roles", "supervisor", "deputy", "delegate", "sponsor", "days", "from", "to"],
        Optional = ["leaves"],
        Key = ["handle"],
        Rows = new Dictionary<Type, Func<EquityDb, object, string?>>
        {
            [typeof(Person)] = (_, row) => ((Person)row).Handle,
            [typeof(RoleAssignment)] = (db, row) => db.Set<Person>().Local.FindEntry(((RoleAssignment)row).PersonId)?.Entity.Handle,
        },
    };

    readonly Dictionary<string, (Person Person, RosterRow Row)> here = new(StringComparer.Ordinal);

    /// <summary>False where there is nobody to look at the other files by.</summary>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var known = await db.Set<Person>().ToDictionaryAsync(one => one.Handle, ct);
        foreach (var row in files.Rows("people"))
        {
            Take(row, known);
        }

        foreach (var (person, row) in here.Values)
        {
            Connect(person, row);
        }

        NameCircles("supervisor", person => person.SupervisorId);
        NameCircles("delegate", person => person.DelegateId);
        await RolesAsync(ct);
        if (here.Count > 0)
        {
            End([.. known.Values.Where(one => !here.ContainsKey(one.Handle) && !HasLeft(one))], known.Values.Count(one => !HasLeft(one)));
        }

        return here.Count > 0;
    }

    public bool HasLeft(Person person) => person.HasLeftBy(TodayOf(person));

    /// <summary>The person whom a column names; null where it names nobody, or somebody who is not in people.csv.</summary>
    public Person? Reference(RosterRow row, string column) => row.Optional(column) is { } handle ? Find(row, column, handle) : null;

    public Person? Find(RosterRow row, string column, string handle)
    {
        if (here.TryGetValue(handle, out var found))
        {
            return found.Person;
        }

        row.Problem(column, $"“{handle}” is not in people.csv{Nearest.Hint(handle, here.Keys)}");
        return null;
    }

    /// <summary>What a column names of another file.</summary>
    public static T? Named<T>(RosterFiles files, RosterRow row, string column, string file, Dictionary<string, T> known) where T : class
    {
        if (row.Text(column) is not { Length: > 0 } name)
        {
            return null;
        }

        if (known.TryGetValue(name, out var found) || files.IsUnreadable(file))
        {
            return found;
        }

        row.Problem(column, $"“{name}” is not in {file}.csv{Nearest.Hint(name, known.Keys)}");
        return null;
    }

    LocalDate TodayOf(Person person) => now.InZone(DateTimeZoneProviders.Tzdb[sites.Values.First(site => site.Id == person.SiteId).Zone]).Date;

    void Take(RosterRow row, Dictionary<string, Person> known)
    {
        var (handle, name, title, email) = (row.Text("handle", 60), row.Text("name", 120), row.Text("title", 160), row.Text("email", 200));
        var site = Named(files, row, "site", "sites", sites) ?? sites.Values.FirstOrDefault();
        var department = Named(files, row, "department", "departments", departments) ?? departments.Values.FirstOrDefault();
        var (days, from, to, leaves) = (Days(row), row.Time("from"), row.Time("to"), row.Date("leaves"));
        if (from >= to)
        {
            row.Problem("to", "it must be later than from");
        }

        if (handle.Length > 0 && !Handle().IsMatch(handle))
        {
            row.Problem("handle", $"“{handle}” must be like dana.reyes: lower-case letters, digits, dots and hyphens");
            return;
        }

        if (handle.Length == 0 || site is null || department is null)
        {
            return;
        }

        if (!known.TryGetValue(handle, out var person))
        {
            person = new Person
            {
                Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, Handle = handle, Name = "", Title = "", Email = "",
                DepartmentId = department.Id, SiteId = site.Id, Days = days, From = default, To = default,
            };
            known.Add(handle, person);
            db.Add(person);
        }

        (person.Name, person.Title, person.Email) = (name, title, email);
        (person.DepartmentId, person.SiteId) = (department.Id, site.Id);
        (person.Days, person.From, person.To) = (days, from ?? default, to ?? default);
        var wasHere = !HasLeft(person);
        person.LeavesOn = leaves;
        if (wasHere && HasLeft(person))
        {
            changes.End("people", handle);
        }

        here[handle] = (person, row);
    }

    static string Days(RosterRow row)
    {
        var days = row.List("days");
        if (days.Count > 0 && days.All(day => day is "1" or "2" or "3" or "4" or "5" or "6" or "7"))
        {
            return string.Join(';', days.Distinct());
        }

        row.Problem("days", "they must be numbers from 1 (Monday) to 7 separated by semicolons");
        return "1";
    }

    void Connect(Person person, RosterRow row)
    {
        foreach (var column in (string[])["supervisor", "deputy", "delegate", "sponsor"])
        {
            if (row.Optional(column) == person.Handle)
            {
                row.Problem(column, $"{person.Handle} cannot be their own {column}");
            }
        }

        (person.SupervisorId, person.DeputyId, person.SponsorId) = (Reference(row, "supervisor")?.Id, Reference(row, "deputy")?.Id, Reference(row, "sponsor")?.Id);
        var named = Reference(row, "delegate")?.Id;
        if (person.DelegateById is null || person.DelegateUntil < TodayOf(person))
        {
            // What somebody said in chat stands for as long as they said.
            (person.DelegateId, person.DelegateUntil, person.DelegateById) = (named, null, null);
        }
    }

    /// <summary>Each circle once, at the first line that is part of it.</summary>
    void NameCircles(string column, Func<Person, Guid?> next)
    {
        var byId = here.Values.ToDictionary(one => one.Person.Id);
        var done = new HashSet<Guid>();
        foreach (var (start, _) in here.Values.OrderBy(one => one.Row.Line))
        {
            var path = new List<Person>();
            for (var person = start; person is not null && done.Add(person.Id); person = next(person) is { } id && byId.TryGetValue(id, out var other) ? other.Person : null)
            {
                path.Add(person);
                var closes = path.FindIndex(one => one.Id == next(person));
                if (closes >= 0 && path.Count - closes > 1)
                {
                    var circle = path[closes..];
                    var first = circle.MinBy(one => here[one.Handle].Row.Line)!;
                    here[first.Handle].Row.Problem(column, $"this goes round in a circle: {string.Join(" → ", circle.Append(circle[0]).Select(one => one.Handle))}");
                }
            }
        }
    }

    async Task RolesAsync(CancellationToken ct)
    {
        var known = (await db.Set<RoleAssignment>().ToListAsync(ct)).ToDictionary(one => (one.PersonId, one.Role));
        var wanted = new HashSet<(Guid Person, Role Role)>();
        foreach (var row in files.Rows("people"))
        {
            foreach (var word in row.List("roles"))
            {
                if (!Enum.GetNames<Role>().Contains(word, StringComparer.Ordinal))
                {
                    row.Problem("roles", $"“{word}” is no role; roles are {string.Join(", ", Enum.GetNames<Role>())}");
                }
                else if (here.GetValueOrDefault(row.Optional("handle") ?? "").Person is { } person)
                {
                    wanted.Add((person.Id, Enum.Parse<Role>(word)));
                }
            }
        }

        if (here.Count > 0 && !files.IsTorn("people") && wanted.Count(one => one.Role == Role.BoardOwner) != 1)
        {
            files.Problem("people", "it must name exactly one BoardOwner: the person on the board who answers for kept promises");
        }

        db.RemoveRange(known.Where(one => !wanted.Contains(one.Key)).Select(one => one.Value));
        db.AddRange(wanted.Where(one => !known.ContainsKey(one)).Select(one => new RoleAssignment { OrganizationId = db.OrganizationId, PersonId = one.Person, Role = one.Role }));
    }

    /// <summary>Whoever is not in the file any more has left; what is theirs is proposed to others on the next look, not here.</summary>
    void End(List<Person> gone, int before)
    {
        if (gone.Count > Usual && gone.Count * 3 > before)
        {
            files.Problem("people", $"{gone.Count} of {before} people are not in it any more, which looks like a file that was cut off; where they all have left, keep their lines and give their last day in the column leaves");
        }

        foreach (var person in gone)
        {
            person.LeavesOn = TodayOf(person).PlusDays(-1);
            changes.End("people", person.Handle);
        }
    }

    [GeneratedRegex(@"^[a-z0-9]+(?:[.-][a-z0-9]+)*$")]
    private static partial Regex Handle();
}
