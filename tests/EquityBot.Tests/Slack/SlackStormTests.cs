using EquityBot.Channels.Slack;
using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace EquityBot.Tests.Slack;

/// <summary>A morning's messages while Slack has enough of us.</summary>
public sealed class SlackStormTests
{
    const int People = 60;

    [Theory] // C2
    [InlineData("30")]
    [InlineData(null)]
    public async Task While_Slack_refuses_everything_a_few_look_and_afterwards_everybody_hears_once_at_its_pace(string? retryAfter)
    {
        await using var slack = await SlackDouble.StartAsync();
        await using var database = await Database.OpenAsync(Engine.Sqlite);
        var (store, clock) = (new EquityStore(database.ConnectionString), new StillClock(Wiring.Start));
        await using var core = Wiring.Core(store, clock, services => services.AddSlack(slack).AddSingleton<NoticeWriter>(new NodeWriter()));
        var town = await Town.BuildAsync(store, People, clock.Now);
        await store.WriteAsync(town.Organization, Urgency.Inbound, async db =>
        {
            await db.Set<ChatAddress>().ExecuteDeleteAsync();
            db.AddRange(town.People.Select((person, number) => new ChatAddress { OrganizationId = town.Organization, PersonId = person, Channel = "slack", Address = $"U{number:000000000}", Route = new SlackRoute(slack.Team, $"D{number:000000000}").Write(), Rank = 1 }));
        }, CancellationToken.None);

        var (storm, sentAt) = (Duration.FromMinutes(5), new List<Instant>());
        var end = clock.Now + storm;
        slack.Script = request =>
        {
            if (request.Method != "chat.postMessage")
            {
                return null;
            }

            lock (sentAt)
            {
                sentAt.Add(clock.Now);
            }

            return clock.Now < end ? new(429, """{"ok":false,"error":"ratelimited"}""", retryAfter) : null;
        };
        await town.TellAsync(People, clock.Now);
        var postman = core.GetRequiredService<Postman>();
        do
        {
            while (await postman.RunAsync(CancellationToken.None) > 0)
            {
            }

            clock.Now += Duration.Max(postman.FreeIn ?? Duration.Zero, Duration.FromMilliseconds(1));
        }
        while (postman.FreeIn is not null);

        // Two in a hundred of what four a second would be.
        Assert.InRange(sentAt.Count(at => at < end), 2, (int)(0.02 * 4 * storm.TotalSeconds));
        var after = sentAt.Where(at => at >= end).ToList();
        Assert.All(after, at => Assert.InRange(after.Count(other => other >= at && other < at + Duration.FromMinutes(1)), 1, 240 + 40 + 8));
        Assert.Equal(People, slack.Posts.Select(post => post.Conversation).Distinct().Count());
        Assert.Equal(People, slack.Posts.Count);
        await using var everywhere = store.AcrossOrganizations();
        Assert.All(await everywhere.Rows<Delivery>().ToListAsync(), one => Assert.Equal(DeliveryState.Sent, one.State));
    }
}
