using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Cycles;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>
/// An organization's promises and cases in memory, walked by the same pure code as the engine: the sweeps' looks in the timetable's order at every moment at
/// which something falls due, and one bundle a person and morning. Rows are this world's own; whoever fills it gives it copies.
/// </summary>
/// <remarks>
/// Everybody can be reached, and nobody does anything unless whoever holds the world does it between two passes of time. Digests and the auditor's statements are left out: one that leaves on the
/// morning of a message decided later that day would move that message to the next morning.
/// </remarks>
public sealed partial class World(Roster roster, ScheduleBook book, IReadOnlyDictionary<string, IEscalationAction> actions)
{
    const int MostRounds = 1000;

    readonly Dictionary<Guid, Commitment> promises = [];
    readonly Dictionary<Guid, EscalationCase> cases = [];
    readonly Dictionary<Guid, CheckIn> checkIns = [];
    readonly List<CaseStep> steps = [];
    readonly List<Request> requests = [];
    readonly List<(DepartmentWatch Watch, Cycle Cycle)> watches = [];
    readonly Dictionary<Guid, List<Need>> needs = [];
    readonly HashSet<string> said = [];
    readonly List<Foreseen> sent = [];
    readonly List<ForeseenGap> gaps = [];
    int number;

    public Roster Roster => roster;

    public ScheduleBook Book => book;

    public IReadOnlyCollection<Commitment> Promises => promises.Values;

    public IReadOnlyCollection<EscalationCase> Cases => cases.Values;

    public IReadOnlyCollection<CheckIn> CheckIns => checkIns.Values;

    /// <summary>Every step that arrived or found nobody, in its order.</summary>
    public IReadOnlyList<CaseStep> Steps => steps;

    /// <summary>Everything that left, in its order.</summary>
    public IReadOnlyList<Foreseen> Sent => sent;

    public IReadOnlyList<ForeseenGap> Gaps => gaps;

    public Post Post { get; } = new(roster);

    public void Add(Commitment promise) => promises.Add(promise.Id, promise);

    public void Add(EscalationCase @case, IEnumerable<CaseStep> its)
    {
        cases.Add(@case.Id, @case);
        steps.AddRange(its);
        number = Math.Max(number, @case.Number);
    }

    /// <summary>Something that a promise needs; the supplier's promise is this world's own where it is part of it.</summary>
    public void Add(Need need)
    {
        var own = need with { Supply = promises.GetValueOrDefault(need.Dependency.SupplyId) ?? need.Supply };
        if (!needs.TryAdd(need.Dependency.DependentId, [own]))
        {
            needs[need.Dependency.DependentId].Add(own);
        }
    }

    public void Add(CheckIn checkIn) => checkIns.Add(checkIn.Id, checkIn);

    public void Add(Request request) => requests.Add(request);

    public void Add(DepartmentWatch watch, Cycle cycle) => watches.Add((watch, cycle));

    /// <summary>Something that was decided before: it is not decided again.</summary>
    public void Remember(string trigger, Guid subject, string period) => said.Add(Key(trigger, subject, period));

    static string Key(string trigger, Guid subject, string period) => $"{trigger} {subject:N} {period}";

    /// <summary>The open cases of a schedule follow another plan from this moment on.</summary>
    public void Follow(Guid schedule, Plan plan, Instant now)
    {
        foreach (var @case in cases.Values.Where(one => one.ScheduleId == schedule && one.IsOpen))
        {
            TakeBack(@case, now);
            @case.Follow(schedule, plan, now);
        }
    }

    /// <summary>Lets time pass from wherever the rows stand up to and including <paramref name="until"/>.</summary>
    public void PassTo(Instant from, Instant until)
    {
        Settle(from);
        while (NextDue() is { } next && next <= until)
        {
            Settle(next < from ? from : next);
        }
    }

