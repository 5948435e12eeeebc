using NodaTime;

namespace EquityBot.Escalation.Auditing;

/// <summary>Which look-ahead time to set to now; the sweep behind it computes everything else anew, so doing it in vain does no harm.</summary>
public enum LookAgain
{
    Promise,
    Answer,
    Request,
    Department,
    Case,

    /// <summary>Takes the step back whose notice is gone, so that it is decided again.</summary>
    Step,
}

/// <summary>What one audit sees to be wrong, before it is known whether it rights itself.</summary>
/// <param name="Subject">See <see cref="Finding.Subject"/>.</param>
/// <param name="Since">When it should have happened.</param>
/// <param name="Patience">For how long it must be seen before it counts; zero for what no running engine leaves behind even for a moment.</param>
/// <param name="Heal">The row whose look-ahead time to set; null where a person has to see to it.</param>
public sealed record Observation(FindingKind Kind, string Subject, Instant Since, Duration Patience, (LookAgain What, Guid Id)? Heal = null)
{
    /// <summary>Work that is due may wait this long before the auditor looks at it at all: a ring, a long batch, a bundle that waits for its neighbours.</summary>
    public static readonly Duration Tolerated = Duration.FromMinutes(15);

    /// <summary>Once seen it may wait this long while nothing moves: after a downtime the engine is given its time to catch up.</summary>
    public static readonly Duration CatchingUp = Duration.FromMinutes(45);

    /// <summary>A planned time may lie this far behind the computed one: clocks of a roster that was changed in between.</summary>
    public static readonly Duration Slack = Duration.FromHours(1);

    public static Observation Lost(string subject, Instant since, LookAgain what, Guid id) => new(FindingKind.Unwatched, subject, since, Duration.Zero, (what, id));

    /// <summary>
    /// Whether a look-ahead time looks in time: at the latest at <paramref name="latest"/>, or, where that has passed, as soon as the sweep gets to it.
    /// A time in the past is in the sweep's queue and never lost; whether the queue moves is asked elsewhere.
    /// </summary>
    public static bool IsInTime(Instant? planned, Instant latest, Instant now) => planned is { } at && (at <= now || at <= latest + Slack);
}
