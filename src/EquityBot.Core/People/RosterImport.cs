using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.People;

/// <summary>What a slice takes from a roster beside the people themselves: its own file, its own rows.</summary>
public abstract class RosterPart
{
    /// <summary>Parts run in this order, after the people.</summary>
    public virtual int Order => 0;

    public abstract Task ImportAsync(EquityDb db, RosterFiles files, Roster roster, Instant now, CancellationToken ct);

    /// <summary>People, posts, hours, holidays or absences changed: whatever this slice computed from them is to be looked at again.</summary>
    public virtual Task RosterChangedAsync(EquityDb db, Instant now, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>What an import did, or would do; nothing was changed when there are problems.</summary>
public sealed record RosterOutcome(Guid OrganizationId, string Organization, int People, int Departments, IReadOnlyList<string> Problems);

/// <summary>Reads a roster into the database: new rows are added, known ones updated, nothing is deleted. All or nothing.</summary>
public sealed class RosterImport(EquityStore store, IEnumerable<RosterPart> parts)
{
    /// <param name="texts">Contents of the CSV files by file name; see samples/README.md for the columns.</param>
    /// <param name="now">On the hospital clock.</param>
    /// <param name="dryRun">Looks for problems and changes nothing.</param>
    public async Task<RosterOutcome> ImportAsync(IReadOnlyDictionary<string, string> texts, Instant now, bool dryRun, CancellationToken ct)
    {
        var files = new RosterFiles(texts);
        var rows = files.Rows("organization", required: true);
        if (rows.Count != 1)
        {
            files.Problem("organization.csv must have exactly one row.");
            return new(Guid.Empty, "", 0, 0, files.Problems);
        }

        var name = rows[0].Text("name");
        var id = await FindAsync(name, ct) ?? Guid.NewGuid();
        try
        {
            return await store.WriteAsync(id, Urgency.Background, async db =>
            {
                var outcome = await ImportAsync(db, files, rows[0], now, ct);
                return outcome.Problems.Count > 0 || dryRun ? throw new NothingChanged(outcome) : outcome;
            }, ct);
        }
        catch (NothingChanged stopped)
        {
            return stopped.Outcome;
        }
    }

    /// <summary>One change to one person outside an import: an absence, a delegate, a last day.</summary>
    public Task ChangeAsync(Guid organization, Guid person, Action<Person> change, Instant now, CancellationToken ct) =>
        store.WriteAsync(organization, Urgency.Inbound, async db =>
        {
            change(await db.Set<Person>().Where(one => one.Id == person).ForUpdate().SingleAsync(ct));
            db.Add(AuditEntry.Of(db, now, "roster", null, "person-changed", person.ToString()));
            foreach (var part in parts)
            {
                await part.RosterChangedAsync(db, now, ct);
            }
        }, ct);

    async Task<Guid?> FindAsync(string name, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        return await everywhere.Rows<Organization>().Where(one => one.Name == name).Select(one => (Guid?)one.Id).SingleOrDefaultAsync(ct);
    }

    async Task<RosterOutcome> ImportAsync(EquityDb db, RosterFiles files, RosterRow row, Instant now, CancellationToken ct)
    {
        await PeopleImport.ImportAsync(db, files, row, ct);
        if (files.Problems.Count == 0)
        {
            await db.SaveChangesAsync(ct);
            var roster = await Roster.LoadAsync(db, ct);
            foreach (var part in parts.OrderBy(part => part.Order))
            {
                await part.ImportAsync(db, files, roster, now, ct);
                await part.RosterChangedAsync(db, now, ct);
            }
        }

        db.Add(AuditEntry.Of(db, now, "roster", null, "imported"));
        return new(db.OrganizationId, row.Text("name"), files.Rows("people").Count, files.Rows("departments").Count, files.Problems);
    }

    sealed class NothingChanged(RosterOutcome outcome) : Exception
    {
        public RosterOutcome Outcome => outcome;
    }
}
