namespace EquityBot.Chat;

/// <summary>Says what day it is for promises: due dates, schedules, retries, follow-ups. In practice mode it is stored and stands still between moves.</summary>
public abstract class HospitalClock : TimeProvider;

/// <summary>Runs leases, rate buckets, signatures, tokens, cookies: always the machine's own time.</summary>
public sealed class MachineClock(TimeProvider machine) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => machine.CreateTimer(callback, state, dueTime, period);
}

/// <summary>The hospital clock of a real installation is the machine's.</summary>
public sealed class SystemHospitalClock(MachineClock machine) : HospitalClock
{
    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow();
}
