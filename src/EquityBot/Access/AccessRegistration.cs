using EquityBot.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Serilog.Extensions.Logging;

namespace EquityBot.Access;

/// <summary>Registers how people come in, and opens the way.</summary>
public static class AccessRegistration
{
    public static IServiceCollection AddAccess(this IServiceCollection services, AccessSettings settings)
    {
        services.AddDataProtection().SetApplicationName("EquityBot");
        services.AddAntiforgery(forms =>
        {
            (forms.Cookie.Name, forms.FormFieldName) = ("equitybot-form", "form");
            forms.Cookie.SecurePolicy = settings.Address?.Scheme == Uri.UriSchemeHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        });

        // The framework would write addresses down, and a link's token stands in its address. Keys without a wrap are refused at the start where they matter.
        // Serilog brings a rule of its own that lets everything pass, and goes before what is said for all.
        services.AddLogging(logging => logging
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            .AddFilter<SerilogLoggerProvider>("Microsoft.AspNetCore", LogLevel.Warning).AddFilter<SerilogLoggerProvider>("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
        return services
            .AddSingleton(settings)
            .AddSingleton<SignIns>()
            .AddSingleton<EnterPage>()
            .AddSingleton(provider => new PublicAddress(() => settings.Address ?? (settings.Practice ? Listening(provider) : null)))
            .AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(keys =>
                (keys.XmlRepository, keys.XmlEncryptor) = (new KeyRows(provider.GetRequiredService<EquityStore>()), settings.KeyFile)));
    }

    /// <summary>Pages below this group are for people who signed in; their handlers take a <see cref="SignedIn"/>, and posts without the form's token are refused.</summary>
    public static RouteGroupBuilder RequireSignIn(this RouteGroupBuilder group, Area area) => group.WithMetadata(area);

    /// <summary>In practice mode the page is where the host listens, which is known once it does.</summary>
    static Uri? Listening(IServiceProvider provider) =>
        provider.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address
            ? new Uri(address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal))
            : null;
}
