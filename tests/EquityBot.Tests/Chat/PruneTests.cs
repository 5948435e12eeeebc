using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace EquityBot.Tests.Chat;

/// <summary>What has served is let go of, a bounded batch at a time.</summary>
public sealed class PruneTests
{
    static readonly Guid Here = Guid.NewGuid();

    static async Task<EquityStore> WithAsync(Database database, params IEnumerable<object> rows)
    {
        var store = new EquityStore(database.ConnectionString);
        await store.WriteAsync(Here, Urgency.Background, db =>
        {
            db.Add(new Organization { Id = Here, Name = "Riverbend", Zone = "America/New_York" });
            db.AddRange(rows);
            return Task.CompletedTask;
        }, CancellationToken.None);
        return store;
    }

    static ReceivedEvent Event(int number, Instant at) => new() { OrganizationId = Here, Channel = "test", EventId = $"{number}", At = at };

    // R18
    [Theory, OnBothDatabases]
    public async Task Events_are_forgotten_after_seven_days_a_thousand_at_a_time_and_the_younger_ones_stay(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var old = Enumerable.Range(0, 2_500).Select(number => Event(number, Wiring.Start - Duration.FromDays(8) + Duration.FromSeconds(number)));
        var store = await WithAsync(database, [.. old, Event(9_998, Wiring.Start - Duration.FromDays(6)), Event(9_999, Wiring.Start)]);
        var sweep = new PruneSweep(store, NullLogger<PruneSweep>.Instance);
        foreach (var gone in new[] { 1000, 1000, 500, 0 })
        {
            Assert.Equal(new SweepResult(gone, 0), await sweep.RunAsync(Wiring.Start, CancellationToken.None));
        }

        await using var db = store.For(Here);
        Assert.Equal(["9998", "9999"], await db.Set<ReceivedEvent>().OrderBy(one => one.EventId).Select(one => one.EventId).ToListAsync());
    }

    [Theory, OnBothDatabases]
    public async Task Runs_of_sweeps_are_kept_for_ninety_days(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var store = await WithAsync(database);
        var history = new SweepHistory(store);
        foreach (var days in new[] { 91, 89, 0 })
        {
            var at = Wiring.Start - Duration.FromDays(days);
            await history.KeepAsync(new SweepRun { Sweep = "due", StartedAt = at, EndedAt = at, Done = 1, Failed = 0, Outcome = SweepOutcome.Finished }, CancellationToken.None);
        }

        Assert.Equal(new SweepResult(1, 0), await new PruneSweep(store, NullLogger<PruneSweep>.Instance).RunAsync(Wiring.Start, CancellationToken.None));
        await using var db = store.For(Here);
        Assert.Equal(2, await db.Set<SweepRun>().CountAsync());
    }
}
