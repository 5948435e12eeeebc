using System.Diagnostics;
using EquityBot.Doubles;
using Npgsql;

namespace EquityBot.Bench;

/// <summary>D9: what a claim costs while somebody's open transaction keeps PostgreSQL from clearing away an hour's finished messages.</summary>
static class HeldBack
{
    const int People = 500;
    const int Claims = 500;

    public static async Task RunAsync(DurablePostgres server, int messages, Report report)
    {
        var connection = await Rounds.DatabaseAsync(server);
        await using var standIn = await BenchStandIn.StartAsync(limits: false);
        await using var ours = await Ours.OpenAsync(connection, standIn.Url, People);
        var period = 0;
        await SendAsync(2 * People);
        await Host.RunAsync(connection, "VACUUM ANALYZE");
        await ClaimsAsync();
        await Host.RunAsync(connection, "VACUUM ANALYZE");
        var before = await ClaimsAsync();
        report.Measured("D9", "a message claimed, sent and written down", before, "ms");

        await using var holder = new NpgsqlConnection(connection);
        await holder.OpenAsync();
        await using var held = await holder.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using var reads = new NpgsqlCommand("SELECT count(*) FROM \"Deliveries\"", holder, held);
        await reads.ExecuteScalarAsync();
        await SendAsync(messages);
        await Host.RunAsync(connection, "VACUUM ANALYZE");
        report.Measured("D9", $"the same while a transaction is open since {messages} messages", await ClaimsAsync(), "ms");

        async Task SendAsync(int count)
        {
            for (var sent = 0; sent < count; sent += People)
            {
                await ours.Town.TellAsync(People, Ours.Now, period: $"{period++}");
                await ours.DeliverAsync();
            }
        }

        async Task<List<double>> ClaimsAsync()
        {
            var taken = new List<double>();
            for (var number = 0; number < Claims; number++)
            {
                await (ours.Town with { People = [ours.Town.People[number % People]] }).TellAsync(1, Ours.Now, period: $"{period++}");
                var began = Stopwatch.GetTimestamp();
                await ours.DeliverAsync();
                taken.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            return taken;
        }
    }
}
