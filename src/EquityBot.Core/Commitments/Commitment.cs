using System.Globalization;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using NodaTime;

namespace EquityBot.Commitments;

public enum CommitmentStatus
{
    Draft,
    Proposed,
    Active,
    AtRisk,
    DoneUnconfirmed,
    Met,
    Missed,
    WithdrawalPending,
    Withdrawn,
    CarriedOver,
}

/// <summary>A promise: what, by when, by whom, for whom.</summary>
public sealed partial class Commitment : ISubject, IOwned
{
    /// <summary>Whose change it is about.</summary>
    public static readonly IReadOnlyList<string> Levels = ["patient", "organization", "community", "societal"];

    /// <summary>A promise for a day further away than this is a slip of the keyboard.</summary>
    public static readonly Period Furthest = Period.FromYears(10);

    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required int Number { get; init; }

    public string Ref => string.Create(CultureInfo.InvariantCulture, $"C-{Number}");

    public required string Statement { get; set; }

    public required Guid OwnerId { get; set; }

    public required Guid DepartmentId { get; set; }

    /// <summary>Who said it; not always the owner.</summary>
    public required Guid AuthorId { get; init; }

    /// <summary>Ends at midnight in the owner's zone. Null only in a draft.</summary>
    public LocalDate? Due { get; set; }

    /// <summary>Of a draft whose words can be read in two ways, the other day; null once one of them was chosen.</summary>
    public LocalDate? OtherDue { get; set; }

    /// <summary>The group or inequity; null is shown as "not named".</summary>
    public string? ForWhom { get; set; }

    /// <summary>patient, organization, community or societal.</summary>
    public string? Level { get; set; }

    /// <summary>social or structural.</summary>
    public string? Driver { get; set; }

    /// <summary>internal, external, power-sharing or other: before whom it is promised.</summary>
    public string? Audience { get; set; }

    /// <summary>The goals of the framework that it serves, "2.2;4.1"; null when none is named.</summary>
    public string? Goals { get; set; }

    /// <summary>Set aside for it, in whole units of the organization's currency; null when nothing was said, zero when none is needed.</summary>
    public long? Money { get; set; }

    /// <summary>People set aside for it, in full-time equivalents; null when nothing was said.</summary>
    public decimal? Staff { get; set; }

    /// <summary>How often it is asked about, and on which day; null means no check-ins.</summary>
    public Rhythm? Rhythm { get; set; }

    public Cadence? Cadence => Rhythm?.Cadence;

    public CommitmentStatus Status { get; private set; } = CommitmentStatus.Draft;

    public int Version { get; private set; } = 1;

    public Instant? AcceptedAt { get; private set; }

    public int Extensions { get; private set; }

    /// <summary>The due date may be moved this often, before or after a miss; after that the sponsor decides. Its schedule says so when it is accepted.</summary>
    public int ExtensionLimit { get; set; } = 2;

    public string? LastNote { get; private set; }

    public Guid? LastNoteById { get; private set; }

    public Instant? LastReportAt { get; private set; }

    /// <summary>The latest local date, where the owner is, that a report was about; earlier than the day of <see cref="LastReportAt"/> where it was entered late.</summary>
    public LocalDate? LastReportOn { get; private set; }

    public string? Evidence { get; private set; }

    /// <summary>Who says that it is done, and on which day where the owner is; null when nobody does.</summary>
    public Guid? ClaimedById { get; private set; }

    public LocalDate? ClaimedOn { get; private set; }

    /// <summary>Working days after the due day that a claim of done waited in vain; the escalation that follows adds them.</summary>
    public int WaitedDays { get; private set; }

    /// <summary>The department whose agreed supply is late, and the agreed day; null while the promise waits for none. While it does, its own day is not missed.</summary>
    public Guid? WaitsForId { get; private set; }

    public LocalDate? WaitsSince { get; private set; }

    /// <summary>Working days lost to supplies that came late, since its day was last set; the escalation that follows adds them. Below zero while days before a new day are still to be left out.</summary>
    public int LostDays { get; private set; }

    /// <summary>Since when it lies with the board, which alone moves it from here; null when it does not.</summary>
    public Instant? BoardSince { get; set; }

    /// <summary>E-4, where it follows from what the board decided about it; else null.</summary>
    public string? Follows { get; init; }

    /// <summary>Departments whose leads have signed to contribute. The promise counts for its own department alone.</summary>
    public IReadOnlyCollection<Guid> Contributors => SignedOn ?? [];

    /// <summary>Null where nobody has.</summary>
    public List<Guid>? SignedOn { get; private set; }

    /// <summary>The room in which it was first said; null in a personal conversation.</summary>
    public Guid? RoomId { get; init; }

    /// <summary>Where the channel shows the message that it was made of; null where it was said to us.</summary>
    public Uri? Source { get; init; }

    /// <summary>Was accepted at some time: drafts and proposals are between the people concerned.</summary>
    public bool IsOnThePlan => AcceptedAt is not null;

    /// <summary>Since which local date, where whoever owes it is, an answer is awaited; null when none is.</summary>
    public LocalDate? AskedOn { get; private set; }

    /// <summary>When the watch over answers has to look next; null when none is owed.</summary>
    public Instant? AnswerLookAt { get; set; }

    /// <summary>When the escalation has to look at this promise next; null when nothing can fall due. Set to now by whatever changes it.</summary>
    public Instant? LookAt { get; set; }

    /// <summary>Promised, and neither kept nor given up.</summary>
    public bool IsRunning => Status is CommitmentStatus.Active or CommitmentStatus.AtRisk;

