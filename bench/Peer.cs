using System.Diagnostics;
using System.Text.Json;
using Npgsql;

namespace EquityBot.Bench;

/// <summary>A burst through a job queue from npm, in a process of its own.</summary>
static class Peer
{
    public static readonly string[] Names = ["pg-boss", "graphile-worker"];

    public static async Task<Reading> BurstAsync(string name, string connection, Uri standIn, int items)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        var url = $"postgres://{settings.Username}:{settings.Password}@{settings.Host}:{settings.Port}/{settings.Database}";
        using var process = Process.Start(new ProcessStartInfo("node", [Path.Combine("bench", "peers", "burst.mjs"), name, url, standIn.ToString(), $"{items}"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        if (await process.StandardOutput.ReadLineAsync() != "ready")
        {
            throw new InvalidOperationException($"{name} did not start.");
        }

        var reading = await new Gauge(connection).MeasureAsync(async () =>
        {
            await process.StandardInput.WriteLineAsync("go");
            await process.StandardInput.FlushAsync();
            return JsonSerializer.Deserialize<JsonElement>((await process.StandardOutput.ReadLineAsync())!).GetProperty("cpu").GetDouble();
        });
        await process.WaitForExitAsync();
        return reading;
    }
}
