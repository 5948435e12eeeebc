using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Escalation;

/// <summary>E-4.</summary>
public sealed class CaseKind : SubjectKind
{
    public override string Prefix => "E";

    public override async Task<IReadOnlyList<ISubject>> LoadAsync(EquityDb db, IReadOnlyCollection<int> numbers, bool locked, CancellationToken ct)
    {
        var found = await db.Set<EscalationCase>().AsNoTracking().Where(one => numbers.Contains(one.Number)).ToListAsync(ct);
        return locked && found.Count > 0 ? await LockAsync(db, [.. found.Select(one => one.Id)], ct) : found;
    }

    /// <summary>The promises first, then their cases: everybody takes them in this order. Both are tracked.</summary>
    public static async Task<IReadOnlyList<EscalationCase>> LockAsync(EquityDb db, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var promises = await db.Set<EscalationCase>().Where(one => ids.Contains(one.Id) && one.CommitmentId != null).Select(one => one.CommitmentId!.Value).ToListAsync(ct);
        if (promises.Count > 0)
        {
            await db.Set<Commitment>().Where(one => promises.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().LoadAsync(ct);
        }

        return await db.Set<EscalationCase>().Where(one => ids.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToListAsync(ct);
    }

    public static string Title(EscalationCase @case, Reader reader) => @case.Line == Lines.Silence
        ? reader.Words["silence.title", ("department", reader.Roster.Department(@case.DepartmentId).Name)]
        : reader.Words["case.title", ("reference", @case.Ref), ("subject", @case.AboutRef)];

    public override Card Card(View view, Reader reader)
    {
        var @case = (EscalationCase)view.Subject;
        var words = reader.Words;
        return new(
            Title(@case, reader),
            [
                new Status(words[$"case.status.{@case.Status}"], @case.IsOpen ? Mood.Missed : Mood.Plain),
                new Facts(
                    new Fact(words["case.department"], reader.Roster.Department(@case.DepartmentId).Name),
                    new Fact(words["case.since"], reader.Day(@case.BaseDay))),
                .. view.Describe(reader),
                .. reader.EveryButton(view) is { } row ? new Block[] { row } : [],
            ]);
    }
}
