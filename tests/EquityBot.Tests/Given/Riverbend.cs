using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace EquityBot.Tests.Given;

/// <summary>What came back from one sentence or press.</summary>
sealed record Heard(Handled Handled, IReadOnlyList<Message> Messages)
{
    public PressOutcome Outcome => ((Handled.Answered)Handled).Outcome;

    public Message Last => Messages[^1];

    public Card Card => Card.FromJson(Last.Card);

    public string Text => PlainText.Of(Card);
}

/// <summary>A message as it arrived.</summary>
/// <param name="To">A handle.</param>
sealed record Arrived(Instant At, string To, Guid MessageId);

/// <summary>The sample health system on a database of its own, with the real switchboard, sweeps and postman, a clock that stands still, and no host.</summary>
sealed class Riverbend : IAsyncDisposable
{
    const string Channel = "test";
    const string Tenant = "riverbend";

    readonly Database database;
    readonly ServiceProvider core;
    int events;

    Riverbend(Database database, ServiceProvider core, StillClock clock, EquityStore store)
    {
        (this.database, this.core, Clock, Store) = (database, core, clock, store);
    }

    public StillClock Clock { get; }

    public EquityStore Store { get; }

    public Guid Organization { get; private set; }

    /// <summary>What the channel took, in its order.</summary>
    public required IReadOnlyList<Arrived> Letters { get; init; }

    public T Get<T>() where T : notnull => core.GetRequiredService<T>();

    public EquityDb Read() => Store.For(Organization);

    public static async Task<Riverbend> OpenAsync(Engine engine = Engine.Sqlite, Action<IServiceCollection>? more = null)
    {
        var database = await Database.OpenAsync(engine);
        var (store, clock) = (new EquityStore(database.ConnectionString), new StillClock(Wiring.Start));
        var post = new Delivered(clock);
        var core = Wiring.Core(store, clock, services =>
        {
            services.AddSingleton<IChannel>(post);
            more?.Invoke(services);
        });
        var riverbend = new Riverbend(database, core, clock, store) { Letters = post.Letters };
        var outcome = await core.GetRequiredService<RosterImport>().ImportAsync(Repository.Riverbend(), clock.Now, dryRun: false, CancellationToken.None);
        Assert.Empty(outcome.Problems);
        riverbend.Organization = outcome.OrganizationId;
        core.GetRequiredService<Switchboard>().WarmUp();
        await store.WriteAsync(riverbend.Organization, Urgency.Inbound, async db =>
        {
            db.Add(new Workspace { Channel = Channel, Tenant = Tenant, OrganizationId = riverbend.Organization });
            db.AddRange((await db.Set<Person>().ToListAsync()).Select(person => new ChatAddress { OrganizationId = riverbend.Organization, PersonId = person.Id, Channel = Channel, Address = person.Handle, Rank = 1 }));
        }, CancellationToken.None);
        return riverbend;
    }

    public IncomingMessage From(string handle, string? room = null, string? eventId = null) => new(Channel, Tenant, handle, eventId ?? $"event {++events}", room);

    public Task<Heard> SaysAsync(string handle, string text, string? room = null) => HandleAsync(From(handle, room) with { Text = text });

    /// <summary>Presses the first button of that title on the message.</summary>
    public Task<Heard> PressesAsync(string handle, Message message, string title, params (string Id, string Value)[] values) =>
        HandleAsync(From(handle) with { Press = new(message.Id, ButtonOf(message, title).Id, values.ToDictionary(value => value.Id, value => value.Value)) });

    public static Button ButtonOf(Message message, string title) => Card.FromJson(message.Card).Buttons.First(button => button.Title.Contains(title, StringComparison.Ordinal));

