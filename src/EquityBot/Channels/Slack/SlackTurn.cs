using EquityBot.Storage;

namespace EquityBot.Channels.Slack;

/// <summary>One request of Slack's, which waits three seconds for its answer. What takes longer goes on by itself, and Slack hears in time what is true until then.</summary>
sealed class SlackTurn
{
    /// <summary>Of Slack's three seconds, from the request's first byte; the rest is for the way.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(2.5);

    int spoken;

    /// <summary>What Slack hears when the time is up. To begin with: that nothing is known to be kept, so that it comes again.</summary>
    public IResult Late { get; set; } = Results.StatusCode(503);

    /// <summary>Takes the response for an answer, which one alone may.</summary>
    /// <returns>False where Slack has heard something already.</returns>
    public bool TrySpeak() => Interlocked.Exchange(ref spoken, 1) == 0;

    /// <param name="time">Ends when the time is up.</param>
    public async Task<IResult> InTimeAsync(Task<IResult> work, ILogger log, CancellationToken time)
    {
        try
        {
            return await work.WaitAsync(time);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested && !work.IsCompleted)
        {
            if (!TrySpeak())
            {
                return await work;
            }

            log.LogWarning("A request of Slack's took longer than {Time} and goes on after its answer", Time);
            _ = FollowAsync(work, log);
            return Late;
        }
    }

    /// <summary>Nobody else would hear of a failure any more.</summary>
    static async Task FollowAsync(Task work, ILogger log)
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
