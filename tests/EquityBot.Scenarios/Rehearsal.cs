using EquityBot.Channels.Browser;
using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Jobs;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Scenarios;

/// <summary>
/// The sample health system as a real installation runs it, without practice mode: Quartz rings the sweeps, the delivery loop sends, and both at five
/// hundred times their pace. Its days pass four hours at a time, and only while nothing is due and nothing under way, so that a slow machine makes the days
/// longer and not the messages late. Ends by asserting that no error was logged.
/// </summary>
sealed class Rehearsal : IAsyncDisposable
{
    const string Tenant = "riverbend";
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    static readonly Duration Stride = Duration.FromHours(4);

    readonly Database database;
    readonly LoggedErrors errors = new();
    readonly RunningClock clock = new();
    OpenHost? host;
    int events;

    Rehearsal(Database database) => (this.database, Recorder) = (database, new(clock));

    public Recorder Recorder { get; }

    public Guid Organization { get; private set; }

    public Instant Now => clock.Now;

    public EquityStore Store => Get<EquityStore>();

    public T Get<T>() where T : notnull => host!.App.Services.GetRequiredService<T>();

    /// <param name="bell">Without it nothing rings, as in a web host whose jobs run apart; PostgreSQL only.</param>
    public static async Task<Rehearsal> OpenAsync(Engine engine, bool bell = true)
    {
        var rehearsal = new Rehearsal(await Database.OpenAsync(engine));
        await rehearsal.OpenHostAsync(bell);
        await rehearsal.ImportAsync();
        await rehearsal.host!.App.StartAsync();
        return rehearsal;
    }

