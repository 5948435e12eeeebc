using NodaTime;

namespace EquityBot.Chat;

/// <summary>What a platform allows: at most <paramref name="Count"/> requests in any stretch of time as long as <paramref name="Per"/>.</summary>
/// <param name="Count">At least 2.</param>
/// <param name="Burst">
/// How many of them may leave at once, from 1 to <paramref name="Count"/> − 1. What leaves at once is taken from the lasting rate, which is
/// about (<paramref name="Count"/> − <paramref name="Burst"/>) per <paramref name="Per"/>: a burst of 1 of 30 comes within 2 % of what is allowed.
/// </param>
public sealed record RateLimit(int Count, Duration Per, int Burst = 1);

/// <summary>
/// A token bucket that keeps a <see cref="RateLimit"/> over every stretch of time, not on average: it holds <c>Burst</c> tokens and is refilled with the others
/// over <c>Per</c>. Pure: all instants are given, on the machine clock; a clock that goes backwards adds nothing.
/// </summary>
public sealed class TokenBucket(RateLimit limit)
{
    /// <summary>Requests are whole, so full bucket and refill together may stay just below one more than the limit: that is what a waker who comes late may make up for.</summary>
    const double Late = 0.4;
    const double Whole = 0.5;

    readonly double refill = (limit.Count - limit.Burst + Whole) / limit.Per.TotalSeconds;
    double tokens = limit.Burst;
    Instant filledAt = Instant.MinValue;

    /// <summary>Whole tokens there are at <paramref name="now"/>; below zero while some are taken that are not there yet.</summary>
    public int Available(Instant now) => (int)Math.Floor(At(now));

    /// <summary>When the next token is there: <paramref name="now"/> if there is one already.</summary>
    public Instant FreeAt(Instant now)
    {
        var missing = 1 - At(now);
        return missing <= 0 ? now : Instant.Max(now, filledAt) + Duration.FromSeconds(missing / refill) + Duration.FromNanoseconds(1000);
    }

    /// <summary>Takes the next token, if need be before it is there: whoever takes it waits until the instant returned, which is <paramref name="now"/> at the earliest.</summary>
    public Instant Take(Instant now)
    {
        var at = FreeAt(now);
        (tokens, filledAt) = (At(now) - 1, Instant.Max(now, filledAt));
        return at;
    }

    double At(Instant now) => filledAt == Instant.MinValue ? tokens : Math.Min(limit.Burst + Late, tokens + (refill * Math.Max(0, (now - filledAt).TotalSeconds)));
}
