using EquityBot.Escalation;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Tests.Tales;

/// <summary>A colleague as the roster files have them.</summary>
sealed record Townsperson(string Handle, DateTimeZone Zone, string Site, IReadOnlySet<IsoDayOfWeek> Days, LocalTime From, LocalTime To);

/// <summary>
/// A health system made up at random: sites whose zones have odd offsets and change their clocks while the story lasts, some at midnight; vacant posts, people
/// who work on other days and at other hours, supervisors in a circle, stand-ins for stand-ins, and a schedule in a hurry, so that a few weeks reach the board.
/// </summary>
sealed class RandomTown
{
    /// <summary>With a change of clocks, a New Year of 53 weeks or a month's end within three weeks; and a quiet one.</summary>
    static readonly LocalDate[] Beginnings =
    [
        new(2026, 2, 28), new(2026, 3, 20), new(2026, 3, 30), new(2026, 4, 15), new(2026, 6, 22), new(2026, 10, 18), new(2026, 10, 27), new(2026, 12, 18),
    ];

    static readonly string[] Zones =
    [
        "America/New_York", "America/Phoenix", "America/St_Johns", "America/Havana", "Europe/London", "Asia/Beirut", "Africa/Cairo", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Chatham",
    ];

    static readonly string[] Weeks = ["1;2;3;4;5", "1;2;3;4;5", "1;2;3;4;5", "2;3;4", "1;2;3;4;5;6;7", "1;3;7", "6;7", "5"];
    static readonly LocalTime[] Openings = [new(8, 0), new(8, 0), new(7, 30), new(9, 0), new(6, 0), new(13, 15), new(20, 0), new(0, 0), new(2, 15)];

    readonly Dictionary<string, string> files = [];
    readonly List<(string Handle, string To, bool IsAbove)> circles = [];
    readonly List<(string Site, LocalDate Day)> holidays = [];
    readonly List<DateTimeZone> zones;

    /// <param name="days">How long the story lasts; null for some weeks at random.</param>
    public RandomTown(Random random, int? days = null)
    {
        var first = Beginnings[random.Next(Beginnings.Length)].PlusDays(random.Next(4));
        Start = first.At(new LocalTime(random.Next(24), random.Next(12) * 5)).InUtc().ToInstant();
        var some = random.Next(14, 23);
        End = Start + Duration.FromDays(days ?? some);
        var sites = random.GetItems(Zones, random.Next(2, 5)).Distinct().Select(zone => (Name: zone.Replace('/', ' '), Zone: zone)).ToList();
        zones = [.. sites.Select(site => DateTimeZoneProviders.Tzdb[site.Zone])];
        File("organization", "name,zone,cycle,cycle_start,cycle_end", [$"Random Health,{sites[0].Zone},a cycle,{Iso(first.PlusDays(-random.Next(5)))},{Iso(first.PlusDays(random.Next(5, 90) + (days ?? 0)))}"]);
        File("sites", "site,zone", sites.Select(site => $"{site.Name},{site.Zone}"));
        holidays.AddRange(sites.SelectMany(site => Enumerable.Range(0, random.Next(days is null ? 4 : 12)).Select(_ => (site.Name, first.PlusDays(random.Next(days ?? 30)))).Distinct()));
        File("holidays", "site,date,name", holidays.Select(holiday => $"{holiday.Site},{Iso(holiday.Day)},closed"));

        var people = Enumerable.Range(0, random.Next(6, 10)).ToList();
        Departments = [.. Enumerable.Range(0, random.Next(2, 5)).Select(number => $"Department {number}")];
        File("departments", "department,kind,site,lead,deputy", Departments.Select(name => $"{name},other,{sites[random.Next(sites.Count)].Name},{Maybe(4)},{Maybe(2)}"));
        People = [.. people.Select(number =>
        {
            var (site, from) = (random.Next(sites.Count), Openings[random.Next(Openings.Length)]);
            var to = new LocalTime(23, 45);
            var hours = new[] { 30, 240, 480, 600 }[random.Next(4)];
            to = from.TickOfDay + (hours * NodaConstants.TicksPerMinute) < to.TickOfDay ? from.PlusMinutes(hours) : to;
            var days = Weeks[random.Next(Weeks.Length)].Split(';').Select(day => (IsoDayOfWeek)(day[0] - '0')).ToHashSet();
            return new Townsperson($"p{number}", zones[site], sites[site].Name, days, from, to);
        })];
        var roles = people.Select(number => number switch { 0 => "BoardOwner", 1 when random.Next(5) > 0 => "EquityOfficer;CoreTeamMember", _ => random.Next(3) == 0 ? "Executive" : "DepartmentLead;Contributor" }).ToList();
        Dictionary<string, string> above = [], standsIn = [];
        File("people", "handle,name,title,department,site,email,roles,supervisor,deputy,delegate,sponsor,days,from,to", people.Select(number =>
        {
            var one = People[number];
            return $"{one.Handle},Person{number} Random,anybody,{Departments[random.Next(Departments.Count)]},{one.Site},{one.Handle}@random.example,{roles[number]},"
                + $"{Straight(above, one.Handle, Other(number, 5), isAbove: true)},{Other(number, 2)},{Straight(standsIn, one.Handle, Other(number, 2), isAbove: false)},{Other(number, 2)},{string.Join(';', one.Days.Select(day => (int)day))},{Hour(one.From)},{Hour(one.To)}";
        }));
        Plan = RandomPlan(random);

        // So many times out of so many plus one; else the post is vacant, or nobody is named.
        string Maybe(int often) => random.Next(often + 1) == 0 ? "" : $"p{random.Next(people.Count)}";
        string Other(int self, int often) => Maybe(often) is var handle && handle == $"p{self}" ? "" : handle;
    }

