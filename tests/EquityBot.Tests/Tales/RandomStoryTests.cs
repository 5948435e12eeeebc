using System.Diagnostics;
using System.Globalization;
using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Escalation;
using EquityBot.Escalation.Auditing;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Xunit.Abstractions;

namespace EquityBot.Tests.Tales;

/// <summary>
/// Random stories in random towns, each told by jumping and by ticking. A jump asks the product what it wants to do next; a tick does not: it comes at every
/// midnight and every opening that the wall clocks of the town have, whoever works that day, and at a random stride besides. Since the product promises to do
/// things at openings and midnights and at the moment somebody does something, the two must leave the very same record to the minute: a jump that
/// misses something, a tick that finds something early, and a look that changes what it looks at all show as a line too many.
/// Every run tells the same few stories, so that a failure is of whoever changed something; <c>EQUITYBOT_SOAK=1</c> tells many others, and
/// <c>EQUITYBOT_SEED</c> one of them again.
/// </summary>
public sealed class RandomStoryTests(ITestOutputHelper output)
{
    static readonly TimeSpan LongestShrinking = TimeSpan.FromMinutes(1);

    static readonly bool Soaks = Environment.GetEnvironmentVariable("EQUITYBOT_SOAK") == "1";

    [Fact]
    public Task Jumping_tells_the_same_story_as_ticking() => ForSeveralAsync(Soaks ? 150 : 1, Engine.Sqlite, first: 1);

    /// <summary>One telling on each database, so that a difference between these shows as well.</summary>
    [Fact]
    public Task Jumping_on_SQLite_tells_the_same_story_as_ticking_on_PostgreSQL() => ForSeveralAsync(Soaks ? 30 : 1, Engine.Postgres, first: 2);

    /// <summary>Tells so many stories; the first that goes wrong is told again without whatever it can do without.</summary>
    async Task ForSeveralAsync(int stories, Engine ticking, int first)
    {
        var given = int.TryParse(Environment.GetEnvironmentVariable("EQUITYBOT_SEED"), CultureInfo.InvariantCulture, out var seed);
        for (var number = 0; number < (given ? 1 : stories); number++)
        {
            var story = RandomStory.Of(given ? seed : Soaks ? Random.Shared.Next() : first + number);
            Console.WriteLine($"Random story of EQUITYBOT_SEED={story.Seed}");
            var started = Stopwatch.GetTimestamp();
            if (await WrongAsync(story, ticking) is { } problem)
            {
                var (least, what) = await ShrinkAsync(story, problem, ticking);
                Assert.Fail($"{what}\n\nThe story, as short as it goes wrong:\n{least}");
            }

            output.WriteLine($"EQUITYBOT_SEED={story.Seed}: {story.Acts.Count} acts, {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
        }
    }

    static async Task<(RandomStory Story, string Problem)> ShrinkAsync(RandomStory story, string problem, Engine ticking)
    {
        // The last first: references of the promises before stay the same.
        var started = Stopwatch.GetTimestamp();
        for (var place = story.Acts.Count - 1; place >= 0 && Stopwatch.GetElapsedTime(started) < LongestShrinking; place--)
        {
            var without = story with { Acts = [.. story.Acts.Where((_, other) => other != place)] };
            (story, problem) = await WrongAsync(without, ticking) is { } still ? (without, still) : (story, problem);
        }

        foreach (var outage in story.Outages)
        {
            var without = story with { Outages = [.. story.Outages.Where(other => other != outage)] };
            (story, problem) = await WrongAsync(without, ticking) is { } still ? (without, still) : (story, problem);
        }

        return (story, problem);
    }

    /// <summary>What is wrong with the two tellings or differs between them; null when nothing does.</summary>
    static async Task<string?> WrongAsync(RandomStory story, Engine ticking)
    {
        var tellings = await Task.WhenAll(ToldAsync(story, Engine.Sqlite, telling => telling.JumpAsync()), ToldAsync(story, ticking, telling => telling.TickAsync()));
        var (jumped, ticked) = (tellings[0], tellings[1]);
        IReadOnlyList<string> found =
        [
            .. jumped.Wrongs.Select(wrong => $"jumping: {wrong}"),
            .. ticked.Wrongs.Select(wrong => $"ticking: {wrong}"),
            .. jumped.Record.Except(ticked.Record).Select(line => $"only jumping: {line}"),
            .. ticked.Record.Except(jumped.Record).Select(line => $"only ticking: {line}"),
        ];
        return found.Count > 0 ? string.Join('\n', found) : jumped.Record.Count == ticked.Record.Count ? null : $"{jumped.Record.Count} lines by jumping and {ticked.Record.Count} by ticking";
    }

    static Task<(IReadOnlyList<string> Record, IReadOnlyList<string> Wrongs)> ToldAsync(RandomStory story, Engine engine, Func<Telling, Task> tell) => Task.Run(async () =>
    {
        await using var telling = await Telling.OpenAsync(story, engine);
        try
        {
            await tell(telling);
        }
        catch (Xunit.Sdk.XunitException failure)
        {
            return (await Record.OfAsync(telling), [failure.Message]);
        }

        return (await Record.OfAsync(telling), (IReadOnlyList<string>)[.. await Wrongs.OfAsync(story, telling)]);
    });
}
