using System.Diagnostics;
using System.Net.Http.Json;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Doubles;
using EquityBot.Node;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EquityBot.Scenarios.Nodes;

/// <summary>The database goes away, or a single connection to it does.</summary>
public sealed class DatabaseStories
{
    static readonly bool Soaks = Environment.GetEnvironmentVariable("EQUITYBOT_SOAK") == "1";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // R5, on a server that keeps what it was told; shortened.
    [Fact]
    public async Task A_database_that_is_restarted_in_a_burst_finds_the_same_process_going_on()
    {
        const int People = 300;
        const int Restarts = 2;
        var server = await DurablePostgres.StartAsync();
        await using var installation = await Installation.OpenAsync(People, server);
        installation.StandIn.Script = _ => new Answer(Delay: TimeSpan.FromMilliseconds(20));
        var node = await installation.StartAsync();
        await installation.Town.TellAsync(People, Installation.Now);
        for (var restart = 1; restart <= Restarts; restart++)
        {
            await installation.StandIn.TookAsync(People * restart / (Restarts + 2), Patience);
            await server.RestartAsync();
            NpgsqlConnection.ClearAllPools();
            var (took, back) = (installation.StandIn.Taken.Count, Stopwatch.GetTimestamp());
            await installation.StandIn.TookAsync(took + 1, Patience);
            Assert.InRange(Stopwatch.GetElapsedTime(back), TimeSpan.Zero, Patience);
        }

        await installation.AllEndAsync(People, TimeSpan.FromMinutes(1));
        Assert.False(node.HasExited);
        Assert.All(installation.Copies().Values, copies => Assert.Equal(1, copies));
        var deliveries = await installation.DeliveriesAsync();
        Assert.Equal(People, deliveries.Count(one => one.State is DeliveryState.Sent or DeliveryState.Unknown));
        Assert.InRange(deliveries.Count(one => one.State == DeliveryState.Unknown), 0, Restarts * (16 + 5));
    }

    // R6
    [Fact]
    public async Task When_only_the_listening_connection_is_cut_the_poll_bridges_it_and_it_is_opened_again()
    {
        const string Listeners = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'equitybot_notices'";
        await using var installation = await Installation.OpenAsync(2);
        await installation.StartAsync();
        await UntilAsync(async () => await installation.ScalarAsync(Listeners) == "1", Patience);
        await installation.ScalarAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'equitybot_notices'");
        await installation.Town.TellAsync(1, Installation.Now);
        await installation.StandIn.TookAsync(1, Patience);
        await UntilAsync(async () => await installation.ScalarAsync(Listeners) == "1", Patience);
    }

    // R7, shortened; ten minutes under EQUITYBOT_SOAK=1.
    [Fact]
    public async Task While_the_database_is_away_everybody_is_asked_to_come_again_and_nothing_acknowledged_is_lost()
    {
        var server = await DurablePostgres.StartAsync();
        await using var installation = await Installation.OpenAsync(4, server);
        await installation.Town.OpenAsync();
        var node = await (await installation.StartAsync()).WarmAsync();
        var taken = Events(5);
        await TakenAsync(node, taken);
        await UntilAsync(async () => (await node.AskAsync("/readyz")).Status == 200, Patience);

        await server.StopAsync();
        var turnedAway = Events(20);
        var since = Stopwatch.GetTimestamp();
        do
        {
            foreach (var heard in turnedAway)
            {
                using var answer = await node.HearAsync(heard, Patience);
                Assert.Equal((503, "5"), ((int)answer.StatusCode, answer.Headers.RetryAfter?.ToString()));
            }

            Assert.Equal((503, 503, 200), ((await node.AskAsync("/readyz")).Status, (await node.AskAsync("/healthz/escalation")).Status, (await node.AskAsync("/healthz")).Status));
        }
        while (Soaks && Stopwatch.GetElapsedTime(since) < TimeSpan.FromMinutes(10));

        await server.ResumeAsync();
        NpgsqlConnection.ClearAllPools();
        await UntilAsync(async () => (await node.AskAsync("/readyz")).Status == 200, Patience);
        await TakenAsync(node, turnedAway);
        Assert.Equal(Words([.. taken, .. turnedAway]), await PromisedAsync(installation));
        await installation.Town.TellAsync(1, Installation.Now);
        await installation.StandIn.TookAsync(1, Patience);
        Assert.False(node.HasExited);
    }

