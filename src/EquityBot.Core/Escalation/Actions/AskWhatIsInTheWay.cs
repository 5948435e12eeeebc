using EquityBot.Chat;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>The owner is asked what would help, before anybody else hears.</summary>
public sealed class AskWhatIsInTheWay : IEscalationAction
{
    public string Kind => "ask-what-is-in-the-way";

    public bool Writes => true;

    public IReadOnlyList<string> Buttons => ["report-progress", "no-change", "block-commitment", "acknowledge-case", "complete-commitment"];

    public IReadOnlyList<Effect> Compose(MissedPromise promise, EscalationStep step, Instant now) =>
        [new Effect.Tell(promise.Recipient, MessageKind.Escalation)];
}
