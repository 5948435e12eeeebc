using EquityBot.Storage;
using NodaTime;

namespace EquityBot.Chat;


/// <summary>What became of one notice of a delivery.</summary>
public enum NoticeOutcome
{
    /// <summary>Still on its way, or to be followed up.</summary>
    Open,
    Arrived,

    /// <summary>No address of the recipient works, or nobody knows whether any does.</summary>
    Unreachable,
}

/// <summary>Turns the notices of one trigger into words at the moment they are sent, after asking again whether they are still true and still theirs.</summary>
public abstract class NoticeWriter
{
    public abstract string Trigger { get; }

    /// <summary>The card for the reader; null when the notice is no longer true or no longer theirs.</summary>
    public abstract Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct);

    /// <summary>Whether the outcome of its delivery means something to the subject. Only then are the next two called.</summary>
    public virtual bool MindsOutcome => false;

    /// <summary>The rows of these subjects that <see cref="SettledAsync"/> changes, locked in the order of ids; called before any delivery row is.</summary>
    public virtual Task LockAsync(EquityDb db, IReadOnlyCollection<Guid> subjects, CancellationToken ct) => Task.CompletedTask;

    /// <summary>What the outcome of its delivery means to the subject.</summary>
    public virtual Task SettledAsync(EquityDb db, Notice notice, NoticeOutcome outcome, Instant now, CancellationToken ct) => Task.CompletedTask;
}
