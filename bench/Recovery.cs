using System.Diagnostics;
using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Bench;

/// <summary>G10: killed in the middle of a burst and started again, with leases as long as they are.</summary>
static class Recovery
{
    const int People = 400;

    public static async Task RunAsync(DurablePostgres server, int rounds, Report report)
    {
        for (var round = 0; round < rounds; round++)
        {
            var connection = await Rounds.DatabaseAsync(server);
            await using var standIn = await StandIn.StartAsync();
            standIn.Script = _ => new(Delay: TimeSpan.FromMilliseconds(50));
            var store = new EquityStore(connection);
            await store.MigrateAsync(CancellationToken.None);
            var town = await Town.BuildAsync(store, People, Ours.Now);
            await using var first = await Host.NodeAsync(connection, standIn);
            await town.TellAsync(People, Ours.Now);
            await standIn.TookAsync(People / 4, TimeSpan.FromMinutes(1));
            await first.KillAsync();
            var killed = Stopwatch.GetTimestamp();
            await using var second = await Host.NodeAsync(connection, standIn);
            var ended = await EndedAsync(store);
            report.Measured("G10", "from the kill to the last item's end", [Stopwatch.GetElapsedTime(killed).TotalSeconds], "s");
            report.Measured("G10", "unknown outcomes", [ended.Count(one => one == DeliveryState.Unknown)], "");
            report.Measured("G10", "readers who got a message twice", [standIn.Taken.GroupBy(one => one.To).Count(own => own.Count() > 1)], "");
        }
    }

    static async Task<List<DeliveryState>> EndedAsync(EquityStore store)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var looked = 0; looked < 3_000 && await pause.WaitForNextTickAsync(); looked++)
        {
            await using var everywhere = store.AcrossOrganizations();
            var states = await everywhere.Rows<Delivery>().Select(one => one.State).ToListAsync();
            if (states.Count == People && states.All(one => one is DeliveryState.Sent or DeliveryState.Unknown or DeliveryState.Failed or DeliveryState.Superseded))
            {
                return states;
            }
        }

        throw new TimeoutException("Not everything came to an end within five minutes.");
    }
}
