using EquityBot.Storage;
using NodaTime;

namespace EquityBot.Sweeps;

/// <summary>What one run did.</summary>
/// <param name="Done">Rows decided.</param>
/// <param name="Failed">Rows whose decision threw; each is tried again, then parked with its reason.</param>
public sealed record SweepResult(int Done, int Failed)
{
    public static readonly SweepResult Nothing = new(0, 0);
}

/// <summary>A row and when it is due. Properties rather than a constructor, so that the databases can filter by them.</summary>
public sealed class DueRow
{
    public required Guid OrganizationId { get; init; }

    public required Guid Id { get; init; }

    public required Instant At { get; init; }
}

/// <summary>Looks for what is due and decides it. A missed run loses nothing and a repeated one decides nothing twice: due is computed from rows and now.</summary>
public interface ISweep
{
    string Name { get; }

    Task<SweepResult> RunAsync(Instant now, CancellationToken ct);

    /// <summary>Every row of every organization that waits for it, as a query; null where the bell's rhythm is all there is, so that it is due whenever it is rung.</summary>
    IQueryable<DueRow>? Rows(AcrossOrganizations everywhere);
}
