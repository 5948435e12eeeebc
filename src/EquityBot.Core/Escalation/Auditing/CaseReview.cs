using EquityBot.Chat;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Escalation.Auditing;

/// <summary>
/// Whether every open case goes on as its plan says. Where it stands is told by its history (which steps were decided, arrived, failed) and by what people
/// did to it; the engine's own notes of what comes next are what is judged, never what is judged by. Pure.
/// </summary>
public static class CaseReview
{
    public static IEnumerable<Observation> Of(Evidence evidence, Instant now)
    {
        var open = evidence.Cases.Where(one => one.IsOpen).ToList();
        return open.Select(one => Steps(one, evidence) ?? History(one, evidence) ?? Next(one, evidence, now)).OfType<Observation>()
            .Concat(open.GroupBy(one => (one.AboutId, one.Line)).Where(same => same.Count() > 1)
                .Select(same => new Observation(FindingKind.Double, same.OrderBy(one => one.Number).Last().Ref, same.Max(one => one.OpenedAt), Duration.Zero)));
    }

    /// <summary>Each step that was told has its notice and its delivery in the ledger; the one under way moves.</summary>
    static Observation? Steps(EscalationCase @case, Evidence evidence) =>
        evidence.Steps[@case.Id].Where(step => step.NoticeId is not null).Select(step => Step(@case, step, evidence)).FirstOrDefault(found => found is not null);

    static Observation? Step(EscalationCase @case, CaseStep step, Evidence evidence)
    {
        var isUnderWay = step is { DeliveredAt: null, UnreachedAt: null } && @case.Pending == step.NoticeId;
        if (!isUnderWay && step.DeliveredAt is null)
        {
            return null;
        }

        if (!evidence.Notices.TryGetValue(step.NoticeId!.Value, out var notice))
        {
            return Gap(isUnderWay ? (LookAgain.Step, @case.Id) : null);
        }

        if (notice.DeliveryId is { } id && !evidence.Deliveries.ContainsKey(id))
        {
            return Gap(null);
        }

        var delivery = notice.DeliveryId is { } carried ? evidence.Deliveries[carried] : null;
        return isUnderWay && IsSettled(notice, delivery) && @case.NextAt is null
            ? new(FindingKind.StandsStill, @case.Ref, step.DecidedAt, Duration.Zero, notice.ParkedAt is null && notice.SupersededAt is not null ? (LookAgain.Case, @case.Id) : null)
            : null;

        Observation Gap((LookAgain, Guid)? heal) => new(FindingKind.LedgerGap, @case.Ref, step.DecidedAt, Duration.Zero, heal);
    }

    /// <summary>Nothing more will become of it, and the case was not told in the same transaction.</summary>
    static bool IsSettled(Notice notice, Delivery? delivery) =>
        notice.SupersededAt is not null || delivery?.State is DeliveryState.Sent or DeliveryState.Failed or DeliveryState.Superseded
        || (delivery?.State == DeliveryState.Unknown && notice.FollowUpAt is null);

    /// <summary>The case and its history tell of the same steps: a row that is gone from the history shows as one too few.</summary>
    static Observation? History(EscalationCase @case, Evidence evidence)
    {
        var history = HistoryOf(@case, evidence);
        return @case.Told != history.LastOrDefault(step => step.DeliveredAt is not null)?.Place || (@case.Pending is { } pending && !history.Any(step => step.NoticeId == pending && step.DeliveredAt is null))
            ? new(FindingKind.LedgerGap, @case.Ref, @case.OpenedAt, Duration.Zero)
            : null;
    }

    static List<CaseStep> HistoryOf(EscalationCase @case, Evidence evidence) => [.. evidence.Steps[@case.Id].Where(step => step.Trigger == @case.Trigger)];

