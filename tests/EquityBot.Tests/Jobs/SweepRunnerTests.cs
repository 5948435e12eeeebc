using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Escalation;
using EquityBot.Jobs;
using EquityBot.Storage;
using EquityBot.Sweeps;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Tests.Jobs;

public sealed class SweepRunnerTests
{
    [Theory, OnBothDatabases]
    public async Task Idle_runs_leave_nothing_and_runs_that_did_something_leave_a_row(Engine engine)
    {
        await using var jobs = await Bench.OpenAsync(engine);
        await jobs.RunAsync();
        Assert.Empty(await jobs.RunsAsync());
        jobs.Sweep("due").Does = _ => Task.FromResult(new SweepResult(3, 1));
        await jobs.RunAsync();
        var run = Assert.Single(await jobs.RunsAsync());
        Assert.Equal(("due", 3, 1, SweepOutcome.Finished, jobs.Clock.Now), (run.Sweep, run.Done, run.Failed, run.Outcome, run.StartedAt));
    }

    [Theory, OnBothDatabases]
    public async Task A_sweep_that_throws_is_kept_with_its_incident_and_stops_no_other(Engine engine)
    {
        await using var jobs = await Bench.OpenAsync(engine);
        jobs.Sweep("due").Does = _ => throw new InvalidOperationException("planted");
        jobs.Sweep("seal").Does = _ => Task.FromResult(new SweepResult(1, 0));
        Assert.Equal((1, 0), await jobs.RunAsync());
        var runs = await jobs.RunsAsync();
        Assert.Equal(["due Failed", "seal Finished"], runs.Select(run => $"{run.Sweep} {run.Outcome}"));
        Assert.Contains(jobs.Log.Lines, line => line.Contains($"incident {runs[0].Incident}", StringComparison.Ordinal) && line.Contains("planted", StringComparison.Ordinal));

        // Well again: kept once, though idle, also by a process that did not see it fail.
        jobs.Sweep("due").Does = Idle;
        jobs.Sweep("seal").Does = Idle;
        jobs.StartAnew();
        await jobs.RunAsync();
        await jobs.RunAsync();
        Assert.Equal(["due Failed", "seal Finished", "due Finished"], (await jobs.RunsAsync()).Select(run => $"{run.Sweep} {run.Outcome}"));
    }

    [Fact]
    public async Task A_run_that_does_not_end_is_stopped_at_its_budget_and_kept()
    {
        await using var jobs = await Bench.OpenAsync(Engine.Sqlite, Duration.FromMilliseconds(50));
        jobs.Sweep("due").Does = async ct =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return SweepResult.Nothing;
        };
        await jobs.RunAsync();
        Assert.Equal(SweepOutcome.OutOfTime, Assert.Single(await jobs.RunsAsync()).Outcome);
    }

    // G9
    [Fact]
    public async Task Between_two_rings_only_what_is_awaited_runs_until_it_is_done_and_what_went_wrong_waits_for_the_bell()
    {
        await using var jobs = await Bench.OpenAsync(Engine.Sqlite);
        var (left, rung) = (3, 0);
        var due = jobs.Sweep("due");
        due.Awaits = true;
        await jobs.WatchAsync();
        due.Does = _ => Task.FromResult(new SweepResult(left-- > 0 ? 1 : 0, 0));
        jobs.Sweep("answers").Does = _ => throw new InvalidOperationException("nobody asked");
        await jobs.RunAwaitedAsync();
        Assert.Equal(["due", "due", "due"], (await jobs.RunsAsync()).Select(run => run.Sweep));

        due.Does = _ =>
        {
            rung++;
            throw new InvalidOperationException("planted");
        };
        await jobs.RunAwaitedAsync();
        await jobs.RunAwaitedAsync();
        Assert.Equal(1, rung);
        due.Does = Idle;
        jobs.Sweep("answers").Does = Idle;
        await jobs.RunAsync();
        (left, due.Does) = (1, _ => Task.FromResult(new SweepResult(left-- > 0 ? 1 : 0, 0)));
        await jobs.RunAwaitedAsync();
        Assert.Equal((-1, SweepOutcome.Finished), (left, (await jobs.RunsAsync())[^1].Outcome));
    }

    [Theory]
    [InlineData(-6, false)]
    [InlineData(-4, true)]
    [InlineData(4, true)]
    [InlineData(6, false)]
    public async Task A_machine_whose_clock_is_not_the_database_servers_decides_nothing(int minutes, bool runs)
    {
        await using var jobs = await Bench.OpenAsync(Engine.Postgres, machine: new Ahead(TimeSpan.FromMinutes(minutes)));
        jobs.Sweep("due").Does = _ => Task.FromResult(new SweepResult(1, 0));
        Assert.Equal(runs ? 1 : 0, (await jobs.RunAsync()).Done);
        await jobs.RunAsync();
        Assert.Equal(runs ? 0 : 1, jobs.Log.Lines.Count(line => line.Contains("nothing is decided or sent", StringComparison.Ordinal)));
    }

    static Task<SweepResult> Idle(CancellationToken ct) => Task.FromResult(SweepResult.Nothing);

