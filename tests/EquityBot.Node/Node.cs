using System.Globalization;
using EquityBot;
using EquityBot.Chat;
using EquityBot.Doubles;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EquityBot.Node;

/// <summary>
/// One node of a real installation as a process of its own, with the stand-in for a platform. It can be told to stop at a point for ever, so that it is killed
/// exactly there. Leases and polls run ten times as fast; nodes that share a database share the beginning of that time, unless the clocks of one are to be ahead.
/// </summary>
static class Node
{
    static async Task Main(string[] args)
    {
        var builder = EquityBotHost.Builder(args);
        var told = builder.Configuration.GetSection("Node");
        var halt = told["Halt"];
        var ahead = TimeSpan.FromHours(told.GetValue("HoursAhead", 0.0)) + TimeSpan.FromSeconds(told.GetValue("SecondsAhead", 0.0));
        builder.Services
            .AddSingleton(new MachineClock(new Fast(DateTimeOffset.Parse(told["Epoch"]!, CultureInfo.InvariantCulture), told.GetValue("Times", 10.0), told.GetValue("SecondsAhead", 0.0))))
            .AddSingleton<HospitalClock>(new Ahead(ahead))
            .AddSingleton<NoticeWriter>(new NodeWriter(Reached))
            .AddSingleton<IChannel>(new Halting(new StandInChannel(new(told["StandIn"]!)), Reached));
        await using var host = await EquityBotHost.OpenAsync(builder);
        Ear.Map(host.App);
        host.App.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"Ready: {host.Address}"));
        await host.App.RunAsync();

        void Reached(string point)
        {
            if (point == halt)
            {
                Console.WriteLine($"Reached: {point}");
                new ManualResetEventSlim().Wait();
            }
        }
    }

    sealed class Fast(DateTimeOffset epoch, double times, double ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => epoch + ((System.GetUtcNow() - epoch) * times) + TimeSpan.FromSeconds(ahead);
    }

    sealed class Ahead(TimeSpan by) : HospitalClock
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }

    sealed class Halting(StandInChannel channel, Action<string> reached) : IChannel
    {
        public string Name => channel.Name;

        public bool IsIdempotentByMessageId => channel.IsIdempotentByMessageId;

        public Task<SendOutcome> SendAsync(RenderedMessage message, CancellationToken ct) => Task.Run(
            async () =>
            {
                reached("before");
                var outcome = await channel.SendAsync(message, ct);
                reached("after");
                return outcome;
            },
            ct);
    }
}
