using EquityBot.Chat;
using EquityBot.Jobs;
using EquityBot.Storage;
using NodaTime;

namespace EquityBot;

/// <summary>Runs the postman in a real installation: until nothing moves, then again after a short poll. Practice mode drives it by its clock instead.</summary>
sealed class DeliveryLoop(Postman postman, EquityStore store, ClockCheck clocks, Pace pace, ILogger<DeliveryLoop> log) : BackgroundService
{
    static readonly Duration Poll = Duration.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(pace.Of(Poll));
        await TryAsync(RecoverAsync, stoppingToken);
        do
        {
            await TryAsync(DeliverAsync, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>A file has one process: whatever another one had in hand, it is gone. On PostgreSQL it may be a neighbour's, and its lease says how long.</summary>
    async Task RecoverAsync(CancellationToken ct)
    {
        if (!store.IsPostgres)
        {
            await postman.RecoverAsync(Instant.MaxValue, ct);
        }
    }

    async Task DeliverAsync(CancellationToken ct)
    {
        while (!await clocks.AreApartAsync(ct) && await postman.RunAsync(ct) > 0)
        {
        }
    }

    async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        try
        {
            await work(ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            log.LogError(failure, "Delivery stopped for one poll, incident {Incident}", Guid.NewGuid());
        }
    }
}
