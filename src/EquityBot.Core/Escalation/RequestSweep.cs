using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>A request for help, or for a later day, that nobody answers escalates on the line of whoever was asked, under the promise's reference.</summary>
public sealed class RequestSweep(EquityStore store, ILogger<RequestSweep> log) : RowSweep(store, log)
{
    public override string Name => "requests";

    protected override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<Request>().Where(one => one.LookAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.LookAt!.Value });

    protected override async Task DecideAsync(EquityDb db, Guid id, Instant now, CancellationToken ct)
    {
        var commitmentId = await db.Set<Request>().Where(one => one.Id == id).Select(one => one.CommitmentId).SingleAsync(ct);
        var commitment = await db.Set<Commitment>().Where(one => one.Id == commitmentId).ForUpdate().SingleAsync(ct);
        var request = await db.Set<Request>().Where(one => one.Id == id).ForUpdate().SingleAsync(ct);
        if (request.LookAt is null || request.LookAt > now)
        {
            return;
        }

        var roster = await Roster.LoadAsync(db, ct);
        var followed = (await ScheduleBook.LoadAsync(db, ct)).For(commitment, roster, now);
        (var miss, request.LookAt) = AnswerWatch.Look(request, commitment, followed.Plan, roster, now);
        if (miss is not null)
        {
            await miss.OpenCaseAsync(db, followed, now, ct);
        }
    }
}
