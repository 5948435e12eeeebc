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

    /// <summary>Nobody else would hear of its failure, or wait for its end.</summary>
    public void Follow(Task work)
    {
        var followed = FollowAsync(work);
        open[followed] = true;
        followed.ContinueWith(ended => open.TryRemove(ended, out _), TaskScheduler.Default);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken) => await Task.WhenAll(open.Keys).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    async Task FollowAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception failure) when (EquityStore.WhyAway(failure) is { } reason)
        {
            log.LogWarning("A request of Slack's came to nothing after its answer: the database is away ({Reason})", reason);
        }
        catch (Exception failure)
        {
            log.LogError(failure, "A request of Slack's failed after its answer, incident {Incident}", Guid.NewGuid());
        }
    }
}
