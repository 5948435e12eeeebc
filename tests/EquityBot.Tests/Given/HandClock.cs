namespace EquityBot.Tests.Given;

/// <summary>A machine's clock that is moved by hand, and its timers with it.</summary>
sealed class HandClock(DateTimeOffset start) : TimeProvider
{
    readonly List<Waiting> timers = [];
    DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow()
    {
        lock (timers)
        {
            return now;
        }
    }

    /// <summary>Whether somebody waits for no longer than that.</summary>
    public bool IsAwaitedWithin(TimeSpan time)
    {
        lock (timers)
        {
            return timers.Any(timer => timer.At <= now + time);
        }
    }

    /// <summary>Whatever is due by then goes off, in its order.</summary>
    public void Pass(TimeSpan time)
    {
        lock (timers)
        {
            now += time;
        }

        while (Next() is { } due)
        {
            due.Rings();
        }
    }

    Waiting? Next()
    {
        lock (timers)
        {
            var due = timers.Where(timer => timer.At <= now).MinBy(timer => timer.At);
            if (due is not null)
            {
                due.At = null;
            }

            return due;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Waiting(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (timers)
        {
            timers.Add(timer);
        }

        return timer;
    }

    sealed class Waiting(HandClock clock, Action rings) : ITimer
    {
        public DateTimeOffset? At { get; set; }

        public Action Rings => rings;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.timers)
            {
                At = dueTime == Timeout.InfiniteTimeSpan ? null : clock.now + dueTime;
                return true;
            }
        }

        public void Dispose()
        {
            lock (clock.timers)
            {
                clock.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
