using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Commitments;

/// <summary>C-12.</summary>
public sealed class CommitmentKind : SubjectKind
{
    public override string Prefix => "C";

    public override async Task<IReadOnlyList<ISubject>> LoadAsync(EquityDb db, IReadOnlyCollection<int> numbers, bool locked, CancellationToken ct)
    {
        var rows = db.Set<Commitment>().Where(one => numbers.Contains(one.Number));
        return await (locked ? rows.OrderBy(one => one.Id).ForUpdate() : rows.AsNoTracking()).ToListAsync(ct);
    }

    public override Card Card(View view, Reader reader) => CommitmentCard.Of(view, reader);
}