    /// <summary>Working days that its escalation begins later: a claim of done waited in vain, a supply came late.</summary>
    public int DelayDays => WaitedDays + Math.Max(0, LostDays);

    /// <summary>Its day counts: running, or only asked to be given back.</summary>
    public bool IsWatched => IsRunning || Status == CommitmentStatus.WithdrawalPending;

    public bool IsOpen => IsRunning || Status is CommitmentStatus.Missed or CommitmentStatus.DoneUnconfirmed or CommitmentStatus.Proposed or CommitmentStatus.WithdrawalPending;

    /// <summary>Somebody else is asked: to take it, to confirm it, to let it go. Their silence counts from this day.</summary>
    public void Ask(LocalDate on, Instant now) => (AskedOn, AnswerLookAt) = (on, now);

    public void Propose() => Become(CommitmentStatus.Proposed);

    public void Accept(Instant now)
    {
        AcceptedAt = now;
        Become(CommitmentStatus.Active, now);
    }

    /// <summary>
    /// A report by the owner, a delegate or the lead. A promise already missed stays missed until it is met or moved; a report about an earlier day than the
    /// last one adds to the record and changes nothing else.
    /// </summary>
    /// <param name="on">The local date, where the owner is, that it is about.</param>
    public void Report(ProgressStatus status, string? note, string? evidence, Guid by, LocalDate on, Instant now)
    {
        Evidence = evidence ?? Evidence;
        LastReportAt = now;
        if (on < LastReportOn)
        {
            return;
        }

        (LastNote, LastNoteById, LastReportOn) = (note ?? LastNote, note is null ? LastNoteById : by, on);
        var running = status == ProgressStatus.OnTrack ? CommitmentStatus.Active : CommitmentStatus.AtRisk;
        Become(Status == CommitmentStatus.Missed ? Status : running, now);
    }

    public void ClaimDone(string? evidence, Guid by, LocalDate on, Instant now)
    {
        Evidence = evidence ?? Evidence;
        (ClaimedById, ClaimedOn) = (by, on);
        Become(CommitmentStatus.DoneUnconfirmed, now);
    }

    public void ConfirmMet() => Become(CommitmentStatus.Met);

    /// <summary>It goes on: not done after all, or not given back after all. Where its day has ended meanwhile, the watch finds it missed.</summary>
    /// <param name="waitedDays">Working days after the due day that the claim has waited.</param>
    public void GoOn(int waitedDays, Instant now)
    {
        (ClaimedById, ClaimedOn, WaitedDays) = (null, null, waitedDays);
        Become(CommitmentStatus.Active, now);
    }

    /// <summary>Said more precisely; nothing of what was promised changes.</summary>
    public void Refine() => Version++;

    /// <summary>Worded anew; the old words stay in its history.</summary>
    public void Reword(string statement) => (Statement, Version) = (statement, Version + 1);

    /// <summary>It is asked about in another rhythm from here on; null ends the check-ins.</summary>
    public void AskAbout(Rhythm? rhythm)
    {
        Rhythm = rhythm;
        Version++;
    }

    /// <summary>The owner asks to give it back; its day goes on counting.</summary>
    public void AskToWithdraw(Instant now) => Become(CommitmentStatus.WithdrawalPending, now);

    public void Withdraw() => Become(CommitmentStatus.Withdrawn);

    public void SignOn(Guid department) => SignedOn = [.. Contributors.Append(department).Distinct()];

    /// <summary>Department, calendar, lead and sponsor are the new owner's from here on.</summary>
    public void HandTo(Person owner, Instant now)
    {
        (OwnerId, DepartmentId) = (owner.Id, owner.DepartmentId);
        SignedOn?.Remove(owner.DepartmentId);
        Become(Status, now);
    }

    /// <summary>An agreed supply is late. No person's change either.</summary>
    /// <param name="lost">Working days of waiting that are over.</param>
    public void WaitFor(Guid department, LocalDate since, int lost) => (WaitsForId, WaitsSince, LostDays) = (department, since, LostDays + lost);

    /// <summary>It came, or nobody owes it any more.</summary>
    public void EndWait(int lost) => (WaitsForId, WaitsSince, LostDays) = (null, null, LostDays + lost);

    /// <summary>Its day was set anew while it waits: the days of waiting before that are settled with it.</summary>
    public void SettleWait(int days) => LostDays = -days;

    /// <summary>The due day ended. No person did this, so buttons made before it stay good.</summary>
    public void Miss() => Status = Status == CommitmentStatus.WithdrawalPending ? Status : CommitmentStatus.Missed;

    /// <summary>A later day, which spends one of the two extensions.</summary>
    public void Extend(LocalDate due, string reason, Guid by, LocalDate on, Instant now)
    {
        Extensions++;
        (LastNote, LastNoteById, LastReportAt, LastReportOn) = (reason, by, now, on);
        MoveDue(due, now);
    }

    /// <summary>A later day that the board gave, which spends nothing.</summary>
    public void MoveDue(LocalDate due, Instant now)
    {
        (Due, BoardSince, WaitedDays, LostDays) = (due, null, 0, 0);
        Become(CommitmentStatus.Active, now);
    }

    void Become(CommitmentStatus status, Instant? lookAt = null)
    {
        Status = status;
        Version++;
        LookAt = lookAt;
        (AskedOn, AnswerLookAt) = (null, null);
        if (!IsWatched)
        {
            (WaitsForId, WaitsSince, LostDays) = (null, null, Math.Max(0, LostDays));
        }
    }
}
