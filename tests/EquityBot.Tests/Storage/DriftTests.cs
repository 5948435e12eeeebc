using EquityBot.Doubles;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Tests.Storage;

/// <summary>The hand-written migrations make what the model says: nothing more, nothing less, on both databases.</summary>
public class DriftTests
{
    [Fact]
    public async Task On_SQLite_the_migrations_make_what_the_model_says()
    {
        var folder = Directory.CreateTempSubdirectory("equitybot-drift-").FullName;
        try
        {
            var store = new EquityStore($"Data Source={Path.Combine(folder, "model.db")};Pooling=False");
            await using (var model = store.For(Guid.Empty))
            {
                await model.Database.EnsureCreatedAsync();
            }

            await using var migrated = await Database.OpenAsync(Engine.Sqlite);
            await AssertSameAsync(store, new EquityStore(migrated.ConnectionString), SqliteCatalogue);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task On_PostgreSQL_the_migrations_make_what_the_model_says()
    {
        var connection = await PrivatePostgres.CreateDatabaseAsync();
        try
        {
            var store = new EquityStore(connection);
            await using (var model = store.For(Guid.Empty))
            {
                await model.Database.EnsureCreatedAsync();
            }

            await using var migrated = await Database.OpenAsync(Engine.Postgres);
            await AssertSameAsync(store, new EquityStore(migrated.ConnectionString), PostgresCatalogue);
        }
        finally
        {
            await PrivatePostgres.DropDatabaseAsync(connection);
        }
    }

    [Theory, OnBothEngines]
    public async Task Migrating_again_changes_nothing(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var store = new EquityStore(database.ConnectionString);
        var catalogue = engine == Engine.Sqlite ? SqliteCatalogue : PostgresCatalogue;
        var before = await LinesAsync(store, catalogue);
        await store.MigrateAsync(CancellationToken.None);
        Assert.Equal(before, await LinesAsync(store, catalogue));
    }

    static async Task AssertSameAsync(EquityStore model, EquityStore migrated, string[] catalogue)
    {
        var (wanted, made) = (await LinesAsync(model, catalogue), await LinesAsync(migrated, catalogue));
        Assert.NotEmpty(wanted);
        var drift = wanted.Except(made).Select(line => "only in the model: " + line).Concat(made.Except(wanted).Select(line => "only in the migrations: " + line)).ToList();
        Assert.True(drift.Count == 0, string.Join('\n', drift));
        Assert.Equal(wanted.Count, made.Count);
    }

    static async Task<List<string>> LinesAsync(EquityStore store, string[] catalogue)
    {
        await using var db = store.For(Guid.Empty);
        var lines = new List<string>();
        foreach (var query in catalogue)
        {
            lines.AddRange(await db.Database.SqlQueryRaw<string>(query).ToListAsync());
        }

        // The text of a table is compared clause by clause, since columns added later stand last in it.
        return [.. lines.SelectMany(line => line.StartsWith("sql ", StringComparison.Ordinal) ? Clauses(line) : [line]).Where(line => !line.Contains("__EF", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    /// <summary>A column added later stands on the line of the last one.</summary>
    static readonly System.Text.RegularExpressions.Regex AddedColumn = new(", (?=\"\\w+\" (INTEGER|TEXT|REAL|BLOB))");

    static IEnumerable<string> Clauses(string line)
    {
        var head = line[..line.IndexOf(':', StringComparison.Ordinal)];
        var text = line.EndsWith(')') ? line[..^1].TrimEnd() : line;
        return AddedColumn.Replace(text, "\n").Split('\n').Skip(1).Select(clause => $"{head}: {clause.Trim().TrimEnd(',')}").Where(clause => clause != $"{head}: ");
    }

    static readonly string[] SqliteCatalogue =
    [
        "SELECT type || ' ' || name || ' on ' || tbl_name AS Value FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'",
        "SELECT 'sql ' || name || ':' || char(10) || sql AS Value FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        "SELECT 'sql ' || name || ':' || char(10) || sql AS Value FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
        "SELECT 'column ' || t.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || coalesce(c.dflt_value, '-') || ' ' || c.pk AS Value FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'",
        "SELECT 'key ' || t.name || '.' || f.\"from\" || ' to ' || f.\"table\" || ' ' || f.on_delete AS Value FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'",
    ];

    static readonly string[] PostgresCatalogue =
    [
        """
        SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || coalesce(character_maximum_length::text, '-') || ' ' || is_nullable || ' '
            || coalesce(column_default, '-') || ' ' || is_identity AS "Value" FROM information_schema.columns WHERE table_schema = 'public'
        """,
        // PostgreSQL cuts names at 63 bytes; the model marks such a cut with a tilde, a migration does not.
        "SELECT 'index ' || replace(indexdef, indexname, left(indexname, 62)) AS \"Value\" FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) AS \"Value\" FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'",
    ];
}
