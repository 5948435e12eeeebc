using System.Text.Json;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Escalation.Auditing;

/// <summary>Tells the equity officer what the auditor found, what it did about it, and what is left to do.</summary>
public sealed class FindingNotice : NoticeWriter
{
    public const string Name = "finding";

    /// <summary>So many are told one by one.</summary>
    const int AtMost = 10;

    public override string Trigger => Name;

    /// <summary>Told even when all of it has been set right meanwhile: whoever answers for the plan hears that it had to be.</summary>
    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var ids = JsonSerializer.Deserialize<List<Guid>>(notice.Facts!)!;
        var findings = await db.Set<Finding>().AsNoTracking().Where(one => ids.Contains(one.Id)).OrderBy(one => one.Since).ToListAsync(ct);
        var words = reader.Words;
        return new(
            words.Count("finding.title", findings.Count),
            new Words(words["finding.intro"]),
            new Bullets([.. findings.Take(AtMost).Select(one => Line(one, reader))]),
            findings.Count > AtMost ? new Quiet(words["finding.more", ("count", findings.Count - AtMost)]) : null,
            new Words(words["finding.next"]));
    }

    /// <summary>What is wrong since when, and what was or is to be done: a sentence each.</summary>
    public static string Line(Finding one, Reader reader) => reader.Words["finding.line",
        ("what", reader.Words[$"finding.{one.Kind}", ("subject", one.Subject)]),
        ("since", reader.Day(one.Since.InZone(reader.Roster.ZoneOf(reader.Person)).Date)),
        ("then", one.HealedAt is null ? reader.Words[$"finding.do.{one.Kind}"] : reader.Words["finding.healed"])];
}
