using System.Net.Http.Headers;

namespace EquityBot.Channels;

/// <summary>How we speak to platforms.</summary>
static class Outbound
{
    /// <summary>A client that goes where it was sent and nowhere else, for a limited time, and reads no more than it may. Its own log would name addresses, and some of them are secrets.</summary>
    /// <param name="largest">Of an answer, in bytes.</param>
    public static IHttpClientBuilder AddOutbound(this IServiceCollection services, string name, long largest, TimeSpan patience) => services.AddHttpClient(name)
        .RemoveAllLoggers()
        .ConfigureHttpClient(http => (http.Timeout, http.MaxResponseContentBufferSize) = (patience, largest))
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            ConnectCallback = PublicAddresses.ConnectAsync, AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });

    /// <summary>Whether a request failed on the way, rather than because whoever asked has gone.</summary>
    public static bool IsOfTheWay(Exception failure, CancellationToken ct) => failure is HttpRequestException or IOException || (failure is OperationCanceledException && !ct.IsCancellationRequested);

    /// <summary>Seconds are honoured, dates are not: two clocks would have to agree.</summary>
    public static NodaTime.Duration? After(RetryConditionHeaderValue? value) => value?.Delta is { } delta && delta >= TimeSpan.Zero && delta < TimeSpan.FromDays(1) ? NodaTime.Duration.FromTimeSpan(delta) : null;
}

/// <summary>A body that notices when it begins to leave: whether it did tells "certainly not sent" from "nobody knows".</summary>
sealed class WatchedContent : HttpContent
{
    readonly byte[] bytes;

    public WatchedContent(byte[] bytes, string type)
    {
        this.bytes = bytes;
        Headers.ContentType = new(type) { CharSet = "utf-8" };
    }

    public bool HasLeft { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context, CancellationToken cancellationToken)
    {
        HasLeft = true;
        await stream.WriteAsync(bytes, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
