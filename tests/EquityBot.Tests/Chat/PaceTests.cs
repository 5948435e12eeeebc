using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace EquityBot.Tests.Chat;

/// <summary>What a platform's limit holds back, while time goes on between one look at the clock and the next.</summary>
public sealed class PaceTests
{
    [Fact]
    public async Task What_waits_for_a_limit_is_never_taken_for_nothing_left_to_do()
    {
        var (moving, sent) = (new MovingClock(), 0);
        await using var database = await Database.OpenAsync(Engine.Sqlite);
        var (store, clock) = (new EquityStore(database.ConnectionString), new StillClock(Wiring.Start));
        await using var core = Wiring.Core(store, clock, services => services.AddSingleton(new MachineClock(moving)).AddSingleton<NoticeWriter>(new NodeWriter()).AddSingleton<IChannel>(new Slow(() => sent++)));
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

    sealed class MovingClock : TimeProvider
    {
        DateTimeOffset now = Wiring.Start.ToDateTimeOffset();

        public TimeSpan Step { get; set; }

        public override DateTimeOffset GetUtcNow() => now += Step;

        /// <summary>Whoever waits, waits no longer than the next look.</summary>
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }

    sealed class Slow(Action sent) : IChannel
    {
        public string Name => StandInChannel.Channel;

        public bool IsIdempotentByMessageId => false;

        public ChannelLimits Limits { get; } = new([new(3, Duration.FromSeconds(1))], []);

        public Task<SendOutcome> SendAsync(RenderedMessage message, CancellationToken ct)
        {
            sent();
            return Task.FromResult<SendOutcome>(new SendOutcome.Sent());
        }
    }
}
