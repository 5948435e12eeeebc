using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace EquityBot.Tests.Chat;

/// <summary>What limits, slow organizations and doubtful outcomes hold back, and what they do not.</summary>
public sealed class PaceTests
{
    [Fact]
    public async Task What_waits_for_a_limit_is_never_taken_for_nothing_left_to_do()
    {
        var (moving, sent) = (new MovingClock(), 0);
        await using var database = await Database.OpenAsync(Engine.Sqlite);
        var (store, clock) = (new EquityStore(database.ConnectionString), new StillClock(Wiring.Start));
        await using var core = Wiring.Core(store, clock, services => services.AddSingleton(new MachineClock(moving)).AddSingleton<NoticeWriter>(new NodeWriter()).AddSingleton<IChannel>(new Paced(_ =>
        {
            sent++;
            return Task.CompletedTask;
        }, new([new(3, Duration.FromSeconds(1))], []))));
        var (town, postman) = (await Town.BuildAsync(store, 1, clock.Now), core.GetRequiredService<Postman>());

        // The limit lets one go after 400 ms: with each step it is free again at another look.
        for (var step = 1; step <= 20; step++)
        {
            moving.Step = TimeSpan.FromMilliseconds(5 * step);
            foreach (var time in new[] { 1, 2 })
            {
                await town.TellAsync(1, clock.Now, period: $"{step}, {time}");
                while (await postman.RunAsync(CancellationToken.None) > 0 || postman.FreeIn is not null)
                {
                }
            }

            Assert.Equal(2 * step, sent);
        }
    }

    // C6
    [Theory, OnBothDatabases]
    public async Task An_organization_whose_tenant_never_answers_holds_no_other_and_takes_no_more_than_its_own_requests(Engine engine)
    {
        const int Many = 100;
        var (slow, isSlow, open, other) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), Guid.Empty, 0, 0);
        await using var database = await Database.OpenAsync(engine);
        var (store, clock) = (new EquityStore(database.ConnectionString), new StillClock(Wiring.Start));
        await using var core = Wiring.Core(store, clock, services => services.AddSingleton(new MachineClock(new MovingClock())).AddSingleton<NoticeWriter>(new NodeWriter()).AddSingleton<IChannel>(new Paced(message =>
        {
            if (message.OrganizationId == isSlow)
            {
                Interlocked.Increment(ref open);
                return slow.Task;
            }

            Interlocked.Increment(ref other);
            return Task.CompletedTask;
        }, ChannelLimits.None)));
        var (first, second) = (await Town.BuildAsync(store, Many, clock.Now, "Slow"), await Town.BuildAsync(store, Many, clock.Now, "Quick"));
        isSlow = first.Organization;
        await first.TellAsync(Many, clock.Now);
        await second.TellAsync(Many, clock.Now);

        var running = core.GetRequiredService<Postman>().RunAsync(CancellationToken.None);
        while (Volatile.Read(ref other) < Many && !running.IsCompleted)
        {
            await Task.Yield();
        }

        Assert.False(running.IsCompleted);
        Assert.Equal((ChannelLimits.None.Open, Many), (Volatile.Read(ref open), Volatile.Read(ref other)));
        slow.SetResult();
        await running;
        Assert.Equal(Many, open);
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 0)]
    public async Task What_was_held_back_before_it_left_is_no_storm_of_the_platforms(bool isOurs, int arrived)
    {
        var (asked, sent) = (0, 0);
        await using var database = await Database.OpenAsync(Engine.Sqlite);
        var (store, clock) = (new EquityStore(database.ConnectionString), new StillClock(Wiring.Start));
        await using var core = Wiring.Core(store, clock, services => services.AddSingleton<NoticeWriter>(new NodeWriter()).AddSingleton<IChannel>(new Paced(_ => Task.CompletedTask, new([], [], Open: 1))
        {
            Answers = () => asked++ < 3 ? new SendOutcome.Throttled("429", Duration.FromSeconds(30), Everywhere: false) { IsOurs = isOurs } : new SendOutcome.Sent($"{sent++}"),
        }));
        var town = await Town.BuildAsync(store, 6, clock.Now);
        await town.TellAsync(6, clock.Now);
        while (await core.GetRequiredService<Postman>().RunAsync(CancellationToken.None) > 0)
        {
        }

        Assert.Equal(arrived, sent);
    }

    sealed class MovingClock : TimeProvider
    {
        DateTimeOffset now = Wiring.Start.ToDateTimeOffset();

        public TimeSpan Step { get; set; }

        public override DateTimeOffset GetUtcNow() => now += Step;

        /// <summary>Short waits are over at once, and what answers late is waited for without end, however slow the machine is.</summary>
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime < TimeSpan.FromSeconds(1) ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, period);
    }
}
