using System.Collections.Concurrent;
using System.Diagnostics;
using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Escalation;
using EquityBot.Jobs;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace EquityBot.Bench;

/// <summary>G12: a thousand events a second into one file that keeps what it was told before it says so.</summary>
static class Inbound
{
    const string Tenant = "town";
    const int PerSecond = 1_000;
    static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(Report report)
    {
        var folder = Directory.CreateTempSubdirectory("equitybot-bench-");
        try
        {
            var file = Path.Combine(folder.FullName, "events.db");
            report.Measured("G12", "raw: commits of one row a second, synchronous=FULL", [Raw(file + ".raw")], "");
            var store = new EquityStore($"Data Source={file}");
            await store.MigrateAsync(CancellationToken.None);
            var town = await Town.BuildAsync(store, 50, Ours.Now);
            await store.WriteAsync(town.Organization, Urgency.Background, db =>
            {
                db.Add(new Workspace { Channel = StandInChannel.Channel, Tenant = Tenant, OrganizationId = town.Organization });
                return Task.CompletedTask;
            }, CancellationToken.None);
            await using var core = new ServiceCollection().AddLogging().AddEquityCore(store).AddMachineClock().AddSystemHospitalClock().BuildServiceProvider();
            var switchboard = core.GetRequiredService<Switchboard>();
            switchboard.WarmUp();
            await EventsAsync(switchboard, TimeSpan.FromSeconds(3), null, "");
            await EventsAsync(switchboard, Long, report, "");
            await town.PromiseAsync(5_000, Ours.Now);
            var due = core.GetServices<ISweep>().OfType<DueSweep>().Single();
            var sweeping = Task.Run(async () => { while ((await due.RunAsync(Ours.Now, CancellationToken.None)).Done > 0) { } });
            await EventsAsync(switchboard, Long, report, " beside 5,000 due items");
            await sweeping;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>As many a second as a platform sends, thirty-two of them at once; a machine that cannot keep up is given twice the time.</summary>
    static async Task EventsAsync(Switchboard switchboard, TimeSpan length, Report? report, string beside)
    {
        var (waits, began, next) = (new ConcurrentBag<double>(), Stopwatch.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) - 1 is var number && TimeSpan.FromSeconds((double)number / PerSecond) is var at && at < length && Stopwatch.GetElapsedTime(began) < 2 * length)
            {
                if (at - Stopwatch.GetElapsedTime(began) is var early && early > TimeSpan.FromMilliseconds(1))
                {
                    await Task.Delay(early);
                }

                var arrived = Stopwatch.GetTimestamp();
                await switchboard.HandleAsync(new(StandInChannel.Channel, Tenant, $"p{number % 50}", Guid.NewGuid().ToString()) { Text = "help" }, CancellationToken.None);
                waits.Add(Stopwatch.GetElapsedTime(arrived).TotalMilliseconds);
            }
        })));
        report?.Measured("G12", $"events a second{beside}, of {PerSecond} offered", [waits.Count / Stopwatch.GetElapsedTime(began).TotalSeconds], "");
        report?.Measured("G12", $"an event{beside}, its wait for the pen and its work", [.. waits], "ms");
    }

    static double Raw(string file)
    {
        const int Rows = 1_000;
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, words TEXT)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO t (words) VALUES ('an event as it came')";
        var began = Stopwatch.GetTimestamp();
        for (var row = 0; row < Rows; row++)
        {
            command.ExecuteNonQuery();
        }

        return Rows / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
