using System.Globalization;
using EquityBot.Doubles;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace EquityBot.Tests.Storage;

/// <summary>
/// The power goes while a file is written. What the disk holds then is built from every write and sync that SQLite asked the operating system for: this proves that each commit
/// was synced before it was acknowledged, and that whatever a cut leaves of later writes does no harm; that the disk keeps what it was told to sync is the disk's to prove.
/// </summary>
public sealed class PowerCutTests(ITestOutputHelper output)
{
    static readonly Guid Here = Guid.NewGuid();
    static readonly bool Soaks = Environment.GetEnvironmentVariable("EQUITYBOT_SOAK") == "1";

    // D10, at some moments; at many under EQUITYBOT_SOAK=1.
    [Fact]
    public async Task Whenever_the_power_goes_the_file_is_sound_and_keeps_all_that_was_acknowledged_and_nothing_by_halves()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("EQUITYBOT_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        Console.WriteLine($"Power cuts of EQUITYBOT_SEED={seed}");
        var random = new Random(seed);
        await using var database = await Database.OpenAsync(Engine.Sqlite);
        var file = new SqliteConnectionStringBuilder(database.ConnectionString).DataSource;
        var before = file + ".before";
        File.Copy(file, before);
        var recording = PowerCut.Record(Path.GetDirectoryName(file)!);
        var acknowledged = await WriteAsync(new EquityStore(database.ConnectionString), recording);
        var steps = recording.Steps;
        var (commits, checkpoints) = (steps.Count(step => step is { Syncs: true } && step.File != file), steps.Select((step, place) => (step, place)).Where(one => one.step.File == file).Select(one => one.place).ToList());
        Assert.True(commits >= acknowledged.Count && checkpoints.Count > 100, $"{commits} syncs of the log, {checkpoints.Count} steps on the file itself: the story tells too little.");

        // Anywhere; while the log is written back into the file; and at the very moment of an acknowledgement.
        var many = Soaks ? 500 : 20;
        var cuts = Enumerable.Range(0, many).SelectMany(_ => new[] { random.Next(steps.Count), checkpoints[random.Next(checkpoints.Count)], acknowledged[random.Next(acknowledged.Count)].Steps }).ToList();
        foreach (var cut in cuts)
        {
            var folder = Directory.CreateTempSubdirectory("equitybot-cut-").FullName;
            try
            {
                File.Copy(before, Path.Combine(folder, Path.GetFileName(file)));
                PowerCut.Restore(steps, cut, folder, random);
                await IsWholeAsync(Path.Combine(folder, Path.GetFileName(file)), acknowledged.Where(one => one.Steps <= cut).Select(one => one.Number), $"EQUITYBOT_SEED={seed}, cut {cut} of {steps.Count}");
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        output.WriteLine($"{cuts.Count} cuts in {steps.Count} steps, {acknowledged.Count} acknowledged writes");
    }

    /// <summary>Four write at once, two rows in each transaction; how much the operating system was asked for when each had its answer.</summary>
    static async Task<List<(int Number, int Steps)>> WriteAsync(EquityStore store, PowerCut.Recording recording)
    {
        const int Writers = 4;
        const int Each = 80;
        var written = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var own = new List<(int, int)>();
            for (var number = writer * Each; number < (writer + 1) * Each; number++)
            {
                await store.WriteAsync(Here, Urgency.Inbound, db =>
                {
                    db.AddRange(Entry($"first {number}"), Entry($"second {number}"));
                    return Task.CompletedTask;
                }, CancellationToken.None);
                own.Add((number, recording.Count));
            }

            return own;
        })));
        return [.. written.SelectMany(one => one)];
    }

    static AuditEntry Entry(string action) => new() { OrganizationId = Here, At = Wiring.Start, Action = action, Outcome = "done", Detail = new string('x', 6_000) };

    static async Task IsWholeAsync(string file, IEnumerable<int> acknowledged, string when)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        Assert.True(await ReadAsync(connection, "PRAGMA integrity_check") is ["ok"], $"{when}: the file is damaged");
        var kept = (await ReadAsync(connection, "SELECT Action FROM AuditEntries")).ToHashSet();
        Assert.True(acknowledged.All(number => kept.Contains($"first {number}")), $"{when}: {acknowledged.Count(number => !kept.Contains($"first {number}"))} acknowledged writes are gone");
        Assert.All(kept, action => Assert.Contains(action.StartsWith("first", StringComparison.Ordinal) ? action.Replace("first", "second", StringComparison.Ordinal) : action.Replace("second", "first", StringComparison.Ordinal), kept));
    }

    static async Task<List<string>> ReadAsync(SqliteConnection connection, string query)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written above.
        command.CommandText = query;
#pragma warning restore CA2100
        var found = new List<string>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            found.Add(rows.GetString(0));
        }

        return found;
    }
}
