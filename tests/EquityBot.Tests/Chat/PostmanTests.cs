using System.Collections.Concurrent;
using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace EquityBot.Tests.Chat;

/// <summary>Many recipients at once, judged by what the channel was asked to send.</summary>
public sealed class PostmanTests
{
    sealed class Post : IAsyncDisposable
    {
        readonly Database database;
        readonly ServiceProvider core;

        Post(Database database, ServiceProvider core, Town town, StillClock clock) => (this.database, this.core, Town, Clock) = (database, core, town, clock);

        public Town Town { get; }

        public StillClock Clock { get; }

        public Postman Postman => core.GetRequiredService<Postman>();

        public static async Task<Post> OpenAsync(Engine engine, IChannel channel, int people)
        {
            var database = await Database.OpenAsync(engine);
            var (store, clock) = (new EquityStore(database.ConnectionString), new StillClock(Wiring.Start));
            var core = Wiring.Core(store, clock, services => services.AddSingleton(channel).AddSingleton<NoticeWriter>(new NodeWriter()));
            return new(database, core, await Town.BuildAsync(store, people, clock.Now), clock);
        }

        public async Task<List<Delivery>> DeliveriesAsync()
        {
            await using var everywhere = Town.Store.AcrossOrganizations();
            return await everywhere.Rows<Delivery>().OrderBy(one => one.Seq).ToListAsync();
        }

        public async Task UntilQuietAsync()
        {
            while (await Postman.RunAsync(CancellationToken.None) > 0)
            {
            }
        }

        public async ValueTask DisposeAsync()
        {
            await core.DisposeAsync();
            await database.DisposeAsync();
        }
    }

    sealed class Told(Func<RenderedMessage, Task<SendOutcome>> answers, ChannelLimits? limits = null) : IChannel
    {
        public ConcurrentQueue<RenderedMessage> Asked { get; } = new();

        public string Name => StandInChannel.Channel;

        public bool IsIdempotentByMessageId => false;

        public ChannelLimits Limits => limits ?? ChannelLimits.None;

        public Task<SendOutcome> SendAsync(RenderedMessage message, CancellationToken ct)
        {
            Asked.Enqueue(message);
            return answers(message);
        }
    }

    static Task<SendOutcome> Arrives(RenderedMessage message) => Task.FromResult<SendOutcome>(new SendOutcome.Sent());

    // R10
    [Theory, OnBothDatabases]
    public async Task One_that_cannot_be_written_is_parked_and_the_others_leave_in_the_same_round(Engine engine)
    {
        var channel = new Told(Arrives);
        await using var post = await Post.OpenAsync(engine, channel, 200);
        await post.Town.TellAsync(200, post.Clock.Now, number => number == 100 ? NodeWriter.Throws : "news");
        await post.UntilQuietAsync();
        Assert.Equal(199, channel.Asked.Count);
        await using var db = post.Town.Store.For(post.Town.Organization);
        Assert.Single(await db.Set<Notice>().Where(one => one.ParkedAt != null).ToListAsync());
    }

    // R9
    [Theory, OnBothDatabases]
    public async Task A_database_in_trouble_costs_no_message_a_try(Engine engine)
    {
        await using var post = await Post.OpenAsync(engine, new Told(Arrives), 3);
        await post.Town.TellAsync(3, post.Clock.Now, number => number == 1 ? NodeWriter.Full : "news");
        for (var poll = 0; poll < 5; poll++)
        {
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => post.Postman.RunAsync(CancellationToken.None));
        }

