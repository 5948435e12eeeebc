using System.Threading.Channels;

namespace EquityBot.Storage;

/// <summary>A row whose coming rings the <see cref="Doorbell"/>.</summary>
public interface IRings
{
    /// <summary>False for one that needs no ring, since whoever wrote it sees to it.</summary>
    bool Rings => true;
}

/// <summary>
/// Tells whoever delivers that something new was committed, so that it need not wait for the next poll. A convenience: a ring that is lost costs that poll,
/// and any number of rings before somebody listens are one.
/// </summary>
public sealed class Doorbell
{
    readonly Channel<bool> rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => rung.Writer.TryWrite(true);

    /// <summary>Returns at the next ring, or at once if it rang since the last wait. One may wait at a time.</summary>
    public async Task WaitAsync(CancellationToken ct) => await rung.Reader.ReadAsync(ct);
}
