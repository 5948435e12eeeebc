using FsCheck;
using FsCheck.Fluent;

namespace EquityBot.Tests.People;

/// <summary>Rosters that are sound, and what a later export of the same hospital may look like: people come and go, departments change hands.</summary>
sealed record RosterOfFiles(int People, int Seed)
{
    public static readonly Arbitrary<RosterOfFiles> Any = Gen.Choose(2, 9).SelectMany(people => Gen.Choose(0, 1_000_000).Select(seed => new RosterOfFiles(people, seed))).ToArbitrary();

    static readonly string[] Departments = ["Cardiology", "Emergency"];

    /// <summary>The first export.</summary>
    public Dictionary<string, string> Before => Files(new Random(Seed), new Random(Seed), []);

    /// <summary>A later one.</summary>
    public Dictionary<string, string> After
    {
        get
        {
            var random = new Random(Seed + 1);
            return Files(new Random(Seed), random, [.. Enumerable.Range(1, People - 1).Where(_ => random.Next(4) == 0)]);
        }
    }

    /// <param name="lasting">Decides what stays as it is.</param>
    /// <param name="passing">Decides what changes from one export to the next.</param>
    Dictionary<string, string> Files(Random lasting, Random passing, HashSet<int> gone)
    {
        var here = Enumerable.Range(0, People).Where(number => !gone.Contains(number)).ToList();
        string Somebody(int before) => here.Where(number => number < before).ToList() is { Count: > 0 } above && passing.Next(4) > 0 ? $"p{above[passing.Next(above.Count)]}" : "";
        var people = here.Select(number =>
            $"p{number},Person {number},{(passing.Next(3) == 0 ? "\"Nurse, senior\"" : "Nurse")},{Departments[lasting.Next(2)]},Main,p{number}@town.example,{(number == 0 ? "BoardOwner" : passing.Next(2) == 0 ? "Contributor;Executive" : "Contributor")},"
            + $"{Somebody(number)},{Somebody(number)},{Somebody(number)},{Somebody(number)},1;2;3;4;5,08:00,17:00,{(passing.Next(6) == 0 && number > 0 ? $"2026-0{passing.Next(1, 6)}-15" : "")}");
        return new()
        {
            ["organization.csv"] = $"name,zone,cycle,cycle_start,cycle_end\nTown,America/New_York,Spring,2026-03-02,2026-12-31\n",
            ["sites.csv"] = "site,zone\nMain,America/New_York\n",
            ["holidays.csv"] = $"site,date,name\nMain,2026-07-0{passing.Next(1, 4)},A day\n",
            ["departments.csv"] = $"department,kind,site,lead,deputy\nCardiology,other,Main,{Somebody(People)},\nEmergency,other,Main,,\n",
            ["people.csv"] = string.Join('\n', people.Prepend("handle,name,title,department,site,email,roles,supervisor,deputy,delegate,sponsor,days,from,to,leaves")),
            ["rooms.csv"] = $"room,members\neverybody,{string.Join(';', here.Select(number => $"p{number}"))}\n",
            ["promises.csv"] = $"department,owner,statement,due,accepted_on\nCardiology,p0,Offer an interpreter at every visit,2026-12-31,2026-02-23\n",
        };
    }
}
