using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EquityBot.Doubles;

/// <summary>What arrived at the stand-in: byte for byte, when, and in which order.</summary>
public sealed record Arrival(int Number, TimeSpan At, string To, string MessageId, string Text, byte[] Body);

/// <summary>How the stand-in answers one request.</summary>
/// <param name="Status">0 breaks the connection off without an answer.</param>
/// <param name="Takes">Whether the message reaches its reader, whatever is answered.</param>
public sealed record Answer(int Status = 200, bool Takes = true, TimeSpan Delay = default, int? RetryAfter = null)
{
    public static readonly Answer Fine = new();
}

/// <summary>A platform on loopback: records every request and answers as it is told, message by message.</summary>
public sealed class StandIn : IAsyncDisposable
{
    readonly WebApplication app;
    readonly ConcurrentQueue<Arrival> taken = new();
    readonly long started = Stopwatch.GetTimestamp();
    TaskCompletionSource? gate;
    int requests;
    int open;

    StandIn(WebApplication app) => this.app = app;

    public Uri Url { get; private set; } = null!;

    /// <summary>Decides each answer; null answers that all is fine.</summary>
    public Func<Arrival, Answer>? Script { get; set; }

    /// <summary>Messages that reached their readers, in order. "Exactly one visible message" is judged on these.</summary>
    public IReadOnlyCollection<Arrival> Taken => taken;

    /// <summary>All requests, answered or not.</summary>
    public int Requests => requests;

    /// <summary>The time by which <see cref="Arrival.At"/> goes.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(started);

    /// <summary>Requests that are open at this moment.</summary>
    public int Open => open;

    /// <param name="port">0 for any that is free.</param>
    public static async Task<StandIn> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
        var app = builder.Build();
        var standIn = new StandIn(app);
        app.MapPost("/", standIn.ReceiveAsync);
        await app.StartAsync();
        standIn.Url = new(app.Urls.First());
        return standIn;
    }

    /// <summary>From now on requests wait, read and counted as taken, until <see cref="Release"/>.</summary>
    public void Hold() => gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => Interlocked.Exchange(ref gate, null)?.SetResult();

    async Task ReceiveAsync(HttpContext context)
    {
        Interlocked.Increment(ref open);
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var sent = JsonSerializer.Deserialize<JsonElement>(body.ToArray());
            var arrival = new Arrival(
                Interlocked.Increment(ref requests), Stopwatch.GetElapsedTime(started), sent.GetProperty("to").GetString()!, sent.GetProperty("messageId").GetString()!, sent.GetProperty("text").GetString()!, body.ToArray());
            var answer = Script?.Invoke(arrival) ?? Answer.Fine;
            if (answer.Takes)
            {
                taken.Enqueue(arrival);
            }

            if (gate is { } closed)
            {
                await closed.Task.WaitAsync(context.RequestAborted);
            }

            await Task.Delay(answer.Delay, context.RequestAborted);
            if (answer.Status == 0)
            {
                context.Abort();
                return;
            }

            context.Response.StatusCode = answer.Status;
            if (answer.RetryAfter is { } seconds)
            {
                context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever asked is gone.
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }

    /// <summary>Until as many messages were taken; fails after the patience is over.</summary>
    public async Task TookAsync(int count, TimeSpan patience)
    {
        var since = Stopwatch.GetTimestamp();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (taken.Count < count)
        {
            if (Stopwatch.GetElapsedTime(since) > patience)
            {
                throw new TimeoutException($"The stand-in took {taken.Count} of {count} messages within {patience}.");
            }

            await pause.WaitForNextTickAsync();
        }
    }

    public ValueTask DisposeAsync()
    {
        Release();
        return app.DisposeAsync();
    }
}
