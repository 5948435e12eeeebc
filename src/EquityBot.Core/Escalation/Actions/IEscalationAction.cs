using EquityBot.Chat;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>A promise whose day passed (or is near), and the person a step found for it.</summary>
public sealed record MissedPromise(string Ref, Person Owner, Person Recipient)
{
    /// <summary>Null while nobody holds that post.</summary>
    public Person? Officer { get; init; }
}

/// <summary>What a step brings about; written into rows by whoever fires it.</summary>
public abstract record Effect
{
    /// <summary>Somebody is to hear.</summary>
    public sealed record Tell(Person Recipient, MessageKind Kind) : Effect;

    /// <summary>The equity officer has something to do.</summary>
    public sealed record OpenTask(Person Officer) : Effect;

    /// <summary>The owner is offered help, in somebody's name.</summary>
    public sealed record OfferHelp(Person From, Person Owner) : Effect;

    /// <summary>It stands on the agenda of the board's next meeting.</summary>
    public sealed record PutOnAgenda : Effect;
}

/// <summary>One thing a step can do. Pure: what it brings about is returned, not done. One file each.</summary>
public interface IEscalationAction
{
    /// <summary>As schedules name it.</summary>
    string Kind { get; }

    /// <summary>Whether it writes to the step's recipient; a step has exactly one such action, and any number of the others beside it.</summary>
    bool Writes { get; }

    /// <summary>Verbs of the buttons that the recipient is offered, the first one primary.</summary>
    IReadOnlyList<string> Buttons { get; }

    IReadOnlyList<Effect> Compose(MissedPromise promise, EscalationStep step, Instant now);
}
