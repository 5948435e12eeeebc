using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace EquityBot.Sweeps;

/// <summary>Walks the audit chains and says what does not fit: an edited entry, a missing one, a broken link, a chain that is not the one that was published. Reads only.</summary>
public sealed class AuditCheck(EquityStore store)
{
    /// <summary>What was found, a sentence each; none when every chain holds. Entries not sealed yet are counted, not faulted.</summary>
    public async Task<(int Links, int Unsealed, IReadOnlyList<string> Findings)> RunAsync(CancellationToken ct)
    {
        var findings = new List<string>();
        var (links, unsealed) = (0, 0);
        await using var everywhere = store.AcrossOrganizations();
        var organizations = everywhere.Rows<AuditEntry>().Select(one => one.OrganizationId)
            .Union(everywhere.Rows<AuditLink>().Select(one => one.OrganizationId))
            .Union(everywhere.Rows<AuditHead>().Select(one => one.OrganizationId));
        foreach (var organization in await organizations.ToListAsync(ct))
        {
            var entries = await everywhere.Rows<AuditEntry>().Where(one => one.OrganizationId == organization).ToDictionaryAsync(one => one.Seq, ct);
            var chain = await everywhere.Rows<AuditLink>().Where(one => one.OrganizationId == organization).OrderBy(one => one.Number).ToListAsync(ct);
            var heads = await everywhere.Rows<AuditHead>().Where(one => one.OrganizationId == organization).OrderBy(one => one.Date).ToListAsync(ct);
            findings.AddRange(Walk(chain, entries).Concat(Compare(chain, heads)).Select(finding => $"Organization {organization}: {finding}"));
            (links, unsealed) = (links + chain.Count, unsealed + entries.Keys.Except(chain.Select(link => link.EntrySeq)).Count());
        }

        return (links, unsealed, findings);
    }

    static IEnumerable<string> Walk(IReadOnlyList<AuditLink> chain, Dictionary<long, AuditEntry> entries)
    {
        var (previous, expected) = (AuditLink.Beginning, 1L);
        foreach (var link in chain)
        {
            if (link.Number != expected)
            {
                yield return $"links {expected} to {link.Number - 1} are missing.";
            }

            if (link.Previous != previous)
            {
                yield return $"link {link.Number} does not follow the one before it.";
            }

            if (!entries.TryGetValue(link.EntrySeq, out var entry))
            {
                yield return $"entry {link.EntrySeq}, sealed by link {link.Number}, is gone.";
            }
            else if (AuditLink.HashOf(link.Previous, entry) != link.Hash)
            {
                yield return $"entry {link.EntrySeq}, sealed by link {link.Number}, was changed.";
            }

            (previous, expected) = (link.Hash, link.Number + 1);
        }
    }

    /// <summary>Whoever can rewrite a whole chain makes it fit in itself; it no longer fits what was published.</summary>
    static IEnumerable<string> Compare(IEnumerable<AuditLink> chain, IEnumerable<AuditHead> heads)
    {
        var hashes = chain.ToDictionary(link => link.Number, link => link.Hash);
        foreach (var head in heads)
        {
            if (!hashes.TryGetValue(head.Number, out var hash))
            {
                yield return $"link {head.Number}, published as the head of {LocalDatePattern.Iso.Format(head.Date)}, is gone: the chain was cut back.";
            }
            else if (hash != head.Hash)
            {
                yield return $"link {head.Number} is not the one published as the head of {LocalDatePattern.Iso.Format(head.Date)}: the chain was rewritten.";
            }
        }
    }
}
