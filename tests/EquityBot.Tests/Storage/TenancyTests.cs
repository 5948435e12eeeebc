using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EquityBot.Tests.Storage;

/// <summary>Two health systems in one database know nothing of each other. // P8</summary>
public class TenancyTests
{
    static readonly Guid Ours = Guid.NewGuid();
    static readonly Guid Theirs = Guid.NewGuid();

    /// <summary>Every table but these carries its organization.</summary>
    static readonly Type[] Shared = [typeof(Organization), typeof(StoredClock), typeof(EquityBot.Sweeps.SweepRun), typeof(EquityBot.Access.ProtectionKey)];

    static IEnumerable<IEntityType> Owned(EquityDb db) => db.Model.GetEntityTypes().Where(type => typeof(IOwned).IsAssignableFrom(type.ClrType));

    [Fact]
    public void Every_table_belongs_to_an_organization_but_for_the_reviewed_ones()
    {
        using var db = new EquityStore("Data Source=never-opened.db").For(Ours);
        Assert.Equal(
            Shared.Select(type => type.Name).Order(StringComparer.Ordinal),
            db.Model.GetEntityTypes().Where(type => !typeof(IOwned).IsAssignableFrom(type.ClrType)).Select(type => type.ClrType.Name).Order(StringComparer.Ordinal));
        Assert.All(Owned(db), type => Assert.NotEmpty(type.GetDeclaredQueryFilters()));
    }

    [Theory, OnBothDatabases]
    public async Task Rows_of_another_organization_are_never_seen_whatever_the_table(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var store = new EquityStore(database.ConnectionString);
        await store.WriteAsync(Theirs, Urgency.Inbound, db => AddOneOfEach(db, Theirs), CancellationToken.None);

        await using var theirs = store.For(Theirs);
        await using var ours = store.For(Ours);
        foreach (var type in Owned(ours))
        {
            Assert.True(await CountAsync(theirs, type) == 1, $"{type.ClrType.Name} is not seen by its own organization");
            Assert.True(await CountAsync(ours, type) == 0, $"{type.ClrType.Name} is seen by another organization");
        }
    }

    [Theory, OnBothDatabases]
    public async Task Rows_of_another_organization_are_neither_updated_nor_deleted_in_bulk(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var store = new EquityStore(database.ConnectionString);
        await store.WriteAsync(Theirs, Urgency.Inbound, db => AddOneOfEach(db, Theirs), CancellationToken.None);

        await using (var ours = store.For(Ours))
        {
            Assert.Equal(0, await ours.Set<Person>().ExecuteDeleteAsync());
            Assert.Equal(0, await ours.Set<Person>().ExecuteUpdateAsync(set => set.SetProperty(one => one.Name, "ours now")));
        }

        await using var theirs = store.For(Theirs);
        Assert.NotEqual("ours now", (await theirs.Set<Person>().SingleAsync()).Name);
    }

    [Fact]
    public async Task A_row_of_another_organization_is_refused_whatever_the_table_and_whatever_is_done_to_it()
    {
        await using var database = await Database.OpenAsync(Engine.Sqlite);
        var store = new EquityStore(database.ConnectionString);
        await using var model = store.For(Ours);
        foreach (var type in Owned(model))
        {
            foreach (var state in new[] { EntityState.Added, EntityState.Modified, EntityState.Deleted })
            {
                await using var db = store.For(Ours);
                AnyRow.Put(db, db.Model.FindEntityType(type.ClrType)!, Theirs, state);
                var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
                Assert.Contains(type.ClrType.Name, refusal.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory, OnBothDatabases]
    public async Task Looking_across_organizations_sees_all_of_them_and_tracks_nothing(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var store = new EquityStore(database.ConnectionString);
        await store.WriteAsync(Theirs, Urgency.Inbound, db => AddOneOfEach(db, Theirs), CancellationToken.None);
        await store.WriteAsync(Ours, Urgency.Inbound, db => AddOneOfEach(db, Ours), CancellationToken.None);
        await using var everywhere = store.AcrossOrganizations();
        Assert.Equal(2, await everywhere.Rows<Person>().CountAsync());
        Assert.Equal(2, (await everywhere.Rows<EquityBot.Chat.Notice>().Select(one => one.OrganizationId).ToListAsync()).Distinct().Count());
    }

    static Task AddOneOfEach(EquityDb db, Guid organization)
    {
        foreach (var type in Owned(db))
        {
            AnyRow.Put(db, type, organization);
        }

        return Task.CompletedTask;
    }

    static Task<int> CountAsync(EquityDb db, IEntityType type) =>
        (Task<int>)typeof(TenancyTests).GetMethod(nameof(CountOfAsync), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!
            .MakeGenericMethod(type.ClrType).Invoke(null, [db])!;

    static Task<int> CountOfAsync<T>(EquityDb db) where T : class => db.Set<T>().CountAsync();
}
