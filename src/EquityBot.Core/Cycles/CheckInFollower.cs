using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Cycles;

/// <summary>Keeps a promise's check-ins in step with what people do to it: whatever they say about it is the check-in of that period.</summary>
public sealed class CheckInFollower : SubjectFollower
{
    /// <summary>The check-in that is open or comes next.</summary>
    public override async Task<IReadOnlyDictionary<Guid, object>> LoadAspectsAsync(EquityDb db, IReadOnlyCollection<ISubject> subjects, CancellationToken ct)
    {
        var promises = subjects.OfType<Commitment>().Where(one => one.Cadence is not null).Select(one => one.Id).ToList();
        var open = promises.Count == 0 ? [] : await db.Set<CheckIn>().AsNoTracking()
            .Where(one => promises.Contains(one.CommitmentId) && (one.LookAt != null || one.Status == CheckInStatus.Missed)).OrderBy(one => one.EndsOn).ToListAsync(ct);
        return open.GroupBy(one => one.CommitmentId).ToDictionary(own => own.Key, object (own) => own.First());
    }

    public override async Task FollowAsync(EquityDb db, Change change, Roster roster, Instant now, CancellationToken ct)
    {
        if (change is { Subject: Commitment changed, What: SetRhythm.What })
        {
            await ReplanAsync(db, changed, roster, now, ct);
            return;
        }

        if (change.Subject is not Commitment { Rhythm: { } rhythm } commitment || change.What == "check-in-missed")
        {
            return;
        }

        var open = await db.Set<CheckIn>().Where(one => one.CommitmentId == commitment.Id && (one.LookAt != null || one.Status == CheckInStatus.Missed)).ForUpdate().ToListAsync(ct);
        foreach (var checkIn in open)
        {
            switch (change.What)
            {
                case "progress-reported" or "due-moved" when checkIn.Status == CheckInStatus.Missed || checkIn.StartsOn <= commitment.LastReportOn:
                    checkIn.Give(now);
                    break;
                case "handed-over" when checkIn.Status != CheckInStatus.Planned:
                case "waived" or "done-claimed" when checkIn.Status == CheckInStatus.Missed:
                    checkIn.Skip();
                    break;
            }

            if (checkIn.Status == CheckInStatus.Planned)
            {
                // Who is asked, and when, may be another now.
                checkIn.LookAt = now;
            }
        }

        if (commitment.IsRunning && open.All(one => one.LookAt is null && one.Status != CheckInStatus.Missed))
        {
            await PlanFirstAsync(db, rhythm, commitment, roster, now, ct);
        }
    }

    /// <summary>What was planned in the old rhythm is not asked for. What is asked already stays open until it is answered, and the new rhythm begins after it; without one, nobody waits for the answer.</summary>
    static async Task ReplanAsync(EquityDb db, Commitment commitment, Roster roster, Instant now, CancellationToken ct)
    {
        var open = await db.Set<CheckIn>().Where(one => one.CommitmentId == commitment.Id && (one.LookAt != null || one.Status == CheckInStatus.Missed)).ForUpdate().ToListAsync(ct);
        foreach (var checkIn in open.Where(one => one.Status == CheckInStatus.Planned || (one.Status == CheckInStatus.Asked && commitment.Rhythm is null)))
        {
            checkIn.Skip();
        }

        if (commitment is { IsRunning: true, Rhythm: { } rhythm } && open.TrueForAll(one => one.Status == CheckInStatus.Skipped))
        {
            await PlanFirstAsync(db, rhythm, commitment, roster, now, ct);
        }
    }

    /// <summary>The period with which the rhythm begins from here, or the one after it where that one has had its check-in.</summary>
    static async Task PlanFirstAsync(EquityDb db, Rhythm rhythm, Commitment commitment, Roster roster, Instant now, CancellationToken ct)
    {
        var first = CheckInPeriod.First(rhythm, roster.TodayOf(roster[commitment.OwnerId], now));
        var known = await db.Set<CheckIn>().SingleOrDefaultAsync(one => one.CommitmentId == commitment.Id && one.Period == first.Key, ct);
        await PlanAsync(db, known?.Status is CheckInStatus.Given or CheckInStatus.Missed ? CheckInPeriod.FirstAfter(rhythm, first.Ends) : first, commitment, now, ct);
    }

    /// <summary>Plans a period, unless the due day cuts it short: then the reminder before that day asks.</summary>
    public static async Task PlanAsync(EquityDb db, CheckInPeriod period, Commitment commitment, Instant now, CancellationToken ct)
    {
        if (period.Ends > commitment.Due)
        {
            return;
        }

        if (await db.Set<CheckIn>().SingleOrDefaultAsync(one => one.CommitmentId == commitment.Id && one.Period == period.Key, ct) is not { } known)
        {
            db.Add(CheckIn.Of(period, commitment, now));
        }
        else if (known.Status == CheckInStatus.Skipped)
        {
            known.Resume(now);
        }
    }

    public override IEnumerable<Block> Describe(View view, Reader reader)
    {
        if (view is { Subject: Commitment { IsRunning: true } commitment } && view.Aspect<CheckIn>() is { } next)
        {
            var owner = reader.Roster[commitment.OwnerId];
            var asked = next.Span.AskOn(reader.Roster.CalendarOf(owner), commitment.LastReportOn) ?? next.EndsOn;
            yield return new Quiet(next.Status == CheckInStatus.Planned
                ? reader.Words["check-in.next", ("day", reader.Day(LocalDate.Max(asked, next.SnoozedUntil ?? asked)))]
                : reader.Words["check-in.open", ("day", reader.Day(next.EndsOn))]);
            if (commitment.Rhythm is { } rhythm && Later(commitment, rhythm, next, reader) is { Count: > 0 } later)
            {
                yield return new Quiet(reader.Words["check-in.later", ("rhythm", RhythmWords.Title(rhythm, reader.Words)), ("days", string.Join(", ", later.Select(reader.Words.MonthAndDay)))]);
            }
        }
    }

    /// <summary>The days that come after the next one: with it, five are in sight.</summary>
    static List<LocalDate> Later(Commitment commitment, Rhythm rhythm, CheckIn next, Reader reader) =>
    [
        .. CheckInPeriod.Upcoming(rhythm, CheckInPeriod.FirstAfter(rhythm, next.EndsOn), commitment.Due!.Value, reader.Roster.CalendarOf(reader.Roster[commitment.OwnerId])).Take(SetRhythm.Shown - 1),
    ];
}

/// <summary>Who is asked, and on which morning, was computed from the roster as it was.</summary>
sealed class CheckInRoster : RosterPart
{
    public override Task ImportAsync(EquityDb db, RosterFiles files, Roster roster, Instant now, CancellationToken ct) => Task.CompletedTask;

    public override Task RosterChangedAsync(EquityDb db, Instant now, CancellationToken ct) =>
        db.Set<CheckIn>().Where(one => one.LookAt != null).ExecuteUpdateAsync(set => set.SetProperty(one => one.LookAt, now), ct);
}
