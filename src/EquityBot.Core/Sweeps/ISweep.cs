using NodaTime;

namespace EquityBot.Sweeps;

/// <summary>What one run did.</summary>
/// <param name="Done">Rows decided.</param>
/// <param name="Failed">Rows whose decision threw; each is tried again, then parked with its reason.</param>
public sealed record SweepResult(int Done, int Failed)
{
    public static readonly SweepResult Nothing = new(0, 0);
}

/// <summary>Looks for what is due and decides it. A missed run loses nothing and a repeated one decides nothing twice: due is computed from rows and now.</summary>
public interface ISweep
{
    string Name { get; }

    Task<SweepResult> RunAsync(Instant now, CancellationToken ct);

    /// <summary>When something falls due next; at or before now when something is due already; null when nothing is in sight.</summary>
    Task<Instant?> NextDueAsync(CancellationToken ct);

    /// <summary>Whether something is due that nobody has begun. What was begun and failed is not: it comes again at the bell's rhythm, so that a passing fault passes. False where the bell's rhythm is all there is.</summary>
    Task<bool> AwaitsAsync(Instant now, CancellationToken ct);
}
