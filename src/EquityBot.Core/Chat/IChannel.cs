using NodaTime;

namespace EquityBot.Chat;

/// <summary>A message ready for one address. The channel renders the neutral card in its own dialect.</summary>
/// <param name="MessageId">Ours; a channel that can carries it along.</param>
/// <param name="Address">The person's id in that channel, or the room's.</param>
public sealed record RenderedMessage(Guid OrganizationId, Guid MessageId, string Address, Card Card, string Text, string Preview)
{
    /// <summary>Of the words that the channel puts in itself.</summary>
    public string Language { get; init; } = "en";

    /// <summary>What the channel itself has kept about the way to that address (<see cref="People.ChatAddress.Route"/>, <see cref="People.Room.Route"/>).</summary>
    public string? Route { get; init; }

    /// <summary>Goes to several people, who all see it.</summary>
    public bool IsToRoom { get; init; }

    /// <summary>The id in that channel of the person whom the card calls by name (<see cref="Card.Calls"/>); null where it calls nobody, or nobody knows.</summary>
    public string? Called { get; init; }

    /// <summary>Where in the room (<see cref="Message.Thread"/>); null where it begins something of its own.</summary>
    public string? Thread { get; init; }

    /// <summary>Where this message stands already and is to be drawn anew; null where it is to be sent.</summary>
    public string? Place { get; init; }
}

/// <summary>What became of one request. Decides whether it may be made again (design §5).</summary>
public abstract record SendOutcome
{
    /// <summary>Another time it may come out otherwise: the platform is away, or has enough of us.</summary>
    public bool IsPassing => this is Refused or Throttled;

    /// <summary>It arrived.</summary>
    /// <param name="Place">Where it stands, from a channel that can draw it anew there; null where it stands where it stood.</param>
    public sealed record Sent(string? Place = null) : SendOutcome;

    /// <summary>Certainly not sent: refused connection, too many requests, an answer that says so.</summary>
    public sealed record Refused(string Reason) : SendOutcome;

    /// <summary>Certainly not sent, since there were too many (429). It counts as no try; nothing more goes that way before <paramref name="After"/> has passed.</summary>
    /// <param name="After">As the platform asks; null when it does not say, or not sensibly. Between one second and fifteen minutes are honoured.</param>
    /// <param name="Everywhere">The limit of the whole app in this organization, rather than of the one conversation.</param>
    public sealed record Throttled(string Reason, Duration? After, bool Everywhere) : SendOutcome
    {
        /// <summary>We held it back ourselves, and nothing was asked: it says nothing of how the platform is.</summary>
        public bool IsOurs { get; init; }
    }

    /// <summary>Certainly not sent, and no use trying this address again.</summary>
    public sealed record Permanent(string Reason) : SendOutcome;

    /// <summary>The request left and the answer did not come, or did not say.</summary>
    public sealed record Unknown(string Reason) : SendOutcome;
}

/// <summary>What a platform allows, kept on the machine clock by every process for itself (design §5). A delivery that has no token waits; others pass it.</summary>
/// <param name="PerConversation">For each person and each room.</param>
/// <param name="PerOrganization">For the app as a whole in one tenant.</param>
/// <param name="Open">Requests that may be open at once in one organization, so that one slow tenant does not hold the others. What is written down of none of them counts as open.</param>
public sealed record ChannelLimits(IReadOnlyList<RateLimit> PerConversation, IReadOnlyList<RateLimit> PerOrganization, int Open = 16)
{
    public static readonly ChannelLimits None = new([], []);
}

/// <summary>A way to reach people. Touches the network and nothing else.</summary>
public interface IChannel
{
    /// <summary><c>browser</c>, <c>teams</c>, <c>slack</c>, <c>email</c>.</summary>
    string Name { get; }

    /// <summary>Whether sending the same message id twice shows one message; then an unknown outcome may be tried again.</summary>
    bool IsIdempotentByMessageId { get; }

    /// <summary>How fast it may be used; the postman keeps to it.</summary>
    ChannelLimits Limits => ChannelLimits.None;

    /// <summary>
    /// Sends one message. Remote faults are outcomes; only bugs are exceptions. Called for many messages at once, but for one at a time to each person and room;
    /// what has not answered after twenty seconds is taken as unknown.
    /// </summary>
    Task<SendOutcome> SendAsync(RenderedMessage message, CancellationToken ct);
}