    /// <summary>Whoever is too busy is asked again, as platforms do.</summary>
    public async Task<Heard> HandleAsync(IncomingMessage incoming)
    {
        Handled handled;
        do
        {
            handled = await Get<Switchboard>().HandleAsync(incoming, CancellationToken.None);
        }
        while (handled is Handled.Busy);
        await using var db = Read();
        var messages = new List<Message>();
        foreach (var id in handled is Handled.Answered answered ? answered.Messages : [])
        {
            messages.Add(await db.Set<Message>().AsNoTracking().SingleAsync(message => message.Id == id));
        }

        return new(handled, messages);
    }

    /// <summary>Logs a promise in one's own name and puts it on the plan; returns its reference.</summary>
    public async Task<string> PromisesAsync(string handle, string sentence)
    {
        var draft = await SaysAsync(handle, sentence);
        return (await PressesAsync(handle, draft.Last, "Confirm")).Last.Ref!;
    }

    /// <summary>As an import of the roster does it.</summary>
    public async Task ChangeAsync(string handle, Action<Person> change)
    {
        await using var db = Read();
        var person = await db.Set<Person>().SingleAsync(one => one.Handle == handle);
        await Get<RosterImport>().ChangeAsync(Organization, person.Id, change, Clock.Now, CancellationToken.None);
    }

    /// <summary>Everything due at the new time is decided and delivered.</summary>
    public async Task PassToAsync(Instant to)
    {
        Clock.Now = to;
        int moved;
        do
        {
            moved = await SweepAsync((await Get<Outlook>().DueAsync(Clock.Now, CancellationToken.None)).Due) + await Get<Postman>().RunAsync(CancellationToken.None);
        }
        while (moved > 0);
    }

    /// <summary>From one moment that the product says is its next to the following one, as practice mode does; what only the bell calls for is left to <see cref="PassToAsync"/>.</summary>
    public async Task JumpToAsync(Instant to)
    {
        while (await NextAsync() is { } next && next <= to)
        {
            Clock.Now = Instant.Max(next, Clock.Now);
            while (await SweepAsync(await DueAsync()) + await Get<Postman>().RunAsync(CancellationToken.None) > 0)
            {
            }
        }

        Clock.Now = to;
    }

    async Task<IReadOnlyCollection<string>> DueAsync() => [.. (await Get<Outlook>().NextAsync(CancellationToken.None)).Where(one => one.Value <= Clock.Now).Select(one => one.Key)];

    async Task<Instant?> NextAsync()
    {
        var (sweep, post) = (await Get<Outlook>().EarliestAsync(CancellationToken.None), await Get<Postman>().NextDueAsync(CancellationToken.None));
        return sweep is null || post < sweep ? post ?? sweep : sweep;
    }

    /// <summary>Every sweep once, without delivering; a row that fails makes the test fail.</summary>
    public async Task<int> SweepAsync(IEnumerable<string>? only = null)
    {
        var done = 0;
        foreach (var sweep in core.GetServices<ISweep>().Where(sweep => only?.Contains(sweep.Name) ?? true))
        {
            var result = await sweep.RunAsync(Clock.Now, CancellationToken.None);
            Assert.True(result.Failed == 0, $"{result.Failed} rows of {sweep.Name} failed");
            done += result.Done;
        }

        return done;
    }

    public async Task<IReadOnlyList<Message>> InboxAsync(string handle)
    {
        await using var db = Read();
        var person = await db.Set<Person>().SingleAsync(one => one.Handle == handle);
        return await db.Set<Message>().AsNoTracking().Where(one => one.PersonId == person.Id && one.SentAt != null).OrderBy(one => one.Seq).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await core.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>A channel where everything arrives.</summary>
    sealed class Delivered(StillClock clock) : IChannel
    {
        public List<Arrived> Letters { get; } = [];

        public string Name => Channel;

        public bool IsIdempotentByMessageId => false;

        public Task<SendOutcome> SendAsync(RenderedMessage message, CancellationToken ct) 
        {
            Letters.Add(new(clock.Now, message.Address, message.MessageId));
            return Task.FromResult<SendOutcome>(new SendOutcome.Sent());
        }
    }
}
