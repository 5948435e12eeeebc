using EquityBot.Chat;
using Microsoft.Extensions.Hosting;

namespace EquityBot.Channels.Teams;

/// <summary>Microsoft Teams, by the Bot Framework's activity protocol and without an SDK (docs/decisions/0023).</summary>
public sealed class TeamsModule : ChannelModule
{
    public const string Channel = "teams";

    /// <summary>As the protocol calls it.</summary>
    public const string ChannelId = "msteams";

    /// <summary>Of what the directory says when it gives a token, in bytes.</summary>
    const int LargestLogin = 64 * 1024;

    public override string Name => Channel;

    public override bool IsWanted(IConfiguration configuration) => TeamsSettings.IsWanted(configuration);

    public override void AddServices(IServiceCollection services, IConfiguration configuration) => AddClients(services)
        .AddSingleton(provider => TeamsSettings.Read(configuration, provider.GetRequiredService<IHostEnvironment>()))
        .AddSingleton<TeamsKeys>()
        .AddSingleton<TeamsTokens>()
        .AddSingleton<ConnectorTokens>()
        .AddSingleton<Connector>()
        .AddSingleton<TeamsChannel>()
        .AddSingleton<IChannel>(provider => provider.GetRequiredService<TeamsChannel>())
        .AddSingleton<TeamsChats>()
        .AddSingleton<TeamsRooms>()
        .AddSingleton<TeamsPeople>()
        .AddSingleton<TeamsPresses>()
        .AddSingleton<TeamsArrivals>()
        .AddSingleton<TeamsSearches>()
        .AddSingleton<TeamsDialogs>()
        .AddSingleton<TeamsDesk>()
        .AddSingleton<TeamsEndpoint>()
        .AddSingleton<TeamsDoctor>();

    internal static IServiceCollection AddClients(IServiceCollection services)
    {
        services.AddSingleton<LoginClients>().AddTransient<LoginElsewhere>();
        services.AddOutbound(nameof(TeamsKeys), TeamsKeys.Largest, TimeSpan.FromSeconds(5));
        services.AddOutbound(nameof(Connector), Connector.Largest, TimeSpan.FromSeconds(15));
        services.AddOutbound(nameof(LoginClients), LargestLogin, TimeSpan.FromSeconds(10)).AddHttpMessageHandler<LoginElsewhere>();
        return services;
    }

    public override void MapEndpoints(WebApplication app)
    {
        // A wrong setting is said before the database is opened.
        _ = app.Services.GetRequiredService<TeamsSettings>();
        TeamsEndpoint.Map(app);
    }

    public override Task<IReadOnlyList<Symptom>> ExamineAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<TeamsDoctor>().ExamineAsync(ct);

    public override Task StartAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<TeamsPeople>().ConnectAsync(ct);
}
