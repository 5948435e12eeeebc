using EquityBot.Chat;
using EquityBot.Jobs;
using EquityBot.Storage;
using NodaTime;

namespace EquityBot.Channels.Browser;

/// <summary>Moves the clock: from one earliest due moment to the next, sweeps and deliveries until quiet at each. The scenario harness drives the same way.</summary>
public sealed class PracticeDriver(SweepRunner sweeps, Postman postman, PracticeClock clock, EquityStore store, IHostApplicationLifetime lifetime) : IDisposable
{
    const int Rounds = 10_000;

    /// <summary>So long a platform's limit is waited for; where it asks for more, the rest leaves another time.</summary>
    static readonly Duration LongestPace = Duration.FromSeconds(3);

    readonly SemaphoreSlim one = new(1);
    readonly Lock gate = new();
    Task? settling;

    /// <summary>When something is due next, as all became quiet with so many commits; whatever happens since makes it old.</summary>
    (long Commits, Instant? Next)? quiet;

    /// <summary>Work that has begun ends with the program, not with whoever stopped waiting for it.</summary>
    CancellationToken Ending => lifetime.ApplicationStopping;

    /// <summary>Runs whatever is due at the clock's now, until nothing moves any more. All who ask while one is under way share the next.</summary>
    public Task SettleAsync()
    {
        lock (gate)
        {
            return settling ??= Task.Run(() => AloneAsync(SettleNowAsync));
        }
    }

    Task SettleNowAsync()
    {
        lock (gate)
        {
            settling = null;
        }

        return UntilQuietAsync(Ending);
    }

    /// <summary>Does it while nothing else moves the clock, then settles.</summary>
    public Task StartOverAsync(Func<CancellationToken, Task> reset) => AloneAsync(async () =>
    {
        await reset(Ending);
        await UntilQuietAsync(Ending);
    });

    /// <summary>False when <paramref name="to"/> is earlier than now.</summary>
    /// <param name="outage">As if everything had been stopped meanwhile: nothing runs before the new time.</param>
    public async Task<bool> MoveAsync(Instant to, bool outage)
    {
        var forwards = false;
        await AloneAsync(async () =>
        {
            forwards = to >= clock.Now;
            if (forwards)
            {
                await MoveForwardsAsync(to, outage, Ending);
            }
        });
        return forwards;
    }

    async Task MoveForwardsAsync(Instant to, bool outage, CancellationToken ct)
    {
        if (!outage)
        {
            await UntilQuietAsync(ct);
            while (await NextDueAsync(ct) is { } next && next <= to)
            {
                await clock.SetAsync(next > clock.Now ? next : throw new InvalidOperationException($"Something due at {next} was not done by {clock.Now}."), ct);
                await UntilQuietAsync(ct);
            }
        }

        await clock.SetAsync(to, ct);
        await UntilQuietAsync(ct);
    }

    async Task AloneAsync(Func<Task> work)
    {
        await one.WaitAsync(Ending);
        try
        {
            await work();
        }
        finally
        {
            one.Release();
        }
    }

    public async Task<Instant?> NextDueAsync(CancellationToken ct) =>
        quiet is var (commits, next) && commits == store.Commits ? next : Earlier(await sweeps.NextDueAsync(ct), await postman.NextDueAsync(ct));

    static Instant? Earlier(Instant? one, Instant? other) => one is null || other < one ? other ?? one : one;

    async Task UntilQuietAsync(CancellationToken ct)
    {
        if (quiet?.Commits == store.Commits)
        {
            return;
        }

        for (var round = 0; round < Rounds; round++)
        {
            var (commits, result) = (store.Commits, await sweeps.RunAllAsync(ct));
            if (result.Done + result.Failed + await postman.RunAsync(ct) > 0)
            {
                continue;
            }

            if (postman.FreeIn is { } pace && pace <= LongestPace)
            {
                // A platform takes no more at once; its time is the machine's.
                await Task.Delay(pace.ToTimeSpan(), ct);
            }
            else
            {
                quiet = (commits, Earlier(result.Next, await postman.NextDueAsync(ct)));
                return;
            }
        }

        throw new InvalidOperationException($"Still not quiet after {Rounds} rounds at {clock.Now}: something keeps deciding itself anew.");
    }

    public void Dispose() => one.Dispose();
}
