using EquityBot.Chat;

namespace EquityBot.Channels.Browser;

/// <summary>Practice mode: the whole product on one page, with a clock that stands still between moves.</summary>
public sealed class BrowserModule : ChannelModule
{
    public const string Channel = "browser";
    public const string Tenant = "practice";

    public override string Name => Channel;

    public override bool IsWanted(IConfiguration configuration) => configuration.GetValue<bool>("Practice:Enabled");

    public override void AddServices(IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<PracticeClock>()
        .AddSingleton<HospitalClock>(provider => provider.GetRequiredService<PracticeClock>())
        .AddSingleton<BrowserChannel>()
        .AddSingleton<IChannel>(provider => provider.GetRequiredService<BrowserChannel>())
        .AddSingleton<PracticeSample>()
        .AddSingleton<PracticeLedger>()
        .AddSingleton<PracticeMessages>()
        .AddSingleton<PracticePeople>()
        .AddSingleton<PracticeDriver>()
        .AddSingleton<PracticeClockApi.Desk>();

    public override void MapEndpoints(WebApplication app) => PracticeApi.Map(app);

    /// <summary>Where it was left; the sample as new the first time. What a killed process was sending is unknown now.</summary>
    public override async Task StartAsync(IServiceProvider services, CancellationToken ct)
    {
        await services.GetRequiredService<PracticeSample>().EnsureAsync(ct);
        await services.GetRequiredService<Postman>().TakeOverAsync(ct);
        await services.GetRequiredService<PracticeDriver>().SettleAsync();
    }
}
