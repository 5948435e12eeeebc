using EquityBot.Doubles;
using EquityBot.Escalation;
using EquityBot.Storage;
using EquityBot.Sweeps;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace EquityBot.Tests.Sweeps;

/// <summary>A row that cannot be decided is left alone after its tries, with the reason, while the others go on.</summary>
public class ParkingTests
{
    static readonly Guid Here = Guid.NewGuid();

    [Theory, OnBothDatabases]
    public async Task A_row_that_fails_is_parked_with_its_reason_and_its_neighbours_are_decided(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var store = new EquityStore(database.ConnectionString);
        var (bad, good) = (Guid.NewGuid(), Guid.NewGuid());
        await store.WriteAsync(Here, Urgency.Background, db =>
        {
            db.AddRange(new[] { bad, good }.Select(id => new DepartmentWatch { Id = id, OrganizationId = Here, CycleId = Guid.NewGuid(), DepartmentId = Guid.NewGuid(), LookAt = Wiring.Start }));
            return Task.CompletedTask;
        }, CancellationToken.None);
        var sweep = new Stumbling(store, bad);
        var outlook = new Outlook(store, [sweep]);
        Assert.Equal(Wiring.Start, Assert.Single(await outlook.UntouchedAsync(CancellationToken.None)).Value);
        Assert.Empty((await outlook.DueAsync(Wiring.Start - Duration.Epsilon, CancellationToken.None)).Due);

        // What has failed is still due, and left to the bell's rhythm.
        Assert.Equal(new SweepResult(1, 1), await sweep.RunAsync(Wiring.Start, CancellationToken.None));
        Assert.Empty(await outlook.UntouchedAsync(CancellationToken.None));
        Assert.Equal([sweep.Name], (await outlook.DueAsync(Wiring.Start, CancellationToken.None)).Due);
        Assert.Equal(Wiring.Start, await outlook.EarliestAsync(CancellationToken.None));
        Assert.Equal(new SweepResult(0, 1), await sweep.RunAsync(Wiring.Start, CancellationToken.None));
        Assert.Equal(new SweepResult(0, 1), await sweep.RunAsync(Wiring.Start, CancellationToken.None));
        Assert.Equal(SweepResult.Nothing, await sweep.RunAsync(Wiring.Start, CancellationToken.None));
        Assert.Empty(await outlook.NextAsync(CancellationToken.None));
        Assert.Equal(3, sweep.Tries);

        await using var db = store.For(Here);
        var parked = await db.Set<ParkedRow>().SingleAsync();
        Assert.Equal((bad, (Instant?)Wiring.Start), (parked.RowId, parked.ParkedAt));
        Assert.StartsWith("ArithmeticException, incident ", parked.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("not for anybody's eyes", parked.Reason, StringComparison.Ordinal);
    }

    // R10
    [Theory, OnBothDatabases]
    public async Task Of_two_hundred_in_a_batch_all_others_are_decided_in_the_same_run(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var store = new EquityStore(database.ConnectionString);
        var ids = Enumerable.Range(0, 200).Select(_ => Guid.NewGuid()).ToList();
        await AddAsync(store, ids);
        var sweep = new Stumbling(store, ids[100]);
        Assert.Equal(new SweepResult(199, 1), await sweep.RunAsync(Wiring.Start, CancellationToken.None));

        // Each in its own transaction at once, and none of them has spent a second try on its neighbour's account.
        Assert.Equal(1, sweep.MostAttempts);
        await using var db = store.For(Here);
        Assert.Equal(ids[100], (await db.Set<ParkedRow>().SingleAsync()).RowId);
    }

    // R9: what a full disk would not take is tried until there is room.
    [Theory, OnBothDatabases]
    public async Task A_database_in_trouble_costs_no_row_a_try(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var store = new EquityStore(database.ConnectionString);
        var ids = Enumerable.Range(0, 3).Select(_ => Guid.NewGuid()).ToList();
        await AddAsync(store, ids);
        var sweep = new Stumbling(store, ids[1], new Npgsql.PostgresException("could not extend file", "ERROR", "ERROR", "53100"));
        for (var ring = 0; ring < 5; ring++)
        {
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => sweep.RunAsync(Wiring.Start, CancellationToken.None));
        }

        var healthy = new Stumbling(store, Guid.Empty);
        Assert.Equal(0, (await healthy.RunAsync(Wiring.Start, CancellationToken.None)).Failed);
        Assert.Null(await new Outlook(store, [healthy]).EarliestAsync(CancellationToken.None));
        await using var db = store.For(Here);
        Assert.Empty(await db.Set<ParkedRow>().ToListAsync());
    }

