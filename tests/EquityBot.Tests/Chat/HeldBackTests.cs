using System.Collections.Concurrent;
using System.Data;
using System.Diagnostics;
using System.Text.Json;
using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EquityBot.Tests.Chat;

/// <summary>Somebody's report keeps a transaction open for hours, and what is finished meanwhile cannot be cleared away.</summary>
public sealed class HeldBackTests
{
    const int People = 50;
    const int Rounds = 20;

    /// <summary>What a claim may read more for each message that was finished meanwhile and cannot be cleared away.</summary>
    const double PagesAMessage = 0.2;

    // D9, in pages read rather than in time.
    [Fact]
    public async Task A_transaction_that_holds_back_the_vacuum_costs_a_claim_a_page_for_five_messages_and_is_told()
    {
        await using var database = await Database.OpenAsync(Engine.Postgres);
        var (store, clock) = (new EquityStore(database.ConnectionString), new StillClock(Wiring.Start));
        await using var core = Wiring.Core(store, clock, services => services.AddSingleton<IChannel>(new Takes()).AddSingleton<NoticeWriter>(new NodeWriter()));
        var (log, town, postman) = (new Kept(), await Town.BuildAsync(store, People, clock.Now), core.GetRequiredService<Postman>());
        await using var other = new NpgsqlConnection(database.ConnectionString);
        await using var reporter = new NpgsqlConnection(database.ConnectionString);
        await other.OpenAsync();
        await reporter.OpenAsync();
        await RoundAsync(0);
        await RunAsync(other, "VACUUM ANALYZE");
        var before = await CostAsync(1);
        await new PruneSweep(store, log).RunAsync(clock.Now, CancellationToken.None);
        Assert.Empty(log.Warnings);

        await using var report = await reporter.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        await RunAsync(reporter, "SELECT count(*) FROM \"Deliveries\"");
        for (var round = 2; round < Rounds; round++)
        {
            await RoundAsync(round);
        }

        await RunAsync(other, "VACUUM ANALYZE");
        await new PruneSweep(store, log).RunAsync(clock.Now, CancellationToken.None);
        Assert.Contains("Deliveries (", Assert.Single(log.Warnings), StringComparison.Ordinal);
        Assert.All(await CostAsync(Rounds), query => Assert.InRange(query.Value - before.GetValueOrDefault(query.Key), long.MinValue, (long)(PagesAMessage * People * Rounds)));

        await report.RollbackAsync();
        await RunAsync(other, "VACUUM ANALYZE");
        await new PruneSweep(store, log).RunAsync(clock.Now, CancellationToken.None);
        Assert.Single(log.Warnings);

        async Task RoundAsync(int round)
        {
            await town.TellAsync(People, clock.Now, period: $"{round}");
            while (await postman.RunAsync(CancellationToken.None) > 0)
            {
            }
        }

        async Task<Dictionary<string, long>> CostAsync(int round)
        {
            await town.TellAsync(People, clock.Now, period: $"{round}");
            using var log = new Queries();
            await postman.RunAsync(CancellationToken.None);
            await using var connection = new NpgsqlConnection(database.ConnectionString);
            await connection.OpenAsync();
            var pages = new Dictionary<string, long>();
            foreach (var (text, parameters) in log.Seen.DistinctBy(one => one.Text))
            {
                pages[text] = await ExplainAsync(connection, text, parameters);
            }

            return pages;
        }
    }

    static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    static async Task<long> ExplainAsync(NpgsqlConnection connection, string text, List<NpgsqlParameter> parameters)
    {
        await using var transaction = await connection.BeginTransactionAsync();

        // A table as small as a test's would be read as a whole, which a hospital's never is.
        await RunAsync(connection, "SET LOCAL enable_seqscan = off");
#pragma warning disable CA2100
        await using var command = new NpgsqlCommand("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + text, connection, transaction);
#pragma warning restore CA2100
        command.Parameters.AddRange(parameters.ToArray());
        var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync())!).RootElement[0].GetProperty("Plan");
        return plan.GetProperty("Shared Hit Blocks").GetInt64() + plan.GetProperty("Shared Read Blocks").GetInt64();
    }

    sealed class Kept : ILogger<PruneSweep>
    {
        public List<string> Warnings { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Warnings.Add(formatter(state, exception));
    }

    sealed class Takes : IChannel
    {
        public string Name => StandInChannel.Channel;

        public bool IsIdempotentByMessageId => false;

        public Task<SendOutcome> SendAsync(RenderedMessage message, CancellationToken ct) => Task.FromResult<SendOutcome>(new SendOutcome.Sent());
    }

    /// <summary>What is asked of the queues while it lives.</summary>
    sealed class Queries : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        readonly List<IDisposable> subscriptions = [];

        public Queries() => subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

        public ConcurrentQueue<(string Text, List<NpgsqlParameter> Parameters)> Seen { get; } = new();

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == Microsoft.EntityFrameworkCore.DbLoggerCategory.Name)
            {
                subscriptions.Add(value.Subscribe(this));
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is CommandExecutedEventData { Command: NpgsqlCommand command } && command.CommandText.Contains("SELECT", StringComparison.Ordinal)
                && (command.CommandText.Contains("\"Deliveries\"", StringComparison.Ordinal) || command.CommandText.Contains("\"Notices\"", StringComparison.Ordinal)) && !command.CommandText.Contains("INSERT", StringComparison.Ordinal))
            {
                Seen.Enqueue((command.CommandText, [.. command.Parameters.Cast<NpgsqlParameter>().Select(one => one.Clone())]));
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose() => subscriptions.ForEach(one => one.Dispose());
    }
}
