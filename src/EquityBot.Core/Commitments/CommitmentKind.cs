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

    /// <summary>That a day passed is between its owner and those whom the schedule names; a room sees what was promised, and when it is kept.</summary>
    public override Card? Public(View view, Reader reader)
    {
        var (commitment, words) = ((Commitment)view.Subject, reader.Words);
        var said = commitment.Status switch
        {
            CommitmentStatus.Met => "receipt.public-met",
            CommitmentStatus.Proposed => "receipt.public-proposed",
            CommitmentStatus.Draft or CommitmentStatus.Withdrawn or CommitmentStatus.CarriedOver => "receipt.public-gone",
            _ => "receipt.public",
        };
        return new(
            words[said, ("reference", commitment.Ref), ("statement", commitment.Statement), ("day", commitment.Due is { } due ? reader.Day(due) : ""), ("department", reader.Roster.Department(commitment.DepartmentId).Name)],
            commitment.IsOnThePlan ? new ButtonRow([reader.Show(commitment)]) : null);
    }
}
