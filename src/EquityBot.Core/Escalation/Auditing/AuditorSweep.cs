using System.Text.Json;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Escalation.Auditing;

/// <summary>
/// Looks over the engine's shoulder: computes from the facts what should have happened by now, and finds what has not. It is due whenever it is rung;
/// nothing waits for it. What is safe to heal it heals, by having the sweep concerned look at once; the rest is the equity officer's. See docs/decisions/0014.
/// </summary>
/// <param name="outlook">Asked for late: it knows every sweep, this one too.</param>
public sealed class AuditorSweep(EquityStore store, Func<Outlook> outlook, MachineClock machine, ILogger<AuditorSweep> log) : ISweep
{
    public const string Sweep = "auditor";

    /// <summary>How often it is rung in a running installation; what is missing is found within one such period.</summary>
    public static readonly Duration Period = Duration.FromMinutes(15);

    /// <summary>Two rings within this time are one audit, unless something is open.</summary>
    static readonly Duration Pause = Duration.FromMinutes(10);

    public string Name => Sweep;

    public IQueryable<DueRow>? Rows(AcrossOrganizations everywhere) => null;

    /// <summary>Done counts what was found, healed or resolved: an audit that sees nothing new lets the engine rest.</summary>
    public async Task<SweepResult> RunAsync(Instant now, CancellationToken ct)
    {
        var done = 0;
        foreach (var organization in await DueAsync(now, ct))
        {
            var seen = await store.ReadAsync(organization, db => LookAsync(db, now, ct), ct);
            done += await store.WriteAsync(organization, Urgency.Background, db => WriteAsync(db, seen, now, ct), ct);
        }

        return new(done, 0);
    }

    async Task<List<Guid>> DueAsync(Instant now, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        var recently = now - Pause;
        return await everywhere.Rows<Organization>()
            .Where(one => !everywhere.Rows<AuditWatch>().Any(watch => watch.OrganizationId == one.Id && watch.LastAuditAt > recently)
                || everywhere.Rows<Finding>().Any(finding => finding.OrganizationId == one.Id && finding.ResolvedAt == null))
            .Select(one => one.Id).ToListAsync(ct);
    }

    async Task<List<Observation>> LookAsync(EquityDb db, Instant now, CancellationToken ct)
    {
        var evidence = await Evidence.LoadAsync(db, now, ct);
        var backlog = await Backlog.LoadAsync(db, await outlook().NextOfAsync(db.OrganizationId, ct), ct);
        return [.. PromiseReview.Of(evidence, now).Concat(CaseReview.Of(evidence, now)).Concat(backlog.Observe(now, machine.GetUtcNow().ToInstant()))];
    }

    async Task<int> WriteAsync(EquityDb db, List<Observation> seen, Instant now, CancellationToken ct)
    {
        if (!await SignAsync(db, now, ct))
        {
            return 0;
        }

        var known = await db.Set<Finding>().Where(one => one.ResolvedAt == null).ToDictionaryAsync(one => (one.Kind, one.Subject), ct);
        var (found, changes) = (new List<Finding>(), 0);
        foreach (var same in seen.GroupBy(one => (one.Kind, one.Subject)))
        {
            var one = same.First();
            if (known.Remove(same.Key, out var finding))
            {
                // What moves is not standing still.
                (finding.SeenAt, finding.Since) = finding.FoundAt is null && finding.Since != one.Since ? (now, one.Since) : (finding.SeenAt, finding.Since);
            }
            else
            {
                finding = new() { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, Kind = one.Kind, Subject = one.Subject, Since = one.Since, SeenAt = now };
                db.Add(finding);
                changes++;
            }

            if (finding.FoundAt is null && finding.SeenAt + one.Patience <= now)
            {
                finding.FoundAt = now;
                finding.HealedAt = await HealAsync(db, same, now, ct) ? now : null;
                found.Add(finding);
            }
        }

        changes += found.Count + known.Count;
        db.RemoveRange(known.Values.Where(one => one.FoundAt is null));
        foreach (var gone in known.Values.Where(one => one.FoundAt is not null))
        {
            gone.ResolvedAt = now;
            db.Add(AuditEntry.Of(db, now, Sweep, null, "resolved", $"{gone.Kind} {gone.Id}"));
        }

        if (found.Count > 0)
        {
            await AlertAsync(db, found, now, ct);
        }

        return changes;
    }

