using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EquityBot.Storage;

/// <summary>Opens <see cref="EquityDb"/>s on one database: a SQLite file by default, PostgreSQL by connection string.</summary>
public sealed class EquityStore
{
    const int Tries = 5;
    static readonly TimeSpan MigrationLimit = TimeSpan.FromMinutes(2);

    readonly DbContextOptions<EquityDb> options;
    readonly WriterQueue? writers;

    /// <param name="connectionString">A SQLite <c>Data Source=</c> or a PostgreSQL <c>Host=</c> string.</param>
    public EquityStore(string connectionString)
    {
        var builder = new DbContextOptionsBuilder<EquityDb>();
        IsPostgres = NamesPostgres(connectionString);
        if (IsPostgres)
        {
            builder.UseNpgsql(connectionString).AddInterceptors(new RowLocks.Clauses());
        }
        else
        {
            writers = new();
            File = new SqliteConnectionStringBuilder(connectionString).DataSource;
            builder.UseSqlite(connectionString).AddInterceptors(new RowLocks.FullSync());
        }

        options = builder.Options;
    }

    public bool IsPostgres { get; }

    /// <summary>The SQLite file; null on PostgreSQL.</summary>
    public string? File { get; }

    /// <summary>One organization's rows, for reading. Changes go through <see cref="WriteAsync{T}"/>.</summary>
    public EquityDb For(Guid organization) => new(options, organization);

    /// <summary>Every organization's rows, for claims and look-ups alone.</summary>
    public AcrossOrganizations AcrossOrganizations() => new(new EquityDb(options, Guid.Empty));

    /// <summary>Reads all that <paramref name="look"/> asks for as it stood at one moment, waiting for no writer and holding none up.</summary>
    public async Task<T> ReadAsync<T>(Guid organization, Func<EquityDb, Task<T>> look, CancellationToken ct)
    {
        await using var db = For(organization);
        await db.Database.OpenConnectionAsync(ct);
        if (IsPostgres)
        {
            await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
            return await look(db);
        }

        await using var deferred = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
        await db.Database.UseTransactionAsync(deferred, ct);
        return await look(db);
    }

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction, saves and commits. Where PostgreSQL asks for it (deadlock, serialization failure)
    /// the work runs again from the start, so it must keep nothing outside the context it is given.
    /// </summary>
    public async Task<T> WriteAsync<T>(Guid organization, Urgency urgency, Func<EquityDb, Task<T>> work, CancellationToken ct)
    {
        using var pen = writers is null ? null : await writers.EnterAsync(urgency, ct);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var db = For(organization);
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                var result = await work(db);
                await db.SaveChangesAsync(ct);

                // A commit that is broken off leaves nobody the wiser.
                ct.ThrowIfCancellationRequested();
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            }
            catch (Exception failure) when (attempt < Tries && AsksForAnotherTry(failure))
            {
            }
        }
    }

    public Task WriteAsync(Guid organization, Urgency urgency, Func<EquityDb, Task> work, CancellationToken ct) =>
        WriteAsync(organization, urgency, async db => { await work(db); return true; }, ct);

    /// <summary>EF wraps what the driver throws, more than once.</summary>
    static bool AsksForAnotherTry(Exception? failure) => failure switch
    {
        null => false,
        PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } => true,
        _ => AsksForAnotherTry(failure.InnerException),
    };

    /// <summary>Which of the two databases a connection string names.</summary>
    public static bool NamesPostgres(string connectionString) => connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    /// <summary>Brings the database to this version. Gives up after two minutes, so that a lock left by a killed process is noticed.</summary>
    public async Task MigrateAsync(CancellationToken ct)
    {
        if (File is not null && Path.GetDirectoryName(Path.GetFullPath(File)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(MigrationLimit);
        await using var db = For(Guid.Empty);
        if (!IsPostgres)
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", limit.Token);
        }

        try
        {
            await db.Database.MigrateAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException("The database could not be brought up to date within two minutes. If a process was killed while it migrated, delete the row in __EFMigrationsLock and start again.");
        }
    }
}
