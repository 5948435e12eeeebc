using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>Keeps promises in step with what they need of others: tells whoever needs it what becomes of it, and has their day looked at again.</summary>
public sealed class SupplyFollower : SubjectFollower
{
    public override async Task<IReadOnlyDictionary<Guid, object>> LoadAspectsAsync(EquityDb db, IReadOnlyCollection<ISubject> subjects, CancellationToken ct)
    {
        var ids = subjects.OfType<Commitment>().Select(one => one.Id).ToList();
        var found = ids.Count == 0 ? [] : await db.Set<Dependency>().AsNoTracking().Where(one => one.EndedAt == null && (ids.Contains(one.DependentId) || ids.Contains(one.SupplyId))).OrderBy(one => one.NeededBy).ToListAsync(ct);
        if (found.Count == 0)
        {
            return new Dictionary<Guid, object>();
        }

        var others = found.Select(one => one.DependentId).Concat(found.Select(one => one.SupplyId)).ToList();
        var promises = await db.Set<Commitment>().AsNoTracking().Where(one => others.Contains(one.Id)).ToDictionaryAsync(one => one.Id, ct);
        return ids.Where(others.Contains).ToDictionary(id => id, object (id) => new Ties(
            [.. found.Where(one => one.DependentId == id).Select(one => new Need(one, promises[one.SupplyId]))],
            found.FirstOrDefault(one => one.SupplyId == id) is { } tie ? (tie, promises[tie.DependentId]) : null));
    }

    public override async Task FollowAsync(EquityDb db, Change change, Roster roster, Instant now, CancellationToken ct)
    {
        if (change.Subject is not Commitment commitment)
        {
            return;
        }

        if (change.What is "accepted" or "declined" or "done-claimed" or "not-yet" or "met-confirmed" or "due-moved" or "handed-over" or "withdrawn" or "waived" or "decided"
            && await db.Set<Dependency>().Where(one => one.SupplyId == commitment.Id && one.EndedAt == null).ForUpdate().SingleOrDefaultAsync(ct) is { } tie)
        {
            await SupplyChangedAsync(db, commitment, tie, change.What, roster, now, ct);
        }

        if (change.What is "met-confirmed" or "withdrawn")
        {
            await NeededNoMoreAsync(db, commitment, now, ct);
        }
        else if (change.What == "due-moved" && commitment.WaitsSince is { } since)
        {
            var owner = roster[commitment.OwnerId];
            commitment.SettleWait((await ScheduleBook.LoadAsync(db, ct)).For(commitment, roster, now).Plan.CalendarFor(owner, roster).Between(since, roster.TodayOf(owner, now)));
        }
    }

    static async Task SupplyChangedAsync(EquityDb db, Commitment supply, Dependency tie, string what, Roster roster, Instant now, CancellationToken ct)
    {
        var isGivenUp = supply.Status == CommitmentStatus.Missed && !(await db.Set<EscalationCase>().Where(one => one.AboutId == supply.Id && one.Line == Lines.Promise && one.ClosedAt == null).ToListAsync(ct)).Exists(one => one.IsOpen);
        if (isGivenUp || supply.Status is CommitmentStatus.Met or CommitmentStatus.Withdrawn)
        {
            tie.End(now);
        }

        var dependent = await db.Set<Commitment>().Where(one => one.Id == tie.DependentId).ForUpdate().SingleAsync(ct);
        dependent.LookAt = dependent.IsWatched ? now : dependent.LookAt;
        var reader = roster[dependent.OwnerId];
        if (SaidOf(what, isGivenUp, supply, tie) is { } said && !roster.HasLeft(reader, now))
        {
            db.Add(SupplyNews.Of(said, dependent, supply, reader, now));
        }
    }

    /// <summary>What whoever needs it is told; null where it means nothing to them, or where they hear it as the one who asked.</summary>
    static string? SaidOf(string what, bool isGivenUp, Commitment supply, Dependency tie) => what switch
    {
        "accepted" => "agreed",
        "declined" => null,
        "done-claimed" => "supplied",
        "not-yet" => "not-supplied",
        "handed-over" => what,
        "due-moved" => "moved",
        "decided" when supply.IsRunning && supply.Due > tie.NeededBy => "moved",
        "withdrawn" => "given-up",
        "waived" or "decided" when isGivenUp => "given-up",
        _ => null,
    };

    /// <summary>Nobody asks for what a promise needed that is kept or given back. What was agreed stays its supplier's promise, who hears that nobody counts on it.</summary>
    static async Task NeededNoMoreAsync(EquityDb db, Commitment dependent, Instant now, CancellationToken ct)
    {
        foreach (var tie in await db.Set<Dependency>().Where(one => one.DependentId == dependent.Id && one.EndedAt == null).OrderBy(one => one.Id).ForUpdate().ToListAsync(ct))
        {
            tie.End(now);
            var supply = await db.Set<Commitment>().Where(one => one.Id == tie.SupplyId).ForUpdate().SingleAsync(ct);
            if (supply.Status == CommitmentStatus.Proposed)
            {
                supply.Withdraw();
                await CaseFollower.SettleAnswersAsync(db, supply, now, ct);
            }

            db.Add(SupplyNews.NeededNoMore(dependent, supply, now));
        }
    }

    public override IEnumerable<Block> Describe(View view, Reader reader)
    {
        if (view.Aspect<Ties>() is not { } ties)
        {
            yield break;
        }

        if (ties.For is var (tie, dependent))
        {
            yield return new Quiet(reader.Words["need.for", ("reference", dependent.Ref), ("department", reader.Roster.Department(dependent.DepartmentId).Name), ("statement", dependent.Statement), ("day", reader.DueDay(tie.NeededBy, dependent.OwnerId))]);
        }

        foreach (var need in ties.Needs)
        {
            yield return new Quiet(reader.Words[$"need.{KindOf(need)}", ("reference", need.Supply.Ref), ("department", reader.Roster.Department(need.Supply.DepartmentId).Name), ("what", need.Supply.Statement), ("day", reader.Day(need.Dependency.NeededBy))]);
        }
    }

    static string KindOf(Need need) => need.Supply.Status switch
    {
        CommitmentStatus.Proposed => "proposed",
        CommitmentStatus.DoneUnconfirmed => "supplied",
        _ => "agreed",
    };
}
