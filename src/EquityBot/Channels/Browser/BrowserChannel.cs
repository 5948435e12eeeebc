using System.Collections.Concurrent;
using EquityBot.Chat;

namespace EquityBot.Channels.Browser;

/// <summary>
/// Sends to the practice page, whose conversations are the messages that were marked as sent; nothing leaves the process. Fails as it is told to, so that one
/// can watch what happens to people who cannot be reached.
/// </summary>
public sealed class BrowserChannel : IChannel
{
    readonly ConcurrentDictionary<string, (string Outcome, int Times)> faults = new(StringComparer.OrdinalIgnoreCase);

    public string Name => BrowserModule.Channel;

    /// <summary>Behaves like the platforms that are not, so that practice shows what they show.</summary>
    public bool IsIdempotentByMessageId => false;

    public static readonly string[] Outcomes = ["refused", "unknown", "permanent"];

    /// <summary>The next deliveries to this handle end like this.</summary>
    public void Fail(string handle, string outcome, int times) => faults[handle] = (outcome, times);

    public void ForgetFaults() => faults.Clear();

    public Task<SendOutcome> SendAsync(RenderedMessage message, CancellationToken ct)
    {
        SendOutcome outcome = new SendOutcome.Sent();
        if (faults.TryGetValue(message.Address, out var fault) && fault.Times > 0)
        {
            faults[message.Address] = fault with { Times = fault.Times - 1 };
            outcome = fault.Outcome switch
            {
                "refused" => new SendOutcome.Refused("practice: refused"),
                "permanent" => new SendOutcome.Permanent("practice: permanent"),
                _ => new SendOutcome.Unknown("practice: unknown"),
            };
        }

        return Task.FromResult(outcome);
    }
}
