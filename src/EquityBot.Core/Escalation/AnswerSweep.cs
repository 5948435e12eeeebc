using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>Silence does not win: an answer that is owed and does not come escalates on the line of whoever owes it, under the promise's reference.</summary>
public sealed class AnswerSweep(EquityStore store, ILogger<AnswerSweep> log) : RowSweep(store, log)
{
    public override string Name => "answers";

    protected override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<Commitment>().Where(one => one.AnswerLookAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.AnswerLookAt!.Value });

    protected override async Task DecideAsync(EquityDb db, Guid id, Instant now, CancellationToken ct)
    {
        var commitment = await db.Set<Commitment>().Where(one => one.Id == id).ForUpdate().SingleAsync(ct);
        if (commitment.AnswerLookAt is null || commitment.AnswerLookAt > now)
        {
            return;
        }

        commitment.AnswerLookAt = null;
        var roster = await Roster.LoadAsync(db, ct);
        if (AnswerWatch.LineOf(commitment.Status) is not { } line || commitment.AskedOn is not { } asked || AnswerWatch.DebtorOf(commitment, roster) is not { } debtor)
        {
            return;
        }

        var followed = (await ScheduleBook.LoadAsync(db, roster.TodayAt(now), ct)).For(commitment.DepartmentId, commitment.Level);
        if (followed.Plan.AnswerDays is not { } patience)
        {
            return;
        }

        var baseDay = roster.CalendarOf(debtor).Add(asked, patience);
        var ends = roster.ZoneOf(debtor).AtStartOfDay(baseDay.PlusDays(1)).ToInstant();
        if (now < ends)
        {
            commitment.AnswerLookAt = ends;
            return;
        }

        await new Miss(line, commitment.Id, commitment, debtor.Id, debtor.DepartmentId, baseDay).OpenCaseAsync(db, followed, now, ct);
    }
}
