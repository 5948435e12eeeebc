using System.Text.Json;
using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>A process that is killed where it matters and started again at the very moment that everything waits for.</summary>
public sealed class RestartStories
{
    static readonly bool Soaks = Environment.GetEnvironmentVariable("EQUITYBOT_SOAK") == "1";

    const string Promise = "we'll offer an interpreter at every discharge by 2026-03-06";

    // T7, on PostgreSQL at the two commits that leave something; at all of them under EQUITYBOT_SOAK=1.
    [Theory, OnBothDatabases]
    public async Task Restarted_at_eight_sharp_and_killed_at_each_commit_that_decides_or_claims_it_misses_nothing_and_says_nothing_twice(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var connection = database.ConnectionString;
        await using (var first = await HostProcess.StartAsync(connection, kill: "decided before"))
        {
            var draft = new Seen((await first.PostAsync("/practice/api/say", new { @as = "dana.reyes", text = Promise })).GetProperty("replies")[0]);
            await first.PostAsync("/practice/api/press", new { @as = "dana.reyes", messageId = draft.Id, action = draft.Action("Confirm").GetProperty("id").GetString() });
            await first.PostAsync("/practice/api/clock", new { to = "2026-03-09T07:59:59" });
            await Assert.ThrowsAnyAsync<Exception>(() => first.PostAsync("/practice/api/clock", new { to = "2026-03-09T08:00:00" }));
            await first.KilledAsync();
        }

        // From here on it is eight o'clock whenever a process starts.
        foreach (var kill in Soaks || engine == Engine.Sqlite ? new[] { "decided after", "claimed before", "claimed after" } : ["decided after", "claimed after"])
        {
            await HostProcess.DiesAsync(connection, kill);
        }

        await using var last = await HostProcess.StartAsync(connection);
        await using var hospital = await Hospital.OpenAsync(engine);
        await hospital.As("dana.reyes").PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-09T08:00:00");
        Assert.Equal(Ordered(await hospital.RowsAsync()), await RowsAsync(last));
        await hospital.MoveAsync("2026-03-20T17:00");
        await last.PostAsync("/practice/api/clock", new { to = "2026-03-20T17:00" });
        var rows = await RowsAsync(last);
        Assert.Equal(Ordered(await hospital.RowsAsync()), rows);
        Assert.Single(rows, row => row == "2026-03-09T12:00:00Z dana.reyes escalation C-12 owner sent");
        var inbox = JsonSerializer.Deserialize<JsonElement>(await last.Http.GetStringAsync("/practice/api/inbox?as=dana.reyes")).GetProperty("messages").EnumerateArray().Select(message => new Seen(message));
        Assert.Single(inbox, message => message.Kind == "escalation");
    }

    static async Task<IReadOnlyList<string>> RowsAsync(HostProcess host) =>
        Ordered(JsonSerializer.Deserialize<JsonElement>(await host.Http.GetStringAsync("/practice/api/clock")).GetProperty("sent").EnumerateArray().Select(row => new Sent(row)));

    static IReadOnlyList<string> Ordered(IEnumerable<Sent> rows) => [.. rows.Select(row => row.ToString()).Order(StringComparer.Ordinal)];
}
