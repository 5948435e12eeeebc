using EquityBot.Chat;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>The owner hears before the due day, while there is nothing to explain.</summary>
public sealed class Remind : IEscalationAction
{
    public string Kind => "remind";

    public bool Writes => true;

    public IReadOnlyList<string> Buttons => ["report-progress", "complete-commitment", "push-commitment"];

    public IReadOnlyList<Effect> Compose(MissedPromise promise, EscalationStep step, Instant now) =>
        [new Effect.Tell(promise.Recipient, MessageKind.Reminder)];
}
