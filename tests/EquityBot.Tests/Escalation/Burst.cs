using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace EquityBot.Tests.Escalation;

/// <summary>
/// A town on one Monday, each of whose people missed a promise on Friday and is about to be told; real sweeps, postman and switchboard, and a stand-in that
/// says who got what. Promise C-1 is p0's, and so on.
/// </summary>
sealed class Burst : IAsyncDisposable
{
    const string Tenant = "town";
    static readonly LocalDate Friday = new(2026, 2, 27);

    readonly Database database;
    readonly ServiceProvider core;
    readonly StandInChannel channel;
    int events;

    Burst(Database database, ServiceProvider core, StandInChannel channel, StandIn standIn, Town town, StillClock clock)
    {
        (this.database, this.core, this.channel, StandIn, Town, Clock) = (database, core, channel, standIn, town, clock);
    }

    public StandIn StandIn { get; }

    public Town Town { get; }

    public StillClock Clock { get; }

    public T Get<T>() where T : notnull => core.GetRequiredService<T>();

    public EquityDb Read() => Town.Store.For(Town.Organization);

    /// <param name="composing">Called while the message of a notice of <see cref="NodeWriter"/> is composed.</param>
    public static async Task<Burst> OpenAsync(Engine engine, int people, Action? composing = null)
    {
        var (database, standIn) = (await Database.OpenAsync(engine), await StandIn.StartAsync());
        var (store, clock, channel) = (new EquityStore(database.ConnectionString), new StillClock(Wiring.Start), new StandInChannel(standIn.Url));
        var core = Wiring.Core(store, clock, services => services.AddSingleton<IChannel>(channel).AddSingleton<NoticeWriter>(new NodeWriter(_ => composing?.Invoke())));
        var town = await Town.BuildAsync(store, people, clock.Now);
        core.GetRequiredService<Switchboard>().WarmUp();
        await store.WriteAsync(town.Organization, Urgency.Inbound, db =>
        {
            db.Add(new Workspace { Channel = StandInChannel.Channel, Tenant = Tenant, OrganizationId = town.Organization });
            return Task.CompletedTask;
        }, CancellationToken.None);
        return new(database, core, channel, standIn, town, clock);
    }

    /// <summary>Promises of these people, in the order of their numbers, that were due on Friday and that the engine has not looked at yet.</summary>
    public Task MissAsync(int from, int count) => Town.Store.WriteAsync(Town.Organization, Urgency.Background, async db =>
    {
        // Handles sort as text; whose promise it is follows the number.
        var handles = Enumerable.Range(from, count).Select(number => $"p{number}").ToList();
        var owners = await db.Set<Person>().Where(one => handles.Contains(one.Handle)).ToDictionaryAsync(one => one.Handle, one => one.Id);
        foreach (var number in Enumerable.Range(from, count))
        {
            var promise = new Commitment
            {
                Id = Guid.NewGuid(), OrganizationId = Town.Organization, Number = number + 1, Statement = $"Offer an interpreter at every visit to room {number}",
                OwnerId = owners[$"p{number}"], DepartmentId = Town.Department, AuthorId = owners[$"p{number}"], Due = Friday,
            };
            promise.Accept(Clock.Now - Duration.FromDays(30));
            promise.LookAt = Clock.Now;
            db.Add(promise);
        }
    }, CancellationToken.None);

    /// <summary>Says it as p0, p1 … until it is answered: whoever is too busy is asked again, as platforms do.</summary>
    public async Task<string> SaysAsync(int person, string text)
    {
        var incoming = new IncomingMessage(StandInChannel.Channel, Tenant, $"p{person}", $"event {Interlocked.Increment(ref events)}") { Text = text };
        Handled handled;
        do
        {
            handled = await Get<Switchboard>().HandleAsync(incoming, CancellationToken.None);
        }
        while (handled is Handled.Busy);
        var answered = Assert.IsType<Handled.Answered>(handled);
        await using var db = Read();
        var answer = PlainText.Of(Card.FromJson((await db.Set<Message>().SingleAsync(one => one.Id == answered.Messages[0])).Card));
        Assert.True(answered.Outcome == PressOutcome.Done, answer);
        return answer;
    }

    /// <summary>Every sweep once, without delivering; how much there was to do.</summary>
    public async Task<int> DecideAsync()
    {
        var done = 0;
        foreach (var sweep in core.GetServices<ISweep>())
        {
            var result = await sweep.RunAsync(Clock.Now, CancellationToken.None);
            Assert.True(result.Failed == 0, $"{result.Failed} rows of {sweep.Name} failed");
            done += result.Done;
        }

        return done;
    }

    public async Task UntilQuietAsync()
    {
        while (await DecideAsync() + await Get<Postman>().RunAsync(CancellationToken.None) > 0)
        {
        }
    }

    public IReadOnlyList<Arrival> TakenBy(int person) => [.. StandIn.Taken.Where(one => one.To == $"p{person}").OrderBy(one => one.Number)];

    public async ValueTask DisposeAsync()
    {
        await core.DisposeAsync();
        channel.Dispose();
        await StandIn.DisposeAsync();
        await database.DisposeAsync();
    }
}
