using EquityBot.Channels.Slack;
using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace EquityBot.Tests.Slack;

/// <summary>A token that is to be renewed while the database takes nothing.</summary>
public sealed class SlackTokenTests
{
    /// <summary>For a test that fails. In milliseconds.</summary>
    const int Patience = 120_000;

    [Fact(Timeout = Patience)]
    public async Task What_works_once_is_held_until_it_is_written_down_and_fetched_once()
    {
        await using var slack = await SlackDouble.StartAsync();
        slack.Script = request => request.Method == "oauth.v2.access" ? new(200, """{"ok":true,"access_token":"xoxe.xoxb-second","refresh_token":"xoxe-1-second","expires_in":43200}""") : null;
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        slack.Holds = request =>
        {
            asked.TrySetResult();
            return null;
        };
        var time = new HandClock(Wiring.Start.ToDateTimeOffset());
        await using var riverbend = await Riverbend.OpenAsync(Engine.Postgres, services => services
            .AddSlack(slack, new Dictionary<string, string?> { ["Slack:BotToken"] = null, ["Slack:ClientId"] = "1.2", ["Slack:ClientSecret"] = "a secret" }).AddSingleton(new MachineClock(time)));
        var installations = riverbend.Get<SlackInstallations>();
        Assert.True(await installations.InstallAsync(slack.Team, SlackDouble.Bot, new("xoxe.xoxb-first", "xoxe-1-first"), Duration.FromHours(1), CancellationToken.None));
        await using var db = riverbend.Read();
        await db.Database.ExecuteSqlRawAsync("""
            CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER full_disk BEFORE UPDATE ON "Installations" FOR EACH ROW WHEN (NEW."Sealed" IS DISTINCT FROM OLD."Sealed") EXECUTE FUNCTION full_disk();
            """);
        var first = installations.OfAsync(slack.Team, CancellationToken.None);
        await asked.Task;
        Assert.Equal("xoxe.xoxb-first", (await UntilAsync(first)).Bot!.Token);

        // The new token is there, and waits for the database.
        while (!time.IsAwaitedWithin(SlackInstallations.Again))
        {
            await Task.Yield();
        }

        // By now another may fetch, as far as the database knows, and the first token may be over; whoever asks here waits for the one that goes on.
        time.Pass(TimeSpan.FromHours(2));
        Assert.Equal(new SlackFound(null, IsAway: true), await UntilAsync(installations.OfAsync(slack.Team, CancellationToken.None)));
        await db.Database.ExecuteSqlRawAsync("DROP TRIGGER full_disk ON \"Installations\"");
        SlackFound found;
        do
        {
            found = await UntilAsync(installations.OfAsync(slack.Team, CancellationToken.None));
        }
        while (found.Bot?.Token != "xoxe.xoxb-second");
        Assert.Single(slack.Of("oauth.v2.access"));
        await riverbend.Get<SlackTurns>().StopAsync(CancellationToken.None);

        async Task<SlackFound> UntilAsync(Task<SlackFound> asking)
        {
            while (!asking.IsCompleted)
            {
                if (time.IsAwaitedWithin(SlackApi.WhileAsked))
                {
                    time.Pass(SlackApi.WhileAsked);
                }

                await Task.Yield();
            }

            return await asking;
        }
    }
}