    /// <summary>Links that close a circle. A roster that has them is refused; in rows that came about otherwise they may stand all the same.</summary>
    public IReadOnlyList<(string Handle, string To, bool IsAbove)> Circles => circles;

    string Straight(Dictionary<string, string> links, string handle, string to, bool isAbove)
    {
        for (var next = to; next.Length > 0; next = links.GetValueOrDefault(next, ""))
        {
            if (next == handle)
            {
                circles.Add((handle, to, isAbove));
                return "";
            }
        }

        links[handle] = to;
        return to;
    }

    public Instant Start { get; }

    public Instant End { get; }

    public IReadOnlyList<Townsperson> People { get; }

    public IReadOnlyList<string> Departments { get; }

    public IReadOnlyDictionary<string, string> Files => files;

    public Plan Plan { get; }

    static Plan RandomPlan(Random random)
    {
        var offset = 0;
        return ScheduleTemplates.Standard with
        {
            PostponeDays = random.Next(1, 4),
            UnreachedDays = random.Next(1, 3),
            CoverDays = random.Next(1, 4),
            AnswerDays = random.Next(1, 4),
            SilenceDays = random.Next(2, 8),
            Calendar = random.Next(4) switch { 0 => PlanCalendar.EveryDay, 1 => PlanCalendar.Organization, _ => PlanCalendar.Site },
            Extensions = random.Next(1, 3),
            Steps = [.. ScheduleTemplates.Standard.Steps.Select(step => step.Offset < 0 ? step with { Offset = -random.Next(1, 4) } : step with
            {
                Offset = offset += random.Next(3) == 0 ? 3 : 1,
                To = step.To == "sponsor" && random.Next(3) == 0 ? "supervisor" : step.To,
                Repeat = random.Next(4) == 0 ? new(1, random.Next(1, 3)) : null,
                Also = random.Next(5) switch { 0 => ["open-task"], 1 => ["offer-help"], 2 => ["put-on-agenda"], _ => [] },
            })],
        };
    }

    /// <summary>Every moment at which something can begin by the clocks on the walls: each midnight and each person's opening of every day, working day or not, later than <paramref name="after"/>.</summary>
    public IEnumerable<Instant> Hours(Instant after, Instant until)
    {
        var days = Enumerable.Range(-2, Period.DaysBetween(after.InUtc().Date, until.InUtc().Date) + 5).Select(after.InUtc().Date.PlusDays).ToList();
        return zones.SelectMany(zone => days.Select(day => zone.AtStartOfDay(day).ToInstant()))
            .Concat(People.SelectMany(person => days.Select(day => person.Zone.AtLeniently(day.At(person.From)).ToInstant())))
            .Where(at => at > after && at <= until).Distinct().Order();
    }

    public bool IsAtWork(string handle, Instant at)
    {
        var (person, local) = (People.Single(one => one.Handle == handle), at.InZone(People.Single(one => one.Handle == handle).Zone));
        return person.Days.Contains(local.DayOfWeek) && !holidays.Contains((person.Site, local.Date)) && local.TimeOfDay >= person.From && local.TimeOfDay < person.To;
    }

    void File(string name, string header, IEnumerable<string> rows) => files.Add(name + ".csv", string.Join('\n', rows.Prepend(header)) + "\n");

    static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);

    static string Hour(LocalTime time) => $"{time:HH:mm}";
}
