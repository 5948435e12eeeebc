using EquityBot.Chat;
using EquityBot.Doubles;

namespace EquityBot.Tests.Chat;

/// <summary>A channel with limits, which answers when and what the test says.</summary>
sealed class Paced(Func<RenderedMessage, Task> takes, ChannelLimits limits) : IChannel
{
    public string Name => StandInChannel.Channel;

    public bool IsIdempotentByMessageId => false;

    public ChannelLimits Limits => limits;

    public Func<SendOutcome> Answers { get; init; } = () => new SendOutcome.Sent();

    public async Task<SendOutcome> SendAsync(RenderedMessage message, CancellationToken ct)
    {
        await takes(message);
        return Answers();
    }
}
