using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace EquityBot.Bench;

/// <summary>What one run took: wall time, processor time of the client and of PostgreSQL, transactions.</summary>
sealed record Reading(double Seconds, double Client, double Server, long Commits)
{
    public double Cpu => Client + Server;
}

/// <summary>Reads processor times and commits before and after. Linux only.</summary>
sealed class Gauge(string connection)
{
    const double Ticks = 100;

    public async Task<Reading> MeasureAsync(Func<Task<double?>> work)
    {
        var (pid, commits) = await LookAsync();
        var (server, client, began) = (ServerSeconds(pid), Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.GetTimestamp());
        var other = await work();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var used = (Process.GetCurrentProcess().TotalProcessorTime - client).TotalSeconds;
        var spent = ServerSeconds(pid) - server;

        // The server counts a connection's transactions a little later.
        await Task.Delay(1500);
        return new(seconds, other ?? used, spent, (await LookAsync()).Commits - commits);
    }

    async Task<(int Postmaster, long Commits)> LookAsync()
    {
        await using var connected = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        await connected.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid(), xact_commit FROM pg_stat_database WHERE datname = current_database()", connected);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (int.Parse(Stat(row.GetInt32(0))[1], CultureInfo.InvariantCulture), row.GetInt64(1));
    }

    /// <summary>The postmaster, its children that live, and those that are gone.</summary>
    static double ServerSeconds(int postmaster)
    {
        var ticks = Sum(Stat(postmaster), 11, 12, 13, 14);
        foreach (var folder in Directory.GetDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            try
            {
                var stat = Stat(int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture));
                ticks += stat[1] == $"{postmaster}" ? Sum(stat, 11, 12) : 0;
            }
            catch (IOException)
            {
                // Gone meanwhile; its parent has its time.
            }
        }

        return ticks / Ticks;
    }

    static long Sum(string[] stat, params int[] places) => places.Sum(place => long.Parse(stat[place], CultureInfo.InvariantCulture));

    /// <summary>From the state on, behind the name in brackets.</summary>
    static string[] Stat(int pid)
    {
        var text = File.ReadAllText($"/proc/{pid}/stat");
        return text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }
}
