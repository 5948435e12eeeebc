using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Digests;

/// <summary>The week's digest in words: its numbers as they were decided, what waits for the reader as it is when it is sent.</summary>
public sealed class DigestNotice : NoticeWriter
{
    public const string Name = "digest";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var digest = await db.Set<Digest>().AsNoTracking().SingleAsync(one => one.Id == notice.SubjectId, ct);
        var isTheirs = Readership.Of(digest.Audience, reader.Roster).Any(person => person.Id == reader.Person.Id) && !reader.Person.IsAbsentOn(reader.Today);
        if (!isTheirs || await db.Set<Digest>().AnyAsync(one => one.Audience == digest.Audience && one.Monday > digest.Monday, ct))
        {
            return null;
        }

        var waiting = await WaitingCases.LoadAsync(db, digest.Audience, reader, ct);
        return digest.Audience == Audience.Board && waiting.Cases.Count == 0 && !new IsoWeek(digest.Monday).IsFirstOfMonth
            ? null
            : DigestCard.Of(digest, waiting, reader);
    }
}
