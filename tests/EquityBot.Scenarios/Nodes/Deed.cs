using EquityBot.Chat;
using EquityBot.Commitments;
using NodaTime;

namespace EquityBot.Scenarios.Nodes;

enum Kind
{
    Create,
    Acknowledge,
    Edit,
    Close,
    Reopen,
    Confirm,
    Look,
}

/// <summary>What somebody wanted of a promise, and what they were told. Times are those of the one clock of the whole test.</summary>
/// <param name="Word">Typed by nobody else and never again; it comes back in the promise's own record.</param>
/// <param name="OnVersion">Where a button was pressed: for which version it was made.</param>
sealed record Deed(string Ref, Kind Kind, string Who, string Word, TimeSpan Began, LocalDate? Due = null, bool AtRisk = false, int? OnVersion = null)
{
    /// <summary>Null where no answer ever came: it may have been done, at any time since.</summary>
    public TimeSpan? Ended { get; init; }

    /// <summary>Null where no answer came, and where the answer said no more than that the event had been taken.</summary>
    public PressOutcome? Outcome { get; init; }

    /// <summary>The answer's text, and the version that its buttons were made for where they say so.</summary>
    public (string Text, int? Version)? Seen { get; init; }

    public bool IsAcknowledged => Outcome == PressOutcome.Repeat || (Outcome == PressOutcome.Done && Kind != Kind.Look);

    public override string ToString() => $"{Began:ss\\.fff}–{Ended:ss\\.fff} {Who} {Kind} {Word} {Due?.ToString("MMM d", null)}{(AtRisk ? " at risk" : "")}{(OnVersion is { } on ? $" on v{on}" : "")} → {Outcome}{(Ended is null ? "no answer" : "")}{(Seen?.Version is { } seen ? $" v{seen}" : "")}";
}

/// <summary>One promise as a single thread would keep it: what the product's rows, cards and answers are compared with.</summary>
sealed record Promise(int Version, CommitmentStatus Status, LocalDate Due, string? Word)
{
    const int Extensions = 2;

    public int Moves { get; init; }

    /// <summary>The sponsor was asked for more time and never answers.</summary>
    public bool HasAsked { get; init; }

    bool IsRunning => Status is CommitmentStatus.Active or CommitmentStatus.AtRisk;

    /// <summary>The promise after this was done to it; null where it is to be refused.</summary>
    public static Promise? After(Promise? before, Deed deed) => (deed.Kind, before) switch
    {
        (Kind.Create, null) => new(2, CommitmentStatus.Active, deed.Due!.Value, null),
        (Kind.Create, _) or (_, null) => null,
        (Kind.Acknowledge, { IsRunning: true }) => before.Become(deed.AtRisk ? CommitmentStatus.AtRisk : CommitmentStatus.Active) with { Word = deed.Word },
        (Kind.Edit, { IsRunning: true }) when deed.Due <= before.Due => null,
        (Kind.Edit, { IsRunning: true, Moves: < Extensions }) => before.Become(CommitmentStatus.Active) with { Word = deed.Word, Due = deed.Due!.Value, Moves = before.Moves + 1 },
        (Kind.Edit, { IsRunning: true, HasAsked: false }) => before with { HasAsked = true },
        (Kind.Close, { IsRunning: true }) => before.Become(CommitmentStatus.DoneUnconfirmed),
        (Kind.Reopen, { Status: CommitmentStatus.DoneUnconfirmed }) => before.Become(CommitmentStatus.Active),
        (Kind.Confirm, { Status: CommitmentStatus.DoneUnconfirmed }) => before.Become(CommitmentStatus.Met),
        (Kind.Look, _) => before,
        _ => null,
    };

    Promise Become(CommitmentStatus status) => this with { Status = status, Version = Version + 1 };

    /// <summary>Whether this is the promise that somebody was shown.</summary>
    public bool Fits((string Text, int? Version) seen) =>
        (seen.Version ?? Version) == Version && seen.Text.Contains(StatusWord, StringComparison.Ordinal) && (Word is null || seen.Text.Contains(Word, StringComparison.Ordinal));

    string StatusWord => Status switch
    {
        CommitmentStatus.Active => "● On the plan",
        CommitmentStatus.AtRisk => "▲ At risk",
        CommitmentStatus.DoneUnconfirmed => "◷ Done, waits for confirmation",
        _ => "✔ Kept",
    };
}
