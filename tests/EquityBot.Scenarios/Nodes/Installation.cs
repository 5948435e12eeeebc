using System.Diagnostics;
using System.Globalization;
using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Scenarios.Nodes;

/// <summary>A town on one PostgreSQL database with a stand-in, and as many nodes of a real installation beside one another as a story starts.</summary>
sealed class Installation : IAsyncDisposable
{
    readonly List<NodeProcess> nodes = [];
    readonly Func<ValueTask> drop;
    Installation(string connection, Func<ValueTask> drop, StandIn standIn, Town town) => (Connection, this.drop, StandIn, Town) = (connection, drop, standIn, town);

    /// <summary>When the nodes' fast time began.</summary>
    string Epoch { get; } = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture);

    public string Connection { get; }

    public StandIn StandIn { get; }

    public Town Town { get; }

    public EquityStore Store => Town.Store;

    public static Instant Now => Instant.FromDateTimeOffset(DateTimeOffset.UtcNow);

    public static async Task<Installation> OpenAsync(int people, DurablePostgres? own = null)
    {
        var database = own is null ? await Database.OpenAsync(Engine.Postgres) : null;
        var connection = database?.ConnectionString ?? own!.ConnectionString;
        var store = new EquityStore(connection);
        await store.MigrateAsync(CancellationToken.None);
        return new(connection, database is null ? () => new(own!.StopAsync()) : database.DisposeAsync, await StandIn.StartAsync(), await Town.BuildAsync(store, people, Now));
    }

    /// <param name="halt"><c>claim</c>, <c>before</c> or <c>after</c>: where it stops for ever.</param>
    /// <param name="times">How much faster leases run out.</param>
    /// <param name="secondsAhead">Of both its clocks before everybody else's.</param>
    /// <param name="more">Of the connection string.</param>
    /// <param name="pace">How many times faster than in a hospital the bell rings.</param>
    public async Task<NodeProcess> StartAsync(string? halt = null, double hoursAhead = 0, double times = 10, int secondsAhead = 0, string more = "", double pace = 10)
    {
        var node = await NodeProcess.StartAsync(new()
        {
            ["ConnectionStrings__Equity"] = $"{Connection};{more}",
            ["Node__StandIn"] = StandIn.Url.ToString(),
            ["Node__Epoch"] = Epoch,
            ["Node__Times"] = times.ToString(CultureInfo.InvariantCulture),
            ["Node__Halt"] = halt ?? "",
            ["Node__SecondsAhead"] = secondsAhead.ToString(CultureInfo.InvariantCulture),
            ["Jobs__Pace"] = pace.ToString(CultureInfo.InvariantCulture),
            ["Node__HoursAhead"] = hoursAhead.ToString(CultureInfo.InvariantCulture),
        });
        nodes.Add(node);
        return node;
    }

    public async Task<List<Delivery>> DeliveriesAsync()
    {
        await using var everywhere = Store.AcrossOrganizations();
        return await everywhere.Rows<Delivery>().OrderBy(one => one.Seq).ToListAsync();
    }

    public async Task<string?> ScalarAsync(string sql)
    {
        // One of its own: those of a pool may have been cut.
        await using var connected = new Npgsql.NpgsqlConnection($"{Connection};Pooling=false");
        await connected.OpenAsync();
#pragma warning disable CA2100 // Written by the story.
        await using var command = new Npgsql.NpgsqlCommand(sql, connected);
#pragma warning restore CA2100
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Until every delivery has come to an end of one of the kinds that last.</summary>
    public async Task AllEndAsync(int count, TimeSpan patience)
    {
        var since = Stopwatch.GetTimestamp();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        List<Delivery> seen = [];
        while (seen.Count < count || seen.Any(one => one.State is not (DeliveryState.Sent or DeliveryState.Unknown or DeliveryState.Failed or DeliveryState.Superseded)))
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < patience, $"After {patience}: {string.Join(", ", seen.GroupBy(one => one.State).Select(group => $"{group.Count()} {group.Key}"))} of {count}");
            await pause.WaitForNextTickAsync();
            seen = await DeliveriesAsync();
        }
    }

    /// <summary>How often each reader got a message, as the stand-in saw it.</summary>
    public Dictionary<string, int> Copies() => StandIn.Taken.GroupBy(one => one.To).ToDictionary(group => group.Key, group => group.Count());

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        await StandIn.DisposeAsync();
        await drop();
    }
}
