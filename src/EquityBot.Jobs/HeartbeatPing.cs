using EquityBot.Chat;
using EquityBot.Escalation.Auditing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Jobs;

/// <summary>
/// Calls the outside monitor after each audit that found all well. It reads what the auditor wrote down rather than being called by it: an auditor that died,
/// or whose writes do not arrive, silences it, and a monitor that does not answer holds up no sweep.
/// </summary>
public sealed class HeartbeatPing(HttpClient http, OutsideMonitor monitor, Heartbeat heart, HospitalClock clock, ILogger<HeartbeatPing> log)
{
    Instant? told;
    bool isFailing;

    /// <summary>True when the monitor was called and answered well.</summary>
    public async Task<bool> TellAsync(CancellationToken ct)
    {
        var beat = await heart.FeelAsync(clock.GetUtcNow().ToInstant(), ct);
        if (!beat.IsWell || beat.LastAudit is null || beat.LastAudit == told)
        {
            return false;
        }

        var problem = await CallAsync(ct);
        if (problem is null)
        {
            told = beat.LastAudit;
        }

        if (problem is not null && !isFailing)
        {
            log.LogWarning("The outside monitor could not be called: {Problem}. It is tried again every minute and may raise the alarm meanwhile", problem);
        }

        isFailing = problem is not null;
        return problem is null;
    }

    /// <summary>What went wrong, without the address.</summary>
    async Task<string?> CallAsync(CancellationToken ct)
    {
        try
        {
            using var answer = await http.GetAsync(monitor.Address, HttpCompletionOption.ResponseHeadersRead, ct);
            return answer.IsSuccessStatusCode ? null : $"it answered {(int)answer.StatusCode}";
        }
        catch (HttpRequestException failure)
        {
            return failure.HttpRequestError.ToString();
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return "it did not answer in time";
        }
    }
}

/// <summary>Rings the ping once a minute, on the machine's time.</summary>
sealed class HeartbeatLoop(HeartbeatPing ping, Pace pace, ILogger<HeartbeatLoop> log) : BackgroundService
{
    static readonly Duration Every = Duration.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(pace.Of(Every));
        do
        {
            try
            {
                await ping.TellAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(failure, "The heartbeat missed a beat, incident {Incident}", Guid.NewGuid());
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}

public static class HeartbeatRegistration
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Nothing where no monitor is named. Redirects are not followed: the address is the one that was reviewed.</summary>
    public static IServiceCollection AddHeartbeat(this IServiceCollection services, OutsideMonitor? monitor)
    {
        if (monitor is null)
        {
            return services;
        }

        services.AddHttpClient(nameof(HeartbeatPing), http => http.Timeout = Patience)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            .RemoveAllLoggers();
        return services
            .AddSingleton(monitor)
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<HeartbeatPing>(provider, provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(HeartbeatPing))))
            .AddHostedService<HeartbeatLoop>();
    }
}
