using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EquityBot.Doubles;

/// <summary>How a platform answers one request.</summary>
/// <param name="Status">0 breaks the connection off without an answer.</param>
/// <param name="Takes">Whether it does what was asked, whatever it answers.</param>
public record PlatformReply(int Status, string Body, string? RetryAfter, bool Takes, string? Location);

/// <summary>A platform on loopback: records every request byte for byte, and answers as it is told or as the platform would.</summary>
public abstract class Platform<TRequest, TReply> : IAsyncDisposable where TReply : PlatformReply
{
    readonly ConcurrentQueue<TRequest> requests = new();
    WebApplication? app;

    public string Url { get; private set; } = "";

    /// <summary>Decides the answer to a request; null does as the platform does.</summary>
    public Func<TRequest, TReply?>? Script { get; set; }

    /// <summary>What a request waits for before it is answered; null answers at once.</summary>
    public Func<TRequest, Task?>? Holds { get; set; }

    public IReadOnlyList<TRequest> Requests => [.. requests];

    protected abstract TRequest Read(HttpRequest request, byte[] body);

    protected abstract TReply Does(TRequest request);

    /// <summary>The same platform, once it listens.</summary>
    protected static async Task<T> ListeningAsync<T>(T platform) where T : Platform<TRequest, TReply>
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = platform.app = builder.Build();
        app.Run(platform.TakeAsync);
        await app.StartAsync();
        platform.Url = app.Urls.First();
        return platform;
    }

    async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var request = Read(context.Request, body.ToArray());
        requests.Enqueue(request);
        await (Holds?.Invoke(request) ?? Task.CompletedTask);
        var scripted = Script?.Invoke(request);
        var done = scripted is { Takes: false } ? null : Does(request);
        var reply = scripted ?? done!;
        if (reply.Status == 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = "application/json";
        if (reply.RetryAfter is { } after)
        {
            context.Response.Headers.RetryAfter = after;
        }

        if (reply.Location is { } location)
        {
            context.Response.Headers.Location = location;
        }

        await context.Response.WriteAsync(reply.Body);
    }

    protected virtual void Close()
    {
    }

    public async ValueTask DisposeAsync()
    {
        Close();
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
