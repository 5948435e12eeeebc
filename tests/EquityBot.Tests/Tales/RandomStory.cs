using NodaTime;
using NodaTime.Text;

namespace EquityBot.Tests.Tales;

/// <summary>Something that somebody does at one moment; whether they may, and whether it is still called for, turns out when they do.</summary>
/// <param name="Verb">Of the button they look for; <c>answer</c> presses one of those that are there; <c>away</c>, <c>leaves</c> and <c>delegate</c> are changes of the roster.</param>
/// <param name="About">Reference of the promise; the name of a department where it is that department's silence.</param>
/// <param name="Who">A handle; null for whoever would be expected to.</param>
sealed record Act(Instant At, string Verb, string About, string? Who, IReadOnlyDictionary<string, string> Values)
{
    public override string ToString() => $"{At} {Who ?? "whoever is expected"}: {Verb} {About} {string.Join(", ", Values.Select(value => $"{value.Key}={value.Value}"))}";
}

/// <summary>While it lasts, what is sent to this person does not arrive, or nobody knows.</summary>
sealed record Outage(string Who, Instant From, Instant To, bool MayHaveArrived);

/// <summary>A random town with random promises, and what people do about them at random moments.</summary>
sealed record RandomStory(int Seed, RandomTown Town, IReadOnlyList<Act> Acts, IReadOnlyList<Outage> Outages, Duration Stride)
{
    static readonly string[] Verbs =
    [
        "report-progress", "no-change", "no-change", "snooze-check-in", "snooze-check-in", "block-commitment", "complete-commitment", "confirm-met", "not-yet", "push-commitment", "withdraw-commitment",
        "approve-withdrawal", "decline-withdrawal", "hand-over-commitment", "accept-request", "decline-request", "acknowledge-case", "waive-case", "decide-case", "cover-case", "offer-help", "accept-help",
        "accept-commitment", "decline-commitment", "need-supply", "need-supply", "need-supply", "accept-commitment", "propose-day",
    ];

    static readonly string[] Cadences = ["weekly", "weekly", "two-weekly", "monthly", ""];
    static readonly string[] Decisions = ["new-date", "recovery-plan", "resources", "consequence"];

