using System.Net.Http.Json;
using System.Net.Sockets;
using EquityBot.Chat;
using NodaTime;

namespace EquityBot.Doubles;

/// <summary>The product's side of the <see cref="StandIn"/>: posts each message and reads the answer as the platforms' channels do.</summary>
public sealed class StandInChannel(Uri url, ChannelLimits? limits = null) : IChannel, IDisposable
{
    public const string Channel = "stand-in";

    readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5), MaxConnectionsPerServer = 64 }) { Timeout = TimeSpan.FromSeconds(15) };

    public string Name => Channel;

    public bool IsIdempotentByMessageId => false;

    public ChannelLimits Limits => limits ?? ChannelLimits.None;

    public async Task<SendOutcome> SendAsync(RenderedMessage message, CancellationToken ct)
    {
        try
        {
            using var response = await http.PostAsJsonAsync(url, new { to = message.Address, messageId = message.MessageId, text = message.Text }, ct);
            return (int)response.StatusCode switch
            {
                < 300 => new SendOutcome.Sent(),
                429 => new SendOutcome.Throttled("too many", response.Headers.RetryAfter?.Delta is { } after ? Duration.FromTimeSpan(after) : null, Everywhere: true),
                408 or >= 500 => new SendOutcome.Unknown($"answered {(int)response.StatusCode}"),
                _ => new SendOutcome.Permanent($"answered {(int)response.StatusCode}"),
            };
        }
        catch (HttpRequestException failure) when (failure.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused } || failure.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            return new SendOutcome.Refused("no connection");
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or IOException)
        {
            return new SendOutcome.Unknown(failure.GetType().Name);
        }
    }

    public void Dispose() => http.Dispose();
}
