using System.Globalization;
using EquityBot.Chat;

namespace EquityBot.Commitments;

/// <summary>One promise as it stands, with every button its reader may press.</summary>
public static class CommitmentCard
{
    public static Card Of(View view, Reader reader)
    {
        var commitment = (Commitment)view.Subject;
        var words = reader.Words;
        var details = reader.May("read-details", commitment);
        return new(
            Title(commitment, words),
            [
                StatusOf(commitment, words),
                .. Optional(Waits(commitment, reader)),
                .. Optional(With(commitment, reader)),
                new Facts(
                    new Fact(words["commitment.due"], commitment.Due is { } due ? reader.DueDay(due, commitment.OwnerId) : words["commitment.no-date"]),
                    new Fact(words["commitment.owner"], OwnerOf(commitment, reader)),
                    new Fact(words["commitment.department"], reader.Roster.Department(commitment.DepartmentId).Name),
                    new Fact(words["commitment.for-whom"], commitment.ForWhom ?? words["commitment.not-named"]),
                    Follows(commitment, words),
                    Goals(commitment, words),
                    commitment.Audience is { } audience ? new Fact(words["form.audience"], words[$"audience.{audience}"]) : null,
                    details ? Resources(commitment, words) : null,
                    details && commitment.Evidence is { } evidence ? new Fact(words["commitment.evidence"], evidence) : null),
                .. details ? Details(view, commitment, reader) : [],
                .. Optional(details && commitment.Source is { } source ? new Link(words["commitment.source"], source) : null),
                .. Optional(reader.EveryButton(view)),
            ]);
    }

    static IEnumerable<Block> Details(View view, Commitment commitment, Reader reader) =>
    [
        .. Optional(LastNote(commitment, reader)),
        .. Optional(EnteredLate(commitment, reader)),
        .. Optional(commitment.Extensions == 0 ? null : new Quiet(reader.Words["commitment.extensions", ("count", commitment.Extensions), ("limit", commitment.ExtensionLimit)])),
        .. view.Describe(reader),
    ];

    /// <summary>The owner, who said it on their behalf, and who acts for them now.</summary>
    static string OwnerOf(Commitment commitment, Reader reader) =>
        reader.Roster.HasLeft(reader.Roster[commitment.OwnerId], reader.Now) ? reader.Words["commitment.owner-left", ("name", NameOf(commitment, reader))]
        : reader.Roster.ActingFor(reader.Roster[commitment.OwnerId], reader.Now) is { } acting ? reader.Words["commitment.owner-acting", ("name", NameOf(commitment, reader)), ("acting", reader.Name(acting.Id))]
        : NameOf(commitment, reader);

    static string NameOf(Commitment commitment, Reader reader) => commitment.AuthorId == commitment.OwnerId || reader.Roster.Find(commitment.AuthorId) is null
        ? reader.Name(commitment.OwnerId)
        : reader.Words["commitment.owner-and-author", ("name", reader.Name(commitment.OwnerId)), ("author", reader.Name(commitment.AuthorId))];

    static Quiet? EnteredLate(Commitment commitment, Reader reader) =>
        commitment is { LastReportAt: { } at, LastReportOn: { } on } && at.InZone(reader.Roster.ZoneOf(reader.Roster[commitment.OwnerId])).Date is var entered && entered > on
            ? new(reader.Words["progress.entered-late", ("day", reader.Day(on)), ("entered", reader.Day(entered))])
            : null;

    static IEnumerable<Block> Optional(Block? block) => block is null ? [] : [block];

    /// <summary>"C-12 · Offer an interpreter at every discharge".</summary>
    public static string Title(Commitment commitment, Phrases words) =>
        words["commitment.title", ("reference", commitment.Ref), ("statement", commitment.Statement)];

    public static Status StatusOf(Commitment commitment, Phrases words) =>
        new(words[$"commitment.status.{commitment.Status}"], MoodOf(commitment.Status));

    /// <summary>Who keeps it together with the department that is accountable; null where nobody does.</summary>
    public static Quiet? With(Commitment commitment, Reader reader) => commitment.Contributors.Count == 0 ? null : new(reader.Words[
        "commitment.with",
        ("accountable", reader.Roster.Department(commitment.DepartmentId).Name),
        ("departments", string.Join(", ", commitment.Contributors.Select(one => reader.Roster.Department(one).Name)))]);

    /// <summary>For whose late supply it waits, and since when; null while it waits for none.</summary>
    public static Banner? Waits(Commitment commitment, Reader reader) => commitment is { WaitsForId: { } department, WaitsSince: { } since }
        ? new(reader.Words["commitment.waits", ("department", reader.Roster.Department(department).Name), ("day", reader.Day(since))], Mood.Waiting)
        : null;

    /// <summary>The decision of the board that it follows from; null where it follows from none.</summary>
    public static Fact? Follows(Commitment commitment, Phrases words) =>
        commitment.Follows is { } decided ? new(words["commitment.follows"], words["commitment.follows-decision", ("reference", decided)]) : null;

    /// <summary>The goals that it serves, each by its number and title; null where none is named.</summary>
    public static Fact? Goals(Commitment commitment, Phrases words) =>
        commitment.Goals is { } goals ? new(words["commitment.goals"], string.Join("; ", goals.Split(';').Select(goal => words[$"goal.{goal}"]))) : null;

    static Fact? Resources(Commitment commitment, Phrases words)
    {
        string?[] parts =
        [
            commitment.Money is { } money ? words["commitment.money", ("amount", money.ToString("N0", CultureInfo.InvariantCulture))] : null,
            commitment.Staff is { } staff ? words["commitment.staff", ("count", staff.ToString("0.##", CultureInfo.InvariantCulture))] : null,
        ];
        return parts.OfType<string>().ToList() is { Count: > 0 } said ? new(words["commitment.resources"], string.Join(", ", said)) : null;
    }

    /// <summary>What was said last about it, and by whom; null when nothing was.</summary>
    public static Quote? LastNote(Commitment commitment, Reader reader) =>
        commitment is { LastNote: { } note, LastNoteById: { } by } ? new(note, reader.Name(by)) : null;

    static Mood MoodOf(CommitmentStatus status) => status switch
    {
        CommitmentStatus.Met => Mood.Kept,
        CommitmentStatus.AtRisk => Mood.AtRisk,
        CommitmentStatus.Missed => Mood.Missed,
        CommitmentStatus.Proposed or CommitmentStatus.DoneUnconfirmed or CommitmentStatus.WithdrawalPending => Mood.Waiting,
        _ => Mood.Plain,
    };
}
