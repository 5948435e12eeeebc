using EquityBot.Chat;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>The equity officer gets a task beside the message.</summary>
public sealed class OpenTask : IEscalationAction
{
    public string Kind => "open-task";

    public bool Writes => false;

    public IReadOnlyList<string> Buttons => [];

    public IReadOnlyList<Effect> Compose(MissedPromise promise, EscalationStep step, Instant now) =>
        promise.Officer is { } officer && officer.Id != promise.Recipient.Id ? [new Effect.OpenTask(officer)] : [];
}
