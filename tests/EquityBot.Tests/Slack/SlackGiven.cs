using EquityBot.Access;
using EquityBot.Channels;
using EquityBot.Channels.Slack;
using EquityBot.Doubles;
using EquityBot.Tests.Teams;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EquityBot.Tests.Slack;

static class SlackGiven
{
    /// <summary>The channel as a host wires it, with this for Slack.</summary>
    public static IServiceCollection AddSlack(this IServiceCollection services, SlackDouble slack)
    {
        services.AddSingleton<IHostEnvironment>(new Where("Development")).AddSingleton(new PublicAddress(() => null)).AddChannelGround().AddDataProtection();
        new SlackModule().AddServices(services, new ConfigurationBuilder().AddInMemoryCollection(slack.Settings).Build());
        return services;
    }
}
