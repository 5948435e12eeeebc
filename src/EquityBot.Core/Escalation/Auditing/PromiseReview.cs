using EquityBot.Commitments;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Escalation.Auditing;

/// <summary>Whether every promise, and every answer that somebody owes about one, is looked at in time and has its case where that has passed. Pure.</summary>
public static class PromiseReview
{
    /// <summary>All that is wrong at <paramref name="now"/>; nothing where the engine explains it.</summary>
    public static IEnumerable<Observation> Of(Evidence evidence, Instant now) =>
        evidence.Promises.SelectMany(promise => new[] { Day(promise, evidence, now), Answer(promise, evidence, now) })
            .Concat(evidence.Requests.Select(one => Requested(one.Request, one.About, evidence, now)))
            .Concat(evidence.Departments.Select(one => Silent(one.Watch, one.Cycle, evidence, now)))
            .OfType<Observation>();

    static Observation? Day(Commitment promise, Evidence evidence, Instant now)
    {
        if (!(promise.IsWatched || promise.Status == CommitmentStatus.Missed) || promise.Due is not { } due || evidence.Roster.Find(promise.OwnerId) is not { } owner)
        {
            return null;
        }

        var plan = evidence.Book.For(promise, evidence.Roster, now).Plan;
        var watch = DueWatch.Of(due, promise.AcceptedAt ?? now, plan, plan.CalendarFor(owner, evidence.Roster), evidence.Roster.HoursOf(owner));
        var needs = evidence.Needs[promise.Id].ToList();
        var late = promise.IsWatched ? SupplyWatch.Late(needs, owner, evidence.Roster, now) : null;
        if (now >= watch.Ends && late is not null && promise.WaitsSince is not null)
        {
            // It waits for somebody whose own promise is looked after.
            return null;
        }

        if (promise.LookAt is null && now >= watch.Ends)
        {
            return evidence.Cases.Any(one => one.AboutId == promise.Id && one.Line == Lines.Promise && Answers(one, due, watch.Ends))
                ? null
                : new(FindingKind.WithoutCase, promise.Ref, watch.Ends, Duration.Zero, promise.IsWatched ? (LookAgain.Promise, promise.Id) : null);
        }

        if (!promise.IsWatched)
        {
            return null;
        }

        var next = promise.IsRunning && watch.RemindAt is { } morning && morning > now ? morning : watch.Ends;
        var agreed = SupplyWatch.NextAt(needs, owner, evidence.Roster, now);
        if (!Observation.IsInTime(promise.LookAt, agreed < next ? agreed.Value : next, now) || ((late is null) != (promise.WaitsSince is null) && !(promise.LookAt <= now)))
        {
            return Observation.Lost(promise.Ref, watch.RemindAt ?? watch.Ends, LookAgain.Promise, promise.Id);
        }

        return promise.IsRunning && now < watch.Ends && watch.RemindAt is { } at && at + Observation.Tolerated < now && promise.LookAt > now
            && !evidence.Reminders.Contains((promise.Id, ReminderNotice.Period(promise))) && !evidence.Reminded[promise.Ref].Any(seen => seen >= at)
            ? new(FindingKind.NotReminded, promise.Ref, at, Duration.Zero, (LookAgain.Promise, promise.Id))
            : null;
    }

    /// <summary>The case of this due day: opened for it, still walking towards it, or closed after it.</summary>
    static bool Answers(EscalationCase one, LocalDate due, Instant ends) =>
        one.Trigger == Triggers.Due && (one is { IsOpen: true, Status: not CaseStatus.Acknowledged } || one.BaseDay >= due || one.ClosedAt >= ends);

    static Observation? Answer(Commitment promise, Evidence evidence, Instant now) =>
        AnswerWatch.LineOf(promise.Status) is { } line && promise.AskedOn is { } asked && AnswerWatch.DebtorOf(promise, evidence.Roster, now) is { } debtor
            && !evidence.Cases.Any(one => one.AboutId == promise.Id && one.Line == line && one.BaseDay >= asked)
            ? Owed(promise, promise.AnswerLookAt, debtor, asked, evidence, now, (LookAgain.Answer, promise.Id))
            : null;

    static Observation? Requested(Request request, Commitment about, Evidence evidence, Instant now) =>
        request.EscalatesWhenUnanswered && about.IsOpen && evidence.Roster.Find(request.ToId) is { } asked && !evidence.Cases.Any(one => one.AboutId == request.Id)
            ? Owed(about, request.LookAt, asked, request.AskedOn, evidence, now, (LookAgain.Request, request.Id))
            : null;

    static Observation? Owed(Commitment about, Instant? planned, Person debtor, LocalDate asked, Evidence evidence, Instant now, (LookAgain, Guid) heal)
    {
        if (evidence.Book.For(about, evidence.Roster, now).Plan.AnswerDays is not { } patience)
        {
            return null;
        }

        var last = evidence.Roster.CalendarOf(debtor).Add(asked, patience);
        var ends = evidence.Roster.ZoneOf(debtor).AtStartOfDay(last.PlusDays(1)).ToInstant();
        return Observation.IsInTime(planned, ends, now) ? null
            : new(now < ends ? FindingKind.Unwatched : FindingKind.WithoutCase, about.Ref, ends, Duration.Zero, heal);
    }

    /// <summary>Only that somebody will look: whether the department had promised something by its day is not known afterwards.</summary>
    static Observation? Silent(DepartmentWatch watch, Cycles.Cycle cycle, Evidence evidence, Instant now)
    {
        var (roster, department) = (evidence.Roster, evidence.Roster.Department(watch.DepartmentId));
        if ((roster.ActingLeadOf(department.Id, now) ?? roster.Holder(Role.EquityOfficer)) is not { } owes || cycle.EndsOn < roster.TodayOf(owes, now))
        {
            return null;
        }

        if ((watch.Due ?? (evidence.Book.For(watch.DepartmentId, null, roster.TodayAt(now)).Plan.SilenceDays is { } days ? roster.CalendarOf(owes).Add(cycle.StartsOn, days) : null)) is not { } last)
        {
            return null;
        }

        var ends = roster.ZoneOf(owes).AtStartOfDay(last.PlusDays(1)).ToInstant();
        return (watch.LookAt is null && now >= ends) || Observation.IsInTime(watch.LookAt, ends, now)
            ? null
            : Observation.Lost(department.Name, ends, LookAgain.Department, watch.Id);
    }
}
