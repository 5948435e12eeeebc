using EquityBot.Chat;
using NodaTime;

namespace EquityBot.Tests.Given;

/// <summary>A hospital clock that stands where a test put it.</summary>
sealed class StillClock(Instant start) : HospitalClock
{
    public Instant Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();
}