    /// <summary>Writes down that the audit came to its end. False when another node has just done it; then its findings count.</summary>
    static async Task<bool> SignAsync(EquityDb db, Instant now, CancellationToken ct)
    {
        if (await db.Set<AuditWatch>().Where(one => one.OrganizationId == db.OrganizationId).ForUpdate().SingleOrDefaultAsync(ct) is not { } watch)
        {
            var roster = await Roster.LoadAsync(db, ct);
            db.Add(new AuditWatch { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, LastAuditAt = now, StatementAt = Month.Of(now.InZone(roster.Zone).Date).Next.MorningFor(roster) });
            return true;
        }

        if (watch.LastAuditAt > now)
        {
            return false;
        }

        watch.LongestPause = Math.Max(watch.LongestPause, (int)(now - watch.LastAuditAt).TotalMinutes);
        watch.LastAuditAt = now;
        return true;
    }

    /// <summary>True when everything of it was set right.</summary>
    static async Task<bool> HealAsync(EquityDb db, IEnumerable<Observation> same, Instant now, CancellationToken ct)
    {
        var healed = true;
        foreach (var one in same)
        {
            healed &= one.Heal is { } heal && await HealAsync(db, heal.What, heal.Id, now, ct);
        }

        return healed;
    }

    static async Task<bool> HealAsync(EquityDb db, LookAgain what, Guid id, Instant now, CancellationToken ct) => what switch
    {
        LookAgain.Promise => await db.Set<Commitment>().Where(one => one.Id == id).ExecuteUpdateAsync(set => set.SetProperty(one => one.LookAt, now), ct) == 1,
        LookAgain.Answer => await db.Set<Commitment>().Where(one => one.Id == id).ExecuteUpdateAsync(set => set.SetProperty(one => one.AnswerLookAt, now), ct) == 1,
        LookAgain.Request => await db.Set<Request>().Where(one => one.Id == id).ExecuteUpdateAsync(set => set.SetProperty(one => one.LookAt, now), ct) == 1,
        LookAgain.Department => await db.Set<DepartmentWatch>().Where(one => one.Id == id).ExecuteUpdateAsync(set => set.SetProperty(one => one.LookAt, now), ct) == 1,
        LookAgain.Case => await db.Set<EscalationCase>().Where(one => one.Id == id).ExecuteUpdateAsync(set => set.SetProperty(one => one.NextAt, now), ct) == 1,
        _ => await DecideAgainAsync(db, id, now, ct),
    };

    /// <summary>Only where nothing was even tried to be sent to the recipient since: rather a step that a person has to see to than one that comes twice.</summary>
    static async Task<bool> DecideAgainAsync(EquityDb db, Guid id, Instant now, CancellationToken ct)
    {
        var @case = (await CaseKind.LockAsync(db, [id], ct)).SingleOrDefault();
        var step = await db.Set<CaseStep>().Where(one => one.CaseId == id && one.NoticeId == @case!.Pending).SingleOrDefaultAsync(ct);
        if (step is null || await db.Set<Notice>().AnyAsync(one => one.Id == step.NoticeId, ct))
        {
            return false;
        }

        var roster = await Roster.LoadAsync(db, ct);
        var day = roster.TodayOf(roster[step.RecipientId!.Value], step.DecidedAt);
        if (await db.Set<Delivery>().AnyAsync(one => one.RecipientId == step.RecipientId && one.Date >= day && one.Attempts > 0 && !one.Slot.StartsWith(Delivery.ReplySlot) && !one.Slot.StartsWith(Delivery.RedrawSlot), ct))
        {
            return false;
        }

        @case!.Recall(now);
        return true;
    }

    /// <summary>One card for all that this audit found, and one line in the log.</summary>
    async Task AlertAsync(EquityDb db, List<Finding> found, Instant now, CancellationToken ct)
    {
        log.LogError(
            "The auditor found {Count} missed steps in {Organization}, {Healed} set right: {Findings}",
            found.Count, db.OrganizationId, found.Count(one => one.HealedAt is not null), string.Join(", ", found.Select(one => $"{one.Kind} {one.Id}")));
        db.AddRange(found.Select(one => AuditEntry.Of(db, now, Sweep, null, one.HealedAt is null ? "found" : "healed", $"{one.Kind} {one.Id}")));
        if ((await Roster.LoadAsync(db, ct)).Holder(Role.EquityOfficer) is { } officer)
        {
            db.Add(new Notice
            {
                OrganizationId = db.OrganizationId,
                SubjectId = found[0].Id,
                Ref = "",
                Trigger = FindingNotice.Name,
                Period = found[0].Id.ToString(),
                RecipientId = officer.Id,
                Kind = MessageKind.Task,
                Slot = Slot.Now,
                Facts = JsonSerializer.Serialize(found.Select(one => one.Id)),
                DecidedAt = now,
                NotBefore = now,
            });
        }
    }
}
