using EquityBot.Doubles;

namespace EquityBot.Bench;

/// <summary>G7: a thousand due items, decided, composed and sent, among ever more that are not due, beside ever more that are finished, and in ever larger organizations.</summary>
static class Growth
{
    const int Due = 1_000;
    const int Owners = 100;

    public static async Task RunAsync(DurablePostgres server, int rounds, int open, int finished, Report report)
    {
        await using var standIn = await BenchStandIn.StartAsync(limits: false);
        for (var warm = 0; warm < 2; warm++)
        {
            // What is compiled at first use is nobody's growth.
            var cold = await Rounds.DatabaseAsync(server);
            await using var first = await Ours.OpenAsync(cold, standIn.Url, Owners);
            await MeasureAsync(first, cold, Owners, "warm", 0, 2, null);
        }

        for (var people = 10; people <= 10_000; people *= 10)
        {
            var connection = await Rounds.DatabaseAsync(server);
            await using var ours = await Ours.OpenAsync(connection, standIn.Url, people);
            await MeasureAsync(ours, connection, 10, "people", people, rounds, report);
        }

        await GrowAsync(server, standIn, "open", Copies.OpenPromisesAsync, 1_000, open, rounds, report);
        await GrowAsync(server, standIn, "finished", Copies.FinishedAsync, 10_000, finished, rounds, report);
    }

    static async Task GrowAsync(DurablePostgres server, BenchStandIn standIn, string what, Func<string, int, Task> makeAsync, int from, int to, int rounds, Report report)
    {
        var connection = await Rounds.DatabaseAsync(server);
        await using var ours = await Ours.OpenAsync(connection, standIn.Url, Owners);
        await ours.Town.PromiseAsync(2, Ours.Now, open: 1);
        await ours.RunAsync();
        var made = 0;
        for (var count = from; count <= to; count *= 10)
        {
            await makeAsync(connection, count - made);
            made = count;
            await MeasureAsync(ours, connection, Owners, what, count, rounds, report);
        }
    }

    /// <summary>Once more than is counted, since the first one is the first after the rows were made.</summary>
    static async Task MeasureAsync(Ours ours, string connection, int owners, string what, int count, int rounds, Report? report)
    {
        for (var round = 0; round <= rounds; round++)
        {
            await (ours.Town with { People = [.. ours.Town.People.Take(owners)] }).PromiseAsync(Due, Ours.Now);

            // So that everybody may have the day's bundle once more.
            await Host.RunAsync(connection, "UPDATE \"Deliveries\" SET \"Slot\" = 'then:' || \"Id\" WHERE \"Slot\" = 'morning'");
            var reading = await new Gauge(connection).MeasureAsync(async () =>
            {
                await ours.RunAsync();
                return null;
            });
            if (round > 0)
            {
                report?.Grown(what, count, Due, reading);
            }
        }
    }
}
