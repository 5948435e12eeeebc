using EquityBot.Doubles;
using Npgsql;

namespace EquityBot.Bench;

/// <summary>G7: a thousand due items among ever more that are not due, and beside ever more that are finished.</summary>
static class Growth
{
    const int Due = 1_000;

    public static async Task RunAsync(DurablePostgres server, int rounds, int largest, Report report)
    {
        await using var standIn = await BenchStandIn.StartAsync(limits: false);
        var connection = await Rounds.DatabaseAsync(server);
        await using var ours = await Ours.OpenAsync(connection, standIn.Url, 100);
        await ours.Town.PromiseAsync(2, Ours.Now, open: 1);
        await ours.RunAsync();
        await MeasureAsync(ours, connection, "warm", 0, 1, null);
        var made = 0;
        for (var open = 1_000; open <= largest; open *= 10)
        {
            await CopyAsync(connection, OpenPromises, open - made);
            made = open;
            await MeasureAsync(ours, connection, "open", open, rounds, report);
        }

        made = 0;
        for (var finished = 10_000; finished <= largest; finished *= 10)
        {
            await CopyAsync(connection, FinishedNotices, finished - made);
            await CopyAsync(connection, FinishedDeliveries, (finished - made) / 20);
            made = finished;
            await MeasureAsync(ours, connection, "finished", finished, rounds, report);
        }
    }

    static async Task MeasureAsync(Ours ours, string connection, string what, int count, int rounds, Report? report)
    {
        for (var round = 0; round < rounds; round++)
        {
            // After the first round everybody has had the day's bundle: what is measured is looking, deciding and gathering, not composing and sending.
            await ours.Town.PromiseAsync(Due, Ours.Now);
            var reading = await new Gauge(connection).MeasureAsync(async () =>
            {
                await ours.RunAsync();
                return null;
            });
            report?.Grown(what, count, Due, reading);
        }
    }

    const string OpenPromises = """
        INSERT INTO "Commitments" SELECT (jsonb_populate_record(null::"Commitments", to_jsonb(one) || jsonb_build_object('Id', gen_random_uuid(), 'Number', 1000000 + (SELECT count(*) FROM "Commitments") + n))).*
        FROM (SELECT * FROM "Commitments" ORDER BY "Number" LIMIT 1) one, generate_series(1, @count) n
        """;

    const string FinishedNotices = """
        INSERT INTO "Notices" SELECT (jsonb_populate_record(null::"Notices", to_jsonb(one) || jsonb_build_object('Id', gen_random_uuid(), 'Seq', nextval(pg_get_serial_sequence('"Notices"', 'Seq')), 'SubjectId', gen_random_uuid()))).*
        FROM (SELECT * FROM "Notices" WHERE "DeliveryId" IS NOT NULL ORDER BY "Seq" LIMIT 1) one, generate_series(1, @count) n
        """;

    const string FinishedDeliveries = """
        INSERT INTO "Deliveries" SELECT (jsonb_populate_record(null::"Deliveries", to_jsonb(one) || jsonb_build_object('Id', gen_random_uuid(), 'Seq', nextval(pg_get_serial_sequence('"Deliveries"', 'Seq')), 'Slot', 'now:' || gen_random_uuid()))).*
        FROM (SELECT * FROM "Deliveries" WHERE "State" = 'Sent' ORDER BY "Seq" LIMIT 1) one, generate_series(1, @count) n
        """;

    static async Task CopyAsync(string connection, string sql, int count)
    {
        await using var connected = new NpgsqlConnection(connection);
        await connected.OpenAsync();
#pragma warning disable CA2100 // The constants above.
        await using var copy = new NpgsqlCommand(sql, connected) { CommandTimeout = 900, Parameters = { new("count", count) } };
#pragma warning restore CA2100
        await copy.ExecuteNonQueryAsync();
        await using var vacuum = new NpgsqlCommand("VACUUM ANALYZE", connected) { CommandTimeout = 900 };
        await vacuum.ExecuteNonQueryAsync();
    }
}
