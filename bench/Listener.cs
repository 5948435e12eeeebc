using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace EquityBot.Bench;

/// <summary>Something else that listens, as a process of its own which says its port first.</summary>
sealed class Listener : IDisposable
{
    readonly Process process;

    Listener(Process process, int port) => (this.process, Url) = (process, new Uri($"http://127.0.0.1:{port}"));

    public Uri Url { get; }

    public TimeSpan Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public static async Task<Listener> StartAsync(string what, params string[] arguments)
    {
        var start = what.EndsWith(".mjs", StringComparison.Ordinal)
            ? new ProcessStartInfo("node", [Path.Combine("bench", "peers", what), .. arguments])
            : new ProcessStartInfo("dotnet", [typeof(Listener).Assembly.Location, what]);
        start.RedirectStandardOutput = start.RedirectStandardInput = true;
        var process = Process.Start(start)!;
        return int.TryParse(await process.StandardOutput.ReadLineAsync(), out var port) ? new(process, port) : throw new InvalidOperationException($"{what} did not start.");
    }

    /// <summary>The least that Kestrel can do with a request.</summary>
    public static async Task HelloAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var app = builder.Build();
        app.MapPost("/{**path}", () => "hello");
        await app.StartAsync();
        Console.WriteLine(new Uri(app.Urls.First()).Port);
        await Console.In.ReadToEndAsync();
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }
}
