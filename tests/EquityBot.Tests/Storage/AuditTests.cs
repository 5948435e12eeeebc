using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace EquityBot.Tests.Storage;

public sealed class AuditTests
{
    static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 14, 0);

    [Theory, OnBothDatabases]
    public async Task Sealed_entries_hold_and_new_ones_are_sealed_after_them(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var (store, organization) = await WithEntriesAsync(database, 3);
        Assert.Equal(3, (await Seal(store).RunAsync(Now, default)).Done);
        Assert.Equal(0, (await Seal(store).RunAsync(Now, default)).Done);
        await AddAsync(store, organization, "later");

        var (links, open, findings) = await new AuditCheck(store).RunAsync(default);
        Assert.Equal((3, 1), (links, open));
        Assert.Empty(findings);
        Assert.Equal(1, (await Seal(store).RunAsync(Now, default)).Done);
        Assert.Empty((await new AuditCheck(store).RunAsync(default)).Findings);
    }

    // P6
    [Theory]
    [InlineData(Engine.Sqlite, "UPDATE \"AuditEntries\" SET \"Outcome\" = 'done' WHERE \"Detail\" = 'entry 1'", "was changed")]
    [InlineData(Engine.Postgres, "UPDATE \"AuditEntries\" SET \"Outcome\" = 'done' WHERE \"Detail\" = 'entry 1'", "was changed")]
    [InlineData(Engine.Sqlite, "DELETE FROM \"AuditEntries\" WHERE \"Detail\" = 'entry 1'", "is gone")]
    [InlineData(Engine.Postgres, "DELETE FROM \"AuditEntries\" WHERE \"Detail\" = 'entry 1'", "is gone")]
    [InlineData(Engine.Sqlite, "DELETE FROM \"AuditLinks\" WHERE \"Number\" = 2", "are missing")]
    [InlineData(Engine.Postgres, "DELETE FROM \"AuditLinks\" WHERE \"Number\" = 2", "are missing")]
    [InlineData(Engine.Sqlite, "UPDATE \"AuditLinks\" SET \"Hash\" = \"Previous\" WHERE \"Number\" = 1", "does not follow")]
    [InlineData(Engine.Postgres, "UPDATE \"AuditLinks\" SET \"Hash\" = \"Previous\" WHERE \"Number\" = 1", "does not follow")]
    public async Task An_edit_behind_the_products_back_is_found(Engine engine, string edit, string finding)
    {
        await using var database = await Database.OpenAsync(engine);
        var (store, organization) = await WithEntriesAsync(database, 3);
        await Seal(store).RunAsync(Now, default);
        await store.WriteAsync(organization, Urgency.Background, db => db.Database.ExecuteSqlRawAsync(edit), default);
        Assert.Contains((await new AuditCheck(store).RunAsync(default)).Findings, words => words.Contains(finding, StringComparison.Ordinal));
    }

    static SealSweep Seal(EquityStore store) => new(store, NullLogger<SealSweep>.Instance);

    static async Task<(EquityStore Store, Guid Organization)> WithEntriesAsync(Database database, int count)
    {
        var store = new EquityStore(database.ConnectionString);
        var organization = Guid.NewGuid();
        await store.WriteAsync(organization, Urgency.Background, db => Task.FromResult(db.Add(new Organization { Id = organization, Name = "Riverbend", Zone = "America/New_York" })), default);
        for (var number = 0; number < count; number++)
        {
            await AddAsync(store, organization, $"entry {number}");
        }

        return (store, organization);
    }

    static Task AddAsync(EquityStore store, Guid organization, string detail) =>
        store.WriteAsync(organization, Urgency.Background, db => Task.FromResult(db.Add(AuditEntry.Of(db, Now, "due", "C-1", "missed", detail))), default);
}
