using EquityBot.Chat;
using EquityBot.Jobs;
using EquityBot.Storage;
using NodaTime;

namespace EquityBot;

/// <summary>Runs the postman in a real installation: until nothing moves, then again when the doorbell rings, something may go, or a short poll ends. Practice mode drives it by its clock instead.</summary>
sealed class DeliveryLoop(Postman postman, EquityStore store, ClockCheck clocks, Pace pace, ILogger<DeliveryLoop> log) : BackgroundService
{
    static readonly Duration Poll = Duration.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await TryAsync(RecoverAsync, stoppingToken);
        while (true)
        {
            await TryAsync(DeliverAsync, stoppingToken);
            await RestAsync(stoppingToken);
        }
    }

    /// <summary>A file has one process: whatever another one had in hand, it is gone. On PostgreSQL it may be a neighbour's, and its lease says how long.</summary>
    async Task RecoverAsync(CancellationToken ct)
    {
        if (!store.IsPostgres)
        {
            await postman.TakeOverAsync(ct);
        }
    }

    async Task DeliverAsync(CancellationToken ct)
    {
        while (!await clocks.AreApartAsync(ct) && await postman.RunAsync(ct) > 0)
        {
        }
    }

    async Task RestAsync(CancellationToken ct)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var rest = pace.Of(Poll);
        await TryAsync(async token => rest = Shorter(rest, postman.FreeIn?.ToTimeSpan(), (await postman.DueInAsync(token)) is { } due ? pace.Of(due) : null), ct);
        await Task.WhenAny(store.Doorbell.WaitAsync(woken.Token), Task.Delay(rest, woken.Token));
        await woken.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    static TimeSpan Shorter(TimeSpan poll, params TimeSpan?[] others) => others.Where(one => one < poll).Min() ?? poll;

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
