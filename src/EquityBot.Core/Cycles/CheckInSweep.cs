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
public sealed class CheckInSweep(EquityStore store, Subjects subjects, ILogger<CheckInSweep> log) : RowSweep(store, log)
{
    public override string Name => "check-ins";

    protected override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<CheckIn>().Where(one => one.LookAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.LookAt!.Value });

    protected override async Task DecideAsync(EquityDb db, Guid id, Instant now, CancellationToken ct)
    {
        var commitmentId = await db.Set<CheckIn>().Where(one => one.Id == id).Select(one => one.CommitmentId).SingleAsync(ct);
        var commitment = await db.Set<Commitment>().Where(one => one.Id == commitmentId).ForUpdate().SingleAsync(ct);
        var checkIn = await db.Set<CheckIn>().Where(one => one.Id == id).ForUpdate().SingleAsync(ct);
        if (checkIn.LookAt is null || checkIn.LookAt > now)
        {
            return;
        }

        var roster = await Roster.LoadAsync(db, ct);
        var asking = Period(checkIn);
        var isTakenBack = checkIn.Status == CheckInStatus.Asked && await db.Set<Notice>().AnyAsync(one => one.SubjectId == checkIn.Id && one.Period == asking && one.SupersededAt != null, ct);
        (var found, var asked, checkIn.LookAt) = CheckInWatch.Look(checkIn, commitment, isTakenBack, roster, now);
        switch (found)
        {
            case CheckInFound.Obsolete:
                checkIn.Skip();
                break;
            case CheckInFound.NeverAsked:
                checkIn.Skip();
                await CheckInFollower.PlanAsync(db, CheckInPeriod.At(commitment.Cadence!.Value, roster.TodayOf(roster[commitment.OwnerId], now)), commitment, now, ct);
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
        db.Add(AuditEntry.Of(db, now, Name, commitment.Ref, "asked", checkIn.Period));
        db.Add(new Notice
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