        var held = (await post.DeliveriesAsync()).Single(one => one.RecipientId == post.Town.People[1]);
        Assert.Equal((DeliveryState.Due, 0, 0), (held.State, held.Attempts, held.Losses));
    }

    // C6 for people, of §5.5: whoever is slow holds only themselves.
    [Fact]
    public async Task A_slow_recipient_holds_nobody_and_hears_in_order()
    {
        var slow = new TaskCompletionSource<SendOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var channel = new Told(message => message.Address == "p0" ? slow.Task : Arrives(message));
        await using var post = await Post.OpenAsync(Engine.Postgres, channel, 30);
        await post.Town.TellAsync(30, post.Clock.Now);
        await post.Town.TellAsync(1, post.Clock.Now, _ => "later", "2");
        var running = post.Postman.RunAsync(CancellationToken.None);
        while (channel.Asked.Count < 30)
        {
            await Task.Yield();
        }

        // What comes up meanwhile leaves as well.
        await post.Town.TellAsync(3, post.Clock.Now, _ => "new", "3");
        while (channel.Asked.Count < 32)
        {
            await Task.Yield();
        }

        Assert.Single(channel.Asked, message => message.Address == "p0");
        slow.SetResult(new SendOutcome.Sent());
        await running;
        await post.UntilQuietAsync();
        Assert.Equal(34, channel.Asked.Count);
        Assert.Equal(["news", "later", "new"], channel.Asked.Where(message => message.Address == "p0").Select(message => message.Card.Title));
        Assert.All(await post.DeliveriesAsync(), one => Assert.Equal(DeliveryState.Sent, one.State));
    }

    // G6: what came in a heap after the first, slow request would be one too many within a second.
    [Fact]
    public async Task Where_a_platform_counts_nothing_leaves_beside_the_first_request()
    {
        Told? channel = null;
        var besides = 0;
        channel = new(
            async message =>
            {
                if (message.Address == "p0")
                {
                    for (var turn = 0; turn < 100; turn++)
                    {
                        await Task.Yield();
                    }

                    besides = channel!.Asked.Count - 1;
                }

                return new SendOutcome.Sent();
            },
            new([], [new(1000, Duration.FromSeconds(1), 999)]));
        await using var post = await Post.OpenAsync(Engine.Sqlite, channel, 20);
        await post.Town.TellAsync(20, post.Clock.Now);
        await post.UntilQuietAsync();
        Assert.Equal((0, 20), (besides, channel.Asked.Count));
    }

    [Theory, OnBothDatabases]
    public async Task No_more_are_being_sent_than_may_be_open_and_their_sending_is_committed_before_it_begins(Engine engine)
    {
        const int Open = 4;
        Post? post = null;
        var most = 0;
        var channel = new Told(
            async message =>
            {
                var sending = (await post!.DeliveriesAsync()).Where(one => one.State == DeliveryState.Sending).ToList();
                Assert.Contains(sending, one => one.MessageId == message.MessageId);
                most = Math.Max(most, sending.Count);
                return new SendOutcome.Sent();
            },
            new([], [], Open));
        await using (post = await Post.OpenAsync(engine, channel, 40))
        {
            await post.Town.TellAsync(40, post.Clock.Now);
            await post.UntilQuietAsync();
            Assert.Equal(40, channel.Asked.Count);
            Assert.InRange(most, 1, Open);
            Assert.All(await post.DeliveriesAsync(), one => Assert.Equal(DeliveryState.Sent, one.State));
        }
    }

    // C1, of §5.5
    [Fact]
    public async Task Too_many_is_no_try_and_rests_only_the_conversation_or_the_organization_that_it_is_said_of()
    {
        var times = 0;
        var channel = new Told(message => message.Address == "p1" && times++ == 0
            ? Task.FromResult<SendOutcome>(new SendOutcome.Throttled("429", Duration.FromSeconds(30), Everywhere: false))
            : Arrives(message));
        await using var post = await Post.OpenAsync(Engine.Sqlite, channel, 5);
        await post.Town.TellAsync(5, post.Clock.Now);
        await post.UntilQuietAsync();
        Assert.Equal(5, channel.Asked.Count);
        var held = Assert.Single(await post.DeliveriesAsync(), one => one.State == DeliveryState.Due);
        Assert.Equal((0, "429"), (held.Attempts, held.Reason));
        Assert.InRange(post.Postman.FreeIn!.Value, Duration.FromSeconds(30), Duration.FromSeconds(33));

        post.Clock.Now += Duration.FromSeconds(34);
        await post.UntilQuietAsync();
        Assert.Equal(6, channel.Asked.Count);
        Assert.All(await post.DeliveriesAsync(), one => Assert.Equal(DeliveryState.Sent, one.State));
    }

    // C2
    [Fact]
    public async Task While_a_platform_refuses_everything_one_a_pause_looks_and_afterwards_all_arrive_at_its_pace()
    {
        const int PerSecond = 20;
        Post? post = null;
        var (storm, end, sentAt) = (Duration.FromMinutes(5), Instant.MinValue, new List<Instant>());
        var channel = new Told(
            _ =>
            {
                var now = post!.Clock.Now;
                lock (sentAt)
                {
                    sentAt.Add(now);
                }

                return Task.FromResult<SendOutcome>(now < end ? new SendOutcome.Throttled("429", null, Everywhere: false) : new SendOutcome.Sent());
            },
            new([], [new(PerSecond, Duration.FromSeconds(1))]));
        await using (post = await Post.OpenAsync(Engine.Sqlite, channel, 100))
        {
            var began = post.Clock.Now;
            end = began + storm;
            await post.Town.TellAsync(100, began);
            await post.UntilQuietAsync();
            while (post.Postman.FreeIn is { } free)
            {
                post.Clock.Now += Duration.Max(free, Duration.FromMilliseconds(1));
                await post.UntilQuietAsync();
            }

            Assert.InRange(sentAt.Count(at => at < end), 2, (int)(0.02 * PerSecond * storm.TotalSeconds));
            var after = sentAt.Where(at => at >= end).ToList();
            Assert.Equal(100, after.Count);

            // On a clock that stands still, those made ready ahead leave at once instead of at their moments.
            Assert.All(after, at => Assert.InRange(after.Count(other => other >= at && other < at + Duration.FromSeconds(1)), 1, PerSecond + 8));
            Assert.All(await post.DeliveriesAsync(), one => Assert.Equal((DeliveryState.Sent, 1), (one.State, one.Attempts)));
        }
    }

    // R20
    [Fact]
    public async Task What_could_not_connect_is_tried_again_and_arrives_once()
    {
        Uri url;
        await using (var gone = await StandIn.StartAsync())
        {
            url = gone.Url;
        }

        using var channel = new StandInChannel(url);
        await using var post = await Post.OpenAsync(Engine.Sqlite, channel, 3);
        await post.Town.TellAsync(3, post.Clock.Now);
        await post.UntilQuietAsync();
        Assert.All(await post.DeliveriesAsync(), one => Assert.Equal((DeliveryState.RetryAt, 1), (one.State, one.Attempts)));

        await using var back = await StandIn.StartAsync(url.Port);
        post.Clock.Now += Duration.FromMinutes(1);
        await post.UntilQuietAsync();
        Assert.Equal(["p0", "p1", "p2"], back.Taken.Select(one => one.To).Order());
    }

    // R12
    [Theory, OnBothDatabases]
    public async Task What_is_rolled_back_is_never_told_and_what_is_committed_is_told_once_by_whoever_comes(Engine engine)
    {
        var channel = new Told(Arrives);
        await using var post = await Post.OpenAsync(engine, channel, 2);
        var person = post.Town.People[0];
        Notice Of(string words) => new()
        {
            OrganizationId = post.Town.Organization, SubjectId = person, Ref = "", Trigger = NodeWriter.Name, Period = words, RecipientId = person, Kind = MessageKind.Task, Slot = Slot.Now,
            Facts = words, DecidedAt = post.Clock.Now, NotBefore = post.Clock.Now,
        };
        await Assert.ThrowsAsync<TimeoutException>(() => post.Town.Store.WriteAsync(post.Town.Organization, Urgency.Background, async db =>
        {
            db.Add(Of("rolled back"));
            await db.SaveChangesAsync();
            throw new TimeoutException();
        }, CancellationToken.None));
        await post.Town.Store.WriteAsync(post.Town.Organization, Urgency.Background, db =>
        {
            db.Add(Of("committed"));
            return Task.CompletedTask;
        }, CancellationToken.None);
        await post.UntilQuietAsync();
        await post.UntilQuietAsync();
        Assert.Equal(["committed"], channel.Asked.Select(message => message.Card.Title));
    }
}
