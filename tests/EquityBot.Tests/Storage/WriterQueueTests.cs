using EquityBot.Storage;

namespace EquityBot.Tests.Storage;

public class WriterQueueTests
{
    readonly WriterQueue queue = new();
    readonly List<string> served = [];

    async Task WriteAsync(string name, Urgency urgency, CancellationToken ct = default)
    {
        using var pen = await queue.EnterAsync(urgency, ct);
        served.Add(name);
    }

    [Fact]
    public async Task People_who_wait_go_before_sweeps_and_each_kind_goes_in_the_order_it_came()
    {
        var pen = await queue.EnterAsync(Urgency.Background, default);
        Task[] waiting =
        [
            WriteAsync("sweep 1", Urgency.Background), WriteAsync("person 1", Urgency.Inbound), WriteAsync("sweep 2", Urgency.Background), WriteAsync("person 2", Urgency.Inbound),
        ];
        Assert.Empty(served);
        pen.Dispose();
        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(["person 1", "person 2", "sweep 1", "sweep 2"], served);
    }

    [Fact]
    public async Task Whoever_stops_waiting_hands_the_pen_on()
    {
        using var impatience = new CancellationTokenSource();
        var pen = await queue.EnterAsync(Urgency.Inbound, default);
        var gone = WriteAsync("gone", Urgency.Inbound, impatience.Token);
        var next = WriteAsync("next", Urgency.Background);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        pen.Dispose();
        await next.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(["next"], served);
    }

    [Fact]
    public async Task A_pen_given_back_twice_is_given_back_once()
    {
        var pen = await queue.EnterAsync(Urgency.Inbound, default);
        var second = queue.EnterAsync(Urgency.Inbound, default);
        var third = queue.EnterAsync(Urgency.Inbound, default);
        pen.Dispose();
        pen.Dispose();
        using (await second)
        {
            Assert.False(third.IsCompleted);
        }

        (await third).Dispose();
    }

    [Fact]
    public async Task An_idle_queue_serves_at_once_again_after_everybody_has_left()
    {
        for (var round = 0; round < 3; round++)
        {
            var entered = queue.EnterAsync(Urgency.Background, default);
            Assert.True(entered.IsCompletedSuccessfully);
            (await entered).Dispose();
        }
    }

    [Fact]
    public async Task One_writes_at_a_time_however_many_come()
    {
        var writing = 0;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Task.Run(async () =>
        {
            using var pen = await queue.EnterAsync(number % 3 == 0 ? Urgency.Inbound : Urgency.Background, default);
            Assert.Equal(1, Interlocked.Increment(ref writing));
            await Task.Yield();
            Interlocked.Decrement(ref writing);
        })));
    }
}
