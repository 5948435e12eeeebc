using System.Net;
using System.Net.Sockets;
using EquityBot.Channels;

namespace EquityBot.Tests.Channels;

/// <summary>A name that leads inside is not followed there. // S7</summary>
public sealed class PublicAddressesTests
{
    [Theory]
    [InlineData("52.113.194.132")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2603:1063:200::1")]
    public void What_anybody_may_reach_is_public(string address) => Assert.True(PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.1")]
    [InlineData("192.0.2.7")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.9")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("fc00::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:a00:1::1")]
    public void What_is_inside_is_not(string address) => Assert.False(PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public async Task A_name_that_resolves_inside_is_not_connected_to_and_a_number_that_was_meant_is()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = PublicAddresses.ConnectAsync, UseProxy = false });
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri($"http://localhost:{port}/")));
        Assert.Contains("not public", refused.Message, StringComparison.Ordinal);
        Assert.False(listener.Pending());

        var meant = http.GetAsync(new Uri($"http://127.0.0.1:{port}/"));
        using var heard = await listener.AcceptTcpClientAsync();
        await heard.GetStream().WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray());
        using var answer = await meant;
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }
}