    /// <summary>The step that comes next is planned for its day. Nothing is asked of cases that wait for somebody: acknowledged, held by a claim of done, on its way.</summary>
    static Observation? Next(EscalationCase @case, Evidence evidence, Instant now)
    {
        if (@case.Status == CaseStatus.Acknowledged || @case.HeldSince is not null || @case.Pending is not null || evidence.Roster.Find(@case.OwnerId) is not { } owner)
        {
            return null;
        }

        var (plan, zone) = (@case.PlanInForce, evidence.Roster.ZoneOf(owner));
        var calendar = plan.CalendarFor(owner, evidence.Roster);
        if (NextStep.Of(Position(@case, HistoryOf(@case, evidence), evidence, zone), plan, calendar) is not { } next)
        {
            return null;
        }

        var before = next.Again ? HistoryOf(@case, evidence).Where(step => step.Place == next.Place).Select(step => evidence.Roster.Find(step.RecipientId)) : [];
        var latest = LatestOpening(plan.CaseSteps[next.Place], next.On, @case, owner, before, evidence.Roster, now);
        if (@case.Line == Lines.Promise && Recipients.NeedsCover(owner, evidence.Roster, now))
        {
            latest = Instant.Max(latest, zone.AtStartOfDay(calendar.Add(@case.CoverAskedOn ?? next.On, plan.CoverDays)).ToInstant());
        }

        return Observation.IsInTime(@case.NextAt, latest, now) ? null : Observation.Lost(@case.Ref, latest, LookAgain.Case, @case.Id);
    }

    /// <summary>As the history tells it: steps that were taken back count as not decided. Repetitions, jumps and a plan that was changed on the way are the case's own to tell.</summary>
    static CasePosition Position(EscalationCase @case, IReadOnlyList<CaseStep> history, Evidence evidence, DateTimeZone zone)
    {
        var settled = history.Where(step => step.RecipientId is null || step.DeliveredAt is not null || step.UnreachedAt is not null).ToList();
        var arrived = settled.Where(step => step.DeliveredAt is not null).ToList();
        var told = arrived.ElementAtOrDefault(arrived.Count - 1 - @case.Repeats);
        var failed = settled.LastOrDefault(step => step.RecipientId is not null) is { DeliveredAt: null } last ? last.UnreachedAt : null;
        var taken = evidence.Handovers[@case.CommitmentId ?? @case.Id].Where(at => @case.Line == Lines.Promise && at > told?.DeliveredAt).Select(at => (Instant?)at).Max();
        return new(
            @case.BaseDay,
            @case.JumpOn is not null || @case.Repeats > 0 || settled.Any(step => step.Place < 0) ? @case.Next : settled.Count == 0 ? 0 : settled[^1].Place + 1,
            told?.Place,
            taken is { } at ? at.InZone(zone).Date : told?.DeliveredOn,
            @case.LapsedOn,
            @case.GapsOnly,
            @case.JumpOn is null ? failed?.InZone(zone).Date : null,
            @case.DelayDays,
            @case.Repeats,
            @case.RepeatedOn,
            @case.JumpOn);
    }

    /// <summary>Whoever of all that the step may resolve to opens last: absences and posts change while a case waits, and whose morning it will be is decided when it comes.</summary>
    static Instant LatestOpening(EscalationStep step, LocalDate on, EscalationCase @case, Person owner, IEnumerable<Person?> before, Roster roster, Instant now)
    {
        var (department, seen) = (roster.Department(@case.DepartmentId), new HashSet<Guid>());
        var reach = new Queue<Person?>([owner, Recipients.HolderOf(step.To, owner, department.Id, roster, now), roster.Find(department.LeadId), roster.Find(department.DeputyId), .. before, .. roster.Above(owner)]);
        var latest = roster.ZoneOf(owner).AtStartOfDay(on).ToInstant();
        while (reach.TryDequeue(out var person))
        {
            if (person is not null && seen.Add(person.Id))
            {
                latest = Instant.Max(latest, CaseWalk.OpeningOnOrAfter(on, person, owner, roster));
                new[] { person.DelegateId, person.DeputyId, person.SupervisorId }.Select(roster.Find).ToList().ForEach(reach.Enqueue);
            }
        }

        return latest;
    }
}
