using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>A request for help, or for a later day, that nobody answers escalates on the line of whoever was asked, under the promise's reference.</summary>
public sealed class RequestSweep(EquityStore store, ILogger<RequestSweep> log) : RowSweep<RequestSweep.Batch>(store, log)
{
    public override string Name => "requests";

    public override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<Request>().Where(one => one.LookAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.LookAt!.Value });

    public sealed record Batch(IReadOnlyDictionary<Guid, Request> Requests, IReadOnlyDictionary<Guid, Commitment> Promises, Roster Roster, ScheduleBook Book);

    protected override async Task<Batch> LoadAsync(EquityDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var about = db.Set<Request>().Where(one => ids.Contains(one.Id)).Select(one => one.CommitmentId);
        var promises = await db.Set<Commitment>().Where(one => about.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToDictionaryAsync(one => one.Id, ct);
        var requests = await db.Set<Request>().Where(one => ids.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToDictionaryAsync(one => one.Id, ct);
        return new(requests, promises, await Roster.LoadAsync(db, ct), await ScheduleBook.LoadAsync(db, ct));
    }

    protected override async Task DecideAsync(EquityDb db, Batch batch, Guid id, Instant now, CancellationToken ct)
    {
        var (request, roster) = (batch.Requests[id], batch.Roster);
        if (request.LookAt is null || request.LookAt > now)
        {
            return;
        }

        var commitment = batch.Promises[request.CommitmentId];
        var followed = batch.Book.For(commitment, roster, now);
        (var miss, request.LookAt) = AnswerWatch.Look(request, commitment, followed.Plan, roster, now);
        if (miss is not null)
        {
            await miss.OpenCaseAsync(db, followed, now, ct);
        }
    }
}
