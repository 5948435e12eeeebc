using EquityBot.Storage;
using NodaTime;

namespace EquityBot.Chat;


/// <summary>Turns the notices of one trigger into words at the moment they are sent, after asking again whether they are still true and still theirs.</summary>
public abstract class NoticeWriter
{
    public abstract string Trigger { get; }

    /// <summary>The card for the reader; null when the notice is no longer true or no longer theirs.</summary>
    public abstract Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct);

    /// <summary>The subject's rows that <see cref="SettledAsync"/> changes, locked; called before any delivery row is.</summary>
    public virtual Task LockAsync(EquityDb db, Notice notice, CancellationToken ct) => Task.CompletedTask;

    /// <summary>What the outcome of its delivery means to the subject.</summary>
    public virtual Task SettledAsync(EquityDb db, Notice notice, Delivery delivery, Instant now, CancellationToken ct) => Task.CompletedTask;
}
