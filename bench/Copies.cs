using System.Globalization;
using Npgsql;

namespace EquityBot.Bench;

/// <summary>Makes history in bulk: copies of one row, each with what must be its own.</summary>
static class Copies
{
    public static async Task OpenPromisesAsync(string connection, int count)
    {
        await MakeAsync(connection, "Commitments", "\"LookAt\" > extract(epoch from now()) * 1000 + 1e9", count,
            ("Id", "gen_random_uuid()"), ("Number", "1000000 + (SELECT count(*) FROM \"Commitments\")::int + n"));
        await Host.RunAsync(connection, "VACUUM ANALYZE");
    }

    /// <summary>A finished item leaves a notice, its three buttons' message shared by twenty, and an audit entry.</summary>
    public static async Task FinishedAsync(string connection, int count)
    {
        await MakeAsync(connection, "Notices", "\"DeliveryId\" IS NOT NULL", count, ("Id", "gen_random_uuid()"), ("SubjectId", "gen_random_uuid()"), ("DeliveryId", "gen_random_uuid()"));
        await MakeAsync(connection, "Deliveries", "\"State\" = 'Sent'", count / 20, ("Id", "gen_random_uuid()"), ("MessageId", "gen_random_uuid()"), ("Slot", "'now:' || gen_random_uuid()"));
        await MakeAsync(connection, "AuditEntries", "true", count);
        await Host.RunAsync(connection, "VACUUM ANALYZE");
    }

    /// <summary>Indexes that no constraint stands on are put aside meanwhile; building them from what is there takes a fraction of the time.</summary>
    static async Task MakeAsync(string connection, string table, string one, int count, params (string Column, string Value)[] own)
    {
        await using var connected = new NpgsqlConnection(connection);
        await connected.OpenAsync();
        var indexes = await ListAsync($"SELECT indexdef FROM pg_indexes i WHERE tablename = '{table}' AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)");
        var names = await ListAsync($"SELECT indexname FROM pg_indexes i WHERE tablename = '{table}' AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)");
        var columns = await ListAsync($"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' AND is_identity = 'NO' ORDER BY ordinal_position");
        var values = columns.Select(column => own.FirstOrDefault(value => value.Column == column).Value ?? $"one.\"{column}\"");
        await ListAsync("SET synchronous_commit = off; SET maintenance_work_mem = '512MB'");
        await ListAsync(string.Concat(names.Select(name => $"DROP INDEX \"{name}\";")) + "SELECT 1");
        await ListAsync(string.Create(CultureInfo.InvariantCulture,
            $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(column => $"\"{column}\""))}) SELECT {string.Join(", ", values)} FROM (SELECT * FROM \"{table}\" WHERE {one} LIMIT 1) one, generate_series(1, {count}) n"));
        await ListAsync(string.Join(';', indexes.Append("SELECT 1")));

        async Task<List<string>> ListAsync(string sql)
        {
#pragma warning disable CA2100 // Names of our own tables.
            await using var command = new NpgsqlCommand(sql, connected) { CommandTimeout = 1800 };
#pragma warning restore CA2100
            await using var rows = await command.ExecuteReaderAsync();
            var found = new List<string>();
            do
            {
                while (rows.FieldCount > 0 && await rows.ReadAsync())
                {
                    found.Add($"{rows[0]}");
                }
            }
            while (await rows.NextResultAsync());
            return found;
        }
    }
}
