using EquityBot.Chat;

namespace EquityBot;

/// <summary>Runs the postman in a real installation: until nothing moves, then again after a short poll. Practice mode drives it by its clock instead.</summary>
sealed class DeliveryLoop(Postman postman, ILogger<DeliveryLoop> log) : BackgroundService
{
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Poll);
        do
        {
            try
            {
                while (await postman.RunAsync(stoppingToken) > 0)
                {
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.LogError(failure, "Delivery stopped for one poll, incident {Incident}", Guid.NewGuid());
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
