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

        var roster = await Roster.LoadAsync(db, ct);
        var followed = (await ScheduleBook.LoadAsync(db, ct)).For(commitment, roster, now);
        (var miss, commitment.AnswerLookAt) = AnswerWatch.Look(commitment, followed.Plan, roster, now);
        if (miss is not null)
        {
            await miss.OpenCaseAsync(db, followed, now, ct);
        }
    }
}
