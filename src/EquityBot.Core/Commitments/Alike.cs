using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using FuzzySharp;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>Promises under way that say nearly what a draft says; two at most.</summary>
public sealed record Alike(IReadOnlyList<Commitment> Promises);

/// <summary>Points out on a draft what is under way already, so that two departments find each other before they do the same twice.</summary>
public sealed class AlikeFollower : SubjectFollower
{
    /// <summary>The newest ones: who promises the same years later means it anew.</summary>
    const int Compared = 500;
    const int Shown = 2;

    /// <summary>Of a hundred, whatever the order of the words.</summary>
    const int Likeness = 85;

    static readonly CommitmentStatus[] UnderWay = [CommitmentStatus.Proposed, CommitmentStatus.Active, CommitmentStatus.AtRisk, CommitmentStatus.Missed, CommitmentStatus.DoneUnconfirmed];

    public override async Task<IReadOnlyDictionary<Guid, object>> LoadAspectsAsync(EquityDb db, IReadOnlyCollection<ISubject> subjects, CancellationToken ct)
    {
        var drafts = subjects.OfType<Commitment>().Where(one => one.Status == CommitmentStatus.Draft && one.Statement.Length > 0).ToList();
        if (drafts.Count == 0)
        {
            return new Dictionary<Guid, object>();
        }

        var others = await db.Set<Commitment>().AsNoTracking().Where(one => UnderWay.Contains(one.Status) && one.AcceptedAt != null).OrderByDescending(one => one.Number).Take(Compared).ToListAsync(ct);
        return drafts
            .Select(draft => (draft.Id, Alike: new Alike([.. others.Select(one => (one, likeness: Of(draft.Statement, one.Statement))).Where(two => two.likeness >= Likeness).OrderByDescending(two => two.likeness).Take(Shown).Select(two => two.one)])))
            .Where(found => found.Alike.Promises.Count > 0).ToDictionary(found => found.Id, object (found) => found.Alike);
    }

    static int Of(string statement, string other) => Fuzz.TokenSetRatio(statement.ToLowerInvariant(), other.ToLowerInvariant());

    public override Task FollowAsync(EquityDb db, Change change, Roster roster, Instant now, CancellationToken ct) => Task.CompletedTask;

    public override IEnumerable<Block> Describe(View view, Reader reader) =>
        view.Aspect<Alike>() is { } alike
            ? alike.Promises.Select(one => new Quiet(reader.Words["draft.alike", ("reference", one.Ref), ("statement", one.Statement), ("department", reader.Roster.Department(one.DepartmentId).Name)]))
            : [];
}
