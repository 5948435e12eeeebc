using EquityBot.Commitments;
using EquityBot.Doubles;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EquityBot.Tests.Storage;

/// <summary>Rows that are appended many at a time arrive as rows that are added one by one do.</summary>
public sealed class AppendTests
{
    static readonly Guid Here = Guid.NewGuid();

    static IEnumerable<IEntityType> Owned(EquityDb db) => db.Model.GetEntityTypes().Where(type => typeof(IOwned).IsAssignableFrom(type.ClrType));

    [Theory, OnBothDatabases]
    public async Task A_row_of_any_table_is_read_as_it_was_appended(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var store = new EquityStore(database.ConnectionString);
        var appended = new List<IOwned>();
        await store.WriteAsync(Here, Urgency.Background, db =>
        {
            appended.AddRange(Owned(db).Select(type => Row(db, type, Here)));
            db.Append(appended);
            return Task.CompletedTask;
        }, CancellationToken.None);

        await using var reading = store.For(Here);
        foreach (var row in appended)
        {
            var type = reading.Model.FindEntityType(row.GetType())!;
            var read = (await AllAsync(reading, type)).Single();
            Assert.All(type.GetProperties().Where(one => one.ValueGenerated == ValueGenerated.Never), property =>
                Assert.Equal(property.PropertyInfo!.GetValue(row), property.PropertyInfo!.GetValue(read)));
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_row_of_another_organization_is_not_appended_and_a_forgotten_one_neither(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var store = new EquityStore(database.ConnectionString);
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.WriteAsync(Here, Urgency.Background, db =>
        {
            db.Append(AuditEntry.Of(db, Wiring.Start, "due", "C-1", "reminded"), Row(db, db.Model.FindEntityType(typeof(CommitmentEvent))!, Guid.NewGuid()));
            return Task.CompletedTask;
        }, CancellationToken.None));
        await store.WriteAsync(Here, Urgency.Background, db =>
        {
            db.Append(AuditEntry.Of(db, Wiring.Start, "due", "C-1", "reminded"));
            db.Forget();
            return Task.CompletedTask;
        }, CancellationToken.None);
        await using var reading = store.For(Here);
        Assert.Equal(0, await reading.Set<AuditEntry>().CountAsync());
    }

    static IOwned Row(EquityDb db, IEntityType type, Guid organization)
    {
        AnyRow.Put(db, type, organization);
        var row = (IOwned)db.ChangeTracker.Entries().Single().Entity;
        db.ChangeTracker.Clear();
        return row;
    }

    static Task<List<object>> AllAsync(EquityDb db, IEntityType type) =>
        ((IQueryable<object>)typeof(DbContext).GetMethod(nameof(DbContext.Set), 1, [])!.MakeGenericMethod(type.ClrType).Invoke(db, null)!).AsNoTracking().ToListAsync();
}
