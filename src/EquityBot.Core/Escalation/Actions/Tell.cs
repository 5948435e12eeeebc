using EquityBot.Chat;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>Somebody above the owner hears, and can help.</summary>
public sealed class Tell : IEscalationAction
{
    public string Kind => "tell";

    public bool Writes => true;

    public IReadOnlyList<string> Buttons => ["offer-help", "show"];

    public IReadOnlyList<Effect> Compose(MissedPromise promise, EscalationStep step, Instant now) =>
        [new Effect.Tell(promise.Recipient, MessageKind.Escalation)];
}
