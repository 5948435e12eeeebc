using System.Globalization;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Cycles;

/// <summary>Asks how promises go, once a period of each one's cadence, and finds the check-ins that did not come. A period in which nobody could be asked is nobody's miss.</summary>
public sealed class CheckInSweep(EquityStore store, Subjects subjects, ILogger<CheckInSweep> log) : RowSweep<CheckInSweep.Batch>(store, log)
{
    public override string Name => "check-ins";

    public override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<CheckIn>().Where(one => one.LookAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.LookAt!.Value });

    /// <param name="TakenBack">Check-ins and the askings of them that were superseded.</param>
    public sealed record Batch(IReadOnlyDictionary<Guid, CheckIn> CheckIns, IReadOnlyDictionary<Guid, Commitment> Promises, IReadOnlySet<(Guid CheckIn, string Period)> TakenBack, Roster Roster);

    protected override async Task<Batch> LoadAsync(EquityDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var about = db.Set<CheckIn>().Where(one => ids.Contains(one.Id)).Select(one => one.CommitmentId);
        var promises = await db.Set<Commitment>().Where(one => about.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToDictionaryAsync(one => one.Id, ct);
        var checkIns = await db.Set<CheckIn>().Where(one => ids.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToDictionaryAsync(one => one.Id, ct);
        var takenBack = await db.Set<Notice>().Where(one => ids.Contains(one.SubjectId) && one.SupersededAt != null).Select(one => new { one.SubjectId, one.Period }).ToListAsync(ct);
        return new(checkIns, promises, takenBack.Select(one => (one.SubjectId, one.Period)).ToHashSet(), await Roster.LoadAsync(db, ct));
    }

    protected override async Task DecideAsync(EquityDb db, Batch batch, Guid id, Instant now, CancellationToken ct)
    {
        var (checkIn, roster) = (batch.CheckIns[id], batch.Roster);
        if (checkIn.LookAt is null || checkIn.LookAt > now)
        {
            return;
        }

        var commitment = batch.Promises[checkIn.CommitmentId];
        var isTakenBack = checkIn.Status == CheckInStatus.Asked && batch.TakenBack.Contains((id, Period(checkIn)));
        (var found, var asked, checkIn.LookAt) = CheckInWatch.Look(checkIn, commitment, isTakenBack, roster, now);
        switch (found)
        {
            case CheckInFound.Obsolete:
                checkIn.Skip();
                break;
            case CheckInFound.NeverAsked:
                checkIn.Skip();
                await db.SaveChangesAsync(ct);
                await CheckInFollower.PlanAsync(db, CheckInPeriod.At(commitment.Rhythm!.Value, roster.TodayOf(roster[commitment.OwnerId], now)), commitment, now, ct);
                break;
            case CheckInFound.Missed:
                await MissAsync(db, checkIn, commitment, roster, now, ct);
                break;
            case CheckInFound.ToAsk:
                Ask(db, checkIn, commitment, asked!, now);
                break;
            case CheckInFound.Nothing when isTakenBack:
                checkIn.Recall();
                break;
        }
    }

    async Task MissAsync(EquityDb db, CheckIn checkIn, Commitment commitment, Roster roster, Instant now, CancellationToken ct)
    {
        checkIn.Miss();
        db.Add(new CommitmentEvent { OrganizationId = db.OrganizationId, CommitmentId = commitment.Id, What = "check-in-missed", At = now });
        db.Add(AuditEntry.Of(db, now, Name, commitment.Ref, "missed", checkIn.Period));
        await db.SaveChangesAsync(ct);
        await subjects.FollowAsync(db, new Change(commitment, "check-in-missed"), roster, now, ct);
    }

    void Ask(EquityDb db, CheckIn checkIn, Commitment commitment, Person asked, Instant now)
    {
        checkIn.Ask();
        db.Append(AuditEntry.Of(db, now, Name, commitment.Ref, "asked", checkIn.Period));
        db.Append(new Notice
        {
            OrganizationId = db.OrganizationId,
            SubjectId = checkIn.Id,
            Ref = commitment.Ref,
            Trigger = CheckInNotice.Name,
            Period = Period(checkIn),
            RecipientId = asked.Id,
            Kind = MessageKind.CheckIn,
            Slot = Slot.Morning,
            DecidedAt = now,
            NotBefore = now,
        });
    }

    /// <summary>What makes this asking another than the one before a snooze.</summary>
    public static string Period(CheckIn checkIn) => string.Create(CultureInfo.InvariantCulture, $"{checkIn.Period}:{checkIn.Asks}");
}
