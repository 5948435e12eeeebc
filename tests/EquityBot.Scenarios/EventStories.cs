using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Doubles;
using EquityBot.Jobs;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace EquityBot.Scenarios;

/// <summary>What platforms do to events: again, at once, under new ids, from strangers, and from somebody else's organization.</summary>
public sealed class EventStories
{
    const string Promise = "we'll offer an interpreter at every discharge by 2026-03-31";

    /// <summary>Core on one database with as many organizations as are asked for, each a copy of the sample with its own workspace.</summary>
    sealed class TwoHouses : IAsyncDisposable
    {
        readonly Database database;
        readonly ServiceProvider services;

        TwoHouses(Database database, ServiceProvider services) => (this.database, this.services) = (database, services);

        public Dictionary<string, Guid> Organizations { get; } = [];

        public EquityStore Store => services.GetRequiredService<EquityStore>();

        public static async Task<TwoHouses> OpenAsync(Engine engine, params string[] tenants)
        {
            var database = await Database.OpenAsync(engine);
            var services = new ServiceCollection()
                .AddLogging()
                .AddEquityCore(new EquityStore(database.ConnectionString))
                .AddMachineClock()
                .AddSingleton<HospitalClock>(new StandingClock())
                .BuildServiceProvider();
            var houses = new TwoHouses(database, services);
            services.GetRequiredService<Switchboard>().WarmUp();
            foreach (var tenant in tenants)
            {
                await houses.AddAsync(tenant);
            }

            // The first answer of a process builds what every later one uses, which on a busy machine takes longer than a command may.
            await Record.ExceptionAsync(() => houses.HearsAsync(tenants[0], "hannah.adler", "we'll warm up by 2026-03-31"));
            return houses;
        }

