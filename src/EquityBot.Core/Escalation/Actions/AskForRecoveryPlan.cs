using EquityBot.Chat;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>The recipient is asked for a plan by which the promise is still kept: what, by whom, by when.</summary>
public sealed class AskForRecoveryPlan : IEscalationAction
{
    public string Kind => "ask-for-recovery-plan";

    public bool Writes => true;

    public IReadOnlyList<string> Buttons => ["submit-recovery-plan", "offer-help", "show"];

    public IReadOnlyList<Effect> Compose(MissedPromise promise, EscalationStep step, Instant now) =>
        [new Effect.Tell(promise.Recipient, MessageKind.Escalation)];
}
