using System.Collections.Concurrent;
using EquityBot.Storage;

namespace EquityBot.Channels.Slack;

/// <summary>What goes on after its answer: looked after to its end, which the program waits for when it is stopped.</summary>
sealed class SlackTurns(ILogger<SlackTurns> log) : IHostedService
{
    readonly ConcurrentDictionary<Task, bool> open = new();

    /// <param name="time">Ends when the time is up.</param>
    public async Task<IResult> InTimeAsync(SlackTurn turn, Task<IResult> work, CancellationToken time)
    {
        try
        {
            return await work.WaitAsync(time);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested)
        {
            if (work.IsCompleted || !turn.TrySpeak())
            {
                return await work;
            }

            log.LogWarning("A request of Slack's took longer than {Time} and goes on after its answer", SlackTurn.Time);
            Follow(work);
            return turn.Late;
        }
    }

    /// <summary>The program does not end before it.</summary>
    public void Hold(Task work)
    {
        open[work] = true;
        work.ContinueWith(ended => open.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Nobody else would hear of its failure.</summary>
    public void Follow(Task work) => Hold(FollowAsync(work));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>One may begin another.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        while (open.Keys is { Count: > 0 } going && !cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAny(Task.WhenAll(going), Task.Delay(Timeout.Infinite, cancellationToken));
        }
    }

    async Task FollowAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception failure) when (EquityStore.WhyAway(failure) is { } reason)
        {
            log.LogWarning("What Slack was not to wait for came to nothing: the database is away ({Reason})", reason);
        }
        catch (Exception failure)
        {
            log.LogError(failure, "What Slack was not to wait for failed, incident {Incident}", Guid.NewGuid());
        }
    }
}
