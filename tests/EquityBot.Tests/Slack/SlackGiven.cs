using EquityBot.Access;
using EquityBot.Channels;
using EquityBot.Channels.Slack;
using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using EquityBot.Tests.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EquityBot.Tests.Slack;

static class SlackGiven
{
    /// <summary>The channel as a host wires it, with this for Slack.</summary>
    /// <param name="more">Settings beside or in place of those with which the product takes it for Slack.</param>
    public static IServiceCollection AddSlack(this IServiceCollection services, SlackDouble slack, IReadOnlyDictionary<string, string?>? more = null)
    {
        services.AddSingleton<IHostEnvironment>(new Where("Development")).AddSingleton(new PublicAddress(() => new("https://equity.hospital.example/"))).AddChannelGround().AddDataProtection();
        new SlackModule().AddServices(services, new ConfigurationBuilder().AddInMemoryCollection(slack.Settings).AddInMemoryCollection(more ?? new Dictionary<string, string?>()).Build());
        return services;
    }
}

/// <summary>A town whose people are reached in Slack.</summary>
sealed class SlackTown(SlackDouble slack, Database database, ServiceProvider core, Town town, StillClock clock) : IAsyncDisposable
{
    public SlackDouble Slack => slack;

    public Town Town => town;

    public StillClock Clock => clock;

    public Postman Postman => core.GetRequiredService<Postman>();

    public static string Conversation(int number) => $"D{number:000000000}";

    public static async Task<SlackTown> OpenAsync(int people)
    {
        var (slack, database) = (await SlackDouble.StartAsync(), await Database.OpenAsync(Engine.Sqlite));
        var (store, clock) = (new EquityStore(database.ConnectionString), new StillClock(Wiring.Start));
        var core = Wiring.Core(store, clock, services => services.AddSlack(slack).AddSingleton<NoticeWriter>(new NodeWriter()));
        var town = await Town.BuildAsync(store, people, clock.Now);
        await store.WriteAsync(town.Organization, Urgency.Inbound, async db =>
        {
            await db.Set<ChatAddress>().ExecuteDeleteAsync();
            db.AddRange(town.People.Select((person, number) => new ChatAddress { OrganizationId = town.Organization, PersonId = person, Channel = "slack", Address = $"U{number:000000000}", Route = new SlackRoute(slack.Team, Conversation(number)).Write(), Rank = 1 }));
        }, CancellationToken.None);
        return new(slack, database, core, town, clock);
    }

    public async Task DeliverAsync()
    {
        while (await Postman.RunAsync(CancellationToken.None) > 0)
        {
        }
    }

    public async Task<List<Delivery>> DeliveriesAsync()
    {
        await using var everywhere = town.Store.AcrossOrganizations();
        return await everywhere.Rows<Delivery>().OrderBy(one => one.Seq).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await core.DisposeAsync();
        await database.DisposeAsync();
        await slack.DisposeAsync();
    }
}
