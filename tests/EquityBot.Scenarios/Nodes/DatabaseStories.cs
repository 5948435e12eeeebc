using System.Diagnostics;
using EquityBot.Chat;
using EquityBot.Doubles;

namespace EquityBot.Scenarios.Nodes;

/// <summary>The database goes away, or a single connection to it does.</summary>
public sealed class DatabaseStories
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // R5, on a server that keeps what it was told; shortened.
    [Fact]
    public async Task A_database_that_is_restarted_in_a_burst_finds_the_same_process_going_on()
    {
        const int People = 300;
        const int Restarts = 2;
        var server = await DurablePostgres.StartAsync();
        await using var installation = await Installation.OpenAsync(People, server);
        installation.StandIn.Script = _ => new Answer(Delay: TimeSpan.FromMilliseconds(20));
        var node = await installation.StartAsync();
        await installation.Town.TellAsync(People, Installation.Now);
        for (var restart = 1; restart <= Restarts; restart++)
        {
            await installation.StandIn.TookAsync(People * restart / (Restarts + 2), Patience);
            await server.RestartAsync();
            Npgsql.NpgsqlConnection.ClearAllPools();
            var (took, back) = (installation.StandIn.Taken.Count, Stopwatch.GetTimestamp());
            await installation.StandIn.TookAsync(took + 1, Patience);
            Assert.InRange(Stopwatch.GetElapsedTime(back), TimeSpan.Zero, Patience);
        }

        await installation.AllEndAsync(People, TimeSpan.FromMinutes(1));
        Assert.False(node.HasExited);
        Assert.All(installation.Copies().Values, copies => Assert.Equal(1, copies));
        var deliveries = await installation.DeliveriesAsync();
        Assert.Equal(People, deliveries.Count(one => one.State is DeliveryState.Sent or DeliveryState.Unknown));
        Assert.InRange(deliveries.Count(one => one.State == DeliveryState.Unknown), 0, Restarts * (16 + 5));
    }

    // R6
    [Fact]
    public async Task When_only_the_listening_connection_is_cut_the_poll_bridges_it_and_it_is_opened_again()
    {
        const string Listeners = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'equitybot_notices'";
        await using var installation = await Installation.OpenAsync(2);
        await installation.StartAsync();
        await UntilAsync(async () => await installation.ScalarAsync(Listeners) == "1", Patience);
        await installation.ScalarAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'equitybot_notices'");
        await installation.Town.TellAsync(1, Installation.Now);
        await installation.StandIn.TookAsync(1, TimeSpan.FromSeconds(6));
        await UntilAsync(async () => await installation.ScalarAsync(Listeners) == "1", TimeSpan.FromSeconds(10));
    }

    static async Task UntilAsync(Func<Task<bool>> holds, TimeSpan patience)
    {
        var since = Stopwatch.GetTimestamp();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < patience, $"not within {patience}");
            await pause.WaitForNextTickAsync();
        }
    }
}
