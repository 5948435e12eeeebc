using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace EquityBot.Tests.Storage;

public sealed class AuditHeadTests
{
    /// <summary>Nine in the evening of Monday, March 2, in New York; already Tuesday in Greenwich.</summary>
    static readonly Instant Evening = Instant.FromUtc(2026, 3, 3, 2, 0);
    static readonly Instant Tuesday = Evening + Duration.FromHours(4);

    [Theory, OnBothDatabases]
    public async Task The_head_of_a_day_is_published_once_when_the_day_has_ended_in_the_organizations_zone(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var (store, organization) = await WithAChainAsync(database);
        Assert.Empty(await HeadsAsync(store, organization));
        await AddAsync(store, organization, "after midnight", Tuesday);
        Assert.Equal(2, (await SealAsync(store, Tuesday)).Done);
        Assert.Equal(0, (await SealAsync(store, Tuesday + Duration.FromHours(20))).Done);

        var head = Assert.Single(await HeadsAsync(store, organization));
        Assert.Equal((new LocalDate(2026, 3, 2), 3), (head.Date, head.Number));
        await SealAsync(store, Tuesday + Duration.FromDays(3));
        Assert.Equal([(new LocalDate(2026, 3, 2), 3L), (new LocalDate(2026, 3, 5), 4L)], (await HeadsAsync(store, organization)).Select(one => (one.Date, one.Number)));
        Assert.Empty((await new AuditCheck(store).RunAsync(default)).Findings);
    }

    // P6
    [Theory, OnBothDatabases]
    public async Task A_chain_cut_back_after_publication_is_found(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var (store, organization) = await WithAChainAsync(database);
        await SealAsync(store, Tuesday);
        await store.WriteAsync(organization, Urgency.Background, async db =>
        {
            await db.Set<AuditEntry>().Where(one => one.Detail != "entry 0").ExecuteDeleteAsync();
            await db.Set<AuditLink>().Where(one => one.Number > 1).ExecuteDeleteAsync();
        }, default);
        Assert.Contains("the chain was cut back", Assert.Single((await new AuditCheck(store).RunAsync(default)).Findings), StringComparison.Ordinal);

        // Nothing is left of it but what was published.
        await store.WriteAsync(organization, Urgency.Background, async db =>
        {
            await db.Set<AuditEntry>().ExecuteDeleteAsync();
            await db.Set<AuditLink>().ExecuteDeleteAsync();
        }, default);
        Assert.Contains("the chain was cut back", Assert.Single((await new AuditCheck(store).RunAsync(default)).Findings), StringComparison.Ordinal);
    }

    // P6
    [Theory, OnBothDatabases]
    public async Task A_chain_rewritten_from_its_beginning_is_found(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var (store, organization) = await WithAChainAsync(database);
        await SealAsync(store, Tuesday);
        await store.WriteAsync(organization, Urgency.Background, async db =>
        {
            await db.Set<AuditEntry>().Where(one => one.Detail == "entry 1").ExecuteUpdateAsync(set => set.SetProperty(one => one.Outcome, "done"));
            await db.Set<AuditLink>().ExecuteDeleteAsync();
            AuditLink? last = null;
            foreach (var entry in await db.Set<AuditEntry>().AsNoTracking().OrderBy(one => one.Seq).ToListAsync())
            {
                db.Add(last = AuditLink.After(last, entry));
            }
        }, default);
        Assert.Contains("the chain was rewritten", Assert.Single((await new AuditCheck(store).RunAsync(default)).Findings), StringComparison.Ordinal);
    }

    static Task<SweepResult> SealAsync(EquityStore store, Instant now) => new SealSweep(store, NullLogger<SealSweep>.Instance).RunAsync(now, default);

    /// <summary>Three entries of Monday, sealed the same evening.</summary>
    static async Task<(EquityStore Store, Guid Organization)> WithAChainAsync(Database database)
    {
        var store = new EquityStore(database.ConnectionString);
        var organization = Guid.NewGuid();
        await store.WriteAsync(organization, Urgency.Background, db => Task.FromResult(db.Add(new Organization { Id = organization, Name = "Riverbend", Zone = "America/New_York" })), default);
        for (var number = 0; number < 3; number++)
        {
            await AddAsync(store, organization, $"entry {number}", Evening);
        }

        await SealAsync(store, Evening);
        return (store, organization);
    }

    static Task AddAsync(EquityStore store, Guid organization, string detail, Instant at) =>
        store.WriteAsync(organization, Urgency.Background, db => Task.FromResult(db.Add(AuditEntry.Of(db, at, "due", "C-1", "missed", detail))), default);

    static async Task<List<AuditHead>> HeadsAsync(EquityStore store, Guid organization)
    {
        await using var db = store.For(organization);
        return await db.Set<AuditHead>().AsNoTracking().OrderBy(one => one.Date).ToListAsync();
    }
}
