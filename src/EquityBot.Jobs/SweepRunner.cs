using System.Collections.Concurrent;
using EquityBot.Chat;
using EquityBot.Sweeps;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Jobs;

/// <summary>What came of every sweep's turn.</summary>
/// <param name="Next">When any of them was due next as the round began: it still is where nothing was done.</param>
public sealed record SweepRound(int Done, int Failed, Instant? Next);

/// <summary>Runs a sweep by name, within its budget, at the hospital clock's now, and keeps what came of it. What rings it does not matter; a sweep that throws does not stop the others.</summary>
public sealed class SweepRunner(IEnumerable<ISweep> sweeps, Outlook outlook, IReadOnlyList<Ring> timetable, SweepHistory history, ClockCheck clocks, HospitalClock clock, ILogger<SweepRunner> log) : IDisposable
{
    readonly Dictionary<string, ISweep> sweeps = sweeps.ToDictionary(sweep => sweep.Name);

    /// <summary>Whether the last run went wrong: the next one is left to the bell, and the first one to go well again is kept even when it is idle.</summary>
    readonly ConcurrentDictionary<string, bool> troubled = new();

    /// <summary>The sweeps of one process take turns: a burst of one of them leaves processors and connections to whoever is talking.</summary>
    readonly SemaphoreSlim turn = new(1);

    public async Task<SweepResult> RunAsync(string name, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            return await RunInTurnAsync(name, ct);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Until there is nothing left to do: a burst is more than one run, and the other sweeps have their turns in between.</summary>
    public async Task RunOutAsync(string name, CancellationToken ct)
    {
        while ((await RunAsync(name, ct)).Done > 0)
        {
        }
    }

    /// <summary>Every sweep for which something is due that nobody has begun, in the timetable's order, but those whose last run went wrong.</summary>
    public async Task RunAwaitedAsync(CancellationToken ct)
    {
        var (next, now) = (await outlook.UntouchedAsync(ct), Now());
        foreach (var ring in timetable.Where(ring => next.TryGetValue(ring.Sweep, out var at) && at <= now && !troubled.GetValueOrDefault(ring.Sweep)))
        {
            await RunOutAsync(ring.Sweep, ct);
        }
    }

    async Task<SweepResult> RunInTurnAsync(string name, CancellationToken ct)
    {
        var ring = timetable.Single(one => one.Sweep == name);
        var started = Now();
        var (result, outcome, incident) = (SweepResult.Nothing, SweepOutcome.Finished, (Guid?)null);
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(ct);
        budget.CancelAfter(ring.Budget.ToTimeSpan());
        try
        {
            if (await clocks.AreApartAsync(budget.Token))
            {
                return SweepResult.Nothing;
            }

            result = await sweeps[name].RunAsync(started, budget.Token);
        }
        catch (OperationCanceledException) when (budget.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            outcome = SweepOutcome.OutOfTime;
            log.LogError("Sweep {Sweep} did not end within {Budget}; what it had committed stands, the rest is taken at the next ring", name, ring.Budget);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            (outcome, incident) = (SweepOutcome.Failed, Guid.NewGuid());
            log.LogError(failure, "Sweep {Sweep} failed, incident {Incident}; what it had committed stands, the rest is taken at the next ring", name, incident);
        }

        await KeepAsync(new SweepRun { Sweep = name, StartedAt = started, EndedAt = Now(), Done = result.Done, Failed = result.Failed, Outcome = outcome, Incident = incident }, ct);
        return result;
    }

    Instant Now() => clock.GetUtcNow().ToInstant();

    async Task KeepAsync(SweepRun run, CancellationToken ct)
    {
        try
        {
            if (!troubled.TryGetValue(run.Sweep, out var before))
            {
                before = (await history.LastAsync(run.Sweep, ct))?.WentWrong == true;
            }

            if (run.Done > 0 || run.WentWrong || before)
            {
                await history.KeepAsync(run, ct);
            }

            troubled[run.Sweep] = run.WentWrong;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            troubled[run.Sweep] = true;
            log.LogError(failure, "The run of sweep {Sweep} could not be kept", run.Sweep);
        }
    }

    /// <summary>Once every sweep that has something to do, or that is due whenever it is rung, in the timetable's order.</summary>
    public async Task<SweepRound> RunAllAsync(CancellationToken ct)
    {
        var (total, (due, next)) = (SweepResult.Nothing, await outlook.DueAsync(Now(), ct));
        foreach (var ring in timetable.Where(ring => due.Contains(ring.Sweep)))
        {
            var result = await RunAsync(ring.Sweep, ct);
            total = new(total.Done + result.Done, total.Failed + result.Failed);
        }

        return new(total.Done, total.Failed, next);
    }

    /// <summary>When any sweep wants to run next, on the hospital clock; null when nothing is in sight.</summary>
    public Task<Instant?> NextDueAsync(CancellationToken ct) => outlook.EarliestAsync(ct);

    public void Dispose() => turn.Dispose();
}
