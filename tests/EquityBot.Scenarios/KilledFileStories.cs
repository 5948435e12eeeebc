using System.Collections.Concurrent;
using EquityBot.Commitments;
using EquityBot.Doubles;
using EquityBot.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios;

/// <summary>The host with its file, killed while people talk to it; what a power cut leaves is in PowerCutTests.</summary>
public sealed class KilledFileStories
{
    static readonly bool Soaks = Environment.GetEnvironmentVariable("EQUITYBOT_SOAK") == "1";

    // D10, killed once; more often under EQUITYBOT_SOAK=1.
    [Fact]
    public async Task Killed_while_four_write_the_file_is_sound_and_has_every_promise_that_was_acknowledged()
    {
        await using var database = await Database.OpenAsync(Engine.Sqlite);
        var acknowledged = new ConcurrentBag<string>();
        for (var kill = 1; kill <= (Soaks ? 20 : 1); kill++)
        {
            var before = acknowledged.Count;
            await using var host = await HostProcess.StartAsync(database.ConnectionString);
            var speakers = new[] { "dana.reyes", "omar.haddad", "thuy.nguyen", "marcus.hale" }.Select(who => Task.Run(() => PromiseOnAsync(host, who, acknowledged))).ToList();
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
            while (acknowledged.Count < before + 40)
            {
                await pause.WaitForNextTickAsync();
            }

            await host.KillAsync();
            await Task.WhenAll(speakers);
            await using var everywhere = new EquityStore(database.ConnectionString).AcrossOrganizations();
            var kept = (await everywhere.Rows<Commitment>().ToListAsync()).Where(one => one.Status == CommitmentStatus.Active).Select(one => one.Ref).ToHashSet();
            Assert.All(acknowledged, reference => Assert.Contains(reference, kept));
            Assert.Equal("ok", await CheckAsync(database.ConnectionString));
        }
    }

    /// <summary>One promise after the other until nobody answers any more.</summary>
    static async Task PromiseOnAsync(HostProcess host, string who, ConcurrentBag<string> acknowledged)
    {
        try
        {
            while (true)
            {
                var draft = new Seen((await host.PostAsync("/practice/api/say", new { @as = who, text = "we'll offer an interpreter at every visit by 2026-06-30" })).GetProperty("replies")[0]);
                var receipt = await host.PostAsync("/practice/api/press", new { @as = who, messageId = draft.Id, action = draft.Action("Confirm").GetProperty("id").GetString() });
                acknowledged.Add(new Seen(receipt.GetProperty("replies")[0]).Ref!);
            }
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or OperationCanceledException)
        {
            // Killed.
        }
    }

    static async Task<string?> CheckAsync(string connectionString)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync();
        await using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        return (string?)await check.ExecuteScalarAsync();
    }
}
