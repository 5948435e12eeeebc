using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Channels.Browser;

/// <summary>The sample health system: imported through the real roster import, and made as new again on request.</summary>
public sealed class PracticeSample(EquityStore store, RosterImport import, PracticeClock clock, BrowserChannel channel, IWebHostEnvironment environment)
{
    static readonly LocalDateTime Start = new(2026, 3, 2, 9, 0);

    public Guid Organization { get; private set; }

    public async Task EnsureAsync(CancellationToken ct)
    {
        var known = await clock.LoadAsync(ct);
        await using (var everywhere = store.AcrossOrganizations())
        {
            Organization = await everywhere.Rows<Workspace>()
                .Where(one => one.Channel == BrowserModule.Channel && one.Tenant == BrowserModule.Tenant)
                .Select(one => one.OrganizationId).SingleOrDefaultAsync(ct);
        }

        if (!known || Organization == Guid.Empty)
        {
            await ResetAsync(ct);
        }
    }

    /// <summary>Deletes every row and imports the sample; the clock goes back to its start.</summary>
    public async Task ResetAsync(CancellationToken ct)
    {
        channel.ForgetFaults();
        await EmptyAsync(ct);
        var texts = Directory.GetFiles(Folder(), "*.csv").ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
        var zone = DateTimeZoneProviders.Tzdb[new RosterFiles(texts).Rows("organization")[0].Text("zone")];
        await clock.SetAsync(Start.InZoneStrictly(zone).ToInstant(), ct);
        var outcome = await import.ImportAsync(texts, clock.Now, dryRun: false, ct);
        if (outcome.Problems.Count > 0)
        {
            throw new InvalidOperationException($"The sample roster has problems: {string.Join(' ', outcome.Problems)}");
        }

        Organization = outcome.OrganizationId;
        await store.WriteAsync(Organization, Urgency.Background, ConnectAsync, ct);

        async Task ConnectAsync(EquityDb db)
        {
            db.Add(new Workspace { Channel = BrowserModule.Channel, Tenant = BrowserModule.Tenant, OrganizationId = Organization });
            db.AddRange((await db.Set<Person>().ToListAsync(ct)).Select(person => new ChatAddress
            {
                OrganizationId = Organization, PersonId = person.Id, Channel = BrowserModule.Channel, Address = person.Handle, Rank = 1,
            }));
        }
    }

    Task EmptyAsync(CancellationToken ct) => store.WriteAsync(
        Guid.Empty,
        Urgency.Inbound,
        async db =>
        {
            foreach (var table in db.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Distinct())
            {
                // Table names come from the model, and an identifier cannot be a parameter.
#pragma warning disable EF1002
                await db.Database.ExecuteSqlRawAsync($"DELETE FROM \"{table}\"", ct);
#pragma warning restore EF1002
            }
        },
        ct);

    /// <summary>Published with the host; beside the sources while developing.</summary>
    string Folder() => new[] { Path.Combine(AppContext.BaseDirectory, "samples", "riverbend"), Path.Combine(environment.ContentRootPath, "..", "..", "samples", "riverbend") }.First(Directory.Exists);
}
