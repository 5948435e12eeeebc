using NodaTime;

namespace EquityBot.Chat;

/// <summary>A delivery that some process has in hand.</summary>
public sealed record Standing(Claimed Claim, DeliveryState State)
{
    /// <summary>Of a card that is drawn anew, which may be repeated.</summary>
    public bool IsRedraw { get; init; }
}

/// <summary>
/// Tells which claims nobody is working on any more: those that have stood unchanged for as long as a lease lasts, as this process itself has seen on its own clock.
/// It goes by no instant that another machine wrote down, since of two clocks a minute apart the one ahead would take everything its neighbour has in hand for lost.
/// </summary>
sealed class Leases(Duration length)
{
    Dictionary<(Guid Delivery, int Fence, DeliveryState State), Instant> since = [];

    /// <param name="standing">All claims there are.</param>
    public List<Standing> Over(IReadOnlyCollection<Standing> standing, Instant now)
    {
        since = standing.ToDictionary(Key, one => since.GetValueOrDefault(Key(one), now));
        return [.. standing.Where(one => now - since[Key(one)] >= length)];
    }

    static (Guid, int, DeliveryState) Key(Standing one) => (one.Claim.Id, one.Claim.Fence, one.State);
}
