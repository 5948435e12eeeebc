using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Tests.Storage;

/// <summary>What a database is made of, a line each and in order, but for the migrations' own tables.</summary>
static class Schema
{
    public static async Task<List<string>> OfAsync(EquityStore store)
    {
        await using var db = store.For(Guid.Empty);
        var lines = new List<string>();
        foreach (var query in store.IsPostgres ? PostgresCatalogue : SqliteCatalogue)
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
