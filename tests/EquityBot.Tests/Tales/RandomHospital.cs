using EquityBot.Commitments;
using EquityBot.Cycles;
using EquityBot.Escalation;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Tests.Tales;

/// <summary>A hospital made up at random, in memory: sites in several zones with holidays, posts that are vacant, people who work at odd hours, one of the ready schedules or a random one.</summary>
sealed class RandomHospital
{
    static readonly string[] Zones = ["America/New_York", "America/Phoenix", "America/St_Johns", "Europe/London", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Chatham"];
    static readonly string[] Weeks = ["1;2;3;4;5", "1;2;3;4;5", "1;2;3;4;5", "2;3;4;5;6", "1;3;5", "6;7"];

    readonly Random random;

    public RandomHospital(int seed, IReadOnlyDictionary<string, IEscalationAction> actions)
    {
        random = new(seed);
        var here = Guid.NewGuid();
        var sites = Enumerable.Range(0, random.Next(1, 4)).Select(number => new Site { Id = Guid.NewGuid(), OrganizationId = here, Name = $"Site {number}", Zone = Zones[random.Next(Zones.Length)] }).ToList();
        var departments = Enumerable.Range(0, random.Next(2, 6)).Select(number => new Department { Id = Guid.NewGuid(), OrganizationId = here, Name = $"Department {number}", Kind = "other", SiteId = sites[random.Next(sites.Count)].Id }).ToList();
        People = [.. Enumerable.Range(0, random.Next(8, 16)).Select(number =>
        {
            var from = random.Next(6, 14);
            return new Person
            {
                Id = Guid.NewGuid(), OrganizationId = here, Handle = $"p{number}", Name = $"Person {number}", Title = "", Email = "", DepartmentId = departments[random.Next(departments.Count)].Id,
                SiteId = sites[random.Next(sites.Count)].Id, Days = Weeks[random.Next(Weeks.Length)], From = new(from, 0), To = new(from + random.Next(1, 9), 0),
            };
        })];
        foreach (var person in People)
        {
            (person.SupervisorId, person.DeputyId, person.DelegateId, person.SponsorId) = (Somebody(person, 6), Somebody(person, 2), Somebody(person, 2), Somebody(person, 3));
        }

        departments.ForEach(department => (department.LeadId, department.DeputyId) = (Somebody(null, 5), Somebody(null, 2)));
        var holidays = sites.SelectMany(site => Enumerable.Range(0, 10).Select(_ => Start.PlusDays(random.Next(365))).Distinct().Select(day => new Holiday { OrganizationId = here, SiteId = site.Id, Date = day, Name = "closed" }));
        var roles = new (int Person, Role Role)[] { (0, Role.BoardOwner), (1, Role.EquityOfficer), (2, Role.Executive), (3, Role.Executive) }.Where(one => random.Next(8) > 0)
            .Select(one => new RoleAssignment { OrganizationId = here, PersonId = People[one.Person].Id, Role = one.Role });
        var pauses = Enumerable.Range(0, random.Next(3)).Select(_ => (From: Start.PlusDays(random.Next(330)), Days: random.Next(1, 21))).Select(one => new Pause
        {
            Id = Guid.NewGuid(), OrganizationId = here, DepartmentId = random.Next(3) == 0 ? null : departments[random.Next(departments.Count)].Id, From = one.From, Until = one.From.PlusDays(one.Days), Reason = "a flood", ById = People[1].Id, At = Opens,
        });
        Roster = new Roster(new Organization { Id = here, Name = $"Hospital {seed}", Zone = sites[0].Zone }, sites, holidays, departments, People, roles, pauses);
        World = new World(Roster, Book(here), actions);
        var cycle = new Cycle { Id = Guid.NewGuid(), OrganizationId = here, Name = "a year", StartsOn = Start, EndsOn = Start.PlusDays(364) };
        departments.ForEach(department => World.Add(new DepartmentWatch { Id = Guid.NewGuid(), OrganizationId = here, CycleId = cycle.Id, DepartmentId = department.Id, LookAt = Opens }, cycle));
    }

    public static LocalDate Start => new(2026, 1, 1);

    public static Instant Opens => Instant.FromUtc(2026, 1, 1, 12, 0);

    public IReadOnlyList<Person> People { get; }

    public Roster Roster { get; }

    public World World { get; }

    Guid? Somebody(Person? self, int often) => random.Next(often + 1) == 0 || People[random.Next(People.Count)] is var other && other == self ? null : other!.Id;

    ScheduleBook Book(Guid here)
    {
        var templates = ScheduleTemplates.All.Values.ToList();
        var plan = templates[random.Next(templates.Count)];
        var schedule = EscalationSchedule.New(here, 1, plan.Name, null, null, People[1].Id, People[1].DepartmentId);
        var version = new ScheduleVersion { Id = Guid.NewGuid(), OrganizationId = here, ScheduleId = schedule.Id, Number = 1, Plan = plan.ToJson(), ById = People[1].Id, At = Opens };
        version.Approve(null, Start.PlusDays(-2), Opens);
        return new([new(schedule, version, plan)]);
    }

    /// <summary>A year: every few days somebody promises something, and somebody does something about what was promised.</summary>
    public void Live()
    {
        World.Settle(Opens);
        var now = Opens;
        for (var end = Opens + Duration.FromDays(365); ; )
        {
            var next = now + Duration.FromMinutes(random.Next(60, 5 * 1440));
            World.PassTo(now, Instant.Min(next, end));
            if (next >= end)
            {
                return;
            }

            now = next;
            Happens(now);
            World.Settle(now);
        }
    }

    void Happens(Instant now)
    {
        var running = World.Promises.Where(one => one.IsOpen).OrderBy(one => one.Number).ToList();
        if (running.Count < 3 || random.Next(3) == 0)
        {
            Promise(now);
        }
        else if (random.Next(6) == 0)
        {
            ChangeSomebody(now);
        }
        else
        {
            Do(running[random.Next(running.Count)], now);
        }
    }

    void Promise(Instant now)
    {
        var owner = People[random.Next(People.Count)];
        if (Roster.HasLeft(owner, now))
        {
            return;
        }

        var promise = new Commitment
        {
            Id = Guid.NewGuid(), OrganizationId = Roster.Organization.Id, Number = World.Promises.Count + 1, Statement = "offer an interpreter at every visit", OwnerId = owner.Id, DepartmentId = owner.DepartmentId, AuthorId = owner.Id,
            Due = Roster.TodayOf(owner, now).PlusDays(random.Next(1, 40)), Rhythm = random.Next(3) == 0 ? Cadence.Weekly : null,
        };
        promise.Accept(now);
        World.Add(promise);
        if (promise.Rhythm is { } rhythm)
        {
            World.Plan(CheckInPeriod.FirstAfter(rhythm, Roster.TodayOf(owner, now)), promise, now);
        }
    }

    /// <summary>Away for some days, or gone for good; then whatever was computed from the roster is looked at again.</summary>
    void ChangeSomebody(Instant now)
    {
        var person = People[random.Next(People.Count)];
        var today = Roster.TodayOf(person, now);
        if (random.Next(12) == 0)
        {
            person.LeavesOn ??= today.PlusDays(random.Next(5));
        }
        else
        {
            person.AwayUntil = today.PlusDays(random.Next(1, 25));
        }

        foreach (var promise in World.Promises)
        {
            (promise.LookAt, promise.AnswerLookAt) = (promise.LookAt is null ? null : now, promise.AnswerLookAt is null ? null : now);
        }

        foreach (var @case in World.Cases)
        {
            @case.NextAt = @case.NextAt is null ? null : now;
        }

        foreach (var checkIn in World.CheckIns)
        {
            checkIn.LookAt = checkIn.LookAt is null ? null : now;
        }
    }

    void Do(Commitment promise, Instant now)
    {
        var (owner, @case) = (Roster[promise.OwnerId], World.CaseOn(promise));
        var today = Roster.TodayOf(owner, now);
        switch (random.Next(8))
        {
            case 0 or 1 when promise.IsRunning || promise.Status == CommitmentStatus.Missed:
                promise.Report(ProgressStatus.AtRisk, "one shift is open", null, owner.Id, today, now);
                GiveCheckIns(promise, now);
                Follow(promise, "progress-reported", now);
                break;
            case 2 when promise.IsRunning || promise.Status == CommitmentStatus.Missed:
                promise.ClaimDone("the rota", owner.Id, today, now);
                Follow(promise, "done-claimed", now);
                break;
            case 3 when promise.Status == CommitmentStatus.DoneUnconfirmed:
                promise.ConfirmMet();
                Follow(promise, "met-confirmed", now);
                break;
            case 4 when promise.Status == CommitmentStatus.DoneUnconfirmed:
                promise.GoOn(0, now);
                Follow(promise, "not-yet", now);
                break;
            case 5 when (promise.IsRunning || promise.Status == CommitmentStatus.Missed) && promise.BoardSince is null && promise.Extensions < promise.ExtensionLimit:
                promise.Extend(LocalDate.Max(today, promise.Due!.Value).PlusDays(random.Next(1, 20)), "the form is late", owner.Id, today, now);
                GiveCheckIns(promise, now);
                Follow(promise, "due-moved", now);
                break;
            case 6 when @case is { IsOpen: true }:
                World.TakeBack(@case, now);
                @case.Waive(now);
                promise.BoardSince = null;
                break;
            case 7 when @case is { Status: CaseStatus.Exhausted }:
                @case.Decide(now);
                promise.BoardSince = null;
                if (promise.IsOpen && random.Next(2) == 0)
                {
                    promise.MoveDue(today.PlusDays(random.Next(1, 20)), now);
                }

                break;
        }
    }

    void GiveCheckIns(Commitment promise, Instant now)
    {
        foreach (var checkIn in World.CheckIns.Where(one => one.CommitmentId == promise.Id && (one.LookAt is not null || one.Status == CheckInStatus.Missed)))
        {
            checkIn.Give(now);
        }

        if (promise is { Rhythm: { } rhythm, IsRunning: true })
        {
            World.Plan(CheckInPeriod.FirstAfter(rhythm, Roster.TodayOf(Roster[promise.OwnerId], now)), promise, now);
        }
    }

    /// <summary>As the follower of cases does it in the engine.</summary>
    void Follow(Commitment promise, string what, Instant now)
    {
        if (World.CaseOn(promise) is { IsOpen: true } @case)
        {
            World.TakeBack(@case, now);
            CaseWalk.Follow(@case, promise.OwnerId, promise.DepartmentId, what, Roster, now);
        }

        foreach (var other in World.Cases.Where(one => one.CommitmentId == promise.Id && one.Line != Lines.Promise && one.IsOpen && one.Line != AnswerWatch.LineOf(promise.Status)))
        {
            World.TakeBack(other, now);
            other.Resolve(now);
        }
    }
}
