using System.Globalization;
using EquityBot.Chat;
using EquityBot.Doubles;
using Npgsql;
using NodaTime;

namespace EquityBot.Bench;

/// <summary>Ours and the peers one after another, round by round, and the table of what came of it.</summary>
static class Rounds
{
    const int People = 500;

    public static async Task RunAsync(string[] args)
    {
        var (rounds, items, only) = (Option(args, "--rounds", 5), Option(args, "--items", 10_000), args.SkipWhile(arg => arg != "--only").ElementAtOrDefault(1)?.Split(','));
        var report = new Report();
        var server = await DurablePostgres.StartAsync();
        try
        {
            var peers = !args.Contains("--alone");
            if (Wanted("G1"))
            {
                await TeamsTurns.TurnsAsync(server, rounds, Option(args, "--activities", 3_000), peers, report);
            }

            if (Wanted("G2"))
            {
                await SlackEvents.EventsAsync(server, rounds, Option(args, "--activities", 3_000), peers, report);
            }

            if (Wanted("G3"))
            {
                await SlackEvents.LayersAsync(server, rounds, 10 * Option(args, "--activities", 3_000), peers, report);
                await TeamsTurns.LayersAsync(server, rounds, 10 * Option(args, "--activities", 3_000), report);
            }

            if (Wanted("G4"))
            {
                await SlackEvents.AcknowledgedAsync(server, rounds, items, peers, report);
                await TeamsTurns.AcknowledgedAsync(server, rounds, items, report);
            }

            if (Wanted("G5"))
            {
                await BurstAsync(server, rounds, items, peers, report);
            }

            if (Wanted("G6"))
            {
                await PacedAsync(server, items, report);
            }

            if (Wanted("G7"))
            {
                await Growth.RunAsync(server, rounds, Option(args, "--open", 1_000_000), Option(args, "--finished", 10_000_000), report);
            }

            if (Wanted("D9"))
            {
                await HeldBack.RunAsync(server, Option(args, "--held", 10_000), report);
            }

            if (Wanted("G9"))
            {
                await Punctuality.RunAsync(server, report);
            }

            if (Wanted("G10"))
            {
                await Recovery.RunAsync(server, Math.Min(3, rounds), report);
            }

            if (Wanted("G11"))
            {
                await Footprint.RunAsync(server, Math.Min(3, rounds), Option(args, "--turns", 100_000), Option(args, "--open", 1_000_000), report);
            }

            if (Wanted("G12"))
            {
                await Inbound.RunAsync(report);
            }
        }
        finally
        {
            report.Write();
            await server.StopAsync();
        }

        bool Wanted(string goal) => only is null || only.Contains(goal);
    }

    static int Option(string[] args, string name, int otherwise) =>
        args.SkipWhile(arg => arg != name).ElementAtOrDefault(1) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;

    public static async Task<string> DatabaseAsync(DurablePostgres server)
    {
        var name = $"bench_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // A name of our own.
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ConnectionString;
    }

    static async Task BurstAsync(DurablePostgres server, int rounds, int items, bool peers, Report report)
    {
        await using var standIn = await BenchStandIn.StartAsync(limits: false);

        // Once without being counted, so that nobody's first use of anything is.
        await OursAsync(server, standIn, items, null);
        for (var round = 1; round <= rounds; round++)
        {
            await OursAsync(server, standIn, items, report);
            foreach (var peer in peers ? Peer.Names : [])
            {
                await standIn.ForgetAsync();
                var reading = await Peer.BurstAsync(peer, await DatabaseAsync(server), standIn.Url, items);
                report.Burst(peer, items, reading, await standIn.SeenAsync(), null, null);
            }
        }
    }

    static async Task OursAsync(DurablePostgres server, BenchStandIn standIn, int items, Report? report)
    {
        var connection = await DatabaseAsync(server);
        await using var ours = await Ours.OpenAsync(connection, standIn.Url, People);
        await ours.Town.PromiseAsync(items, Ours.Now);
        await AnalyzeAsync(connection);
        await standIn.ForgetAsync();
        Console.WriteLine($"   {items} promises are due");
        var reading = await new Gauge(connection).MeasureAsync(async () =>
        {
            await ours.RunAsync();
            return null;
        });
        Console.WriteLine($"   decided in {ours.Deciding:F1} s of {reading.Seconds:F1} s");
        report?.Burst("EquityBot", items, reading, await standIn.SeenAsync(), ours.MostOpen, await ours.UnknownAsync());
    }

    /// <summary>As the server does by itself within a minute.</summary>
    static async Task AnalyzeAsync(string connection)
    {
        await using var connected = new NpgsqlConnection(connection);
        await connected.OpenAsync();
        await using var command = new NpgsqlCommand("ANALYZE", connected);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>G6: what Teams allows, against the least time in which so many messages may be sent.</summary>
    static async Task PacedAsync(DurablePostgres server, int items, Report report)
    {
        await using (var unlimited = await BenchStandIn.StartAsync(limits: false))
        {
            // Once without being counted, so that nobody's first use of anything is.
            await OursAsync(server, unlimited, items / 10, null);
        }

        await using var standIn = await BenchStandIn.StartAsync(limits: true);
        var limits = new ChannelLimits(
            [new(7, Duration.FromSeconds(1), 3), new(8, Duration.FromSeconds(2), 4), new(60, Duration.FromSeconds(30), 30), new(1800, Duration.FromHours(1), 900)],
            [new(30, Duration.FromSeconds(1))]);
        await using var ours = await Ours.OpenAsync(await DatabaseAsync(server), standIn.Url, People, limits);
        await ours.Town.PromiseAsync(items, Ours.Now);
        await ours.RunAsync();
        report.Paced(People, await standIn.SeenAsync());
    }
}
