using System.Diagnostics;

namespace EquityBot.Scenarios;

/// <summary>Somebody else's program from <c>tests/clients</c>, in a process of its own; it prints its port, and ends with its input.</summary>
sealed class Peer : IDisposable
{
    readonly Process process;

    Peer(Process process, string url) => (this.process, Url) = (process, url);

    public string Url { get; }

    public static async Task<Peer> StartAsync(string script, params IEnumerable<string> arguments)
    {
        var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(Shell.Root, "tests", "clients", script), .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var port = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{script} did not start.");
        return new(process, $"http://127.0.0.1:{port}");
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
