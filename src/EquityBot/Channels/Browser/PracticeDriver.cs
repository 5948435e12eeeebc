using EquityBot.Chat;
using EquityBot.Jobs;
using NodaTime;

namespace EquityBot.Channels.Browser;

/// <summary>Moves the clock: from one earliest due moment to the next, sweeps and deliveries until quiet at each. The scenario harness drives the same way.</summary>
public sealed class PracticeDriver(SweepRunner sweeps, Postman postman, PracticeClock clock) : IDisposable
{
    const int Rounds = 10_000;

    readonly SemaphoreSlim one = new(1);

    /// <summary>Runs whatever is due at the clock's now, until nothing moves any more.</summary>
    public async Task SettleAsync(CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            await UntilQuietAsync(ct);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>False when <paramref name="to"/> is earlier than now.</summary>
    /// <param name="outage">As if everything had been stopped meanwhile: nothing runs before the new time.</param>
    public async Task<bool> MoveAsync(Instant to, bool outage, CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            if (to < clock.Now)
            {
                return false;
            }

            if (!outage)
            {
                await UntilQuietAsync(ct);
                while (await NextDueAsync(ct) is { } next && next <= to)
                {
                    await clock.SetAsync(next, ct);
                    await UntilQuietAsync(ct);
                }
            }

            await clock.SetAsync(to, ct);
            await UntilQuietAsync(ct);
            return true;
        }
        finally
        {
            one.Release();
        }
    }

    public async Task<Instant?> NextDueAsync(CancellationToken ct)
    {
        var (sweep, post) = (await sweeps.NextDueAsync(ct), await postman.NextDueAsync(ct));
        return sweep is null || post < sweep ? post ?? sweep : sweep;
    }

    async Task UntilQuietAsync(CancellationToken ct)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var result = await sweeps.RunAllAsync(ct);
            if (result.Done + result.Failed + await postman.RunAsync(ct) == 0)
            {
                return;
            }
        }

        throw new InvalidOperationException($"Still not quiet after {Rounds} rounds at {clock.Now}: something keeps deciding itself anew.");
    }

    public void Dispose() => one.Dispose();
}
