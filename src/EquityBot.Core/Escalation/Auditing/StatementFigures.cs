using System.Text.Json;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Escalation.Auditing;

/// <summary>The numbers of one month, counted from rows; a step counts in the month in which each thing happened to it.</summary>
/// <param name="Promises">On the plan at some time in the month.</param>
/// <param name="Reminders">Reminders that were sent.</param>
/// <param name="Steps">Steps of escalations that were decided.</param>
/// <param name="Delivered">Steps that reached their recipient.</param>
/// <param name="Unreached">Steps whose recipient could not be reached.</param>
/// <param name="Sent">Messages that arrived.</param>
/// <param name="Failed">Messages that arrived by no address.</param>
/// <param name="Unknown">Messages of which nobody knows whether they arrived.</param>
/// <param name="Missed">Missed steps that the auditor found in the month.</param>
/// <param name="Healed">Of these, set right by the auditor itself.</param>
/// <param name="Open">Found by the end of the month and not resolved by then.</param>
/// <param name="LongestPause">Minutes between two audits, at most.</param>
/// <param name="Sealed">Audit entries of the month that are sealed.</param>
/// <param name="Unsealed">Audit entries of the month that are not.</param>
/// <param name="Broken">Sealed entries that do not fit their seal.</param>
/// <param name="Head">The chain's published head at the end of the month; null where none was published.</param>
/// <param name="HeadOn">The day of that head: the month's last, or the last before it on which there was one.</param>
public sealed record StatementFigures(
    int Promises, int Reminders, int Steps, int Delivered, int Unreached, int Sent, int Failed, int Unknown,
    int Missed, int Healed, int Open, int LongestPause, int Sealed, int Unsealed, int Broken, string? Head, string? HeadOn)
{
    /// <summary>Nothing was found, nothing is open, and the trail that says so is whole.</summary>
    public bool IsClean => Missed == 0 && Open == 0 && Broken == 0;

    public string ToJson() => JsonSerializer.Serialize(this);

    public static StatementFigures FromJson(string json) => JsonSerializer.Deserialize<StatementFigures>(json)!;

    public static async Task<StatementFigures> OfAsync(EquityDb db, Month month, DateTimeZone zone, int longestPause, CancellationToken ct)
    {
        var (from, to) = (month.BeginsIn(zone), month.Next.BeginsIn(zone));
        var (steps, findings, notices, deliveries) = (db.Set<CaseStep>(), db.Set<Finding>(), db.Set<Notice>(), db.Set<Delivery>());
        var head = await db.Set<AuditHead>().AsNoTracking().Where(one => one.Date <= month.Last).OrderByDescending(one => one.Date).FirstOrDefaultAsync(ct);
        var (isSealed, unsealed, broken) = await ChainAsync(db, from, to, ct);
        return new(
            await OnThePlanAsync(db, from, to, ct),
            await notices.CountAsync(one => one.Trigger == ReminderNotice.Name && deliveries.Any(delivery => delivery.Id == one.DeliveryId && delivery.SentAt >= from && delivery.SentAt < to), ct),
            await steps.CountAsync(one => one.DecidedAt >= from && one.DecidedAt < to, ct),
            await steps.CountAsync(one => one.DeliveredAt >= from && one.DeliveredAt < to, ct),
            await steps.CountAsync(one => one.UnreachedAt >= from && one.UnreachedAt < to, ct),
            await deliveries.CountAsync(one => one.SentAt >= from && one.SentAt < to, ct),
            await deliveries.CountAsync(one => one.State == DeliveryState.Failed && one.Date >= month.First && one.Date <= month.Last, ct),
            await deliveries.CountAsync(one => one.State == DeliveryState.Unknown && one.Date >= month.First && one.Date <= month.Last, ct),
            await findings.CountAsync(one => one.FoundAt >= from && one.FoundAt < to, ct),
            await findings.CountAsync(one => one.FoundAt >= from && one.FoundAt < to && one.HealedAt != null, ct),
            await findings.CountAsync(one => one.FoundAt < to && (one.ResolvedAt == null || one.ResolvedAt >= to), ct),
            longestPause,
            isSealed,
            unsealed,
            broken,
            head?.Hash,
            head is null ? null : NodaTime.Text.LocalDatePattern.Iso.Format(head.Date));
    }

    /// <summary>Accepted before the month ended, and still open now or with something said about it since the month began.</summary>
    static Task<int> OnThePlanAsync(EquityDb db, Instant from, Instant to, CancellationToken ct) => db.Set<Commitment>().CountAsync(one =>
        one.AcceptedAt < to
        && ((one.Status != CommitmentStatus.Met && one.Status != CommitmentStatus.Withdrawn && one.Status != CommitmentStatus.CarriedOver)
            || db.Set<CommitmentEvent>().Any(happened => happened.CommitmentId == one.Id && happened.At >= from)), ct);

    /// <summary>Each entry of the month against its seal; whether the chain as a whole holds is <c>verify-audit</c>'s to say.</summary>
    static async Task<(int Sealed, int Unsealed, int Broken)> ChainAsync(EquityDb db, Instant from, Instant to, CancellationToken ct)
    {
        var (isSealed, unsealed, broken) = (0, 0, 0);
        var entries = from entry in db.Set<AuditEntry>().AsNoTracking()
                      join link in db.Set<AuditLink>().AsNoTracking() on entry.Seq equals link.EntrySeq into links
                      from link in links.DefaultIfEmpty()
                      where entry.At >= @from && entry.At < to
                      select new { entry, link };
        await foreach (var one in entries.AsAsyncEnumerable().WithCancellation(ct))
        {
            isSealed += one.link is null ? 0 : 1;
            unsealed += one.link is null ? 1 : 0;
            broken += one.link is not null && AuditLink.HashOf(one.link.Previous, one.entry) != one.link.Hash ? 1 : 0;
        }

        return (isSealed, unsealed, broken);
    }
}
