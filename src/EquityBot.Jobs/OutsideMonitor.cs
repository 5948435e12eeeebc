using Microsoft.Extensions.Configuration;

namespace EquityBot.Jobs;

/// <summary>An outside monitor that raises the alarm when it is not called for a while. Its address is a secret: whoever knows it can pretend that all is well.</summary>
public sealed record OutsideMonitor(Uri Address)
{
    public const string Wrong = "Heartbeat__Url is not an https address of the monitor to call, without a user name in it; http is taken from this machine alone.";

    /// <summary>False where something is set that cannot be called; null where nothing is set and nobody is called.</summary>
    public static bool TryRead(IConfiguration configuration, out OutsideMonitor? monitor)
    {
        monitor = null;
        if (configuration["Heartbeat:Url"] is not { Length: > 0 } value)
        {
            return true;
        }

        var isFit = Uri.TryCreate(value, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            && address is { UserInfo: "", Fragment: "" };
        monitor = isFit ? new(address!) : null;
        return isFit;
    }
}
