using EquityBot.Chat;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>The owner is offered help in the equity officer's name, before anybody above hears.</summary>
public sealed class OfferOfficersHelp : IEscalationAction
{
    public string Kind => "offer-help";

    public bool Writes => false;

    public IReadOnlyList<string> Buttons => [];

    public IReadOnlyList<Effect> Compose(MissedPromise promise, EscalationStep step, Instant now) =>
        promise.Officer is { } officer && officer.Id != promise.Owner.Id ? [new Effect.OfferHelp(officer, promise.Owner)] : [];
}
