using System.Globalization;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Goals;

/// <summary>Asks for the newest number of goals, once a period of each one's review cadence. Nobody hears more of a number that does not come: the goal's card shows how old its last one is.</summary>
public sealed class GoalReviewSweep(EquityStore store, ILogger<GoalReviewSweep> log) : RowSweep<GoalReviewSweep.Batch>(store, log)
{
    public override string Name => "goal-reviews";

    public override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<GoalReview>().Where(one => one.LookAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.LookAt!.Value });

    public sealed record Batch(IReadOnlyDictionary<Guid, GoalReview> Reviews, IReadOnlyDictionary<Guid, SmartGoal> Goals, ILookup<Guid, GoalReading> Readings, Roster Roster);

    protected override async Task<Batch> LoadAsync(EquityDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var about = db.Set<GoalReview>().Where(one => ids.Contains(one.Id)).Select(one => one.GoalId);
        var goals = await db.Set<SmartGoal>().Where(one => about.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToDictionaryAsync(one => one.Id, ct);
        var reviews = await db.Set<GoalReview>().Where(one => ids.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToDictionaryAsync(one => one.Id, ct);
        var readings = await db.Set<GoalReading>().AsNoTracking().Where(one => about.Contains(one.GoalId)).OrderBy(one => one.Seq).ToListAsync(ct);
        return new(reviews, goals, readings.ToLookup(one => one.GoalId), await Roster.LoadAsync(db, ct));
    }

    protected override Task DecideAsync(EquityDb db, Batch batch, Guid id, Instant now, CancellationToken ct)
    {
        var review = batch.Reviews[id];
        if (review.LookAt is null || review.LookAt > now)
        {
            return Task.CompletedTask;
        }

        var goal = batch.Goals[review.GoalId];
        var (period, asked, next) = GoalReviewWatch.Look(review, goal, new([.. batch.Readings[goal.Id]], [], null), batch.Roster, now);
        if (period is not null && asked is not null)
        {
            review.Ask(period.Key);
            db.Append(AuditEntry.Of(db, now, Name, goal.Ref, "asked", period.Key));
            db.Append(new Notice
            {
                OrganizationId = db.OrganizationId,
                SubjectId = review.Id,
                Ref = goal.Ref,
                Trigger = GoalReviewNotice.Name,
                Period = GoalReviewNotice.Period(review),
                RecipientId = asked.Id,
                Kind = MessageKind.CheckIn,
                Slot = Slot.Morning,
                DecidedAt = now,
                NotBefore = now,
            });
        }

        review.LookAgainAt(next);
        return Task.CompletedTask;
    }
}

/// <summary>What is the number now? What it was, where it is to go, and one button to say it.</summary>
public sealed class GoalReviewNotice : NoticeWriter
{
    public const string Name = "goal-review";

    public override string Trigger => Name;

    public static string Period(GoalReview review) => string.Create(CultureInfo.InvariantCulture, $"{review.Period}:{review.Asks}");

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var review = await db.Set<GoalReview>().AsNoTracking().SingleAsync(one => one.Id == notice.SubjectId, ct);
        if (Period(review) != notice.Period || await reader.ViewAsync(db, notice.Ref, ct) is not { Subject: SmartGoal goal } view)
        {
            return null;
        }

        var (roster, record, words) = (reader.Roster, view.Aspect<GoalRecord>()!, reader.Words);
        var owner = roster[goal.OwnerId];
        if (GoalReviewWatch.PeriodAt(goal, roster.TodayOf(owner, reader.Now), roster.ZoneOf(owner)) is not { } period || period.Key != review.Period || GoalReviewWatch.IsGiven(period, record))
        {
            // The goal was closed, the period is over, or the number has come.
            return null;
        }

        if (reader.Person.IsAbsentOn(reader.Today) || !reader.Relations(goal).Any(relation => relation is Relation.Owner or Relation.Delegate))
        {
            // No longer theirs to answer: the sweep finds who is there now.
            await db.Set<GoalReview>().Where(one => one.Id == review.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.Period, (string?)null).SetProperty(one => one.LookAt, reader.Now), ct);
            return null;
        }

        return new(
            words["goal.review-title", ("reference", goal.Ref), ("measure", goal.Measure ?? words["goal.form.measure"])],
            new Words(goal.Statement, Strong: true),
            new Facts(
                record.Latest is { } latest ? new Fact(words["goal.last"], words["goal.now-said", ("said", GoalFacts.Said(goal, latest, words)), ("day", reader.Day(latest.On)), ("name", reader.Name(latest.ById))]) : null,
                GoalFacts.FromTo(goal, reader),
                new Fact(words["commitment.due"], reader.DueDay(goal.Due!.Value, goal.OwnerId))),
            new Words(words["goal.review-words"]),
            reader.Buttons(view, "report-value", "show"));
    }
}