#pragma warning disable RS0030 // A clock that is wrong is wrong against the real one.
    sealed class Ahead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
#pragma warning restore RS0030

    sealed class Scripted(string name) : ISweep
    {
        public string Name => name;

        public Func<CancellationToken, Task<SweepResult>> Does { get; set; } = Idle;

        public bool Awaits { get; set; }

        public Task<SweepResult> RunAsync(Instant now, CancellationToken ct) => Does(ct);

        public IQueryable<DueRow>? Rows(AcrossOrganizations everywhere) =>
            Awaits ? everywhere.Rows<DepartmentWatch>().Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.LookAt!.Value }) : null;
    }

    /// <summary>The runner on a real database with a scripted sweep for each line of the timetable.</summary>
    sealed class Bench(Database database, Duration budget, TimeProvider? machine) : IAsyncDisposable
    {
        readonly Dictionary<string, Scripted> sweeps = Timetable.Rings.ToDictionary(ring => ring.Sweep, ring => new Scripted(ring.Sweep));
        SweepRunner? runner;

        public StillClock Clock { get; } = new(Wiring.Start);

        public KeptLog Log { get; } = new();

        public static async Task<Bench> OpenAsync(Engine engine, Duration? budget = null, TimeProvider? machine = null)
        {
            var bench = new Bench(await Database.OpenAsync(engine), budget ?? Duration.FromMinutes(1), machine);
            bench.StartAnew();
            return bench;
        }

        public Scripted Sweep(string name) => sweeps[name];

        public void StartAnew()
        {
            var store = new EquityStore(database.ConnectionString);
            HospitalClock clock = machine is null ? Clock : new SystemHospitalClock(new MachineClock(machine));
            var logs = LoggerFactory.Create(builder => builder.AddProvider(Log));
            runner = new(sweeps.Values, new Outlook(store, sweeps.Values), [.. Timetable.Rings.Select(ring => ring with { Budget = budget })], new SweepHistory(store), new ClockCheck(store, clock, logs.CreateLogger<ClockCheck>()), clock, logs.CreateLogger<SweepRunner>());
        }

        public async Task<(int Done, int Failed)> RunAsync()
        {
            var round = await runner!.RunAllAsync(CancellationToken.None);
            return (round.Done, round.Failed);
        }

        public Task RunAwaitedAsync() => runner!.RunAwaitedAsync(CancellationToken.None);

        /// <summary>A row that is due by now, for whichever sweep awaits one.</summary>
        public Task WatchAsync() => new EquityStore(database.ConnectionString).WriteAsync(Guid.NewGuid(), Urgency.Background, db =>
        {
            db.Add(new DepartmentWatch { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, CycleId = Guid.NewGuid(), DepartmentId = Guid.NewGuid(), LookAt = Clock.Now });
            return Task.CompletedTask;
        }, CancellationToken.None);

        public async Task<List<SweepRun>> RunsAsync()
        {
            await using var db = new EquityStore(database.ConnectionString).For(Guid.Empty);
            return await db.Set<SweepRun>().AsNoTracking().OrderBy(one => one.Seq).ToListAsync();
        }

        public ValueTask DisposeAsync() => database.DisposeAsync();
    }

    sealed class KeptLog : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
