using EquityBot.Access;
using EquityBot.Chat;

namespace EquityBot.Channels.Slack;

/// <summary>Slack, by its Events and Web APIs and without an SDK (docs/decisions/0025).</summary>
public sealed class SlackModule : ChannelModule
{
    public const string Channel = "slack";

    public override string Name => Channel;

    public override bool IsWanted(IConfiguration configuration) => SlackSettings.IsWanted(configuration);

    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        AddParts(services, configuration);

        // Stopped after whatever may begin something.
        services.AddHostedService(provider => provider.GetRequiredService<SlackTurns>());
        if (!bool.TryParse(configuration["Practice:Enabled"], out var practice) || !practice)
        {
            services.AddHostedService(provider => provider.GetRequiredService<SlackDirectory>());
        }
    }

    static void AddParts(IServiceCollection services, IConfiguration configuration) => AddClients(services)
        .AddSingleton(provider => SlackSettings.Read(configuration, provider.GetRequiredService<IHostEnvironment>()))
        .AddSingleton<SlackApi>()
        .AddSingleton<SlackTurns>()
        .AddSingleton<SlackInstallations>()
        .AddSingleton<SlackPeople>()
        .AddSingleton<SlackRooms>()
        .AddSingleton<SlackHome>()
        .AddSingleton<SlackWindows>()
        .AddSingleton<SlackPresses>()
        .AddSingleton<SlackCommands>()
        .AddSingleton<SlackDesk>()
        .AddSingleton<SlackEndpoint>()
        .AddSingleton<SlackDirectory>()
        .AddSingleton<SlackInstall>()
        .AddSingleton<SlackDoctor>()
        .AddSingleton<SlackChannel>()
        .AddSingleton<IChannel>(provider => provider.GetRequiredService<SlackChannel>());

    internal static IServiceCollection AddClients(IServiceCollection services)
    {
        services.AddOutbound(nameof(SlackApi), SlackApi.Largest, TimeSpan.FromSeconds(15));
        return services;
    }

    public override void MapEndpoints(WebApplication app)
    {
        // A wrong setting is said before the database is opened.
        var (settings, access) = (app.Services.GetRequiredService<SlackSettings>(), app.Services.GetRequiredService<AccessSettings>());
        if (settings.App is not null && access is { KeyFile: null, Practice: false })
        {
            throw new SettingException("Protection__KeyFile is missing: installations by OAuth keep Slack's tokens in the database, sealed under keys that lie there too. Name a file of at least 32 random bytes that only this program can read.");
        }

        SlackEndpoint.Map(app);
        SlackInstall.Map(app);
    }

    public override Task<IReadOnlyList<Symptom>> ExamineAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<SlackDoctor>().ExamineAsync(ct);
}
