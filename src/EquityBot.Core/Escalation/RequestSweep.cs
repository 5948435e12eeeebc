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

        request.LookAt = null;
        if (request.Answer is not null || !commitment.IsOpen)
        {
            return;
        }

        var roster = await Roster.LoadAsync(db, ct);
        var (followed, asked) = ((await ScheduleBook.LoadAsync(db, roster.TodayAt(now), ct)).For(commitment.DepartmentId, commitment.Level), roster[request.ToId]);
        if (followed.Plan.AnswerDays is not { } patience)
        {
            return;
        }

        var baseDay = roster.CalendarOf(asked).Add(request.AskedOn, patience);
        var ends = roster.ZoneOf(asked).AtStartOfDay(baseDay.PlusDays(1)).ToInstant();
        if (now < ends)
        {
            request.LookAt = ends;
            return;
        }

        await new Miss(request.Kind == RequestKind.Help ? Lines.Help : Lines.Extension, request.Id, commitment, asked.Id, asked.DepartmentId, baseDay).OpenCaseAsync(db, followed, now, ct);
    }
}
