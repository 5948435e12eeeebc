using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace EquityBot;

/// <summary>A host that is ready to listen, with the file it holds.</summary>
public sealed class OpenHost(WebApplication app, Settings settings, FileLock? file) : IAsyncDisposable
{
    public WebApplication App => app;

    /// <summary>Where a person goes first; known once it listens.</summary>
    public string Address
    {
        get
        {
            var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? $"http://localhost:{settings.Port}";
            return address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + (settings.Practice ? "/practice" : "");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        file?.Dispose();
    }
}
