using EquityBot.Chat;
using EquityBot.Sweeps;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Jobs;

/// <summary>Runs a sweep by name, within its budget, at the hospital clock's now. What rings it does not matter.</summary>
public sealed class SweepRunner(IEnumerable<ISweep> sweeps, HospitalClock clock, ILogger<SweepRunner> log)
{
    readonly Dictionary<string, ISweep> sweeps = sweeps.ToDictionary(sweep => sweep.Name);

    public async Task<SweepResult> RunAsync(string name, CancellationToken ct)
    {
        var ring = Timetable.Rings.Single(one => one.Sweep == name);
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(ct);
        budget.CancelAfter(ring.Budget.ToTimeSpan());
        try
        {
            return await sweeps[name].RunAsync(clock.GetUtcNow().ToInstant(), budget.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            log.LogError("Sweep {Sweep} did not end within {Budget}; what it had committed stands, the rest is taken at the next ring", name, ring.Budget);
            return SweepResult.Nothing;
        }
    }

    /// <summary>Every sweep once, in the timetable's order.</summary>
    public async Task<SweepResult> RunAllAsync(CancellationToken ct)
    {
        var total = SweepResult.Nothing;
        foreach (var ring in Timetable.Rings)
        {
            var result = await RunAsync(ring.Sweep, ct);
            total = new(total.Done + result.Done, total.Failed + result.Failed);
        }

        return total;
    }

    /// <summary>When any sweep wants to run next, on the hospital clock; null when nothing is in sight.</summary>
    public async Task<Instant?> NextDueAsync(CancellationToken ct)
    {
        Instant? earliest = null;
        foreach (var sweep in sweeps.Values)
        {
            var next = await sweep.NextDueAsync(ct);
            earliest = earliest is null || next < earliest ? next ?? earliest : earliest;
        }

        return earliest;
    }
}
