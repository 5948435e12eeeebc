using EquityBot.Chat;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>The board owner, or the deputy, is asked to decide.</summary>
public sealed class AskForDecision : IEscalationAction
{
    public string Kind => "ask-for-decision";

    public bool Writes => true;

    public IReadOnlyList<string> Buttons => ["decide-case", "show"];

    public IReadOnlyList<Effect> Compose(MissedPromise promise, EscalationStep step, Instant now) =>
        [new Effect.Tell(promise.Recipient, MessageKind.Escalation)];
}
