using EquityBot.Chat;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>The case stands on the agenda of the board's next meeting until it is decided.</summary>
public sealed class PutOnAgenda : IEscalationAction
{
    public string Kind => "put-on-agenda";

    public bool Writes => false;

    public IReadOnlyList<string> Buttons => [];

    public IReadOnlyList<Effect> Compose(MissedPromise promise, EscalationStep step, Instant now) =>
        [new Effect.PutOnAgenda()];
}
