using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>Leads change and people leave while a claim of done, or a withdrawal, waits: whoever is to answer it now is asked, with the full time to do so.</summary>
sealed class ConfirmationRoster(IEnumerable<SubjectFollower> followers) : RosterPart
{
    public override async Task RosterChangedAsync(EquityDb db, Instant now, CancellationToken ct)
    {
        var waiting = await db.Set<Commitment>().Where(one => one.Status == CommitmentStatus.DoneUnconfirmed || one.Status == CommitmentStatus.WithdrawalPending).OrderBy(one => one.Id).ForUpdate().ToListAsync(ct);
        if (waiting.Count == 0)
        {
            return;
        }

        var roster = await Roster.LoadAsync(db, ct);
        foreach (var commitment in waiting)
        {
            var confirmer = roster.ConfirmerFor(roster[commitment.OwnerId], commitment.DepartmentId, now) ?? roster.Holder(Role.EquityOfficer);
            if (confirmer is not null && await LastAskedAsync(db, commitment, ct) is { } last && last.RecipientId != confirmer.Id)
            {
                await AskAsync(db, commitment, last, confirmer, roster, now, ct);
            }
        }
    }

    static Task<Notice?> LastAskedAsync(EquityDb db, Commitment commitment, CancellationToken ct)
    {
        var trigger = commitment.Status == CommitmentStatus.DoneUnconfirmed ? ConfirmationNotice.Name : WithdrawalNotice.Name;
        return db.Set<Notice>().AsNoTracking().Where(one => one.SubjectId == commitment.Id && one.Trigger == trigger).OrderByDescending(one => one.Seq).FirstOrDefaultAsync(ct);
    }

    async Task AskAsync(EquityDb db, Commitment commitment, Notice last, Person confirmer, Roster roster, Instant now, CancellationToken ct)
    {
        commitment.Ask(roster.TodayOf(confirmer, now), now);
        db.Add(AuditEntry.Of(db, now, "roster", commitment.Ref, "asked-anew"));
        db.Add(new Notice
        {
            OrganizationId = db.OrganizationId,
            SubjectId = commitment.Id,
            Ref = commitment.Ref,
            Trigger = last.Trigger,
            Period = $"{commitment.Version}:{now.ToUnixTimeMilliseconds()}",
            RecipientId = confirmer.Id,
            Kind = MessageKind.Request,
            Slot = Slot.Now,
            Facts = last.Facts,
            DecidedAt = now,
            NotBefore = roster.HoursOf(confirmer).OpenAtOrAfter(now),
        });
        await db.SaveChangesAsync(ct);
        foreach (var follower in followers)
        {
            await follower.FollowAsync(db, new Change(commitment, "asked-anew"), roster, now, ct);
        }
    }
}