    async Task OpenHostAsync(bool bell)
    {
        var builder = EquityBotHost.Builder($"--contentRoot={Hospital.ContentRoot()}", "--environment=Production");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Equity"] = database.ConnectionString,
            ["EQUITYBOT_PORT"] = "0",
            ["Management:Port"] = "0",
            ["Practice:Enabled"] = "false",
            ["Jobs:Embedded"] = bell.ToString(),
            ["Jobs:Pace"] = "500",
        });
        builder.Logging.ClearProviders().AddProvider(errors);
        builder.Services.AddSingleton<HospitalClock>(clock).AddSingleton<IChannel>(Recorder);
        host = await EquityBotHost.OpenAsync(builder);
    }

    async Task ImportAsync()
    {
        var texts = Directory.GetFiles(Path.Combine(Hospital.ContentRoot(), "..", "..", "samples", "riverbend"), "*.csv").ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
        var outcome = await Get<RosterImport>().ImportAsync(texts, clock.Now, dryRun: false, CancellationToken.None);
        Assert.Empty(outcome.Problems);
        Organization = outcome.OrganizationId;
        await Store.WriteAsync(Organization, Urgency.Inbound, async db =>
        {
            db.Add(new Workspace { Channel = Recorder.Name, Tenant = Tenant, OrganizationId = Organization });
            db.AddRange((await db.Set<Person>().ToListAsync()).Select(person => new ChatAddress { OrganizationId = Organization, PersonId = person.Id, Channel = Recorder.Name, Address = person.Handle, Rank = 1 }));
        }, CancellationToken.None);
    }

    /// <summary>One sentence and one tap through the real switchboard; the promise's reference.</summary>
    public async Task<string> PromisesAsync(string handle, string sentence)
    {
        var draft = await HeardAsync(new IncomingMessage(Recorder.Name, Tenant, handle, $"event {++events}") { Text = sentence });
        var confirm = Card.FromJson(draft.Card).Buttons.Single(button => button.Title == "Confirm");
        return (await HeardAsync(new IncomingMessage(Recorder.Name, Tenant, handle, $"event {++events}") { Press = new(draft.Id, confirm.Id, new Dictionary<string, string>()) })).Ref!;
    }

    async Task<Message> HeardAsync(IncomingMessage incoming)
    {
        using var patience = new CancellationTokenSource(Patience);
        Handled heard;
        do
        {
            // Too busy to answer in time: a platform asks again with the same event.
            heard = await Get<Switchboard>().HandleAsync(incoming, patience.Token);
        }
        while (heard is Handled.Busy);
        var handled = Assert.IsType<Handled.Answered>(heard);
        Assert.Equal(PressOutcome.Done, handled.Outcome);
        await using var db = Store.For(Organization);
        return await db.Set<Message>().AsNoTracking().SingleAsync(message => message.Id == handled.Messages[0]);
    }

    /// <summary>Lets the days pass; the bell and the delivery loop do the rest.</summary>
    public async Task PassToAsync(Instant to)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (clock.Now < to)
        {
            if (await IsQuietAsync())
            {
                clock.Now = Instant.Min(clock.Now + Stride, to);
            }
            else
            {
                await pause.WaitForNextTickAsync(patience.Token);
            }
        }

        while (!await IsQuietAsync())
        {
            await pause.WaitForNextTickAsync(patience.Token);
        }
    }

    async Task<bool> IsQuietAsync()
    {
        await using var everywhere = Store.AcrossOrganizations();
        return !(await Get<SweepRunner>().NextDueAsync(CancellationToken.None) <= clock.Now)
            && !(await Get<Postman>().NextDueAsync(CancellationToken.None) <= clock.Now)
            && !await everywhere.Rows<Delivery>().AnyAsync(one => one.State == DeliveryState.Due || one.State == DeliveryState.Claimed || one.State == DeliveryState.Sending);
    }

    public async Task<RawAnswer> AskAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = new Uri(host!.Address) };
        using var response = await http.GetAsync(path);
        return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", await response.Content.ReadAsStringAsync());
    }

    /// <summary>Every notice so far, as practice mode reports it.</summary>
    public Task<IReadOnlyList<SentRow>> LedgerAsync() => new PracticeLedger(Store).ReadAsync(Organization, CancellationToken.None);

    public Task StopAsync() => host!.App.StopAsync();

    /// <summary>A look at the database while no host has it.</summary>
    public EquityStore Afterwards => new(database.ConnectionString);

    public async ValueTask DisposeAsync()
    {
        await host!.App.StopAsync();
        await host.DisposeAsync();
        await database.DisposeAsync();
        Assert.True(errors.Seen.Count == 0, $"Errors were logged:\n{string.Join("\n\n", errors.Seen)}");
    }

    sealed class RunningClock : HospitalClock
    {
        long now = Instant.FromUtc(2026, 3, 2, 14, 0).ToUnixTimeTicks();

        public Instant Now
        {
            get => Instant.FromUnixTimeTicks(Interlocked.Read(ref now));
            set => Interlocked.Exchange(ref now, value.ToUnixTimeTicks());
        }

        public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();
    }
}

/// <summary>In the place of a platform: takes every message and remembers it; can be told to hold the next one.</summary>
sealed class Recorder(HospitalClock clock) : IChannel
{
    readonly System.Collections.Concurrent.ConcurrentQueue<(RenderedMessage Message, Instant At)> taken = new();
    TaskCompletionSource? reached;
    TaskCompletionSource? released;

    public string Name => "recorder";

    public bool IsIdempotentByMessageId => false;

    public IReadOnlyCollection<(RenderedMessage Message, Instant At)> Taken => taken;

    /// <summary>The next message does not come through before <see cref="Release"/>; completes when it is on its way.</summary>
    public Task HoldNext()
    {
        released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return (reached = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    public void Release() => released!.SetResult();

    public async Task<SendOutcome> SendAsync(RenderedMessage message, CancellationToken ct)
    {
        if (Interlocked.Exchange(ref reached, null) is { } waiting)
        {
            waiting.SetResult();
            await released!.Task.WaitAsync(ct);
        }

        taken.Enqueue((message, Instant.FromDateTimeOffset(clock.GetUtcNow())));
        return new SendOutcome.Sent();
    }
}