    // R3: two processes at once, without any bell to keep them apart.
    [Fact]
    public async Task Two_who_sweep_at_once_decide_each_row_once()
    {
        await using var database = await Database.OpenAsync(Engine.Postgres);
        var store = new EquityStore(database.ConnectionString);
        await AddAsync(store, Enumerable.Range(0, 600).Select(_ => Guid.NewGuid()));
        var sweeps = Enumerable.Range(0, 4).Select(_ => new Stumbling(new(database.ConnectionString), Guid.Empty)).ToList();
        var done = 0;
        while (await new Outlook(store, sweeps[..1]).EarliestAsync(CancellationToken.None) is not null)
        {
            done += (await Task.WhenAll(sweeps.Select(sweep => Task.Run(() => sweep.RunAsync(Wiring.Start, CancellationToken.None))))).Sum(result => result.Done);
        }

        // A row that another had finished just before it was claimed was looked at, and counts as done; it is decided once all the same.
        Assert.Equal(600, sweeps.Sum(sweep => sweep.Decided));
        Assert.True(done >= 600);
        await using var db = store.For(Here);
        Assert.Empty(await db.Set<ParkedRow>().ToListAsync());
    }

    // R10: the fault of a batch is nobody's fault alone.
    [Theory, OnBothDatabases]
    public async Task What_cannot_be_decided_together_is_decided_one_by_one(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var store = new EquityStore(database.ConnectionString);
        await AddAsync(store, Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()));
        var sweep = new Stumbling(store, Guid.Empty) { OnlyAlone = true };
        Assert.Equal(new SweepResult(20, 0), await sweep.RunAsync(Wiring.Start, CancellationToken.None));
        Assert.Equal(1, sweep.MostAttempts);
        Assert.Null(await new Outlook(store, [sweep]).EarliestAsync(CancellationToken.None));
        await using var db = store.For(Here);
        Assert.Empty(await db.Set<ParkedRow>().ToListAsync());
    }

    static Task AddAsync(EquityStore store, IEnumerable<Guid> ids) => store.WriteAsync(Here, Urgency.Background, db =>
    {
        db.AddRange(ids.Select(id => new DepartmentWatch { Id = id, OrganizationId = Here, CycleId = Guid.NewGuid(), DepartmentId = Guid.NewGuid(), LookAt = Wiring.Start }));
        return Task.CompletedTask;
    }, CancellationToken.None);

    sealed class Stumbling(EquityStore store, Guid over, Exception? with = null) : RowSweep<IReadOnlyDictionary<Guid, DepartmentWatch>>(store, NullLogger.Instance)
    {
        public override string Name => "stumbling";

        public int Tries { get; private set; }

        /// <summary>Counted for any row but the one that fails, when it was decided.</summary>
        public int MostAttempts { get; private set; }

        public bool OnlyAlone { get; init; }

        /// <summary>Committed or not.</summary>
        public int Decided { get; private set; }

        public override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
            everywhere.Rows<DepartmentWatch>().Where(one => one.LookAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.LookAt!.Value });

        protected override async Task<IReadOnlyDictionary<Guid, DepartmentWatch>> LoadAsync(EquityDb db, IReadOnlyList<Guid> ids, CancellationToken ct) =>
            OnlyAlone && ids.Count > 1 ? throw new ArithmeticException("too many") : await db.Set<DepartmentWatch>().Where(one => ids.Contains(one.Id)).ToDictionaryAsync(one => one.Id, ct);

        protected override async Task DecideAsync(EquityDb db, IReadOnlyDictionary<Guid, DepartmentWatch> batch, Guid id, Instant now, CancellationToken ct)
        {
            if (id == over)
            {
                Tries++;
                throw with ?? new ArithmeticException("not for anybody's eyes");
            }

            MostAttempts = Math.Max(MostAttempts, await db.Set<ParkedRow>().Where(one => one.RowId == id).Select(one => one.Attempts).SingleAsync(ct));
            Decided += batch[id].LookAt is null ? 0 : 1;
            batch[id].LookAt = null;
        }
    }
}
