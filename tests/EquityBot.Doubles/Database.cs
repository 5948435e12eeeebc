using EquityBot.Storage;

namespace EquityBot.Doubles;

/// <summary>Which of the two real databases a test runs on.</summary>
public enum Engine
{
    Sqlite,
    Postgres,
}

/// <summary>A database of its own for one test, already migrated; gone when disposed. Each is a copy of one template a process, so that a test waits milliseconds.</summary>
public sealed class Database : IAsyncDisposable
{
    static readonly Lazy<Task<string>> SqliteTemplate = new(MakeSqliteTemplateAsync);
    static readonly Lazy<Task<string>> PostgresTemplate = new(MakePostgresTemplateAsync);

    readonly string? folder;

    Database(Engine engine, string connectionString, string? folder)
    {
        (Engine, ConnectionString, this.folder) = (engine, connectionString, folder);
    }

    public Engine Engine { get; }

    public string ConnectionString { get; }

    public static async Task<Database> OpenAsync(Engine engine)
    {
        if (engine == Engine.Postgres)
        {
            return new(engine, await PrivatePostgres.CreateDatabaseAsync(await PostgresTemplate.Value), null);
        }

        var folder = Directory.CreateTempSubdirectory("equitybot-test-").FullName;
        var file = Path.Combine(folder, "equitybot.db");
        File.Copy(await SqliteTemplate.Value, file);
        return new(engine, $"Data Source={file};Pooling=False", folder);
    }

    static async Task<string> MakeSqliteTemplateAsync()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("equitybot-template-").FullName, "template.db");
        await new EquityStore($"Data Source={file};Pooling=False").MigrateAsync(CancellationToken.None);
        return file;
    }

    static async Task<string> MakePostgresTemplateAsync()
    {
        var connection = await PrivatePostgres.CreateDatabaseAsync();
        await new EquityStore(connection).MigrateAsync(CancellationToken.None);
        Npgsql.NpgsqlConnection.ClearAllPools();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (folder is null)
        {
            await PrivatePostgres.DropDatabaseAsync(ConnectionString);
        }
        else
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