    /// <summary>Everything due at this moment is decided, then sent, until nothing moves.</summary>
    /// <exception cref="InvalidOperationException">Something keeps deciding itself anew: a bug, here or in the engine.</exception>
    public void Settle(Instant now)
    {
        for (var round = 0; LookAll(now) | Deliver(now); round++)
        {
            if (round > MostRounds)
            {
                throw new InvalidOperationException($"Still not quiet at {now}: {string.Join(", ", cases.Values.Where(one => one.NextAt <= now).Select(one => one.Ref))} {string.Join(", ", promises.Values.Where(one => one.LookAt <= now).Select(one => one.Ref))}");
            }
        }
    }

    /// <summary>The earliest moment at which something falls due; null when nothing is in sight.</summary>
    public Instant? NextDue() => new[]
    {
        promises.Values.Min(one => one.LookAt), promises.Values.Min(one => one.AnswerLookAt), cases.Values.Min(one => one.NextAt), checkIns.Values.Min(one => one.LookAt),
        requests.Min(one => one.LookAt), watches.Min(one => one.Watch.LookAt), Post.NextAt,
    }.Min();

    /// <summary>One round of every sweep; true when something was due.</summary>
    bool LookAll(Instant now)
    {
        var moved = false;
        foreach (var promise in promises.Values.Where(one => one.LookAt <= now).OrderBy(one => one.LookAt).ToList())
        {
            (moved, _) = (true, LookAtDue(promise, now));
        }

        foreach (var promise in promises.Values.Where(one => one.AnswerLookAt <= now).ToList())
        {
            var followed = book.For(promise, roster, now);
            (var miss, promise.AnswerLookAt) = AnswerWatch.Look(promise, followed.Plan, roster, now);
            (moved, _) = (true, Open(miss, followed, now));
        }

        foreach (var request in requests.Where(one => one.LookAt <= now && promises.ContainsKey(one.CommitmentId)).ToList())
        {
            var followed = book.For(promises[request.CommitmentId], roster, now);
            (var miss, request.LookAt) = AnswerWatch.Look(request, promises[request.CommitmentId], followed.Plan, roster, now);
            (moved, _) = (true, Open(miss, followed, now));
        }

        foreach (var (watch, cycle) in watches.Where(one => one.Watch.LookAt <= now).ToList())
        {
            var followed = book.For(watch.DepartmentId, null, roster.TodayAt(now));
            (var miss, watch.LookAt) = AnswerWatch.Look(watch, cycle, HasPromised(watch.DepartmentId, cycle) || cases.Values.Any(one => one.AboutId == watch.Id && one.ClosedAt is null), followed.Plan, roster, now);
            (moved, _) = (true, Open(miss, followed, now));
        }

        foreach (var checkIn in checkIns.Values.Where(one => one.LookAt <= now).ToList())
        {
            moved = true;
            LookAtCheckIn(checkIn, promises[checkIn.CommitmentId], now);
        }

        foreach (var @case in cases.Values.Where(one => one.NextAt <= now).OrderBy(one => one.NextAt).ToList())
        {
            moved = true;
            Walk(@case, now);
        }

        return moved;
    }

    bool HasPromised(Guid department, Cycle cycle) => cycle.Status == CycleStatus.Closed || promises.Values.Any(one => one.DepartmentId == department && one.AcceptedAt is not null && one.Due >= cycle.StartsOn && one.Status != CommitmentStatus.Withdrawn);

