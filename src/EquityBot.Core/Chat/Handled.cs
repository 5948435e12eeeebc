namespace EquityBot.Chat;

/// <summary>What came of a press, in the words of the practice contract.</summary>
public enum PressOutcome
{
    Done,
    Refused,
    Superseded,
    Repeat,
}

/// <summary>What the switchboard made of one incoming message; the channel turns it into its protocol's answer.</summary>
public abstract record Handled
{
    /// <summary>Committed, with these messages as the answer.</summary>
    public sealed record Answered(PressOutcome Outcome, IReadOnlyList<Guid> Messages) : Handled;

    /// <summary>The same event was committed before: say that all is well, and where the answer travels in the response, the same again.</summary>
    /// <param name="Outcome">Null where it was answered with no message.</param>
    public sealed record Duplicate(PressOutcome? Outcome, IReadOnlyList<Guid> Messages) : Handled;

    /// <summary>An event of that id was committed before, and it said something else: nothing was done.</summary>
    public sealed record Mismatch : Handled;

    /// <summary>The same event is being decided right now: ask the platform to try again.</summary>
    public sealed record Busy : Handled;

    /// <summary>Nobody we know writes from there: say nothing.</summary>
    public sealed record UnknownWorkspace : Handled;

    /// <summary>The workspace is known and the person is not: this card tells them how to be.</summary>
    public sealed record Stranger(Card Card) : Handled;

    /// <summary>No such message, button or room as far as this person can see.</summary>
    public sealed record NotFound : Handled;
}
