using EquityBot.Doubles;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EquityBot.Tests.Storage;

/// <summary>What the tags on a query really do in the databases.</summary>
public sealed class RowLockTests
{
    static readonly Guid Here = Guid.NewGuid();

    static async Task<(Database, EquityStore)> WithTwoCountersAsync(Engine engine)
    {
        var database = await Database.OpenAsync(engine);
        var store = new EquityStore(database.ConnectionString);
        await store.WriteAsync(Here, Urgency.Inbound, db =>
        {
            db.AddRange(new Counter { OrganizationId = Here, Prefix = "C" }, new Counter { OrganizationId = Here, Prefix = "E" });
            return Task.CompletedTask;
        }, CancellationToken.None);
        return (database, store);
    }

    /// <summary>A transaction that gives up at once where it would have to wait.</summary>
    static async Task<EquityDb> ImpatientAsync(EquityStore store)
    {
        var db = store.For(Here);
        await db.Database.BeginTransactionAsync();
        await db.Database.ExecuteSqlRawAsync("SET LOCAL lock_timeout = '1ms'");
        return db;
    }

    [Fact]
    public async Task A_row_locked_for_update_makes_the_next_transaction_wait_until_the_first_ends()
    {
        var (database, store) = await WithTwoCountersAsync(Engine.Postgres);
        await using var _ = database;
        await using var first = store.For(Here);
        await using var transaction = await first.Database.BeginTransactionAsync();
        await first.Set<Counter>().Where(one => one.Prefix == "C").ForUpdate().SingleAsync();

        await using (var second = await ImpatientAsync(store))
        {
            var kept = await Assert.ThrowsAnyAsync<Exception>(() => second.Set<Counter>().Where(one => one.Prefix == "C").ForUpdate().SingleAsync());
            Assert.Equal(PostgresErrorCodes.LockNotAvailable, (kept as PostgresException ?? (PostgresException)kept.InnerException!).SqlState);
        }

        await using (var third = await ImpatientAsync(store))
        {
            Assert.Equal("E", (await third.Set<Counter>().Where(one => one.Prefix == "E").ForUpdate().SingleAsync()).Prefix);
            Assert.Equal(2, await third.Set<Counter>().CountAsync());
        }

        await transaction.CommitAsync();
        await using var last = await ImpatientAsync(store);
        Assert.Equal("C", (await last.Set<Counter>().Where(one => one.Prefix == "C").ForUpdate().SingleAsync()).Prefix);
    }

    [Fact]
    public async Task Rows_that_somebody_holds_are_skipped_when_asked()
    {
        var (database, store) = await WithTwoCountersAsync(Engine.Postgres);
        await using var _ = database;
        await using var first = store.For(Here);
        await using var transaction = await first.Database.BeginTransactionAsync();
        await first.Set<Counter>().Where(one => one.Prefix == "C").ForUpdate().SingleAsync();

        await using var second = await ImpatientAsync(store);
        Assert.Equal(["E"], (await second.Set<Counter>().OrderBy(one => one.Prefix).SkipLocked().ToListAsync()).Select(one => one.Prefix));

        await using var third = await ImpatientAsync(store);
        Assert.Empty(await third.Set<Counter>().SkipLocked().ToListAsync());
    }

    [Theory, OnBothDatabases]
    public async Task A_query_that_locks_returns_what_the_same_query_returns(Engine engine)
    {
        var (database, store) = await WithTwoCountersAsync(engine);
        await using var _ = database;
        await using var db = store.For(Here);
        await using var transaction = await db.Database.BeginTransactionAsync();
        Assert.Equal(["C", "E"], await db.Set<Counter>().OrderBy(one => one.Prefix).ForUpdate().Select(one => one.Prefix).ToListAsync());
        Assert.Equal("E", (await db.Set<Counter>().ForUpdate().OrderByDescending(one => one.Prefix).FirstAsync()).Prefix);
        Assert.Equal(["C"], (await db.Set<Counter>().Where(one => one.Prefix == "C").SkipLocked().ToListAsync()).Select(one => one.Prefix));
    }
}
