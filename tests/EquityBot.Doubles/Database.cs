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
        return new(engine, $"Data Source={file}", folder);
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

    /// <summary>Every value of every row of every table as text; of a SQLite file also the raw bytes of the files, where deleted rows may linger.</summary>
    public async Task<IReadOnlyList<string>> TextsAsync()
    {
        var texts = new List<string>();
        await using System.Data.Common.DbConnection connection = Engine == Engine.Postgres
            ? new Npgsql.NpgsqlConnection(ConnectionString)
            : new Microsoft.Data.Sqlite.SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        var tables = await ReadAsync(connection, Engine == Engine.Postgres
            ? "SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'"
            : "SELECT '\"' || name || '\"' FROM sqlite_master WHERE type = 'table'");
        foreach (var table in tables)
        {
            texts.AddRange(await ReadAsync(connection, $"SELECT * FROM {table}"));
        }

        foreach (var file in folder is null ? (IEnumerable<string>)[] : Directory.GetFiles(folder, "equitybot.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, System.Text.Encoding.UTF8);
            texts.Add(await reader.ReadToEndAsync());
        }

        return texts;
    }

    static async Task<List<string>> ReadAsync(System.Data.Common.DbConnection connection, string query)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of tables cannot be parameters; these come from the catalogue.
        command.CommandText = query;
#pragma warning restore CA2100
        var values = new List<string>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            for (var column = 0; column < rows.FieldCount; column++)
            {
                values.Add(Convert.ToString(rows.GetValue(column), System.Globalization.CultureInfo.InvariantCulture) ?? "");
            }
        }

        return values;
    }

    public async ValueTask DisposeAsync()
    {
        if (folder is null)
        {
            await PrivatePostgres.DropDatabaseAsync(ConnectionString);
        }
        else
        {
            await using (var pool = new Microsoft.Data.Sqlite.SqliteConnection(ConnectionString))
            {
                Microsoft.Data.Sqlite.SqliteConnection.ClearPool(pool);
            }

            Directory.Delete(folder, recursive: true);
        }
    }
}
