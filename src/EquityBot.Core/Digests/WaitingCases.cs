using EquityBot.Chat;
using EquityBot.Escalation;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Digests;

/// <summary>A case that waits for one reader.</summary>
/// <param name="Subject">The promise; the case itself where there is none.</param>
/// <param name="Heard">Phrases of the roles that were told and have not answered.</param>
/// <param name="Unreached">Phrases of the roles that could not be reached.</param>
public sealed record WaitingCase(EscalationCase Case, View Subject, View Own, IReadOnlyList<string> Heard, IReadOnlyList<string> Unreached);

/// <summary>What waits for one reader.</summary>
/// <param name="IsMoreOnItsWay">A step to the reader is decided and not known to have arrived: it says for itself what it asks, often in the same bundle.</param>
public sealed record Waiting(IReadOnlyList<WaitingCase> Cases, bool IsMoreOnItsWay);

/// <summary>Which cases wait for whom, and who has not answered: by role, never by name.</summary>
public static class WaitingCases
{
    /// <summary>
    /// For the board all that is undecided; for an executive what came to them last, or waits for them as the sponsor. The longest open come first.
    /// </summary>
    public static async Task<Waiting> LoadAsync(EquityDb db, Audience audience, Reader reader, CancellationToken ct)
    {
        var open = await db.Set<EscalationCase>().AsNoTracking()
            .Where(one => one.Status == CaseStatus.Exhausted || (audience == Audience.Executive && (one.Status == CaseStatus.Open || one.Status == CaseStatus.WaitingForCover)))
            .OrderBy(one => one.BaseDay).ThenBy(one => one.Number).ToListAsync(ct);
        var ids = open.Select(one => one.Id).ToList();
        var steps = (await db.Set<CaseStep>().AsNoTracking().Where(one => ids.Contains(one.CaseId)).OrderBy(one => one.Seq).ToListAsync(ct)).ToLookup(one => one.CaseId);
        var waiting = new List<WaitingCase>();
        foreach (var one in open.Where(one => audience == Audience.Board || WaitsFor(one, StepsOf(one), reader.Person, reader.Roster)))
        {
            if (await reader.ViewAsync(db, one.Ref, ct) is { } own)
            {
                var subject = one.CommitmentId is null ? own : await reader.ViewAsync(db, one.AboutRef, ct) ?? own;
                var answers = audience == Audience.Board ? await AnswersAsync(db, subject.Subject.Ref, own.Subject.Ref, reader, ct) : [];
                var (heard, unreached) = Unanswered(one, StepsOf(one), answers, reader.Person, reader.Roster, reader.Now);
                waiting.Add(new(one, subject, own, heard, unreached));
            }
        }

        return new(waiting, await db.Set<EscalationCase>().AnyAsync(one => one.Pending != null && db.Set<CaseStep>().Any(step => step.NoticeId == one.Pending && step.RecipientId == reader.Person.Id), ct));

        // A case that began anew forgot who was told before.
        IReadOnlyList<CaseStep> StepsOf(EscalationCase one) => [.. steps[one.Id].Where(step => step.Trigger == one.Trigger)];
    }

    /// <summary>Whoever did something about the promise or its case, and when; looking at it is no answer.</summary>
    static async Task<IReadOnlyList<(Guid By, Instant At)>> AnswersAsync(EquityDb db, string promise, string @case, Reader reader, CancellationToken ct)
    {
        var looks = reader.Catalogue.Commands.Where(command => command.Reads).Select(command => command.Verb).ToList();
        var done = await db.Set<AuditEntry>().AsNoTracking()
            .Where(one => (one.Subject == promise || one.Subject == @case) && one.ActorId != null && one.Outcome == "done" && !looks.Contains(one.Action))
            .ToListAsync(ct);
        return [.. done.Select(one => (one.ActorId!.Value, one.At))];
    }

    /// <summary>The last step that arrived went to the person, or the sponsor's did and that is who they are. Not while a claim of done waits to be confirmed.</summary>
    /// <param name="steps">In the order in which they were decided.</param>
    public static bool WaitsFor(EscalationCase @case, IReadOnlyList<CaseStep> steps, Person person, Roster roster)
    {
        var arrived = steps.Where(step => step.DeliveredAt is not null).ToList();
        return @case.HeldSince is null && arrived.Count > 0
            && (arrived[^1].RecipientId == person.Id || (arrived.Any(step => step.To == "sponsor") && SponsorOf(@case, roster)?.Id == person.Id));
    }

    static Person? SponsorOf(EscalationCase @case, Roster roster) =>
        roster.Find(@case.OwnerId) is { } owner ? roster.SponsorFor(owner, @case.DepartmentId) : null;

    /// <summary>Phrases of the roles by what became of their last step; the reader's own is left out, since they are being asked at this moment.</summary>
    /// <param name="steps">In the order in which they were decided.</param>
    public static (IReadOnlyList<string> Heard, IReadOnlyList<string> Unreached) Unanswered(
        EscalationCase @case, IReadOnlyList<CaseStep> steps, IReadOnlyList<(Guid By, Instant At)> answers, Person reader, Roster roster, Instant now)
    {
        var last = steps.GroupBy(step => step.Step).Select(rounds => rounds.Last()).Where(step => step.RecipientId is { } id && id != reader.Id).OrderBy(step => step.Place).ToList();
        return (
            Roles(last.Where(step => step.DeliveredAt is { } at && !answers.Any(answer => answer.By == step.RecipientId && answer.At >= at))),
            Roles(last.Where(step => step is { DeliveredAt: null, UnreachedAt: not null })));

        IReadOnlyList<string> Roles(IEnumerable<CaseStep> those) => [.. those.Select(step => RoleOf(step, @case, roster, now)).Distinct()];
    }

    /// <summary>The step's role; somebody above the owner where it went to somebody else than the role's holder.</summary>
    static string RoleOf(CaseStep step, EscalationCase @case, Roster roster, Instant now)
    {
        var owner = roster.Find(@case.OwnerId);
        var isTheirs = step.To == "owner" || owner is null || Recipients.HolderOf(step.To, owner, @case.DepartmentId, roster, now)?.Id == step.RecipientId;
        return isTheirs ? $"role.{(step.To.StartsWith(EscalationStep.PersonPrefix, StringComparison.Ordinal) ? "person" : step.To)}" : "digest.role-above";
    }
}
