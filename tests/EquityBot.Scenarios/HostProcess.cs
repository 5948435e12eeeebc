using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace EquityBot.Scenarios;

/// <summary>The built host as a process of its own, in practice mode, told over HTTP; it can be killed at any moment and started again.</summary>
sealed class HostProcess : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    readonly Process process;
    readonly Task<string> errors;
    Task rest = Task.CompletedTask;

    HostProcess(Process process) => (this.process, errors) = (process, process.StandardError.ReadToEndAsync());

    public HttpClient Http { get; private set; } = new();

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    /// <param name="kill">Where in its work with the database it is killed, as <see cref="StartupHook"/> has it.</param>
    public static async Task<HostProcess> StartAsync(string connection, string? kill = null, params IEnumerable<(string Key, string Value)> more)
    {
        var host = Launch(connection, kill, more);
        await host.ReadyAsync();
        return host;
    }

    /// <summary>Starts it to be killed there before it is ready.</summary>
    public static async Task DiesAsync(string connection, string kill)
    {
        await using var host = Launch(connection, kill, []);
        await host.KilledAsync();
    }

    /// <summary>Until it was killed; fails the story where it ends otherwise.</summary>
    public async Task KilledAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        Assert.True(process.ExitCode == 137, $"It ended with {process.ExitCode}: {await errors}");
    }

    static HostProcess Launch(string connection, string? kill, IEnumerable<(string Key, string Value)> more)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "equitybot.dll"), $"--contentRoot={Hospital.ContentRoot()}", "--environment=Development"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (key, value) in new[] { ("ConnectionStrings__Equity", connection), ("EQUITYBOT_PORT", "0"), ("Management__Port", "0"), ("Practice__Enabled", "true") }.Concat(more))
        {
            start.Environment[key] = value;
        }

        if (kill is not null)
        {
            start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
            start.Environment["EQUITYBOT_TEST_KILL"] = kill;
        }

        return new(Process.Start(start)!);
    }

    async Task ReadyAsync()
    {
        const string Ready = "Ready: ";
        using var patience = new CancellationTokenSource(Patience);
        var seen = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            seen.Add(line);
            if (line.StartsWith(Ready, StringComparison.Ordinal))
            {
                Http = new HttpClient { BaseAddress = new Uri(line[Ready.Length..]), Timeout = Patience };
                rest = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return;
            }
        }

        throw new InvalidOperationException($"The host did not start: {string.Join('\n', seen)}\n{await errors}");
    }

    /// <summary>The answer, whose status must be success. A process just started may be too slow at first, says so, and is asked again.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var patience = new CancellationTokenSource(Patience);
        var response = await Http.PostAsJsonAsync(path, body, patience.Token);
        while (response.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable)
        {
            response = await Http.PostAsJsonAsync(path, body, patience.Token);
        }

        Assert.True(response.IsSuccessStatusCode, $"{path} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager stops it; the exit code, and what was said on the way.</summary>
    public async Task<(int Code, string Said)> TerminateAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        await rest;
        return (process.ExitCode, (rest as Task<string>)?.Result + await errors);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }
}
