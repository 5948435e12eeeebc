using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Cycles;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>What people do to a promise, as its case sees it.</summary>
public sealed class CaseFollower : SubjectFollower
{
    public override async Task<IReadOnlyDictionary<Guid, object>> LoadAspectsAsync(EquityDb db, IReadOnlyCollection<ISubject> subjects, CancellationToken ct) =>
        (await CaseStory.LoadAsync(db, [.. subjects.Where(one => one is not EscalationSchedule).Select(one => one.Id)], ct)).ToDictionary(one => one.Key, object (one) => one.Value);

    public override async Task FollowAsync(EquityDb db, Change change, Roster roster, Instant now, CancellationToken ct)
    {
        if (change.Subject is not Commitment commitment)
        {
            return;
        }

        if (change.What == "asked-anew")
        {
            await EndForFormerAsync(db, commitment, roster, now, ct);
            return;
        }

        await SettleAnswersAsync(db, commitment, now, ct);
        if (change.What is "accepted" or "handed-over")
        {
            commitment.ExtensionLimit = (await ScheduleBook.LoadAsync(db, ct)).For(commitment, roster, now).Plan.Extensions;
            await EndSilenceAsync(db, commitment.DepartmentId, now, ct);
        }

        var @case = await db.Set<EscalationCase>().Where(one => one.AboutId == commitment.Id && one.Line == Lines.Promise).OrderByDescending(one => one.Number).ForUpdate().FirstOrDefaultAsync(ct);
        if (@case is not { IsOpen: true })
        {
            if (change.What == "check-in-missed")
            {
                await OpenForCheckInAsync(db, commitment, roster, now, ct);
            }
        }
        else if (change.What is not "check-in-missed" and not "request-answered")
        {
            if (CaseWalk.TakesBack(change.What))
            {
                await RecallAsync(db, @case, now, ct);
            }

            CaseWalk.Follow(@case, commitment.OwnerId, commitment.DepartmentId, change.What, roster, now);
        }
    }

    static async Task OpenForCheckInAsync(EquityDb db, Commitment commitment, Roster roster, Instant now, CancellationToken ct)
    {
        var followed = (await ScheduleBook.LoadAsync(db, ct)).For(commitment, roster, now);
        if (followed.Plan.CheckInsStopAt is null)
        {
            return;
        }

        var missed = await db.Set<CheckIn>().Where(one => one.CommitmentId == commitment.Id && one.Status == CheckInStatus.Missed).OrderByDescending(one => one.EndsOn).FirstAsync(ct);
        var miss = new Miss(Lines.Promise, commitment.Id, commitment, commitment.OwnerId, commitment.DepartmentId, missed.EndsOn) { Trigger = Triggers.CheckIn };
        await miss.OpenCaseAsync(db, followed, now, ct);
    }

    /// <summary>The department has promised something; whoever asked for it asks no more.</summary>
    static async Task EndSilenceAsync(EquityDb db, Guid department, Instant now, CancellationToken ct)
    {
        foreach (var @case in await db.Set<EscalationCase>().Where(one => one.DepartmentId == department && one.Line == Lines.Silence && one.ClosedAt == null).OrderBy(one => one.Id).ForUpdate().ToListAsync(ct))
        {
            await RecallAsync(db, @case, now, ct);
            @case.Resolve(now);
        }
    }

    /// <summary>Somebody else is to answer now, with time of their own; whoever was to before owes nothing more.</summary>
    static async Task EndForFormerAsync(EquityDb db, Commitment commitment, Roster roster, Instant now, CancellationToken ct)
    {
        var (owed, debtor) = (AnswerWatch.LineOf(commitment.Status), AnswerWatch.DebtorOf(commitment, roster, now)?.Id);
        foreach (var @case in await db.Set<EscalationCase>().Where(one => one.CommitmentId == commitment.Id && one.Line == owed && one.OwnerId != debtor && one.ClosedAt == null).OrderBy(one => one.Id).ForUpdate().ToListAsync(ct))
        {
            await RecallAsync(db, @case, now, ct);
            @case.Resolve(now);
        }
    }

    /// <summary>An answer that is owed no more ends the escalation of its silence.</summary>
    public static async Task SettleAnswersAsync(EquityDb db, Commitment commitment, Instant now, CancellationToken ct)
    {
        // Whoever was asked to take a promise and proposed another day has answered, though the proposal stands.
        var owed = commitment is { Status: CommitmentStatus.Proposed, AskedOn: null } ? null : AnswerWatch.LineOf(commitment.Status);
        var silent = await db.Set<EscalationCase>().Where(one => one.CommitmentId == commitment.Id && one.Line != Lines.Promise && one.Line != owed && one.ClosedAt == null).OrderBy(one => one.Id).ForUpdate().ToListAsync(ct);
        foreach (var @case in silent)
        {
            if (commitment.IsOpen && await db.Set<Request>().SingleOrDefaultAsync(one => one.Id == @case.AboutId, ct) is { Answer: null })
            {
                continue;
            }

            await RecallAsync(db, @case, now, ct);
            @case.Resolve(now);
        }
    }

    /// <summary>
    /// A step that was decided and is not known to have arrived is taken back in the same transaction; the sweep decides it anew if it is still called for.
    /// Where it is being sent at this moment, whoever gets it hears a correction.
    /// </summary>
    public static async Task RecallAsync(EquityDb db, EscalationCase @case, Instant now, CancellationToken ct)
    {
        if (@case.Pending is { } pending && await db.Set<Notice>().Where(one => one.Id == pending && one.SupersededAt == null).ForUpdate().SingleOrDefaultAsync(ct) is { } notice)
        {
            (notice.SupersededAt, notice.FollowUpAt) = (now, null);
            @case.Recall(now);
        }
    }

    public override IEnumerable<Block> Describe(View view, Reader reader) =>
        view.Aspect<CaseStory>() is { } story && reader.May("read-details", story.Commitment as ISubject ?? story.Case) ? CaseBlocks.Describe(story, reader) : [];
}
