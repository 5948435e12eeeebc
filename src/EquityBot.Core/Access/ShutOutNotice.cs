using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Access;

/// <summary>Tells the officer that a platform has closed the bot's way in, so that nobody can be written to there. Once a day at most, while it lasts.</summary>
public sealed class ShutOutNotice : NoticeWriter
{
    public const string Name = "shut-out";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var (channel, tenant, _) = PlatformNotice.FactsOf(notice);
        if (await db.Set<Installation>().AnyAsync(one => one.Channel == channel && one.Tenant == tenant && one.Ended == null, ct))
        {
            return null;
        }

        var (words, name) = (reader.Words, reader.Words[$"channel.{channel}"]);
        return new(words["shut-out.title", ("channel", name)], new Words(words["shut-out.words", ("channel", name), ("tenant", tenant)]), new Quiet(words["shut-out.meanwhile", ("channel", name)]));
    }

    public static Task TellAsync(EquityDb db, string channel, string tenant, Instant now, CancellationToken ct) => PlatformNotice.TellAsync(db, Name, channel, tenant, "", now, ct);
}
