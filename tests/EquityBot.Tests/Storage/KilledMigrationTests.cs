using System.Diagnostics;
using System.Globalization;
using EquityBot.Doubles;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit.Abstractions;

namespace EquityBot.Tests.Storage;

/// <summary>The program's own <c>migrate</c>, as a process that is killed after one of its statements.</summary>
public sealed class KilledMigrationTests(ITestOutputHelper output)
{
    static readonly bool Soaks = Environment.GetEnvironmentVariable("EQUITYBOT_SOAK") == "1";

    // D8, at one statement; at each under EQUITYBOT_SOAK=1.
    [Theory, OnBothDatabases]
    public async Task Killed_after_any_statement_it_leaves_whole_migrations_and_the_next_run_completes_them(Engine engine)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("EQUITYBOT_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        Console.WriteLine($"Migrations on {engine} killed by EQUITYBOT_SEED={seed}");
        var stages = await StagesAsync(engine);
        int statements;
        await using (var empty = await EmptyAsync(engine))
        {
            var (code, said) = await MigrateAsync(empty.ConnectionString, "count");
            Assert.True(code == 0, said);
            statements = int.Parse(said.Split("Statements: ")[1].Split('\n')[0], CultureInfo.InvariantCulture);
        }

        Assert.True(statements > 50, $"{statements} statements only");
        var at = Enumerable.Range(1, statements).ToArray();
        if (!Soaks)
        {
            new Random(seed).Shuffle(at);
            at = [at[0]];
        }

        foreach (var statement in at)
        {
            await using var database = await EmptyAsync(engine);
            var (code, said) = await MigrateAsync(database.ConnectionString, $"statement {statement}");
            Assert.True(code == 137, $"It was not killed after statement {statement} but ended with {code}: {said}");
            var whole = await WholeAsync(database.Store, stages.Count - 1);
            Assert.True(stages[whole].SequenceEqual(await Schema.OfAsync(database.Store)), $"Killed after statement {statement} of {statements}, it left half a schema after {whole} migrations.");
            output.WriteLine($"statement {statement} of {statements}: {whole} of {stages.Count - 1} migrations");

            (code, said) = await MigrateAsync(database.ConnectionString, null);
            Assert.True(code == 0, said);
            Assert.Equal(stages[^1], await Schema.OfAsync(database.Store));
        }
    }

    /// <summary>The schema before the first migration, and after each.</summary>
    static async Task<List<List<string>>> StagesAsync(Engine engine)
    {
        await using var database = await EmptyAsync(engine);
        var stages = new List<List<string>> { await Schema.OfAsync(database.Store) };
        await using var db = database.Store.For(Guid.Empty);
        foreach (var migration in db.Database.GetMigrations())
        {
            await db.GetService<IMigrator>().MigrateAsync(migration);
            stages.Add(await Schema.OfAsync(database.Store));
        }

        return stages;
    }

    /// <summary>How many migrations the database says it has. On PostgreSQL the server may still be about to notice that its client is gone.</summary>
    static async Task<int> WholeAsync(EquityStore store, int all)
    {
        await using var db = store.For(Guid.Empty);
        if (store.IsPostgres)
        {
            const string Others = "SELECT count(*)::int AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (await db.Database.SqlQueryRaw<int>(Others).SingleAsync(patience.Token) > 0)
            {
                await pause.WaitForNextTickAsync(patience.Token);
            }
        }

        return Math.Min(all, (await db.Database.GetAppliedMigrationsAsync()).Count());
    }

    static async Task<(int Code, string Said)> MigrateAsync(string connection, string? kill)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "equitybot.dll"), "migrate", $"--contentRoot={Path.Combine(Repository.Root, "src", "EquityBot")}", "--environment=Development"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__Equity"] = connection;
        if (kill is not null)
        {
            start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
            start.Environment["EQUITYBOT_TEST_KILL"] = kill;
        }

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var (words, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            return (-1, "It did not end within a minute.");
        }

        return (process.ExitCode, await words + await errors);
    }

    static async Task<Empty> EmptyAsync(Engine engine)
    {
        if (engine == Engine.Postgres)
        {
            return new(await PrivatePostgres.CreateDatabaseAsync(), null);
        }

        var folder = Directory.CreateTempSubdirectory("equitybot-migrate-").FullName;
        return new($"Data Source={Path.Combine(folder, "equitybot.db")};Pooling=False", folder);
    }

    /// <summary>A database without a table; gone when disposed.</summary>
    sealed class Empty(string connection, string? folder) : IAsyncDisposable
    {
        public string ConnectionString => connection;

        public EquityStore Store { get; } = new(connection + (folder is null ? ";Pooling=False" : ""));

        public async ValueTask DisposeAsync()
        {
            if (folder is null)
            {
                await PrivatePostgres.DropDatabaseAsync(connection);
            }
            else
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
