using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace EquityBot.Scenarios;

/// <summary>
/// A story told to a process that is killed, or stopped, at random moments and started again; whoever told it repeats the call that was interrupted.
/// <c>EQUITYBOT_SEED</c> tells the same moments again; <c>EQUITYBOT_SOAK=1</c> kills three times as often.
/// </summary>
public sealed class InterruptedStories(ITestOutputHelper output)
{
    static readonly bool Soaks = Environment.GetEnvironmentVariable("EQUITYBOT_SOAK") == "1";

    static readonly (string Owner, string Due)[] Promises = [("dana.reyes", "2026-03-06"), ("omar.haddad", "2026-03-05")];

    /// <summary>Until the board has heard of both, and a week for what had to be followed up.</summary>
    static readonly string[] Days = [.. Enumerable.Range(1, 11).Select(move => new DateTime(2026, 3, 2, 9, 0, 0).AddDays(4 * move).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture))];

    [Theory, OnOneDatabase]
    public async Task Killed_at_any_moment_it_tells_everybody_what_it_would_have_told_them_anyway(Engine engine)
    {
        var (rows, followedUp) = await TellAsync(engine, Days, Soaks ? 10 : 3, host => host.KillAsync(), _ => Task.CompletedTask);

        // What was on its way when the process died may have arrived; it is followed up the next working morning, and that case's gaps count from there.
        var expected = await UninterruptedAsync(engine, Days);
        Assert.Equal(2, expected.Count(row => row is { Step: "board", State: "sent" }));
        output.WriteLine($"Followed up: {string.Join(", ", followedUp.Order(StringComparer.Ordinal))}");
        Assert.Equal(Exactly(expected, followedUp), Exactly(rows, followedUp));
        Assert.Equal(WithoutTimes(expected), WithoutTimes(rows.Where(row => row.Kind != "task")));
    }

    [Theory, OnOneDatabase]
    public async Task Stopped_politely_it_ends_well_and_leaves_nothing_that_may_or_may_not_have_arrived(Engine engine)
    {
        var (rows, followedUp) = await TellAsync(engine, Days[..4], 1, async host =>
        {
            var (code, said) = await host.TerminateAsync();
            Assert.True(code == 0, $"It ended with {code}: {said}");
            Assert.DoesNotContain(" ERR ", said, StringComparison.Ordinal);
        }, NothingIsOnItsWayAsync);
        Assert.Empty(followedUp);
        Assert.Equal(Exactly(await UninterruptedAsync(engine, Days[..4]), []), Exactly(rows, []));
    }

    static IEnumerable<string> Exactly(IEnumerable<Sent> rows, ICollection<string> but) =>
        rows.Where(row => !but.Contains(row.Ref)).Select(row => $"{row.At} {row.To} {row.Kind} {row.Ref} {row.Step}").Order(StringComparer.Ordinal);

    static IEnumerable<string> WithoutTimes(IEnumerable<Sent> rows) => rows.Select(row => $"{row.To} {row.Kind} {row.Ref} {row.Step}").Order(StringComparer.Ordinal);

    static async Task<IReadOnlyList<Sent>> UninterruptedAsync(Engine engine, string[] days)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        foreach (var (owner, due) in Promises)
        {
            await hospital.As(owner).PromisesAsync(Words(due));
        }

        foreach (var day in days)
        {
            await hospital.MoveAsync(day);
        }

        return [.. await hospital.RowsAsync()];
    }

    static string Words(string due) => $"we'll offer an interpreter at every visit by {due}";

    /// <summary>Tells the story with that many interruptions; what everybody was sent, and the promises something of which had to be followed up.</summary>
    async Task<(IReadOnlyList<Sent> Rows, ICollection<string> FollowedUp)> TellAsync(Engine engine, string[] days, int times, Func<HostProcess, Task> interrupt, Func<Database, Task> afterwards)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("EQUITYBOT_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        output.WriteLine($"EQUITYBOT_SEED={seed}");
        Console.WriteLine($"Interruptions on {engine} of EQUITYBOT_SEED={seed}");
        var random = new Random(seed);
        var calls = Enumerable.Range(0, Promises.Length + days.Length).ToArray();
        random.Shuffle(calls);
        var waits = calls.Take(times).ToDictionary(call => call, _ => random.NextDouble());

        await using var database = await Database.OpenAsync(engine);
        var (call, usual) = (0, TimeSpan.FromSeconds(1));
        var host = await HostProcess.StartAsync(database.ConnectionString);
        try
        {
            foreach (var (owner, due) in Promises)
            {
                var draft = new Seen((await host.PostAsync("/practice/api/say", new { @as = owner, text = Words(due) })).GetProperty("replies")[0]);
                var pressed = await CallAsync("/practice/api/press", new { @as = owner, messageId = draft.Id, action = draft.Action("Confirm").GetProperty("id").GetString() });
                Assert.Contains(pressed.GetProperty("outcome").GetString(), (string[])["done", "repeat"]);
            }

            foreach (var day in days)
            {
                await CallAsync("/practice/api/clock", new { to = day });
            }

            var told = JsonSerializer.Deserialize<JsonElement>(await host.Http.GetStringAsync("/practice/api/clock")).GetProperty("sent");
            return ([.. told.EnumerateArray().Select(row => new Sent(row))], await FollowedUpAsync(database));
        }
        finally
        {
            await host.DisposeAsync();
        }

        async Task<JsonElement> CallAsync(string path, object body)
        {
            if (!waits.TryGetValue(call++, out var share))
            {
                var started = Stopwatch.GetTimestamp();
                var answer = await host.PostAsync(path, body);
                usual = Stopwatch.GetElapsedTime(started);
                return answer;
            }

            // Somewhere within what the call before it took, or just after.
            var wait = share * 1.2 * usual;

            var asked = host.Http.PostAsync(path, System.Net.Http.Json.JsonContent.Create(body));
            await Task.Delay(wait);
            output.WriteLine($"Interrupted call {call} after {wait.TotalMilliseconds:F0} ms{(asked.IsCompleted ? ", when it was answered" : "")}");
            await interrupt(host);
            await Task.WhenAny(asked);
            await host.DisposeAsync();
            await afterwards(database);
            host = await HostProcess.StartAsync(database.ConnectionString);
            return await host.PostAsync(path, body);
        }
    }

    static async Task NothingIsOnItsWayAsync(Database database)
    {
        await using var everywhere = new EquityStore(database.ConnectionString).AcrossOrganizations();
        Assert.False(await everywhere.Rows<Delivery>().AnyAsync(one => one.State == DeliveryState.Claimed || one.State == DeliveryState.Sending));
    }

    static async Task<ICollection<string>> FollowedUpAsync(Database database)
    {
        await using var everywhere = new EquityStore(database.ConnectionString).AcrossOrganizations();
        return await everywhere.Rows<Notice>().Where(one => one.FollowedUpAt != null).Select(one => one.Ref).ToHashSetAsync();
    }
}
