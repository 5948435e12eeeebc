using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using EquityBot.Node;

namespace EquityBot.Scenarios.Nodes;

/// <summary>One node as a process of its own; faults come to it as signals.</summary>
sealed class NodeProcess : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    static readonly TimeSpan PlatformWaits = TimeSpan.FromSeconds(3);
    static readonly HttpClient Http = new() { Timeout = Patience };

    readonly Process process;
    bool gone;
    readonly ConcurrentQueue<string> said = new();
    readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    NodeProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Lines of its log and of its errors.</summary>
    public IReadOnlyCollection<string> Said => said;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    public bool HasExited => process.HasExited;

    public static async Task<NodeProcess> StartAsync(Dictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "EquityBot.Node.dll"), $"--contentRoot={Hospital.ContentRoot()}", "--environment=Production"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (key, value) in settings.Concat([new("EQUITYBOT_PORT", "0"), new("Management__Port", "0"), new("Practice__Enabled", "false")]))
        {
            start.Environment[key] = value;
        }

        var node = new NodeProcess(Process.Start(start)!);
        try
        {
            await Task.WhenAny(node.ready.Task, node.process.WaitForExitAsync()).WaitAsync(Patience);
            return node;
        }
        catch (TimeoutException)
        {
            await node.DisposeAsync();
            throw new TimeoutException($"The node was not ready within {Patience} and said: {string.Join('\n', node.said)}");
        }
    }

    void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        said.Enqueue(line);
        if (line.StartsWith("Ready: ", StringComparison.Ordinal))
        {
            Address = new(line["Ready: ".Length..]);
            ready.TrySetResult();
        }
        else if (line.StartsWith("Reached: ", StringComparison.Ordinal))
        {
            reached.TrySetResult();
        }
    }

    /// <summary>What it answers to one delivery of an event; throws where it gives no answer within <paramref name="patience"/>, or the three seconds that a platform waits.</summary>
    public async Task<HttpResponseMessage> HearAsync(Heard heard, TimeSpan? patience = null, CancellationToken ct = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience ?? PlatformWaits);
        return await Http.PostAsJsonAsync(new Uri(Address, "/hear"), heard, limit.Token);
    }

    /// <summary>The status that it gives a monitor, and what it says.</summary>
    public async Task<(int Status, string Text)> AskAsync(string path)
    {
        using var answer = await Http.GetAsync(new Uri(Address, path));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Until it has answered once: the first answer of a process builds what every later one uses.</summary>
    public async Task<NodeProcess> WarmAsync()
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await HearAsync(new(Guid.NewGuid().ToString(), "p0", "show C-0"));
                if (answer.IsSuccessStatusCode)
                {
                    return this;
                }
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && Stopwatch.GetElapsedTime(since) < Patience)
            {
            }
        }
    }

    /// <summary>Until it stands where it was told to stop.</summary>
    public Task ReachedAsync() => reached.Task.WaitAsync(Patience);

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public Task PauseAsync() => SignalAsync("STOP");

    public Task ResumeAsync() => SignalAsync("CONT");

    /// <summary>As a service manager stops it; its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        await SignalAsync("TERM");
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    public Task ExitedAsync() => process.WaitForExitAsync().WaitAsync(Patience);

    async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!gone && !process.HasExited)
        {
            await KillAsync();
        }

        gone = true;
        process.Dispose();
    }
}