    public static RandomStory Of(int seed)
    {
        var random = new Random(seed);
        var town = new RandomTown(random);
        var teller = new Teller(random, town);
        var promises = random.Next(2, 6);
        var acts = Enumerable.Range(0, promises).Select(_ => teller.Promise(town.Start + Duration.FromMinutes(5 * random.Next(300))))
            .Concat(Enumerable.Range(0, random.Next(6, 16)).Select(_ => teller.Something(teller.Moment(), Verbs[random.Next(Verbs.Length)], () => random.Next(1, promises + 1))))
            .Concat(Enumerable.Range(0, random.Next(10, 24)).Select(_ => teller.Answer(teller.Moment())))
            .Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => teller.RosterChange(teller.Moment())))
            .OrderBy(act => act.At).ToList();
        return new(seed, town, acts, teller.Outages(random.Next(3)), Duration.FromMinutes(random.Next(60, 421)));
    }

    /// <summary>As long as that, at a pace at which people have a promise every nine days and do something about one of the latest every day or two; few of them leave.</summary>
    public static RandomStory Lasting(int days, int seed)
    {
        var random = new Random(seed);
        var town = new RandomTown(random, days);
        var teller = new Teller(random, town);
        var promises = Enumerable.Range(0, Math.Max(3, days / 9)).Select(_ => teller.Promise(teller.Moment())).OrderBy(act => act.At).ToList();
        var acts = promises
            .Concat(Enumerable.Range(0, days / 3).Select(_ => teller.Moment()).Select(at => teller.Something(at, Verbs[random.Next(Verbs.Length)], () => Math.Max(1, promises.Count(one => one.At <= at) - random.Next(5)))))
            .Concat(Enumerable.Range(0, days / 3).Select(_ => teller.Answer(teller.Moment())))
            .Concat(Enumerable.Range(0, days / 30).Select(_ => teller.RosterChange(teller.Moment()) is { Verb: "leaves" } leaves && random.Next(3) > 0 ? leaves with { Verb = "away" } : teller.RosterChange(teller.Moment())))
            .OrderBy(act => act.At).ToList();
        return new(seed, town, acts, teller.Outages(days / 60), Duration.FromHours(6));
    }

    sealed class Teller(Random random, RandomTown town)
    {
        readonly List<Instant> hours = [.. town.Hours(town.Start, town.End)];

        public IReadOnlyList<Outage> Outages(int count) =>
            [.. Enumerable.Range(0, count).Select(_ => (From: Moment(), Days: random.Next(1, 8))).Select(one => new Outage(Anybody(), one.From, one.From + Duration.FromDays(one.Days), random.Next(2) == 0))];

        string Anybody() => town.People[random.Next(town.People.Count)].Handle;

        // Also at the very moment at which something falls due.
        public Instant Moment() => random.Next(3) == 0 ? hours[random.Next(hours.Count)] : town.Start + Duration.FromMinutes(random.Next((int)(town.End - town.Start).TotalMinutes));

        string Day(Instant from, int atMost) => LocalDatePattern.Iso.Format(from.InUtc().Date.PlusDays(random.Next(1, atMost)));

        public Act Promise(Instant at) => new(at, "log-commitment", "", Anybody(), new Dictionary<string, string>
        {
            ["what"] = "offer an interpreter at every visit", ["due"] = Day(at, 15), ["cadence"] = Cadences[random.Next(Cadences.Length)], ["owner"] = random.Next(3) == 0 ? Anybody() : "self",
        });

        public Act Something(Instant at, string verb, Func<int> about) => new(
            at,
            verb,
            verb is "waive-case" or "decide-case" or "offer-help" && random.Next(3) == 0 ? town.Departments[random.Next(town.Departments.Count)] : $"C-{about()}",
            random.Next(6) == 0 ? Anybody() : null,
            verb switch
            {
                "report-progress" => new() { ["status"] = random.Next(2) == 0 ? "on-track" : "at-risk", ["note"] = "one shift is open" },
                "block-commitment" => random.Next(2) == 0 ? new() { ["what"] = "the form is late", ["helper"] = Anybody() } : new() { ["what"] = "the form is late" },
                "not-yet" or "withdraw-commitment" or "waive-case" => new() { ["reason"] = "nights are open" },
                "push-commitment" or "acknowledge-case" => new() { ["due"] = Day(at, 10), ["reason"] = "the form is late", ["need"] = "a printer" },
                "need-supply" => new() { ["what"] = "the list of languages", ["from"] = town.Departments[random.Next(town.Departments.Count)], ["due"] = Day(at, 8) },
                "propose-day" => new() { ["due"] = Day(at, 8), ["reason"] = "the form is late" },
                "hand-over-commitment" => new() { ["to"] = Anybody() },
                "decide-case" => new() { ["decision"] = Decisions[random.Next(4)], ["rationale"] = "it matters", ["due"] = random.Next(2) == 0 ? Day(at, 8) : "" },
                _ => new Dictionary<string, string>(),
            });

        // Whatever the button that they find asks for.
        public Act Answer(Instant at) => new(at, "answer", "", Anybody(), new Dictionary<string, string>
        {
            ["pick"] = $"{random.Next(1000)}", ["status"] = "at-risk", ["note"] = "one shift is open", ["what"] = "the form is late", ["helper"] = Anybody(), ["reason"] = "nights are open", ["need"] = "a printer",
            ["due"] = Day(at, 8), ["to"] = Anybody(), ["decision"] = Decisions[random.Next(4)], ["rationale"] = "it matters", ["owner"] = Anybody(), ["cadence"] = "weekly",
            ["from"] = town.Departments[random.Next(town.Departments.Count)],
        });

        public Act RosterChange(Instant at) => new(at, random.Next(5) switch { < 2 => "leaves", 2 => "delegate", _ => "away" }, "", Anybody(), new Dictionary<string, string> { ["until"] = Day(at, 7), ["to"] = Anybody() });
    }

    public override string ToString() => string.Join('\n', [
        $"EQUITYBOT_SEED={Seed}, {Town.Start} to {Town.End}, ticks every {Stride}",
        .. Town.Files.Select(file => $"{file.Key}\n{file.Value}"),
        $"{Town.Plan}: {string.Join(", ", Town.Plan.Steps.Select(step => $"{step.Name} {step.Offset}"))}",
        .. Outages.Select(outage => outage.ToString()),
        .. Acts.Select(act => act.ToString()),
    ]);
}
