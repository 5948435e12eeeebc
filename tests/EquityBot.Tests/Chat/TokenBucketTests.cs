using EquityBot.Chat;
using EquityBot.Tests.Given;
using NodaTime;

namespace EquityBot.Tests.Chat;

/// <summary>A bucket keeps its limit over every stretch of time, whatever is asked of it.</summary>
public class TokenBucketTests
{
    // The limits of Teams per conversation and per app (quality.md §1), and one with a large burst.
    public static TheoryData<int, int, int> Limits => new() { { 7, 1, 3 }, { 8, 2, 4 }, { 60, 30, 30 }, { 30, 1, 1 }, { 10, 1, 9 } };

    [Theory, MemberData(nameof(Limits))]
    public void Taken_as_fast_as_it_gives_no_stretch_of_time_sees_more_than_the_limit(int count, int seconds, int burst)
    {
        var (limit, now) = (new RateLimit(count, Duration.FromSeconds(seconds), burst), Wiring.Start);
        var (bucket, taken) = (new TokenBucket(limit), new List<Instant>());
        var random = new Random(count);
        while (taken.Count < 40 * count)
        {
            // A rest now and then fills it again.
            now = bucket.FreeAt(now) + (random.Next(count) == 0 ? Duration.FromMilliseconds(random.Next(3000 * seconds)) : Duration.Zero);
            // Some are taken before they are there, and leave when they are.
            for (var ahead = random.Next(4); ahead >= 0; ahead--)
            {
                taken.Add(bucket.Take(now));
            }
        }

        Assert.All(taken, (from, place) => Assert.True(taken.Skip(place).TakeWhile(at => at - from < limit.Per).Count() <= count, $"more than {count} from {from}"));
    }

    [Fact]
    public void A_burst_of_one_comes_within_two_percent_of_thirty_a_second()
    {
        var (bucket, now) = (new TokenBucket(new(30, Duration.FromSeconds(1))), Wiring.Start);
        for (var sent = 0; sent < 3000; sent++)
        {
            now = bucket.FreeAt(now);
            bucket.Take(now);
        }

        Assert.InRange(now - Wiring.Start, Duration.FromSeconds(100), Duration.FromSeconds(100 * 1.02));
    }

    [Fact]
    public void A_clock_that_goes_backwards_gives_nothing_and_what_is_taken_early_leaves_when_it_is_there()
    {
        var bucket = new TokenBucket(new(2, Duration.FromSeconds(1)));
        bucket.Take(Wiring.Start);
        Assert.Equal(0, bucket.Available(Wiring.Start - Duration.FromHours(1)));
        Assert.True(bucket.FreeAt(Wiring.Start - Duration.FromHours(1)) > Wiring.Start);
        Assert.InRange(bucket.Take(Wiring.Start), Wiring.Start + Duration.FromMilliseconds(600), Wiring.Start + Duration.FromSeconds(1));
        Assert.Equal(-1, bucket.Available(Wiring.Start));
        Assert.Equal(1, bucket.Available(Wiring.Start + Duration.FromSeconds(5)));
    }
}
