using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Commitments;

/// <summary>C-12.</summary>
public sealed class CommitmentKind : SubjectKind
{
    public override string Prefix => "C";

    public override async Task<ISubject?> LoadAsync(EquityDb db, int number, bool locked, CancellationToken ct)
    {
        var rows = db.Set<Commitment>().Where(one => one.Number == number);
        return await (locked ? rows.ForUpdate() : rows).SingleOrDefaultAsync(ct);
    }

    public override Card Card(View view, Reader reader) => CommitmentCard.Of(view, reader);
}
