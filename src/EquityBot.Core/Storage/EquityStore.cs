using System.Data;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EquityBot.Storage;

/// <summary>Opens <see cref="EquityDb"/>s on one database: a SQLite file by default, PostgreSQL by connection string.</summary>
public sealed class EquityStore
{
    const int Tries = 5;
    static readonly TimeSpan MigrationLimit = TimeSpan.FromMinutes(2);

    /// <summary>
    /// A process that is stopped in the middle of a transaction (SIGSTOP, a frozen virtual machine) keeps its rows locked; the server ends that after as long as
    /// a delivery's lease. Where an installation has statements prepared (<c>Max Auto Prepare</c>), each is planned anew all the same, since a plan made while a
    /// table was empty would go on reading all of it in a burst.
    /// </summary>
    const string ServerSettings = "-c idle_in_transaction_session_timeout=30000 -c plan_cache_mode=force_custom_plan";

    const string Bell = "equitybot_notices";

    /// <summary>What a reason begins with when somebody has to make room; all others may pass by themselves.</summary>
    public const string DiskFull = PostgresErrorCodes.DiskFull;

    /// <summary>So long after it has refused a write the database counts as in trouble, unless it has taken another one.</summary>
    static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    readonly DbContextOptions<EquityDb> options;
    readonly SharedViews shared = new();
    readonly WriterQueue? writers;
    Refused? refused;
    long commits;

    /// <param name="connectionString">A SQLite <c>Data Source=</c> or a PostgreSQL <c>Host=</c> string.</param>
    public EquityStore(string connectionString)
    {
        var builder = new DbContextOptionsBuilder<EquityDb>();
        IsPostgres = NamesPostgres(connectionString);
        if (IsPostgres)
        {
            connectionString = WithServerSettings(connectionString);
            builder.UseNpgsql(connectionString).AddInterceptors(new RowLocks.Clauses());
        }
        else
        {
            writers = new();
            File = new SqliteConnectionStringBuilder(connectionString).DataSource;
            builder.UseSqlite(connectionString).AddInterceptors(new RowLocks.FullSync());
        }

        options = builder.Options;
        ConnectionString = connectionString;
    }

    /// <summary>What the installation set itself stands.</summary>
    static string WithServerSettings(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.Options ??= ServerSettings;
        return settings.ConnectionString;
    }

    /// <summary>Rung when something to deliver was committed: by this process at once, by another one as soon as it is heard (<see cref="ListenAsync"/>).</summary>
    public Doorbell Doorbell { get; } = new();

    public bool IsPostgres { get; }

    /// <summary>With what this product adds to it. A secret: never logged or shown.</summary>
    public string ConnectionString { get; }

    /// <summary>The SQLite file; null on PostgreSQL.</summary>
    public string? File { get; }

    /// <summary>Grows with every transaction that this process commits.</summary>
    public long Commits => Interlocked.Read(ref commits);

    /// <summary>Why the database would not take what was written a moment ago; null while it does. It may well answer readers: a full disk does.</summary>
    public string? Refusal => refused is var (reason, at) && Stopwatch.GetElapsedTime(at) < Remembered ? reason : null;

    sealed record Refused(string Reason, long At);

    /// <summary>One organization's rows, for reading. Changes go through <see cref="WriteAsync{T}"/>.</summary>
    public EquityDb For(Guid organization) => new(options, shared, organization);

    /// <summary>Every organization's rows, for claims and look-ups alone.</summary>
    public AcrossOrganizations AcrossOrganizations() => new(For(Guid.Empty));

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
                db.Database.AutoSavepointsEnabled = false;
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                var result = await work(db);
                var written = await db.SaveChangesAsync(ct);
                if (db.Rings && IsPostgres)
                {
                    await db.Database.ExecuteSqlRawAsync("NOTIFY " + Bell, ct);
                }

                // A commit that is broken off leaves nobody the wiser.
                ct.ThrowIfCancellationRequested();
                await transaction.CommitAsync(CancellationToken.None);
                Interlocked.Increment(ref commits);
                refused = written > 0 ? null : refused;
                if (db.ChangesViews)
                {
                    shared.Changed(organization);
                }

                if (db.Rings)
                {
                    Doorbell.Ring();
                }

                return result;
            }
            catch (Exception failure) when (attempt < Tries && AsksForAnotherTry(failure))
            {
            }
            catch (Exception failure) when (WhyAway(failure) is { } reason)
            {
                refused = new(reason, Stopwatch.GetTimestamp());
                throw;
            }
        }
    }

    public Task WriteAsync(Guid organization, Urgency urgency, Func<EquityDb, Task> work, CancellationToken ct) =>
        WriteAsync(organization, urgency, async db => { await work(db); return true; }, ct);

    /// <summary>PostgreSQL only: rings the doorbell for what other processes commit, until its connection breaks or <paramref name="ct"/> ends it. Ends by throwing.</summary>
    public async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false, KeepAlive = 5, ApplicationName = Bell }.ConnectionString);
        await connection.OpenAsync(ct);
        connection.Notification += (_, _) => Doorbell.Ring();
        await using (var listen = new NpgsqlCommand("LISTEN " + Bell, connection))
        {
            await listen.ExecuteNonQueryAsync(ct);
        }

        // What was committed while nobody listened.
        Doorbell.Ring();
        while (true)
        {
            await connection.WaitAsync(ct);
        }
    }

    /// <summary>EF wraps what the driver throws, more than once.</summary>
    internal static bool AsksForAnotherTry(Exception? failure) => failure switch
    {
        null => false,
        PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } => true,
        _ => AsksForAnotherTry(failure.InnerException),
    };

    /// <summary>
    /// In a few words and without what was written, where the database itself is the trouble: unreachable, stopping, without a place in the pool, without room on its
    /// disk. Null for everything that would fail on a healthy one too. Whoever asked may come again; what broke at its commit may have been kept.
    /// </summary>
    public static string? WhyAway(Exception? failure) => failure switch
    {
        null or OperationCanceledException => null,
        PostgresException { SqlState: "57014" } => null,
        PostgresException server => server.SqlState[..2] is "08" or "53" or "57" or "58" || server.SqlState == "25P03" ? $"{server.SqlState} {server.MessageText}" : null,
        NpgsqlException { IsTransient: true } away => away.InnerException is TimeoutException ? "no connection to it came free in time" : "no connection to it",
        SqliteException { SqliteErrorCode: 10 or 13 } file => $"SQLite {file.SqliteErrorCode}",
        _ => WhyAway(failure.InnerException),
    };

    /// <summary>Which of the two databases a connection string names.</summary>
    public static bool NamesPostgres(string connectionString) => connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    /// <summary>Brings the database to this version, from wherever a process that was killed at it has left it. Gives up after two minutes of waiting for another process. A file is its caller's alone.</summary>
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

            // Whoever migrates a file has it alone (the host's lock on it), so that a lock inside it was left by a process that was killed, and would never be released.
            await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", limit.Token);
        }

        try
        {
            await db.Database.MigrateAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException("The database could not be brought up to date within two minutes. Another process may be at it: wait until it is ready, or end its session on the server, and start again.");
        }
    }
}
