using System.Net.Http.Json;
using System.Text.Json;
using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EquityBot.Scenarios;

/// <summary>The sample health system, running whole behind a real port on one of the two databases, told through the practice contract alone. Ends by asserting that no error was logged.</summary>
public sealed class Hospital : IAsyncDisposable
{
    readonly Database database;
    readonly LoggedErrors errors = new();
    readonly IReadOnlyDictionary<string, string?> more;
    readonly Action<WebApplication>? pages;
    OpenHost? host;
    HttpClient http = new();

    Hospital(Database database, IReadOnlyDictionary<string, string?> more, Action<WebApplication>? pages) => (this.database, this.more, this.pages) = (database, more, pages);

    public HttpClient Http => http;

    /// <summary>Without a trailing slash: http://localhost:41234.</summary>
    public string Url { get; private set; } = "";

    public Engine Engine => database.Engine;

    /// <summary>All that was logged; errors fail the story at its end.</summary>
    public LoggedErrors Errors => errors;

    /// <summary>The database itself, for what is done behind the product's back.</summary>
    public EquityStore Store => host!.App.Services.GetRequiredService<EquityStore>();

    /// <summary>Every text anywhere in the database, as it is stored.</summary>
    public Task<IReadOnlyList<string>> StoredTextsAsync() => database.TextsAsync();

    public T Get<T>() where T : notnull => host!.App.Services.GetRequiredService<T>();

    /// <param name="more">Settings beside those that every story has.</param>
    /// <param name="pages">Maps pages that only the story has.</param>
    public static async Task<Hospital> OpenAsync(Engine engine, IReadOnlyDictionary<string, string?>? more = null, Action<WebApplication>? pages = null)
    {
        var hospital = new Hospital(await Database.OpenAsync(engine), more ?? new Dictionary<string, string?>(), pages);
        await hospital.StartAsync();
        return hospital;
    }

    public async Task StartAsync()
    {
        var builder = EquityBotHost.Builder($"--contentRoot={ContentRoot()}", "--environment=Development");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Equity"] = database.ConnectionString,
            ["EQUITYBOT_PORT"] = "0",
            ["Management:Port"] = "0",
            ["Practice:Enabled"] = "true",
        }).AddInMemoryCollection(more);
        builder.Logging.ClearProviders().AddProvider(errors);
        builder.Services.AddSingleton(new MachineClock(new PatientClock()));
        host = await EquityBotHost.OpenAsync(builder);
        pages?.Invoke(host.App);
        await host.App.StartAsync();
        Url = host.Address[..^"/practice".Length];
        http = new HttpClient { BaseAddress = new Uri(Url), Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>As a restart does: what was committed is there again, and nothing else.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    async Task StopAsync()
    {
        http.Dispose();
        await host!.App.StopAsync();
        await host.DisposeAsync();
    }

    internal static string ContentRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "EquityBot.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run inside the repository.");
        }

        return Path.Combine(folder.FullName, "src", "EquityBot");
    }

    public Somebody As(string handle) => new(this, handle);

    /// <summary>Moves the clock: <c>P3D</c> or <c>2026-03-20T09:00</c>; returns what was sent meanwhile about promises. Digests and the silent department are told apart.</summary>
    public async Task<IReadOnlyList<Sent>> MoveAsync(string to, bool outage = false) => [.. (await MoveForAllAsync(to, outage)).Where(row => row.IsAboutAPromise)];

    /// <summary>Moves the clock and returns all that was sent meanwhile.</summary>
    public async Task<IReadOnlyList<Sent>> MoveForAllAsync(string to, bool outage = false)
    {
        var answer = await PostAsync("/practice/api/clock", to[0] == 'P' ? new { advance = to, outage } : new { to, outage } as object);
        return [.. answer.GetProperty("sent").EnumerateArray().Select(row => new Sent(row))];
    }

    /// <summary>Imports the sample again, with files changed, at the hospital's own time.</summary>
    public async Task<RosterOutcome> ImportAsync(string file, Func<string, string> change, params (string File, string Was, string Becomes)[] more)
    {
        var texts = Directory.GetFiles(Path.Combine(ContentRoot(), "..", "..", "samples", "riverbend"), "*.csv").ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
        texts[file] = change(texts[file]);
        foreach (var (other, was, becomes) in more)
        {
            texts[other] = texts[other].Replace(was, becomes, StringComparison.Ordinal);
        }

        var now = NodaTime.Text.InstantPattern.ExtendedIso.Parse((await GetAsync("/practice/api/clock")).GetProperty("now").GetString()!).Value;
        var outcome = await Get<RosterImport>().ImportAsync(texts, now, dryRun: false, CancellationToken.None);
        Assert.Empty(outcome.Problems);
        return outcome;
    }

    /// <summary>Every notice about a promise so far, sent or not.</summary>
    public async Task<IReadOnlyList<Sent>> LedgerAsync() => [.. (await RowsAsync()).Where(row => row.IsAboutAPromise)];

    /// <summary>Every digest so far as "time person", sent or not. What the officer gets so is no digest of the plan but the month's statement.</summary>
    public async Task<IReadOnlyList<string>> DigestsAsync() => [.. (await RowsAsync()).Where(row => row.Kind == "digest" && row.Ref.Length == 0 && row.Step is null && row.To != "imani.brooks").Select(row => $"{row.At} {row.To}")];

    /// <summary>Every notice so far, sent or not.</summary>
    public async Task<IEnumerable<Sent>> RowsAsync() => (await GetAsync("/practice/api/clock")).GetProperty("sent").EnumerateArray().Select(row => new Sent(row));

    /// <summary>The next deliveries to this person end like this.</summary>
    public Task FailsAsync(string handle, string outcome, int times = 1) => PostAsync("/practice/api/faults", new { to = handle, outcome, times });

    /// <summary>Status, media type and body of any request, whatever the answer.</summary>
    public async Task<RawAnswer> AskAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        using var response = await http.SendAsync(request);
        return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", await response.Content.ReadAsStringAsync());
    }

    public async Task<JsonElement> StateAsync(string reference) => await GetAsync($"/practice/api/state/{reference}");

    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await http.GetAsync(path);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Asks again where a slow machine was too busy to answer in time, as platforms do; nothing was kept then.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        for (var tries = 1; ; tries++)
        {
            using var response = await http.PostAsJsonAsync(path, body);
            if (response.IsSuccessStatusCode)
            {
                return await response.Content.ReadFromJsonAsync<JsonElement>();
            }

            var said = await response.Content.ReadAsStringAsync();
            Assert.True(tries < 5 && (int)response.StatusCode == 503 && said.Contains("\"Busy\"", StringComparison.Ordinal), $"{path} answered {(int)response.StatusCode}: {said}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CardAlbum.LookAsync(Store);
        await StopAsync();
        await database.DisposeAsync();
        Assert.True(errors.Seen.Count == 0, $"Errors were logged:\n{string.Join("\n\n", errors.Seen)}");
    }
}

