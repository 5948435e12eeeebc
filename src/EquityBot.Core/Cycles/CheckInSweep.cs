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
        var zone = roster.ZoneOf(roster[commitment.OwnerId]);
        var ends = zone.AtStartOfDay(checkIn.EndsOn.PlusDays(1)).ToInstant();
        if (!commitment.IsOpen || checkIn.EndsOn > commitment.Due || (!commitment.IsRunning && now >= ends))
        {
            checkIn.Skip();
        }
        else if (!commitment.IsRunning)
        {
            // It rests: a claim of done waits, a withdrawal is asked for. It may go on within the period.
            checkIn.LookAt = ends;
        }
        else if (now >= ends)
        {
            await EndAsync(db, checkIn, commitment, roster, now, ct);
        }
        else
        {
            checkIn.LookAt = await AskAsync(db, checkIn, commitment, roster, now, ct) is { } later && later < ends ? later : ends;
        }
    }

    /// <summary>The period is over. Asked and not answered is a miss; never asked is not, and the period that runs now is asked for instead.</summary>
    async Task EndAsync(EquityDb db, CheckIn checkIn, Commitment commitment, Roster roster, Instant now, CancellationToken ct)
    {
        if (checkIn.Status == CheckInStatus.Planned)
        {
            checkIn.Skip();
            await CheckInFollower.PlanAsync(db, CheckInPeriod.At(commitment.Cadence!.Value, roster.TodayOf(roster[commitment.OwnerId], now)), commitment, now, ct);
            return;
        }

        checkIn.Miss();
        db.Add(new CommitmentEvent { OrganizationId = db.OrganizationId, CommitmentId = commitment.Id, What = "check-in-missed", At = now });
        db.Add(AuditEntry.Of(db, now, Name, commitment.Ref, "missed", checkIn.Period));
        await db.SaveChangesAsync(ct);
        await subjects.FollowAsync(db, new Change(commitment, "check-in-missed"), roster, now, ct);
    }

    /// <summary>Asks whoever acts for the promise now, when it is time; the time to look again, null when only the period's end is left.</summary>
    async Task<Instant?> AskAsync(EquityDb db, CheckIn checkIn, Commitment commitment, Roster roster, Instant now, CancellationToken ct)
    {
        if (checkIn.Status == CheckInStatus.Asked)
        {
            var asked = Period(checkIn);
            if (!await db.Set<Notice>().AnyAsync(one => one.SubjectId == checkIn.Id && one.Period == asked && one.SupersededAt != null, ct))
            {
                return null;
            }

            checkIn.Recall();
        }

        var owner = roster[commitment.OwnerId];
        if (checkIn.Span.AskOn(roster.CalendarOf(owner), commitment.LastReportOn) is not { } day)
        {
            return null;
        }

        var today = roster.TodayOf(owner, now);
        var acting = !owner.IsAbsentOn(today) ? owner : roster.Find(owner.DelegateId) is { } standIn && !standIn.IsAbsentOn(today) ? standIn : null;
        if (acting is null)
        {
            return owner.AwayUntil is { } away && away >= today && !owner.HasLeftBy(away.PlusDays(1)) ? roster.ZoneOf(owner).AtStartOfDay(away.PlusDays(1)).ToInstant() : null;
        }

        var hours = roster.HoursOf(acting);
        var at = Instant.Max(hours.OpeningOnOrAfter(LocalDate.Max(day, checkIn.SnoozedUntil ?? day)), hours.OpenAtOrAfter(now));
        if (at > now)
        {
            return at;
        }

        checkIn.Ask();
        db.Add(AuditEntry.Of(db, now, Name, commitment.Ref, "asked", checkIn.Period));
        db.Add(new Notice
        {
            OrganizationId = db.OrganizationId,
            SubjectId = checkIn.Id,
            Ref = commitment.Ref,
            Trigger = CheckInNotice.Name,
            Period = Period(checkIn),
            RecipientId = acting.Id,
            Kind = MessageKind.CheckIn,
            Slot = Slot.Morning,
            DecidedAt = now,
            NotBefore = now,
        });
        return null;
    }

    /// <summary>What makes this asking another than the one before a snooze.</summary>
    public static string Period(CheckIn checkIn) => string.Create(CultureInfo.InvariantCulture, $"{checkIn.Period}:{checkIn.Asks}");
}
