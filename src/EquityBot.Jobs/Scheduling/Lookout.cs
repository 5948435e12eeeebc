using EquityBot.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Jobs.Scheduling;

/// <summary>
/// Between two rings of the bell: has what falls due, or was just written as due, decided within about a second. It starts only what nobody has begun, and every node
/// that runs the jobs has one; claims make it right, as they do for the bell. Where it fails the bell is late by its rhythm and loses nothing.
/// </summary>
sealed class Lookout(SweepRunner runner, Pace pace, ILogger<Lookout> log) : BackgroundService
{
    static readonly Duration Every = Duration.FromSeconds(1);

    /// <summary>However fast a rehearsal's clock is.</summary>
    static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    bool isFailing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var every = pace.Of(Every);
        using var timer = new PeriodicTimer(every > Shortest ? every : Shortest);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await runner.RunAwaitedAsync(stoppingToken);
                isFailing = false;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Tell(failure);
            }
        }
    }

    /// <summary>Once, since it comes again every second. A database that is away is for the sweeps to tell.</summary>
    void Tell(Exception failure)
    {
        if (!isFailing && EquityStore.WhyAway(failure) is null)
        {
            log.LogError(failure, "What is due between two rings of the bell cannot be looked for and waits for the bell, incident {Incident}", Guid.NewGuid());
        }

        isFailing = true;
    }
}
