using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>Silence does not win: an answer that is owed and does not come escalates on the line of whoever owes it, under the promise's reference.</summary>
public sealed class AnswerSweep(EquityStore store, ILogger<AnswerSweep> log) : RowSweep<AnswerSweep.Batch>(store, log)
{
    public override string Name => "answers";

    public override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<Commitment>().Where(one => one.AnswerLookAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.AnswerLookAt!.Value });

    public sealed record Batch(IReadOnlyDictionary<Guid, Commitment> Promises, Roster Roster, ScheduleBook Book);

    protected override async Task<Batch> LoadAsync(EquityDb db, IReadOnlyList<Guid> ids, CancellationToken ct) => new(
        await db.Set<Commitment>().Where(one => ids.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToDictionaryAsync(one => one.Id, ct),
        await Roster.LoadAsync(db, ct),
        await ScheduleBook.LoadAsync(db, ct));

    protected override async Task DecideAsync(EquityDb db, Batch batch, Guid id, Instant now, CancellationToken ct)
    {
        var (commitment, roster) = (batch.Promises[id], batch.Roster);
        if (commitment.AnswerLookAt is null || commitment.AnswerLookAt > now)
        {
            return;
        }

        var followed = batch.Book.For(commitment, roster, now);
        (var miss, commitment.AnswerLookAt) = AnswerWatch.Look(commitment, followed.Plan, roster, now);
        if (miss is not null)
        {
            await miss.OpenCaseAsync(db, followed, now, ct);
        }
    }
}
