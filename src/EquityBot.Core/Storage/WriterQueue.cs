namespace EquityBot.Storage;

/// <summary>Who goes first where there is one writer.</summary>
public enum Urgency
{
    /// <summary>A person waits for the answer.</summary>
    Inbound,

    /// <summary>A sweep or a delivery.</summary>
    Background,
}

/// <summary>
/// SQLite has one writer. Waiting for it here, in order and inbound first, replaces SQLite's own busy loop, which is neither fair nor prompt.
/// </summary>
public sealed class WriterQueue
{
    readonly Lock gate = new();
    readonly Queue<TaskCompletionSource> inbound = new();
    readonly Queue<TaskCompletionSource> background = new();
    bool busy;

    /// <summary>Waits for the pen. Dispose the result to hand it on.</summary>
    public async Task<IDisposable> EnterAsync(Urgency urgency, CancellationToken ct)
    {
        TaskCompletionSource? turn = null;
        lock (gate)
        {
            if (busy)
            {
                turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
                (urgency == Urgency.Inbound ? inbound : background).Enqueue(turn);
            }

            busy = true;
        }

        if (turn is not null)
        {
            await using var registration = ct.Register(() => turn.TrySetCanceled(ct));
            await turn.Task;
        }

        return new Pen(this);
    }

    void HandOn()
    {
        lock (gate)
        {
            while (inbound.TryDequeue(out var next) || background.TryDequeue(out next))
            {
                if (next.TrySetResult())
                {
                    return;
                }
            }

            busy = false;
        }
    }

    sealed class Pen(WriterQueue queue) : IDisposable
    {
        WriterQueue? held = queue;

        public void Dispose() => Interlocked.Exchange(ref held, null)?.HandOn();
    }
}
