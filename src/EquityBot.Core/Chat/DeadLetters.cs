using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Chat;

/// <summary>
/// What a person may do with what was given up. Both are asked by key and occurrence, so that a form sent twice, or from a page that is out of date, does
/// nothing the second time. Each leaves an entry in the audit trail.
/// </summary>
public sealed class DeadLetters(EquityStore store)
{
    public const string Retried = "retried";
    public const string Discarded = "discarded";

    public async Task<IReadOnlyList<DeadLetter>> ListAsync(Guid organization, CancellationToken ct)
    {
        await using var db = store.For(organization);
        return [.. (await DeadLetter.ParkedAsync(db, ct)).Concat(await DeadLetter.UndeliveredAsync(db, ct)).OrderByDescending(one => one.Since)];
    }

    /// <summary>False when it is no dead letter any more: retried, discarded or delivered meanwhile.</summary>
    public Task<bool> RetryAsync(Guid organization, string key, long occurrence, Person by, Instant now, CancellationToken ct) =>
        AttendAsync(organization, key, occurrence, by, Retried, now, async (db, letter) => await RetryAsync(db, letter, now, ct), ct);

    /// <inheritdoc cref="RetryAsync(Guid, string, long, Person, Instant, CancellationToken)"/>
    /// <param name="reason">Screened by the caller; at most <see cref="DiscardedLetter.LongestReason"/> characters.</param>
    public Task<bool> DiscardAsync(Guid organization, string key, long occurrence, string reason, Person by, Instant now, CancellationToken ct) =>
        AttendAsync(organization, key, occurrence, by, Discarded, now, (db, _) =>
        {
            db.Add(new DiscardedLetter { OrganizationId = organization, Key = key, Occurrence = occurrence, ById = by.Id, At = now, Reason = reason });
            return Task.CompletedTask;
        }, ct);

    Task<bool> AttendAsync(Guid organization, string key, long occurrence, Person by, string outcome, Instant now, Func<EquityDb, DeadLetter, Task> attend, CancellationToken ct) =>
        store.WriteAsync(organization, Urgency.Inbound, async db =>
        {
            if (!await LockAsync(db, key, ct)
                || (await DeadLetter.ParkedAsync(db, ct)).Concat(await DeadLetter.UndeliveredAsync(db, ct)).FirstOrDefault(one => one.Key == key && one.Occurrence == occurrence) is not { } letter)
            {
                return false;
            }

            await attend(db, letter);
            db.Add(new AuditEntry { OrganizationId = organization, At = now, ActorId = by.Id, Action = "operations", Subject = null, Outcome = outcome, Detail = $"{letter.State} {letter.Key}" });
            return true;
        }, ct);

    /// <summary>So that of two people who attend to it at once one comes second. False for a key that names nothing.</summary>
    static async Task<bool> LockAsync(EquityDb db, string key, CancellationToken ct) => key.Split('.') switch
    {
        ["delivery", var id] when Guid.TryParse(id, out var delivery) => await db.Set<Delivery>().Where(one => one.Id == delivery).ForUpdate().SingleOrDefaultAsync(ct) is not null,
        ["notice", var id] when Guid.TryParse(id, out var notice) => await db.Set<Notice>().Where(one => one.Id == notice).ForUpdate().SingleOrDefaultAsync(ct) is not null,
        ["row", var sweep, var id] when Guid.TryParse(id, out var row) => await db.Set<ParkedRow>().Where(one => one.Sweep == sweep && one.RowId == row).ForUpdate().SingleOrDefaultAsync(ct) is not null,
        _ => false,
    };

    static Task RetryAsync(EquityDb db, DeadLetter letter, Instant now, CancellationToken ct) => letter.Key.Split('.') switch
    {
        ["delivery", var id] => DeliverAgainAsync(db, Guid.Parse(id), now, ct),
        ["notice", var id] => WriteAgainAsync(db, Guid.Parse(id), now, ct),
        [_, var sweep, var id] => LookAgainAsync(db, sweep, Guid.Parse(id), ct),
        _ => throw new InvalidOperationException($"No dead letter has the key {letter.Key}."),
    };

    /// <summary>
    /// Begins again at the person's first address. What may come alone goes in the delivery that it had; what belongs into a morning's bundle is gathered
    /// anew, so that there is still only one a day. Whether it is still true and theirs is asked then, as ever.
    /// </summary>
    static async Task DeliverAgainAsync(EquityDb db, Guid id, Instant now, CancellationToken ct)
    {
        var delivery = await db.Set<Delivery>().SingleAsync(one => one.Id == id, ct);
        if (delivery.Slot == "morning")
        {
            foreach (var notice in await db.Set<Notice>().Where(one => one.DeliveryId == id && one.SupersededAt == null).ToListAsync(ct))
            {
                (notice.DeliveryId, notice.NotBefore) = (null, now);
            }

            delivery.Supersede();
            return;
        }

        var first = await db.Set<ChatAddress>().AsNoTracking().Where(one => one.PersonId == delivery.RecipientId).OrderBy(one => one.Rank).Select(one => one.Channel).FirstOrDefaultAsync(ct);
        delivery.TryNext(first ?? delivery.Channel);
    }

    static async Task WriteAgainAsync(EquityDb db, Guid id, Instant now, CancellationToken ct)
    {
        var notice = await db.Set<Notice>().SingleAsync(one => one.Id == id, ct);
        (notice.ParkedAt, notice.SupersededAt, notice.DeliveryId, notice.NotBefore) = (null, null, null, now);
    }

    /// <summary>The sweep finds it due as before, with all its tries before it.</summary>
    static async Task LookAgainAsync(EquityDb db, string sweep, Guid id, CancellationToken ct) =>
        db.Remove(await db.Set<ParkedRow>().SingleAsync(one => one.Sweep == sweep && one.RowId == id, ct));
}
