using System.Linq.Expressions;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Chat;

/// <summary>
/// Lets go of what has served: events whose platform asks no more, buttons that were pressed long ago, the history of sweeps. Promises, notices, messages and
/// the audit trail stay. Small batches, so that nobody waits for it; nothing waits for it either.
/// </summary>
public sealed class PruneSweep(EquityStore store, ILogger<PruneSweep> log) : ISweep
{
    const int Batch = 1000;

    /// <summary>PostgreSQL's own cleaning leaves a fifth as many dead rows as live ones. So many and as many again as live ones mean that something keeps it from its work.</summary>
    const int ManyDead = 1000;

    /// <summary>The platforms ask again within hours at most.</summary>
    static readonly Duration EventsKept = Duration.FromDays(7);
    static readonly Duration ButtonsKept = Duration.FromDays(90);
    static readonly Duration RunsKept = Duration.FromDays(90);
    static readonly Duration Rhythm = Duration.FromHours(1);

    Instant lookedAt = Instant.MinValue;

    public string Name => "prune";

    /// <summary>Looks once an hour, at every ring while there is more.</summary>
    public async Task<SweepResult> RunAsync(Instant now, CancellationToken ct)
    {
        if (now < lookedAt + Rhythm && now >= lookedAt)
        {
            return SweepResult.Nothing;
        }

        var gone = await BatchAsync<SweepRun>(Guid.Empty, run => run.StartedAt, now - RunsKept, ct);
        foreach (var organization in await OrganizationsAsync(ct))
        {
            gone += await BatchAsync<ReceivedEvent>(organization, received => received.At, now - EventsKept, ct);
            gone += await BatchAsync<ButtonRecord>(organization, button => button.PressedAt!.Value, now - ButtonsKept, ct);
        }

        if (gone == 0)
        {
            await WarnAsync(ct);
        }

        lookedAt = gone == 0 ? now : Instant.MinValue;
        return new(gone, 0);
    }

    /// <summary>Every claim passes by what cannot be cleared away. Who holds it back is seldom ours to see, so that the signs are counted.</summary>
    async Task WarnAsync(CancellationToken ct)
    {
        if (!store.IsPostgres)
        {
            return;
        }

        await using var db = store.For(Guid.Empty);
        var heaps = await db.Database
            .SqlQuery<string>($"SELECT relname || ' (' || n_dead_tup || ')' AS \"Value\" FROM pg_stat_user_tables WHERE n_dead_tup > {ManyDead} + n_live_tup ORDER BY n_dead_tup DESC")
            .ToListAsync(ct);
        if (heaps.Count > 0)
        {
            log.LogWarning("Dead rows pile up in {Tables} and slow every claim down: look in pg_stat_activity for a transaction that stays open, and whether autovacuum runs", string.Join(", ", heaps));
        }
    }

    public IQueryable<DueRow>? Rows(AcrossOrganizations everywhere) => null;

    async Task<List<Guid>> OrganizationsAsync(CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        return await everywhere.Rows<Organization>().Select(one => one.Id).ToListAsync(ct);
    }

    /// <summary>The oldest thousand or so, found and deleted along the index of their times. Where there are none nobody waits for a writer.</summary>
    async Task<int> BatchAsync<T>(Guid organization, Expression<Func<T, Instant>> at, Instant before, CancellationToken ct) where T : class
    {
        await using var reader = store.For(organization);
        return !await Old(reader).AnyAsync(ct) ? 0 : await store.WriteAsync(
            organization,
            Urgency.Background,
            async db =>
            {
                var last = await Old(db).OrderBy(at).Select(at).Skip(Batch - 1).Take(1).ToListAsync(ct);
                return await (last.Count == 0 ? Old(db) : Old(db).Where(Until(at, last[0]))).ExecuteDeleteAsync(ct);
            },
            ct);

        IQueryable<T> Old(EquityDb db) => db.Set<T>().Where(Until(at, before));
    }

    /// <summary>The time is a variable of the query, not a part of it: a query that is another one every hour is translated and compiled every hour.</summary>
    static Expression<Func<T, bool>> Until<T>(Expression<Func<T, Instant>> at, Instant until)
    {
        Expression<Func<Instant>> variable = () => until;
        return Expression.Lambda<Func<T, bool>>(Expression.LessThanOrEqual(at.Body, variable.Body), at.Parameters);
    }
}