    // R8
    [Fact]
    public async Task Two_hundred_turns_at_once_through_five_connections_all_end_with_an_answer_or_a_request_to_come_again()
    {
        await using var installation = await Installation.OpenAsync(4);
        await installation.Town.OpenAsync();
        var node = await (await installation.StartAsync(more: "Maximum Pool Size=5;Timeout=2")).WarmAsync();
        var events = Events(200);

        // Somebody holds what each of them has to lock, so that all five connections wait and nobody gets another one.
        await using (var holder = new NpgsqlConnection(installation.Connection))
        {
            await holder.OpenAsync();
            await using var transaction = await holder.BeginTransactionAsync();
            await using (var hold = new NpgsqlCommand("SELECT * FROM \"Counters\" FOR UPDATE", holder, transaction))
            {
                await hold.ExecuteNonQueryAsync();
            }

            var answers = await Task.WhenAll(events.Select(heard => node.HearAsync(heard, Patience)));
            Assert.All(answers, answer => Assert.Equal(503, (int)answer.StatusCode));
            var titles = await Task.WhenAll(answers.Select(async answer => (await answer.Content.ReadFromJsonAsync<Dictionary<string, object>>())!["title"].ToString()!));
            Assert.Equal(["Busy", "Not now"], titles.Distinct().Order());
        }

        Assert.Empty(await PromisedAsync(installation));
        await TakenAsync(node, events);
        Assert.Equal(Words(events), await PromisedAsync(installation));
    }

    // R9
    [DiskFact]
    public async Task When_the_disk_is_full_everybody_is_asked_to_come_again_and_once_there_is_room_nothing_acknowledged_is_missing()
    {
        var server = await DurablePostgres.StartAsync(megabytes: 160);
        await using var installation = await Installation.OpenAsync(4, server);
        await installation.Town.OpenAsync();
        var node = await (await installation.StartAsync()).WarmAsync();
        await server.FillAsync();
        List<Heard> taken = [], turnedAway = [];
        var since = Stopwatch.GetTimestamp();
        // What is small may still find a gap while what is larger does not, and then the database takes writes; it is full once the last write was refused.
        while (turnedAway.Count < 5 || (await node.AskAsync("/readyz")).Status != 503)
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < 3 * Patience, $"The disk was never full; {taken.Count} were taken.");
            var batch = Events(20);
            var answers = await Task.WhenAll(batch.Select(heard => node.HearAsync(heard, Patience)));
            Assert.All(answers, answer => Assert.Contains((int)answer.StatusCode, new[] { 200, 503 }));
            taken.AddRange(batch.Where((_, place) => answers[place].IsSuccessStatusCode));
            turnedAway.AddRange(batch.Where((_, place) => !answers[place].IsSuccessStatusCode));
        }

        Assert.Contains(node.Said, line => line.Contains(" FTL ", StringComparison.Ordinal) && line.Contains("the database is away (53100", StringComparison.Ordinal));

        server.Empty();
        await server.ResumeAsync();
        NpgsqlConnection.ClearAllPools();
        await TakenAsync(node, turnedAway);
        Assert.Equal(Words([.. taken, .. turnedAway]), await PromisedAsync(installation));
        await UntilAsync(async () => (await node.AskAsync("/readyz")).Status == 200, Patience);
        Assert.False(node.HasExited);
    }

    /// <summary>Each asks for a promise of its own.</summary>
    static List<Heard> Events(int count)
    {
        var due = Installation.Now.InUtc().Date.PlusDays(100);
        return [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid().ToString("N")).Select((id, number) => new Heard(id, $"p{number % 4}", $"log: offer tea to group {Letters(id)} by {due:yyyy-MM-dd}"))];
    }

    static string Letters(string id) => string.Concat(id.Select(digit => char.IsAsciiDigit(digit) ? (char)('g' + digit - '0') : digit));

    static List<string> Words(IEnumerable<Heard> events) => [.. events.Select(heard => $"Offer tea to group {Letters(heard.EventId)}").Order(StringComparer.Ordinal)];

    /// <summary>Delivered until each was acknowledged, as platforms do it.</summary>
    static Task TakenAsync(NodeProcess node, IEnumerable<Heard> events) => Task.WhenAll(events.Select(heard => UntilAsync(
        async () =>
        {
            using var answer = await node.HearAsync(heard, Patience);
            return answer.IsSuccessStatusCode;
        },
        2 * Patience)));

    static async Task<List<string>> PromisedAsync(Installation installation)
    {
        await using var everywhere = installation.Store.AcrossOrganizations();
        return [.. (await everywhere.Rows<Commitment>().Select(one => one.Statement).ToListAsync()).Order(StringComparer.Ordinal)];
    }

    static async Task UntilAsync(Func<Task<bool>> holds, TimeSpan patience)
    {
        var since = Stopwatch.GetTimestamp();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < patience, $"not within {patience}");
            await pause.WaitForNextTickAsync();
        }
    }
}
