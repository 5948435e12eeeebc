using EquityBot.Chat;
using EquityBot.Storage;
using NodaTime;

namespace EquityBot.Access;

/// <summary>Tells the officer that a platform does not let the bot do what it needs, until somebody there changes a setting. Once a day at most, while it lasts.</summary>
public sealed class ForbiddenNotice : NoticeWriter
{
    public const string Name = "forbidden";

    public override string Trigger => Name;

    public override Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var (channel, tenant, reason) = PlatformNotice.FactsOf(notice);
        var (words, name) = (reader.Words, reader.Words[$"channel.{channel}"]);
        return Task.FromResult<Card?>(new(
            words["forbidden.title", ("channel", name)], new Words(words["forbidden.words", ("channel", name), ("tenant", tenant), ("reason", reason)]), new Words(words["forbidden.remedy", ("channel", name)]), new Quiet(words["forbidden.meanwhile"])));
    }

    /// <param name="reason">The platform's own words for it: what was asked, and what it said.</param>
    public static Task TellAsync(EquityDb db, string channel, string tenant, string reason, Instant now, CancellationToken ct) => PlatformNotice.TellAsync(db, Name, channel, tenant, reason, now, ct);
}
