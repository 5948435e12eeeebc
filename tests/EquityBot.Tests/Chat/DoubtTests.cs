using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace EquityBot.Tests.Chat;

/// <summary>Messages of which nobody knows whether they arrived, until somebody does.</summary>
public sealed class DoubtTests
{
    // Drawn twice it is the same
    [Theory, OnBothDatabases]
    public async Task A_card_that_was_being_drawn_anew_when_its_process_died_is_drawn_again(Engine engine)
    {
        RenderedMessage? drawn = null;
        await using var database = await Database.OpenAsync(engine);
        var (store, clock) = (new EquityStore(database.ConnectionString), new StillClock(Wiring.Start));
        await using var core = Wiring.Core(store, clock, services => services.AddSingleton<NoticeWriter>(new NodeWriter()).AddSingleton<IChannel>(new Paced(message =>
        {
            drawn = message;
            return Task.CompletedTask;
        }, ChannelLimits.None)));
        var town = await Town.BuildAsync(store, 1, clock.Now);
        await store.WriteAsync(town.Organization, Urgency.Inbound, db =>
        {
            var message = new Message
            {
                Id = Guid.NewGuid(), OrganizationId = town.Organization, PersonId = town.People[0], Kind = MessageKind.Reply, Card = new Card("As it is now").ToJson(), Preview = "one", CreatedAt = clock.Now,
                SentAt = clock.Now, Channel = StandInChannel.Channel, Place = "where it stands",
            };
            var delivery = Delivery.Redraw(message, new(2026, 3, 2), StandInChannel.Channel);
            delivery.Claim(clock.Now);
            delivery.StartSending(clock.Now);
            db.AddRange(message, delivery);
            return Task.CompletedTask;
        }, CancellationToken.None);

        var postman = core.GetRequiredService<Postman>();
        Assert.Equal(1, await postman.TakeOverAsync(CancellationToken.None));
        clock.Now += Duration.FromMinutes(1);
        while (await postman.RunAsync(CancellationToken.None) > 0)
        {
        }

        Assert.Equal(("As it is now", "where it stands"), (drawn?.Card.Title, drawn?.Place));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_its_reader_has_open_has_arrived_though_the_platform_said_that_it_had_not(bool isStillBeingSent)
    {
        var asked = 0;
        Func<Task> open = () => Task.CompletedTask;
        await using var database = await Database.OpenAsync(Engine.Sqlite);
        var (store, clock) = (new EquityStore(database.ConnectionString), new StillClock(Wiring.Start));
        await using var core = Wiring.Core(store, clock, services => services.AddSingleton<NoticeWriter>(new NodeWriter()).AddSingleton<IChannel>(new Paced(_ => open(), ChannelLimits.None)
        {
            Answers = () => asked++ == 0 ? new SendOutcome.Refused("503") : new SendOutcome.Sent(),
        }));
        var (town, postman) = (await Town.BuildAsync(store, 1, clock.Now), core.GetRequiredService<Postman>());
        await town.TellAsync(1, clock.Now);
        open = isStillBeingSent ? ReadAsync : open;
        await UntilQuietAsync();
        Assert.Equal(isStillBeingSent ? DeliveryState.Sent : DeliveryState.RetryAt, (await DeliveryAsync()).State);
        await ReadAsync();
        clock.Now += Duration.FromMinutes(10);
        await UntilQuietAsync();
        Assert.Equal((DeliveryState.Sent, 1), ((await DeliveryAsync()).State, asked));

        async Task ReadAsync() => await core.GetRequiredService<LateNews>().ArrivedAsync(town.Organization, (await DeliveryAsync()).MessageId!.Value, clock.Now, CancellationToken.None);

        async Task UntilQuietAsync()
        {
            while (await postman.RunAsync(CancellationToken.None) > 0)
            {
            }
        }

        async Task<Delivery> DeliveryAsync()
        {
            await using var db = store.For(town.Organization);
            return db.Set<Delivery>().Single();
        }
    }
}