        async Task AddAsync(string tenant)
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "EquityBot.sln")))
            {
                folder = folder.Parent!;
            }

            var texts = Directory.GetFiles(Path.Combine(folder.FullName, "samples", "riverbend"), "*.csv").ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
            texts["organization.csv"] = texts["organization.csv"].Replace("Riverbend Health", $"House of {tenant}", StringComparison.Ordinal);
            var outcome = await services.GetRequiredService<RosterImport>().ImportAsync(texts, StandingClock.Now, dryRun: false, CancellationToken.None);
            Assert.Empty(outcome.Problems);
            Organizations[tenant] = outcome.OrganizationId;
            await Store.WriteAsync(outcome.OrganizationId, Urgency.Background, async db =>
            {
                db.Add(new Workspace { Channel = "teams", Tenant = tenant, OrganizationId = outcome.OrganizationId });
                db.AddRange((await db.Set<Person>().ToListAsync()).Select(person => new ChatAddress { OrganizationId = outcome.OrganizationId, PersonId = person.Id, Channel = "teams", Address = person.Handle, Rank = 1 }));
            }, CancellationToken.None);
        }

        public Task<Handled> HearsAsync(string tenant, string who, string text, string? eventId = null, string? room = null) =>
            services.GetRequiredService<Switchboard>().HandleAsync(new("teams", tenant, who, eventId ?? Guid.NewGuid().ToString(), room) { Text = text }, CancellationToken.None);

        public Task<Handled> PressedAsync(string tenant, string who, Guid message, Guid button, string? eventId = null) =>
            services.GetRequiredService<Switchboard>().HandleAsync(new("teams", tenant, who, eventId ?? Guid.NewGuid().ToString()) { Press = new(message, button, new Dictionary<string, string>()) }, CancellationToken.None);

        public async Task<Message> MessageAsync(string tenant, Handled handled)
        {
            await using var db = Store.For(Organizations[tenant]);
            var id = Assert.Single(Assert.IsType<Handled.Answered>(handled).Messages);
            return await db.Set<Message>().SingleAsync(one => one.Id == id);
        }

        public async Task<List<Commitment>> PromisesAsync(string tenant)
        {
            await using var db = Store.For(Organizations[tenant]);
            return await db.Set<Commitment>().Where(one => one.Number > 11).OrderBy(one => one.Number).ToListAsync();
        }

        public static Guid Button(Message message, string title) => Card.FromJson(message.Card).Buttons.Single(button => button.Title == title).Id;

        public async ValueTask DisposeAsync()
        {
            await services.DisposeAsync();
            await database.DisposeAsync();
        }
    }

    sealed class StandingClock : HospitalClock
    {
        public static Instant Now { get; } = Instant.FromUtc(2026, 3, 2, 14, 0);

        public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();
    }

    // R13, R14
    [Theory, OnOneDatabase]
    public async Task The_same_event_four_times_logs_one_promise(Engine engine)
    {
        await using var houses = await TwoHouses.OpenAsync(engine, "a");
        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => houses.HearsAsync("a", "dana.reyes", Promise, "event-1"))));
        Assert.Single(together.OfType<Handled.Answered>());
        Assert.All(together.Where(one => one is not Handled.Answered), one => Assert.True(one is Handled.Busy or Handled.Duplicate, $"{one}"));
        for (var again = 0; again < 4; again++)
        {
            Assert.IsType<Handled.Duplicate>(await houses.HearsAsync("a", "dana.reyes", Promise, "event-1"));
        }

        Assert.Single(await houses.PromisesAsync("a"));
        Assert.IsType<Handled.Answered>(await houses.HearsAsync("a", "dana.reyes", Promise, "event-2"));
        Assert.Equal(2, (await houses.PromisesAsync("a")).Count);
    }

    // R15, R16
    [Theory, OnOneDatabase]
    public async Task The_same_press_again_under_its_id_or_a_new_one_has_one_effect(Engine engine)
    {
        await using var houses = await TwoHouses.OpenAsync(engine, "a");
        var draft = await houses.MessageAsync("a", await houses.HearsAsync("a", "dana.reyes", Promise));
        var confirm = TwoHouses.Button(draft, "Confirm");
        var first = Assert.IsType<Handled.Answered>(await houses.PressedAsync("a", "dana.reyes", draft.Id, confirm, "invoke-1"));
        Assert.Equal(PressOutcome.Done, first.Outcome);
        Assert.IsType<Handled.Duplicate>(await houses.PressedAsync("a", "dana.reyes", draft.Id, confirm, "invoke-1"));
        var again = Assert.IsType<Handled.Answered>(await houses.PressedAsync("a", "dana.reyes", draft.Id, confirm, "invoke-2"));
        Assert.Equal(PressOutcome.Repeat, again.Outcome);
        Assert.Equal(first.Messages, again.Messages);
        Assert.Equal((CommitmentStatus.Active, 2), (Assert.Single(await houses.PromisesAsync("a")) is { } only ? (only.Status, only.Version) : default));
    }

    // R17: the id is the channel's own, so another workspace may bear the same.
    [Theory, OnOneDatabase]
    public async Task Two_workspaces_may_use_the_same_event_id(Engine engine)
    {
        await using var houses = await TwoHouses.OpenAsync(engine, "a", "b");
        Assert.IsType<Handled.Answered>(await houses.HearsAsync("a", "dana.reyes", Promise, "event-1"));
        Assert.IsType<Handled.Answered>(await houses.HearsAsync("b", "dana.reyes", Promise, "event-1"));
        Assert.Single(await houses.PromisesAsync("a"));
        Assert.Single(await houses.PromisesAsync("b"));
    }

    [Theory, OnOneDatabase]
    public async Task An_unknown_workspace_hears_nothing_and_an_unknown_person_how_to_be_known(Engine engine)
    {
        await using var houses = await TwoHouses.OpenAsync(engine, "a");
        Assert.IsType<Handled.UnknownWorkspace>(await houses.HearsAsync("elsewhere", "dana.reyes", Promise));
        Assert.IsType<Handled.UnknownWorkspace>(await houses.HearsAsync("", "dana.reyes", "help"));
        foreach (var stranger in new[] { "nobody.here", "", "DANA.REYES ", "dana.reyes%", "' OR 1=1 --" })
        {
            var handled = Assert.IsType<Handled.Stranger>(await houses.HearsAsync("a", stranger, Promise));
            Assert.Contains("We have not met yet", handled.Card.Title, StringComparison.Ordinal);
            Assert.DoesNotContain("House of a", PlainText.Of(handled.Card), StringComparison.Ordinal);
        }

        Assert.Empty(await houses.PromisesAsync("a"));
    }

    // P8
    [Theory, OnOneDatabase]
    public async Task Nothing_of_one_house_is_reached_from_another(Engine engine)
    {
        await using var houses = await TwoHouses.OpenAsync(engine, "a", "b");
        var draft = await houses.MessageAsync("a", await houses.HearsAsync("a", "dana.reyes", "we'll translate the wanderlust leaflet by 2026-03-31"));
        var confirm = TwoHouses.Button(draft, "Confirm");
        foreach (var who in new[] { "dana.reyes", "imani.brooks", "ruth.okafor", "tomasz.nowak" })
        {
            Assert.IsType<Handled.NotFound>(await houses.PressedAsync("b", who, draft.Id, confirm));
        }

        Assert.Equal(PressOutcome.Done, Assert.IsType<Handled.Answered>(await houses.PressedAsync("a", "dana.reyes", draft.Id, confirm)).Outcome);
        foreach (var button in Card.FromJson((await houses.MessageAsync("a", await houses.HearsAsync("a", "dana.reyes", "show C-12"))).Card).Buttons)
        {
            Assert.IsType<Handled.NotFound>(await houses.PressedAsync("b", "dana.reyes", draft.Id, button.Id));
        }

        // The other house has no C-12 yet; then one of its own.
        foreach (var said in new[] { "show C-12", "push C-12 to 2026-04-30 because I can, need luck", "done C-12", "progress C-12 on track: fine", "accept C-12", "confirm C-12", "decide C-12: consequence because I can", "mine", "due", "overdue", "help" })
        {
            foreach (var who in new[] { "dana.reyes", "imani.brooks", "ruth.okafor" })
            {
                var answer = await houses.MessageAsync("b", await houses.HearsAsync("b", who, said));
                Assert.DoesNotContain("wanderlust", answer.Card, StringComparison.OrdinalIgnoreCase);
            }
        }

        var own = await houses.MessageAsync("b", await houses.HearsAsync("b", "dana.reyes", "we'll print the serendipity poster by 2026-03-31"));
        Assert.Equal("C-12", own.Ref);
        Assert.Contains("serendipity", (await houses.MessageAsync("b", await houses.HearsAsync("b", "dana.reyes", "show C-12"))).Card, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((CommitmentStatus.Active, new LocalDate(2026, 3, 31), 2), Assert.Single(await houses.PromisesAsync("a")) is { } theirs ? (theirs.Status, theirs.Due!.Value, theirs.Version) : default);
        await using var db = houses.Store.For(houses.Organizations["b"]);
        Assert.DoesNotContain(await db.Set<Message>().Select(message => message.Card).ToListAsync(), card => card.Contains("wanderlust", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(await db.Set<Notice>().Select(notice => notice.OrganizationId).ToListAsync(), organization => organization != houses.Organizations["b"]);
    }

    [Theory, OnOneDatabase]
    public async Task Twenty_events_at_once_number_twenty_promises_without_a_gap_or_a_pair(Engine engine)
    {
        await using var houses = await TwoHouses.OpenAsync(engine, "a");
        var handled = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() => houses.HearsAsync("a", number % 2 == 0 ? "dana.reyes" : "marcus.hale", $"we'll offer interpreter {number} by 2026-03-31"))));
        Assert.All(handled, one => Assert.IsType<Handled.Answered>(one));
        Assert.Equal(Enumerable.Range(12, 20), (await houses.PromisesAsync("a")).Select(promise => promise.Number));
    }
}
