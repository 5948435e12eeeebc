namespace EquityBot.Chat;

/// <summary>A message ready for one address. The channel renders the neutral card in its own dialect.</summary>
/// <param name="MessageId">Ours; a channel that can carries it along.</param>
/// <param name="Address">The person's id in that channel.</param>
public sealed record RenderedMessage(Guid OrganizationId, Guid MessageId, string Address, Card Card, string Text, string Preview);

/// <summary>What became of one request. Decides whether it may be made again (design §5).</summary>
public abstract record SendOutcome
{
    /// <summary>It arrived.</summary>
    public sealed record Sent : SendOutcome;

    /// <summary>Certainly not sent: refused connection, too many requests, an answer that says so.</summary>
    public sealed record Refused(string Reason) : SendOutcome;

    /// <summary>Certainly not sent, and no use trying this address again.</summary>
    public sealed record Permanent(string Reason) : SendOutcome;

    /// <summary>The request left and the answer did not come, or did not say.</summary>
    public sealed record Unknown(string Reason) : SendOutcome;
}

/// <summary>A way to reach people. Touches the network and nothing else.</summary>
public interface IChannel
{
    /// <summary><c>browser</c>, <c>teams</c>, <c>slack</c>, <c>email</c>.</summary>
    string Name { get; }

    /// <summary>Whether sending the same message id twice shows one message; then an unknown outcome may be tried again.</summary>
    bool IsIdempotentByMessageId { get; }

    /// <summary>Sends one message. Remote faults are outcomes; only bugs are exceptions.</summary>
    Task<SendOutcome> SendAsync(RenderedMessage message, CancellationToken ct);
}