    bool LookAtDue(Commitment promise, Instant now)
    {
        var followed = book.For(promise, roster, now);
        var period = ReminderNotice.Period(promise);
        var theirs = needs.GetValueOrDefault(promise.Id) ?? [];
        if (SupplyWatch.Look(promise, theirs, followed.Plan, roster, now) is not null && DueWatch.ReminderTo(promise, roster, now) is { } waiting)
        {
            Post.Put(new(SupplyNews.Name, MessageKind.Reminder, "", "", promise.Id, waiting, promise.Ref, promise.DepartmentId, () => promise.WaitsSince is not null), now);
        }

        (var found, promise.LookAt) = DueWatch.Look(promise, theirs, said.Contains(Key(ReminderNotice.Name, promise.Id, period)), followed.Plan, roster, now);
        switch (found)
        {
            case DueFound.Reminder:
                Remember(ReminderNotice.Name, promise.Id, period);
                if (DueWatch.ReminderTo(promise, roster, now) is { } reader)
                {
                    Post.Put(new(ReminderNotice.Name, MessageKind.Reminder, followed.Plan.Reminder!.Name, "owner", promise.Id, reader, promise.Ref, promise.DepartmentId, () => promise.IsRunning && ReminderNotice.Period(promise) == period), now);
                }

                break;
            case DueFound.Miss:
                var due = promise.Due!.Value;
                promise.Miss();
                var open = CaseOn(promise);
                if (open is { IsOpen: true, Trigger: Triggers.CheckIn })
                {
                    TakeBack(open, now);
                }

                CaseWalk.MissDue(open, due, promise.DelayDays, now, out var opens);
                if (opens)
                {
                    Open(new Miss(Lines.Promise, promise.Id, promise, promise.OwnerId, promise.DepartmentId, due) { DelayDays = promise.DelayDays }, followed, now);
                }

                break;
        }

        return true;
    }

    /// <summary>The newest case on the promise's own line; null when there never was one.</summary>
    public EscalationCase? CaseOn(Commitment promise) => cases.Values.Where(one => one.AboutId == promise.Id && one.Line == Lines.Promise).MaxBy(one => one.Number);

    EscalationCase? Open(Miss? miss, ScheduleInForce followed, Instant now)
    {
        if (miss is null)
        {
            return null;
        }

        var opened = miss.ToCase(++number, roster.Organization.Id, followed, now);
        cases.Add(opened.Id, opened);
        return opened;
    }

    void LookAtCheckIn(CheckIn checkIn, Commitment promise, Instant now)
    {
        (var found, var asked, checkIn.LookAt) = CheckInWatch.Look(checkIn, promise, Post.WasTakenBack(checkIn.Id, $"{checkIn.Asks}"), roster, now);
        switch (found)
        {
            case CheckInFound.Obsolete:
                checkIn.Skip();
                break;
            case CheckInFound.NeverAsked:
                checkIn.Skip();
                Plan(CheckInPeriod.At(promise.Rhythm!.Value, roster.TodayOf(roster[promise.OwnerId], now)), promise, now);
                break;
            case CheckInFound.Missed:
                checkIn.Miss();
                var followed = book.For(promise, roster, now);
                if (CaseOn(promise) is not { IsOpen: true } && followed.Plan.CheckInsStopAt is not null)
                {
                    Open(new Miss(Lines.Promise, promise.Id, promise, promise.OwnerId, promise.DepartmentId, checkIn.EndsOn) { Trigger = Triggers.CheckIn }, followed, now);
                }

                break;
            case CheckInFound.ToAsk:
                checkIn.Ask();
                var asking = checkIn.Asks;
                Post.Put(new(CheckInNotice.Name, MessageKind.CheckIn, "", "", checkIn.Id, asked!, promise.Ref, promise.DepartmentId, () => checkIn.Status == CheckInStatus.Asked && checkIn.Asks == asking && promise.IsRunning)
                {
                    Period = $"{asking}",
                    LookAgain = at => checkIn.LookAt = at,
                }, now);
                break;
        }
    }

    /// <summary>Plans a check-in, unless the due day cuts its period short.</summary>
    public void Plan(CheckInPeriod period, Commitment promise, Instant now)
    {
        if (!(period.Ends > promise.Due) && checkIns.Values.All(one => one.CommitmentId != promise.Id || one.Period != period.Key))
        {
            Add(CheckIn.Of(period, promise, now));
        }
    }

    bool Deliver(Instant now)
    {
        var before = sent.Count;
        return Post.Deliver(now, sent) || sent.Count > before;
    }
}
