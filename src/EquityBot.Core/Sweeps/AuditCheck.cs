using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Sweeps;

/// <summary>Walks the audit chains and says what does not fit: an edited entry, a missing one, a broken link. Reads only.</summary>
public sealed class AuditCheck(EquityStore store)
{
    /// <summary>What was found, a sentence each; none when every chain holds. Entries not sealed yet are counted, not faulted.</summary>
    public async Task<(int Links, int Unsealed, IReadOnlyList<string> Findings)> RunAsync(CancellationToken ct)
    {
        var findings = new List<string>();
        var (links, unsealed) = (0, 0);
        await using var everywhere = store.AcrossOrganizations();
        foreach (var organization in await everywhere.Rows<AuditEntry>().Select(one => one.OrganizationId).Union(everywhere.Rows<AuditLink>().Select(one => one.OrganizationId)).ToListAsync(ct))
        {
            var entries = await everywhere.Rows<AuditEntry>().Where(one => one.OrganizationId == organization).ToDictionaryAsync(one => one.Seq, ct);
            var chain = await everywhere.Rows<AuditLink>().Where(one => one.OrganizationId == organization).OrderBy(one => one.Number).ToListAsync(ct);
            findings.AddRange(Walk(chain, entries).Select(finding => $"Organization {organization}: {finding}"));
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
}
