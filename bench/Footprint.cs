using System.Net.Http.Json;
using EquityBot.Doubles;
using EquityBot.Storage;

namespace EquityBot.Bench;

/// <summary>G11: how soon it takes its first event, how large it grows, and what it costs when nothing is to be done.</summary>
static class Footprint
{
    static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);

    /// <summary>What runs once a second is compiled anew when it has run often enough: that is the cost of starting, and over by then.</summary>
    static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(3);

    public static async Task RunAsync(DurablePostgres server, int rounds, int turns, int open, Report report)
    {
        var folder = Directory.CreateTempSubdirectory("equitybot-bench-");
        try
        {
            for (var round = 0; round < rounds; round++)
            {
                await using var host = await Host.PracticeAsync(folder.FullName);
                await SayAsync(host, 1, 1);
                report.Measured("G11", round == 0 ? "cold start to the first accepted event, with the sample to import" : "cold start to the first accepted event", [host.Age.TotalSeconds], "s");
                if (round == rounds - 1)
                {
                    var began = host.Age;
                    await SayAsync(host, 8, turns);
                    report.Measured("G11", $"resident after {turns} turns", [host.MebibytesResident], "MiB");
                    report.Measured("G11", "turns a second meanwhile, eight at once", [turns / (host.Age - began).TotalSeconds], "");
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        await IdleAsync(server, open, report);
    }

    static Task SayAsync(Host host, int atOnce, int turns)
    {
        var left = turns;
        return Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            using var http = new HttpClient { BaseAddress = host.Url };
            while (Interlocked.Decrement(ref left) >= 0)
            {
                using var answer = await http.PostAsJsonAsync("/practice/api/say", new { @as = "dana.reyes", text = "help" });
                answer.EnsureSuccessStatusCode();
            }
        }));
    }

    static async Task IdleAsync(DurablePostgres server, int open, Report report)
    {
        var connection = await Rounds.DatabaseAsync(server);
        await using var standIn = await StandIn.StartAsync();
        var store = new EquityStore(connection);
        await store.MigrateAsync(CancellationToken.None);
        await (await Town.BuildAsync(store, 100, Ours.Now)).PromiseAsync(1, Ours.Now, open: 1);
        await Copies.OpenPromisesAsync(connection, open);
        await using var node = await Host.NodeAsync(connection, standIn);
        await Task.Delay(WarmUp);
        var before = node.Processor;
        var reading = await new Gauge(connection).MeasureAsync(async () =>
        {
            await Task.Delay(Idle);
            return (node.Processor - before).TotalSeconds;
        });
        report.Measured("G11", $"of a core when nothing is due among {open} open items", [100 * reading.Client / Idle.TotalSeconds], "%");
        report.Measured("G11", "the same in PostgreSQL", [100 * reading.Server / Idle.TotalSeconds], "%");
        report.Measured("G11", "resident meanwhile", [node.MebibytesResident], "MiB");
    }
}
