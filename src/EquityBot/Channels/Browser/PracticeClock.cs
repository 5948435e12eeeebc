using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Channels.Browser;

/// <summary>The hospital clock of practice mode: stored, and still between moves.</summary>
public sealed class PracticeClock(EquityStore store) : HospitalClock
{
    Instant now;

    public override DateTimeOffset GetUtcNow() => now.ToDateTimeOffset();

    public Instant Now => now;

    /// <summary>False when it was never set.</summary>
    public async Task<bool> LoadAsync(CancellationToken ct)
    {
        await using var db = store.For(Guid.Empty);
        var stored = await db.Set<StoredClock>().AsNoTracking().SingleOrDefaultAsync(ct);
        now = stored?.Now ?? now;
        return stored is not null;
    }

    public async Task SetAsync(Instant to, CancellationToken ct)
    {
        await store.WriteAsync(
            Guid.Empty,
            Urgency.Background,
            async db =>
            {
                if (await db.Set<StoredClock>().SingleOrDefaultAsync(ct) is { } stored)
                {
                    stored.Now = to;
                }
                else
                {
                    db.Add(new StoredClock { Now = to });
                }
            },
            ct);
        now = to;
    }
}
