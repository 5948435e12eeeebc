using EquityBot.Commitments;
using NodaTime;

namespace EquityBot.Goals;

/// <summary>The straight line that a number is to walk.</summary>
/// <param name="Starts">The local date on which it stands at its baseline.</param>
/// <param name="Due">The local date on which it is to stand at its target.</param>
/// <param name="Better">Which way the number is to go, or to be held.</param>
public sealed record PaceLine(decimal Baseline, decimal Target, LocalDate Starts, LocalDate Due, Direction Better)
{
    /// <summary>False where the target lies the wrong way from the baseline, so that no pace can be told.</summary>
    public bool IsReadable => Target == Baseline || (Target < Baseline) == (Better == Direction.Lower);
}

/// <summary>Where a number should be by now, and what that says about it. All of it is arithmetic on a straight line.</summary>
public static class Pace
{
    /// <summary>On track: behind the line by at most this share of the whole way.</summary>
    public const decimal OnTrackWithin = 0.10m;

    /// <summary>At risk: behind the line by at most this share of the whole way; further behind is off track.</summary>
    public const decimal AtRiskWithin = 0.25m;

    /// <summary>A number that is only to be held is at risk while it is worse than its target by at most this share of it.</summary>
    public const decimal HeldWithin = 0.10m;

    /// <summary>The share of the time that has passed: 0 before the start, 1 from the due day on, and 1 where the line has no length.</summary>
    public static decimal Elapsed(PaceLine line, LocalDate on)
    {
        if (on >= line.Due || line.Due <= line.Starts)
        {
            return 1;
        }

        return on <= line.Starts ? 0 : (decimal)Period.DaysBetween(line.Starts, on) / Period.DaysBetween(line.Starts, line.Due);
    }

    /// <summary>The number that the line has on that day: the baseline before the start, the target from the due day on.</summary>
    public static decimal Expected(PaceLine line, LocalDate on) => line.Baseline + ((line.Target - line.Baseline) * Elapsed(line, on));

    /// <summary>
    /// The share of the way that is walked, (latest − baseline) / (target − baseline), as Healthy People reckons its percent of target achieved: 1 is the target, below 0 it went
    /// the wrong way, above 1 it went further. Null where the target equals the baseline.
    /// </summary>
    public static decimal? Walked(PaceLine line, decimal latest) => line.Target == line.Baseline ? null : (latest - line.Baseline) / (line.Target - line.Baseline);

    /// <summary>At the target or better. Never where the line is not readable.</summary>
    public static bool Reached(PaceLine line, decimal latest) => line.IsReadable && (line.Better == Direction.Lower ? latest <= line.Target : latest >= line.Target);

    /// <summary>
    /// The status that the number suggests: on track when the target is reached or the share walked is behind the share of time by at most <see cref="OnTrackWithin"/>; at risk by at
    /// most <see cref="AtRiskWithin"/>; else off track. After the due day whatever is not reached is off track. A number that is only to be held (target equals baseline) is on
    /// track at its target, at risk within <see cref="HeldWithin"/> of it, else off track.
    /// </summary>
    /// <param name="on">The day that the number is of; a number is judged by where the line was on its own day.</param>
    /// <param name="today">Whether the due day has ended.</param>
    /// <returns>Null where the line is not readable.</returns>
    public static ProgressStatus? Suggest(PaceLine line, decimal latest, LocalDate on, LocalDate today)
    {
        if (!line.IsReadable)
        {
            return null;
        }

        if (Reached(line, latest))
        {
            return ProgressStatus.OnTrack;
        }

        if (today > line.Due)
        {
            return ProgressStatus.OffTrack;
        }

        if (Walked(line, latest) is not { } walked)
        {
            return Math.Abs(latest - line.Target) <= HeldWithin * Math.Abs(line.Target) ? ProgressStatus.AtRisk : ProgressStatus.OffTrack;
        }

        return (Elapsed(line, on) - walked) switch
        {
            <= OnTrackWithin => ProgressStatus.OnTrack,
            <= AtRiskWithin => ProgressStatus.AtRisk,
            _ => ProgressStatus.OffTrack,
        };
    }

    /// <summary>How far the number has to go in each review period that is left, at least one, to reach the target on its day; 0 when it is there. Always counted towards better.</summary>
    public static decimal RequiredPerPeriod(PaceLine line, decimal latest, LocalDate today, Cadence cadence)
    {
        if (Reached(line, latest))
        {
            return 0;
        }

        var left = Math.Max(1, Math.Ceiling(Math.Max(0, Period.DaysBetween(today, line.Due)) / DaysOf(cadence)));
        return Math.Abs(line.Target - latest) / left;
    }

    /// <summary>The furthest that the number went towards better from one reading to the next, as if for one review period; null where there are not two on different days.</summary>
    /// <param name="readings">In any order.</param>
    public static decimal? BestPerPeriod(IEnumerable<(LocalDate On, decimal Value)> readings, Direction better, Cadence cadence)
    {
        var sorted = readings.OrderBy(reading => reading.On).ToList();
        return sorted.Zip(sorted.Skip(1))
            .Where(pair => pair.First.On < pair.Second.On)
            .Select(pair => (better == Direction.Lower ? pair.First.Value - pair.Second.Value : pair.Second.Value - pair.First.Value) * DaysOf(cadence) / Period.DaysBetween(pair.First.On, pair.Second.On))
            .Select(step => (decimal?)Math.Max(0, step))
            .Max();
    }

    static decimal DaysOf(Cadence cadence) => cadence switch
    {
        Cadence.Weekly => 7,
        Cadence.TwoWeekly => 14,
        Cadence.Monthly => 365.25m / 12,
        _ => 365.25m / 4,
    };
}
