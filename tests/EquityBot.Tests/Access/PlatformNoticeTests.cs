using EquityBot.Access;
using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Tests.Access;

public sealed class PlatformNoticeTests
{
    [Theory, OnBothDatabases]
    public async Task The_officer_hears_of_a_platforms_refusals_once_on_each_day_they_work(Engine engine)
    {
        await using var riverbend = await Riverbend.OpenAsync(engine);

        // Friday noon and evening, Saturday, Sunday, Monday before and after they begin: once on Friday, once on Monday.
        var friday = Instant.FromUtc(2026, 3, 6, 17, 0);
        foreach (var hours in new[] { 0, 1, 10, 24, 48, 66, 72 })
        {
            await riverbend.Store.WriteAsync(riverbend.Organization, Urgency.Background, db => ForbiddenNotice.TellAsync(db, "test", "riverbend", "chat.postMessage – missing_scope (im:write)", friday + Duration.FromHours(hours), CancellationToken.None), CancellationToken.None);
        }

        await using var read = riverbend.Read();
        var told = await read.Set<Notice>().Where(one => one.Trigger == ForbiddenNotice.Name).OrderBy(one => one.NotBefore).ToListAsync();
        Assert.Equal(["test riverbend 2026-03-06", "test riverbend 2026-03-09"], told.Select(one => one.Period));
        Assert.Equal("test riverbend chat.postMessage – missing_scope (im:write)", told[0].Facts);
        await riverbend.Store.WriteAsync(riverbend.Organization, Urgency.Background, db => ShutOutNotice.TellAsync(db, "test", "riverbend", friday, CancellationToken.None), CancellationToken.None);
        Assert.Equal("test riverbend", (await read.Set<Notice>().SingleAsync(one => one.Trigger == ShutOutNotice.Name)).Facts);
    }
}
