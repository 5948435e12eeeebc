using System.Diagnostics;
using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Jobs;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Bench;

/// <summary>The product itself, sweeps and postman, in this process on a database of its own.</summary>
sealed class Ours : IAsyncDisposable
{
    readonly ServiceProvider core;
    readonly StandInChannel channel;

    Ours(string connection, Uri standIn, ChannelLimits? limits)
    {
        (Store, channel) = (new(connection), new(standIn, limits));
        core = new ServiceCollection().AddLogging().AddEquityCore(Store).AddMachineClock().AddSystemHospitalClock()
            .AddSingleton<IChannel>(new Watching(channel, this)).AddSingleton<NoticeWriter>(new NodeWriter()).BuildServiceProvider();
    }

    public EquityStore Store { get; }

    public Town Town { get; private set; } = null!;

    /// <summary>Requests open at one moment, at most.</summary>
    public int MostOpen { get; private set; }

    public static async Task<Ours> OpenAsync(string connection, Uri standIn, int people, ChannelLimits? limits = null)
    {
        var ours = new Ours(connection, standIn, limits);
        await ours.Store.MigrateAsync(CancellationToken.None);
        ours.Town = await Town.BuildAsync(ours.Store, people, Now);
        return ours;
    }

    public static Instant Now => Instant.FromDateTimeOffset(DateTimeOffset.UtcNow);

    /// <summary>Decides all that is due, then delivers it, as the bell and the delivery loop do.</summary>
    public async Task RunAsync()
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var sweep in core.GetServices<ISweep>().Where(sweep => sweep.Name is not "seal" and not "prune"))
        {
            // As the bell rings it: again while there was something to do.
            while ((await sweep.RunAsync(Now, CancellationToken.None)).Done > 0)
            {
            }
        }

        Deciding = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await DeliverAsync();
    }

    /// <summary>Of the last run, what the sweeps took.</summary>
    public double Deciding { get; private set; }

    public async Task DeliverAsync()
    {
        var postman = core.GetRequiredService<Postman>();
        do
        {
            while (await postman.RunAsync(CancellationToken.None) > 0)
            {
            }

            await Task.Delay(postman.FreeIn?.ToTimeSpan() ?? TimeSpan.Zero);
        }
        while (postman.FreeIn is not null);
    }

    public async Task<int> UnknownAsync()
    {
        await using var everywhere = Store.AcrossOrganizations();
        return await everywhere.Rows<Delivery>().CountAsync(one => one.State == DeliveryState.Unknown);
    }

    public async ValueTask DisposeAsync()
    {
        await core.DisposeAsync();
        channel.Dispose();
    }

    sealed class Watching(IChannel channel, Ours ours) : IChannel
    {
        int open;

        public string Name => channel.Name;

        public bool IsIdempotentByMessageId => channel.IsIdempotentByMessageId;

        public ChannelLimits Limits => channel.Limits;

        public async Task<SendOutcome> SendAsync(RenderedMessage message, CancellationToken ct)
        {
            ours.MostOpen = Math.Max(ours.MostOpen, Interlocked.Increment(ref open));
            try
            {
                return await channel.SendAsync(message, ct);
            }
            finally
            {
                Interlocked.Decrement(ref open);
            }
        }
    }
}
