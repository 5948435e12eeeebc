using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Commitments;

/// <summary>A promise that was looked for.</summary>
/// <param name="Line">Whose it is, by when, and how it stands.</param>
/// <param name="Card">To be shown to others: departments, no names.</param>
public sealed record FoundCommitment(string Title, string Line, Card Card);

/// <summary>Looks through the plan for whoever wants to show a promise to others.</summary>
public sealed class FindCommitments(EquityStore store, Readers readers)
{
    /// <summary>Those with all the words in their reference, statement, department, group or owner's name; where nothing is typed, one's own first. The earliest day first. Null for somebody who is not on the roster.</summary>
    public async Task<IReadOnlyList<FoundCommitment>?> ForAsync(Guid organization, string channel, string sender, string typed, int skip, int top, CancellationToken ct)
    {
        await using var db = store.For(organization);
        if (await readers.OfAsync(db, channel, sender, ct) is not { } reader)
        {
            return null;
        }

        var parts = Phrasebook.Tidy(typed).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = (await db.Set<Commitment>().AsNoTracking().Where(one => one.AcceptedAt != null).ToListAsync(ct))
            .Where(one => reader.May("read-plan", one) && parts.All(part => Has(one, part, reader)))
            .OrderByDescending(one => parts.Length == 1 && one.Ref.Equals(parts[0], StringComparison.OrdinalIgnoreCase))
            .ThenByDescending(one => one.IsOpen).ThenByDescending(one => parts.Length == 0 && one.OwnerId == reader.Person.Id).ThenBy(one => one.Due).ThenBy(one => one.Number)
            .Skip(skip).Take(top).ToList();
        var views = await reader.Subjects.LoadAsync(db, [.. found.Select(one => one.Ref)], locked: false, ct);
        return [.. found.Select(one => Shown(views[one.Ref], one, reader))];
    }

    static FoundCommitment Shown(View view, Commitment commitment, Reader reader) => new(
        CommitmentCard.Title(commitment, reader.Words),
        reader.Words["commitment.found", ("department", reader.Roster.Department(commitment.DepartmentId).Name), ("day", reader.Day(commitment.Due!.Value)), ("status", CommitmentCard.StatusOf(commitment, reader.Words).Word)],
        // Others than the one who looks will see it, and nobody's buttons are on it.
        reader.Subjects.Public(view, reader)!.Plain());

    static bool Has(Commitment commitment, string part, Reader reader) => new[]
    {
        commitment.Ref, commitment.Statement, commitment.ForWhom ?? "", reader.Roster.Department(commitment.DepartmentId).Name, reader.Roster[commitment.OwnerId].Name,
    }.Any(text => text.Contains(part, StringComparison.OrdinalIgnoreCase));
}
