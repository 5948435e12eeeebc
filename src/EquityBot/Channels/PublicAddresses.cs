using System.Net;
using System.Net.Sockets;

namespace EquityBot.Channels;

/// <summary>Connects to the world outside and to nothing inside, whatever a name resolves to today. What is named by its number was meant, and a proxy of the organization's may stand anywhere.</summary>
static class PublicAddresses
{
    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="HttpRequestException">The name leads to no public address, or none of them answers.</exception>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var target = context.DnsEndPoint;
        var isNamed = !IPAddress.TryParse(target.Host, out _) && target.Host == context.InitialRequestMessage.RequestUri?.Host;
        var addresses = await Dns.GetHostAddressesAsync(target.Host, ct);
        if (isNamed && !addresses.All(IsPublic))
        {
            throw new HttpRequestException($"{target.Host} resolves to an address that is not public");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Not of this machine, a private network, a link, a carrier's inside, a documentation or a group; IPv4 inside IPv6 is looked at as IPv4 (IANA special-purpose registries).</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublic(address.MapToIPv4());
        }

        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? bytes switch
            {
                [0 or 10 or 127 or >= 224, ..] => false,
                [100, >= 64 and <= 127, ..] => false,
                [169, 254, ..] => false,
                [172, >= 16 and <= 31, ..] => false,
                [192, 168, ..] or [192, 0, 0 or 2, _] => false,
                [198, 18 or 19, ..] or [198, 51, 100, _] or [203, 0, 113, _] => false,
                _ => true,
            }
            : (bytes[0] & 0xe0) == 0x20 && bytes is not ([0x20, 0x01, 0x0d, 0xb8, ..] or [0x20, 0x01, 0, <= 1, ..] or [0x20, 0x02, ..]);
    }
}
