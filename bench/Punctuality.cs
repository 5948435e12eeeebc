using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using EquityBot.Doubles;
using EquityBot.Storage;
using NodaTime;

namespace EquityBot.Bench;

/// <summary>G9: from the moment something is due to its request, in a process with its real rhythm.</summary>
static partial class Punctuality
{
    const int Told = 200;
    const int Cuts = 8;
    const int Promises = 30;

    public static async Task RunAsync(DurablePostgres server, Report report)
    {
        var (connection, arrivals) = (await Rounds.DatabaseAsync(server), new ConcurrentQueue<(string Text, long At)>());
        await using var standIn = await StandIn.StartAsync();
        standIn.Script = arrival =>
        {
            arrivals.Enqueue((arrival.Text, Stopwatch.GetTimestamp()));
            return Answer.Fine;
        };
        var store = new EquityStore(connection);
        await store.MigrateAsync(CancellationToken.None);
        var town = await Town.BuildAsync(store, 1 + Told + Cuts + Promises, Ours.Now);
        await using var node = await Host.NodeAsync(connection, standIn);
        await TellAsync(0);
        report.Measured("G9", "committed, to be sent at once, to its request", await EachAsync(1, Told, () => Task.Delay(Random.Shared.Next(100))), "ms");
        report.Measured("G9", "the same with LISTEN cut just before", await EachAsync(1 + Told, Cuts, CutAsync), "ms");

        // Each on its own moment of one minute, so that the bell's rhythm is in the figure.
        var (now, began) = (Ours.Now, Stopwatch.GetTimestamp());
        await (town with { People = [.. town.People.TakeLast(Promises)] }).PromiseAsync(Promises, now, spread: Duration.FromMinutes(1));
        await standIn.TookAsync(1 + Told + Cuts + Promises, TimeSpan.FromMinutes(3));
        report.Measured("G9", "a promise's reminder, whose time comes between two rings of the bell", [.. arrivals.Skip(1 + Told + Cuts).Select(one =>
            Stopwatch.GetElapsedTime(began, one.At).TotalMilliseconds - (60_000.0 * int.Parse(Room().Match(one.Text).Value, CultureInfo.InvariantCulture) / Promises))], "ms");

        async Task<List<double>> EachAsync(int from, int count, Func<Task> before)
        {
            var taken = new List<double>();
            for (var number = from; number < from + count; number++)
            {
                await before();
                taken.Add(await TellAsync(number));
            }

            return taken;
        }

        async Task<double> TellAsync(int number)
        {
            await (town with { People = [town.People[number]] }).TellAsync(1, Ours.Now);
            var committed = Stopwatch.GetTimestamp();
            await standIn.TookAsync(number + 1, TimeSpan.FromMinutes(1));
            return Math.Max(0, Stopwatch.GetElapsedTime(committed, arrivals.Last().At).TotalMilliseconds);
        }

        Task CutAsync() => Host.RunAsync(connection, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'equitybot_notices'");
    }

    [GeneratedRegex("(?<=room )[0-9]+")]
    private static partial Regex Room();
}
