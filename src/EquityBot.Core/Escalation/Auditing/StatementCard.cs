using System.Globalization;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Escalation.Auditing;

/// <summary>A statement with what its month's findings have come to since.</summary>
public sealed record StatementStory(Statement Statement, IReadOnlyList<Finding> Findings);

/// <summary>The attestation in words: what was watched, what was done, what was missed and how that ended, and the seal that holds it all.</summary>
static class StatementCard
{
    /// <summary>So many findings are told one by one.</summary>
    const int AtMost = 10;

    const int MinutesADay = 24 * 60;

    public static async Task<StatementStory> LoadAsync(EquityDb db, Guid id, CancellationToken ct)
    {
        var statement = await db.Set<Statement>().AsNoTracking().SingleAsync(one => one.Id == id, ct);
        var zone = DateTimeZoneProviders.Tzdb[await db.Set<People.Organization>().Where(one => one.Id == db.OrganizationId).Select(one => one.Zone).SingleAsync(ct)];
        var (from, to) = (new Month(statement.Month).BeginsIn(zone), new Month(statement.Month).Next.BeginsIn(zone));
        return new(statement, await db.Set<Finding>().AsNoTracking().Where(one => one.FoundAt < to && (one.FoundAt >= from || one.ResolvedAt == null || one.ResolvedAt >= to)).OrderBy(one => one.FoundAt).ToListAsync(ct));
    }

    public static Card Of(StatementStory story, Reader reader)
    {
        var (figures, words) = (StatementFigures.FromJson(story.Statement.Figures), reader.Words);
        var month = words.Month(story.Statement.Month);
        return new(
            figures.IsClean ? words["statement.clean", ("month", month)]
                : figures.Missed > 0 ? words.Count("statement.missed", figures.Missed, ("month", month)) : words["statement.unclean", ("month", month)],
            new Words(words[figures.IsClean ? "statement.intro-clean" : "statement.intro"]),
            new Facts(
                new Fact(words["statement.promises"], Number(figures.Promises)),
                new Fact(words["statement.reminders"], Number(figures.Reminders)),
                new Fact(words["statement.steps"], words["statement.steps-value", ("decided", figures.Steps), ("delivered", figures.Delivered), ("unreached", figures.Unreached)]),
                new Fact(words["statement.messages"], words["statement.messages-value", ("sent", figures.Sent), ("failed", figures.Failed), ("unknown", figures.Unknown)]),
                new Fact(words["statement.findings"], words["statement.findings-value", ("missed", figures.Missed), ("healed", figures.Healed), ("open", figures.Open)])),
            story.Findings.Count == 0 ? null : new Bullets([.. story.Findings.Take(AtMost).Select(one => Line(one, reader))]),
            story.Findings.Count > AtMost ? new Quiet(words["finding.more", ("count", story.Findings.Count - AtMost)]) : null,
            figures.LongestPause > Beat.Longest.TotalMinutes ? new Quiet(Pause(figures.LongestPause, words)) : null,
            figures.Broken > 0 ? new Banner(words.Count("statement.broken", figures.Broken), Mood.Missed) : null,
            new Quiet(words["statement.sealed", ("sealed", figures.Sealed), ("unsealed", figures.Unsealed)]),
            new Quiet(figures is { Head: { } head, HeadOn: { } on } ? words["statement.head", ("day", reader.Day(NodaTime.Text.LocalDatePattern.Iso.Parse(on).Value)), ("hash", head)] : words["statement.no-head"]));
    }

    static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>How each ended is asked anew whenever it is read.</summary>
    static string Line(Finding one, Reader reader) => reader.Words["statement.line",
        ("what", reader.Words[$"finding.{one.Kind}", ("subject", one.Subject)]),
        ("day", reader.Day(Local(one.FoundAt!.Value, reader))),
        ("end", (one.HealedAt, one.ResolvedAt) switch
        {
            (_, null) => reader.Words["statement.end-open"],
            (null, { } at) => reader.Words["statement.end-resolved", ("day", reader.Day(Local(at, reader)))],
            _ => reader.Words["statement.end-healed"],
        })];

    static LocalDate Local(Instant at, Reader reader) => at.InZone(reader.Roster.Zone).Date;

    static string Pause(int minutes, Phrases words) => minutes >= MinutesADay
        ? words.Count("statement.pause-days", minutes / MinutesADay)
        : words.Count("statement.pause-minutes", minutes);
}
