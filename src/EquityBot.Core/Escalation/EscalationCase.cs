using System.Globalization;
using EquityBot.Chat;
using EquityBot.Storage;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>A missed promise on its way up. Walks the plan it was opened with, one step at a time, until somebody answers or the board decides.</summary>
public sealed partial class EscalationCase : ISubject, IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required int Number { get; init; }

    public string Ref => string.Create(CultureInfo.InvariantCulture, $"E-{Number}");

    /// <summary>The promise; null where the miss is that there is none.</summary>
    public required Guid? CommitmentId { get; init; }

    /// <summary>What the line is about: the promise itself, a request, a silent department's watch.</summary>
    public required Guid AboutId { get; init; }

    public required string Trigger { get; set; }

    /// <summary>What is missed: the promise itself, or an answer about it that somebody else owes.</summary>
    public required string Line { get; init; }

    /// <summary>C-12; the case's own where there is no promise.</summary>
    public required string AboutRef { get; init; }

    /// <summary>Who owes what is missed: the promise's owner, or who was asked about it.</summary>
    public required Guid OwnerId { get; set; }

    public required Guid DepartmentId { get; set; }

    public Guid AuthorId => OwnerId;

    public bool IsOnThePlan => true;

    public required Instant OpenedAt { get; init; }

    /// <summary>The schedule it follows; null where that was a plan of nobody's.</summary>
    public Guid? ScheduleId { get; set; }

    /// <summary>The <see cref="Escalation.Plan"/> it was opened with, as JSON; another only where somebody applied it.</summary>
    public required string Plan { get; set; }

    /// <summary>As far as this case walks it.</summary>
    public Plan PlanInForce => Escalation.Plan.FromJson(Plan).For(Trigger);

    public required LocalDate BaseDay { get; set; }

    public CaseStatus Status { get; private set; } = CaseStatus.Open;

    public int Version { get; private set; } = 1;

    /// <summary>Counts the lapses; makes a step that goes again another notice than before.</summary>
    public int Round { get; private set; }

    /// <summary>Counts the steps decided, so that each is a notice of its own even when the same one is decided again.</summary>
    public int Firings { get; private set; }

    public int Next { get; private set; }

    public int? Told { get; private set; }

    public LocalDate? ToldOn { get; private set; }

    /// <summary>The notice of the step that fired and is not yet known to have arrived.</summary>
    public Guid? Pending { get; private set; }

    public LocalDate? LapsedOn { get; private set; }

    public bool GapsOnly => Round > 0;

    public LocalDate? UnreachedOn { get; private set; }

    public int DelayDays { get; set; }

    /// <summary>How often the told step has been repeated.</summary>
    public int Repeats { get; private set; }

    public LocalDate? RepeatedOn { get; private set; }

    /// <summary>The pending notice is a repetition.</summary>
    public bool IsRepeating { get; private set; }

    /// <summary>The local date on which somebody sent it straight to the next step; null when nobody did.</summary>
    public LocalDate? JumpOn { get; private set; }

    /// <summary>When the first progress after the due day postponed it; it does so once.</summary>
    public Instant? PostponedAt { get; private set; }

    /// <summary>Since when a claim of done stops the clock.</summary>
    public LocalDate? HeldSince { get; private set; }

    /// <summary>When the present owner took it over; null for the first one. Whoever was told before that was told about somebody else.</summary>
    public Instant? HandedAt { get; private set; }

    /// <summary>The local date, where the owner is, from which cover for an absent owner is awaited; null when none is.</summary>
    public LocalDate? CoverAskedOn { get; private set; }

    /// <summary>Since when it stands on the agenda of the board's next meeting; null when no step put it there.</summary>
    public Instant? AgendaSince { get; private set; }

    public void PutOnAgenda(Instant now) => AgendaSince ??= now;

    public Instant? ClosedAt { get; private set; }

    /// <summary>When the sweep has to look next; null when nothing can fire until somebody does something or a delivery settles.</summary>
    public Instant? NextAt { get; set; }

    public bool IsOpen => Status is CaseStatus.Open or CaseStatus.Acknowledged or CaseStatus.WaitingForCover or CaseStatus.Exhausted;

    /// <summary>Steps may fire: open, or with the board, whose deputy hears next.</summary>
    public bool Walks => Status is CaseStatus.Open or CaseStatus.WaitingForCover or CaseStatus.Exhausted && HeldSince is null && Pending is null;

    public CasePosition Position => new(BaseDay, Next, Told, ToldOn, LapsedOn, GapsOnly, UnreachedOn, DelayDays, Repeats, RepeatedOn, JumpOn);

    /// <summary>The due day ended while only a check-in was missed: the case begins anew from that day and forgets who was told before.</summary>
    public void Rebase(LocalDate due, int delayDays, Instant now)
    {
        (Trigger, BaseDay, Next, Told, ToldOn, Pending) = (Triggers.Due, due, 0, null, null, null);
        (LapsedOn, UnreachedOn, CoverAskedOn, PostponedAt, DelayDays, NextAt) = (null, null, null, null, delayDays, now);
        (Repeats, RepeatedOn, IsRepeating, JumpOn) = (0, null, false, null);
        Status = CaseStatus.Open;
    }

    /// <summary>A step's notice is decided; nothing more until it is known what became of it.</summary>
    public void Fire(NextStep step, Guid notice)
    {
        (Pending, NextAt, IsRepeating) = (notice, null, step.IsRepeat);
        Next = step.IsRepeat ? Next : step.Place + 1;
        Firings++;
    }

    /// <summary>The step resolves to nobody. A repetition counts as gone on its day, for the next one to be told by.</summary>
    public void Skip(NextStep step)
    {
        if (step.IsRepeat)
        {
            (Repeats, RepeatedOn) = (Repeats + 1, step.On);
            return;
        }

        Next = step.Place + 1;
        (LapsedOn, JumpOn) = (null, null);
    }

    public void Delivered(int place, LocalDate on, bool toTheBoard, Instant now)
    {
        (Pending, NextAt) = (null, now);
        if (IsRepeating)
        {
            (Repeats, RepeatedOn, IsRepeating) = (Repeats + 1, on, false);
            return;
        }

        (Told, ToldOn, Repeats, RepeatedOn) = (place, on, 0, null);
        (LapsedOn, UnreachedOn, JumpOn, DelayDays) = (null, null, null, 0);
        Status = toTheBoard && Status == CaseStatus.Open ? CaseStatus.Exhausted : Status;
    }

    /// <summary>No address of the recipient works; whoever comes next hears that they could not be reached.</summary>
    public void Unreached(LocalDate on, Instant now)
    {
        (Pending, NextAt) = (null, now);
        if (IsRepeating)
        {
            // They had it once; the next step's day stays.
            (Repeats, RepeatedOn, IsRepeating) = (Repeats + 1, on, false);
            return;
        }

        (UnreachedOn, LapsedOn, JumpOn, DelayDays) = (on, null, null, 0);
    }

    /// <summary>The notice was taken back before it left, so the step is still to come.</summary>
    public void Recall(Instant now)
    {
        if (Pending is not null)
        {
            var again = IsRepeating || (LapsedOn is not null && Told is not null);
            (Pending, Next, NextAt, IsRepeating) = (null, again ? Next : Next - 1, now, false);
        }
    }

    /// <summary>Progress after the due day moves the next step, once.</summary>
    public void Postpone(int days, Instant now)
    {
        if (PostponedAt is null && Status == CaseStatus.Open)
        {
            (PostponedAt, DelayDays, NextAt) = (now, DelayDays + days, now);
        }
    }

    /// <summary>Somebody with the right to sends it straight to a step, on this day; the ones between are not made up for.</summary>
    public void Jump(int place, LocalDate today, Instant now)
    {
        (Next, JumpOn, LapsedOn, UnreachedOn, DelayDays, NextAt) = (place, today, null, null, 0, now);
        Status = Status == CaseStatus.Acknowledged ? CaseStatus.Open : Status;
        Version++;
    }

    /// <summary>
    /// Follows another plan from here on. Steps of the same name keep their place in the story; where the last one told is not in the new plan, all steps up to
    /// its offset count as passed. What had fired must have been taken back before.
    /// </summary>
    public void Follow(Guid schedule, Plan plan, Instant now)
    {
        var (before, after) = (PlanInForce.CaseSteps, plan.For(Trigger).CaseSteps);
        var passed = Told is { } told
            ? Place(after, before[told].Name) is >= 0 and var same ? same : after.Count(step => step.Offset <= before[told].Offset) - 1
            : -1;
        var ahead = Next < before.Count && Place(after, before[Next].Name) is > 0 and var kept && kept > passed ? kept : passed + 1;
        (ScheduleId, Plan, Next) = (schedule, plan.ToJson(), ahead);
        Told = passed >= 0 ? passed : null;
        ToldOn = passed >= 0 ? ToldOn : null;
        NextAt = NextAt is null && !Walks ? NextAt : now;
    }

    /// <summary>The case as it stands, for looking at what would become of it.</summary>
    public EscalationCase Copy() => (EscalationCase)MemberwiseClone();

    static int Place(IReadOnlyList<EscalationStep> steps, string name) => steps.ToList().FindIndex(step => step.Name == name);

    /// <summary>The owner is away and nobody acts for them: no step fires until somebody does, or the wait has been long enough.</summary>
    public void AwaitCover(LocalDate from) => (CoverAskedOn, Status) = (from, Status == CaseStatus.Open ? CaseStatus.WaitingForCover : Status);

    /// <summary>The owner is back, or somebody covers.</summary>
    public void CoverFound() => (CoverAskedOn, Status) = (null, Status == CaseStatus.WaitingForCover ? CaseStatus.Open : Status);

    /// <summary>Nobody covered in time; the schedule goes on with the lead in the owner's place.</summary>
    public void GoOnUncovered() => Status = Status == CaseStatus.WaitingForCover ? CaseStatus.Open : Status;

    public void Hold(LocalDate since) => (HeldSince, NextAt) = (since, null);

    /// <summary>It was not done after all: the days it waited are added.</summary>
    public void Release(int waitedDays, Instant now) => (HeldSince, DelayDays, NextAt) = (null, DelayDays + waitedDays, now);

    public void Acknowledge() => Become(CaseStatus.Acknowledged);

    /// <summary>The acknowledged day passed.</summary>
    /// <param name="waitedDays">Working days that a claim of done waited meanwhile.</param>
    public void Lapse(LocalDate on, int waitedDays, Instant now)
    {
        Round++;
        (Status, LapsedOn, UnreachedOn, JumpOn, DelayDays, NextAt) = (CaseStatus.Open, on, null, null, waitedDays, now);
    }

    public void Resolve(Instant now) => Close(CaseStatus.Resolved, now);

    public void Waive(Instant now) => Close(CaseStatus.Waived, now);

    /// <summary>A new owner took the promise: their acceptance stands in for the last notice, so that the step's patience begins anew.</summary>
    public void HandTo(Guid owner, Guid department, LocalDate on, Instant now)
    {
        (OwnerId, DepartmentId, HandedAt) = (owner, department, now);
        ToldOn = Told is null ? null : on;
        NextAt = Status == CaseStatus.Acknowledged ? null : now;
    }

    public void Decide(Instant now) => Close(CaseStatus.Decided, now);

    void Close(CaseStatus status, Instant now)
    {
        ClosedAt = now;
        Become(status);
    }

    void Become(CaseStatus status)
    {
        Status = status;
        Version++;
        (NextAt, HeldSince) = (null, null);
    }
}