/// <summary>The machine's own, on which a platform waits twenty times as long for its answer: a slow machine is no reason to fail.</summary>
sealed class PatientClock : TimeProvider
{
    /// <summary>What Slack has for a whole request, and what one call in it has.</summary>
    static readonly TimeSpan[] Hurries = [TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(2)];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, Hurries.Contains(dueTime) ? 20 * dueTime : dueTime, period);
}

/// <summary>An answer as it came over the wire.</summary>
public sealed record RawAnswer(int Status, string MediaType, string Body)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);
}

/// <summary>One row of what the clock reports.</summary>
public sealed class Sent(JsonElement row)
{
    public JsonElement Json => row;

    public string? At => row.GetProperty("at").GetString();

    public string To => row.GetProperty("to").GetString()!;

    public string Kind => row.GetProperty("kind").GetString()!;

    /// <summary>Empty where the row is about no one subject.</summary>
    public string Ref => row.GetProperty("ref").GetString() ?? "";

    public bool IsAboutAPromise => Ref.StartsWith("C-", StringComparison.Ordinal);

    public string? Step => row.TryGetProperty("step", out var step) ? step.GetString() : null;

    public string? MessageId => row.GetProperty("messageId").GetString();

    public string State => row.GetProperty("state").GetString()!;

    public override string ToString() => $"{At} {To} {Kind} {Ref} {Step} {State}";
}

/// <summary>Keeps what was logged.</summary>
public sealed class LoggedErrors : ILoggerProvider
{
    readonly System.Collections.Concurrent.ConcurrentQueue<string> seen = new();
    readonly System.Collections.Concurrent.ConcurrentQueue<string> lines = new();

    /// <summary>Errors and worse.</summary>
    public IReadOnlyCollection<string> Seen => seen;

    /// <summary>Errors that a story meant to bring about: returned, and no longer held against it.</summary>
    public IReadOnlyCollection<string> Forget()
    {
        var forgotten = seen.ToArray();
        seen.Clear();
        return forgotten;
    }

    /// <summary>Everything.</summary>
    public IReadOnlyCollection<string> Lines => lines;

    public ILogger CreateLogger(string categoryName) => new Keeper(categoryName, seen, lines);

    public void Dispose()
    {
    }

    sealed class Keeper(string category, System.Collections.Concurrent.ConcurrentQueue<string> seen, System.Collections.Concurrent.ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = $"{category}: {formatter(state, exception)} {exception}";
            lines.Enqueue(line);
            if (logLevel >= LogLevel.Error)
            {
                seen.Enqueue(line);
            }
        }
    }
}
