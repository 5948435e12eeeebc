using EquityBot.Commitments;
using EquityBot.Doubles;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Tests.Storage;

/// <summary>What both databases do alike: instants, numbers, versions, all or nothing.</summary>
public class WriteTests
{
    static readonly Guid Here = Guid.NewGuid();

    [Theory, OnBothDatabases]
    public async Task An_instant_comes_back_in_whole_milliseconds_and_sorts_as_a_number(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var store = new EquityStore(database.ConnectionString);
        var written = Instant.FromUtc(2026, 3, 8, 7, 30) + Duration.FromNanoseconds(123_456_789);
        var longAgo = Instant.FromUtc(1969, 12, 31, 23, 59, 59);
        await store.WriteAsync(Here, Urgency.Inbound, db =>
        {
            db.AddRange(Entry("late", written), Entry("early", longAgo));
            return Task.CompletedTask;
        }, CancellationToken.None);

        await using var db = store.For(Here);
        Assert.Equal(Instant.FromUtc(2026, 3, 8, 7, 30) + Duration.FromMilliseconds(123), (await db.Set<AuditEntry>().SingleAsync(one => one.Action == "late")).At);
        Assert.Equal(["early", "late"], await db.Set<AuditEntry>().OrderBy(one => one.At).Select(one => one.Action).ToListAsync());
        Assert.Equal("early", (await db.Set<AuditEntry>().SingleAsync(one => one.At <= longAgo)).Action);
    }

    static AuditEntry Entry(string action, Instant at) => new() { OrganizationId = Here, At = at, Action = action, Outcome = "done" };

    [Theory, OnBothDatabases]
    public async Task Twenty_at_once_get_twenty_numbers_without_a_gap(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var store = new EquityStore(database.ConnectionString);
        await AddCounterAsync(store);
        var numbers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => store.WriteAsync(Here, Urgency.Inbound, db => Counter.NextAsync(db, "C", default), CancellationToken.None))));
        Assert.Equal(Enumerable.Range(1, 20), numbers.Order());
    }

    [Theory, OnBothDatabases]
    public async Task A_number_given_out_in_a_transaction_that_fails_is_given_out_again(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var store = new EquityStore(database.ConnectionString);
        await AddCounterAsync(store);
        await Assert.ThrowsAsync<TimeoutException>(() => store.WriteAsync(Here, Urgency.Inbound, async db =>
        {
            Assert.Equal(1, await Counter.NextAsync(db, "C", default));
            await db.SaveChangesAsync();
            throw new TimeoutException();
        }, CancellationToken.None));
        Assert.Equal(1, await store.WriteAsync(Here, Urgency.Inbound, db => Counter.NextAsync(db, "C", default), CancellationToken.None));
    }

    [Theory, OnBothDatabases]
    public async Task Two_numbers_in_one_transaction_are_two(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var store = new EquityStore(database.ConnectionString);
        await AddCounterAsync(store);
        var pair = await store.WriteAsync(Here, Urgency.Inbound, async db => (await Counter.NextAsync(db, "C", default), await Counter.NextAsync(db, "C", default)), CancellationToken.None);
        Assert.Equal((1, 2), pair);
    }

    static Task AddCounterAsync(EquityStore store) => store.WriteAsync(Here, Urgency.Inbound, db =>
    {
        db.Add(new Counter { OrganizationId = Here, Prefix = "C" });
        return Task.CompletedTask;
    }, CancellationToken.None);

    [Theory, OnBothDatabases]
    public async Task Of_two_who_change_the_same_version_the_second_is_told(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var store = new EquityStore(database.ConnectionString);
        await store.WriteAsync(Here, Urgency.Inbound, db =>
        {
            db.Add(new Commitment { Id = Guid.NewGuid(), OrganizationId = Here, Number = 1, Statement = "Offer rides", OwnerId = Here, DepartmentId = Here, AuthorId = Here });
            return Task.CompletedTask;
        }, CancellationToken.None);

        await using var first = store.For(Here);
        await using var second = store.For(Here);
        var (mine, yours) = (await first.Set<Commitment>().SingleAsync(), await second.Set<Commitment>().SingleAsync());
        mine.Report(ProgressStatus.AtRisk, "mine", null, Here, new(2026, 3, 2), Wiring.Start);
        yours.Report(ProgressStatus.OnTrack, "yours", null, Here, new(2026, 3, 2), Wiring.Start);
        await first.SaveChangesAsync();
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());

        await using var after = store.For(Here);
        Assert.Equal("mine", (await after.Set<Commitment>().SingleAsync()).LastNote);
    }

    [Theory, OnBothDatabases]
    public async Task What_failed_half_way_leaves_nothing(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var store = new EquityStore(database.ConnectionString);
        await Assert.ThrowsAsync<TimeoutException>(() => store.WriteAsync(Here, Urgency.Inbound, async db =>
        {
            db.Add(Entry("half", Wiring.Start));
            await db.SaveChangesAsync();
            throw new TimeoutException();
        }, CancellationToken.None));
        await using var db = store.For(Here);
        Assert.Empty(await db.Set<AuditEntry>().ToListAsync());
    }

    [Fact]
    public async Task A_failed_write_hands_the_pen_on()
    {
        await using var database = await Database.OpenAsync(Engine.Sqlite);
        var store = new EquityStore(database.ConnectionString);
        await Assert.ThrowsAsync<TimeoutException>(() => store.WriteAsync(Here, Urgency.Inbound, _ => throw new TimeoutException(), CancellationToken.None));
        Assert.True(await store.WriteAsync(Here, Urgency.Background, _ => Task.FromResult(true), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Every_connection_to_a_file_keeps_what_it_was_told_before_it_says_so()
    {
        await using var database = await Database.OpenAsync(Engine.Sqlite);
        await using var db = new EquityStore(database.ConnectionString).For(Here);
        await db.Database.OpenConnectionAsync();
        Assert.Equal(2, await db.Database.SqlQueryRaw<int>("SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync());
        Assert.Equal("wal", await db.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync());
    }
}
