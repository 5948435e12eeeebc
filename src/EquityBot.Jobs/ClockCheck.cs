using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Jobs;

/// <summary>Where the hospital's day is the machine's and the database has a machine of its own, the two must agree: more than five minutes apart nothing is decided or sent, since either may be the wrong one.</summary>
public sealed class ClockCheck(EquityStore store, HospitalClock clock, ILogger<ClockCheck> log)
{
    static readonly Duration Tolerated = Duration.FromMinutes(5);

    /// <summary>As far as they were apart when last compared; null while they agree.</summary>
    public Duration? Apart { get; private set; }

    /// <summary>Compares them now. Alerts when they part and says when they agree again, once each.</summary>
    public async Task<bool> AreApartAsync(CancellationToken ct)
    {
        if (!store.IsPostgres || clock is not SystemHospitalClock)
        {
            return false;
        }

        var before = Apart;
        var skew = clock.GetUtcNow().ToInstant() - await ServerAsync(ct);
        Apart = skew > Tolerated || skew < -Tolerated ? skew : null;
        if (Apart is not null && before is null)
        {
            log.LogCritical("This machine's clock is {Minutes:F0} minutes ahead of the database server's; nothing is decided or sent until they agree", skew.TotalMinutes);
        }
        else if (Apart is null && before is not null)
        {
            log.LogWarning("This machine's clock and the database server's agree again; the work goes on");
        }

        return Apart is not null;
    }

    async Task<Instant> ServerAsync(CancellationToken ct)
    {
        await using var db = store.For(Guid.Empty);
        return Instant.FromUnixTimeMilliseconds(await db.Database.SqlQueryRaw<long>("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS \"Value\"").SingleAsync(ct));
    }
}
