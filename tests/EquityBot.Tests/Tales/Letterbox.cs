using EquityBot.Chat;
using EquityBot.Tests.Given;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Tests.Tales;

/// <summary>In the place of a platform: keeps everything with its time, except where an outage says otherwise.</summary>
sealed class Letterbox(RandomStory story, StillClock clock) : IChannel
{
    public sealed record Letter(Instant At, string To, Guid MessageId, string Text, bool IsKnownToHaveArrived, LocalDate? LeavesOn);

    readonly List<Letter> letters = [];

    public string Name => "letterbox";

    public bool IsIdempotentByMessageId => false;

    public IReadOnlyList<Letter> All => letters;

    /// <summary>Last days by handle, as the roster has them at this moment of the story.</summary>
    public Dictionary<string, LocalDate?> LeavesOn { get; } = [];

    public Task<SendOutcome> SendAsync(RenderedMessage message, CancellationToken ct)
    {
        var outage = story.Outages.FirstOrDefault(one => one.Who == message.Address && clock.Now >= one.From && clock.Now < one.To);
        if (outage is not { MayHaveArrived: false })
        {
            letters.Add(new(clock.Now, message.Address, message.MessageId, message.Text, outage is null, LeavesOn.GetValueOrDefault(message.Address)));
        }

        return Task.FromResult<SendOutcome>(outage switch { null => new SendOutcome.Sent(), { MayHaveArrived: true } => new SendOutcome.Unknown("no answer"), _ => new SendOutcome.Permanent("no such conversation") });
    }
}
