using EquityBot.Storage;

namespace EquityBot;

/// <summary>Hears from PostgreSQL what other processes have decided. When its connection breaks it comes back within a few seconds, and the postman's poll bridges them.</summary>
sealed class NoticeListener(EquityStore store, ILogger<NoticeListener> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        do
        {
            try
            {
                await store.ListenAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("The connection that listens for notices broke ({Reason}) and is opened again", failure.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
