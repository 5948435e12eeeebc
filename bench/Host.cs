using System.Diagnostics;
using System.Globalization;
using EquityBot.Doubles;
using Npgsql;

namespace EquityBot.Bench;

/// <summary>The product as a process of its own, with the rhythm of a real installation.</summary>
sealed class Host : IAsyncDisposable
{
    readonly Process process;
    readonly TaskCompletionSource<Uri> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly long began = Stopwatch.GetTimestamp();

    Host(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } words && words.StartsWith("Ready: ", StringComparison.Ordinal))
            {
                ready.TrySetResult(new(words[7..]));
            }
        };
        process.BeginOutputReadLine();
    }

    public Uri Url => ready.Task.Result;

    /// <summary>Since it was started.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(began);

    /// <summary>The product with a stand-in for a platform, on PostgreSQL.</summary>
    public static Task<Host> NodeAsync(string connection, StandIn standIn) => StartAsync(
        "EquityBot.Node.dll", "Production", ("ConnectionStrings__Equity", connection), ("Practice__Enabled", "false"), ("Node__StandIn", standIn.Url.ToString()), ("Node__Times", "1"),
        ("Node__Epoch", DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture)));

    /// <summary>What a newcomer starts: practice mode with a file.</summary>
    public static Task<Host> PracticeAsync(string folder) => StartAsync("equitybot.dll", "Development", ("EQUITYBOT_DATA", folder), ("Practice__Enabled", "true"));

    /// <summary>The product with Teams, on PostgreSQL; its own pace does not hold it back.</summary>
    public static Task<Host> TeamsAsync(string connection, TeamsDouble teams, string folder) => StartAsync(
        "equitybot.dll", "Development",
        [("ConnectionStrings__Equity", connection), ("Practice__Enabled", "false"), ("EQUITYBOT_DATA", folder), ("Teams__RequestsPerSecond", "1000"), .. teams.Settings.Select(one => (one.Key.Replace(":", "__", StringComparison.Ordinal), one.Value!))]);

    /// <summary>The product with Slack, on PostgreSQL, at the pace that it has unless it is told another.</summary>
    public static Task<Host> SlackAsync(string connection, SlackDouble slack, string folder, int? messagesPerMinute) => StartAsync(
        "equitybot.dll", "Development",
        [("ConnectionStrings__Equity", connection), ("Practice__Enabled", "false"), ("EQUITYBOT_DATA", folder), ("Slack__MessagesPerMinute", messagesPerMinute?.ToString(CultureInfo.InvariantCulture) ?? ""), .. slack.Settings.Select(one => (one.Key.Replace(":", "__", StringComparison.Ordinal), one.Value!))]);

    static async Task<Host> StartAsync(string program, string environment, params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), $"--contentRoot={Path.GetFullPath("src/EquityBot")}", $"--environment={environment}"]) { RedirectStandardOutput = true };
        foreach (var (key, value) in settings.Append(("EQUITYBOT_PORT", "0")).Append(("Management__Port", "0")))
        {
            start.Environment[key] = value;
        }

        var host = new Host(Process.Start(start)!);
        if (await Task.WhenAny(host.ready.Task, host.process.WaitForExitAsync(), Task.Delay(TimeSpan.FromMinutes(2))) != host.ready.Task)
        {
            throw new InvalidOperationException($"{program} did not start.");
        }

        return host;
    }

    public TimeSpan Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public double MebibytesResident
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1048576.0;
        }
    }

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    public static async Task<int> RunAsync(string connection, string sql)
    {
        await using var connected = new NpgsqlConnection(connection);
        await connected.OpenAsync();
#pragma warning disable CA2100 // Written by a measurement.
        await using var command = new NpgsqlCommand(sql, connected) { CommandTimeout = 1800 };
#pragma warning restore CA2100
        return await command.ExecuteNonQueryAsync();
    }
}
