using EquityBot.Access;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime.Extensions;

namespace EquityBot.Channels.Email;

/// <summary>E-mail, the last address: for whoever chat does not reach, and for trustees who have none.</summary>
public sealed class EmailModule : ChannelModule
{
    public override string Name => EmailAddresses.Channel;

    public override bool IsWanted(IConfiguration configuration) => SmtpSettings.IsWanted(configuration);

    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        var settings = SmtpSettings.Read(configuration);
        if (string.IsNullOrWhiteSpace(configuration["Pages:Url"]) && !configuration.GetValue<bool>("Practice:Enabled"))
        {
            throw new SettingException("Pages__Url is missing: mails carry a link to the page where they are answered. Name the address where people's browsers reach this installation.");
        }

        services
            .AddSingleton(settings)
            .AddSingleton<SmtpPost>()
            .AddSingleton<EmailChannel>()
            .AddSingleton<IChannel>(provider => provider.GetRequiredService<EmailChannel>())
            .AddSingleton<ILinkSender>(provider => provider.GetRequiredService<EmailChannel>())
            .AddSingleton<MessagePage>();
    }

    public override void MapEndpoints(WebApplication app)
    {
        MessagePage.Map(app);
        BounceInbox.Map(app);
    }

    /// <summary>Whoever was imported before there was e-mail has an address from now on.</summary>
    public override async Task StartAsync(IServiceProvider services, CancellationToken ct)
    {
        var (store, now) = (services.GetRequiredService<EquityStore>(), services.GetRequiredService<HospitalClock>().GetUtcNow().ToInstant());
        await using var everywhere = store.AcrossOrganizations();
        foreach (var organization in await everywhere.Rows<Organization>().Select(one => one.Id).ToListAsync(ct))
        {
            await store.WriteAsync(organization, Urgency.Background, db => EmailAddresses.ConnectAsync(db, now, ct), ct);
        }
    }
}
