using EquityBot.Chat;
using NodaTime;

namespace EquityBot.Tests.Slack;

/// <summary>A morning's messages while Slack has enough of us.</summary>
public sealed class SlackStormTests
{
    const int People = 70;

    [Theory] // C2
    [InlineData("30")]
    [InlineData(null)]
    public async Task While_Slack_refuses_everything_a_few_look_and_afterwards_everybody_hears_once_at_its_pace(string? retryAfter)
    {
        await using var town = await SlackTown.OpenAsync(People);
        var (slack, clock) = (town.Slack, town.Clock);
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
        await town.Town.TellAsync(People, clock.Now);
        do
        {
            await town.DeliverAsync();
            clock.Now += Duration.Max(town.Postman.FreeIn ?? Duration.Zero, Duration.FromMilliseconds(1));
        }
        while (town.Postman.FreeIn is not null);

        // Two in a hundred of what four a second would be.
        Assert.InRange(sentAt.Count(at => at < end), 2, (int)(0.02 * 4 * storm.TotalSeconds));
        var after = sentAt.Where(at => at >= end).ToList();
        Assert.All(after, at => Assert.InRange(after.Count(other => other >= at && other < at + Duration.FromMinutes(1)), 1, 240 + 40 + 8));
        Assert.All(after, at => Assert.InRange(after.Count(other => other >= at && other < at + Duration.FromSeconds(1)), 1, 40 + 4 + 8));
        Assert.Equal(People, slack.Posts.Select(post => post.Conversation).Distinct().Count());
        Assert.Equal(People, slack.Posts.Count);
        Assert.All(await town.DeliveriesAsync(), one => Assert.Equal(DeliveryState.Sent, one.State));
    }
}
