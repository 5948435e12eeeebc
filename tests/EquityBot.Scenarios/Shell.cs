using System.Diagnostics;

namespace EquityBot.Scenarios;

/// <summary>Other people's programs, as the tests run them.</summary>
static class Shell
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Hospital.ContentRoot(), "..", ".."));

    public static async Task<(int Code, string Said)> RunAsync(string program, IEnumerable<string> arguments, params (string Key, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Root };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        using var process = Process.Start(start)!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, process.ExitCode == 0 ? await said : await said + await complained);
    }
}
