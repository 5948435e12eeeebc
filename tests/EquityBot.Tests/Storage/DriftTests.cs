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
            await AssertSameAsync(store, new EquityStore(migrated.ConnectionString));
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
            await AssertSameAsync(store, new EquityStore(migrated.ConnectionString));
        }
        finally
        {
            await PrivatePostgres.DropDatabaseAsync(connection);
        }
    }

    [Theory, OnBothDatabases]
    public async Task Migrating_again_changes_nothing(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var store = new EquityStore(database.ConnectionString);
        var before = await Schema.OfAsync(store);
        await store.MigrateAsync(CancellationToken.None);
        Assert.Equal(before, await Schema.OfAsync(store));
    }

    static async Task AssertSameAsync(EquityStore model, EquityStore migrated)
    {
        var (wanted, made) = (await Schema.OfAsync(model), await Schema.OfAsync(migrated));
        Assert.NotEmpty(wanted);
        var drift = wanted.Except(made).Select(line => "only in the model: " + line).Concat(made.Except(wanted).Select(line => "only in the migrations: " + line)).ToList();
        Assert.True(drift.Count == 0, string.Join('\n', drift));
        Assert.Equal(wanted.Count, made.Count);
    }
}
