using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.People;

/// <summary>What a slice takes from a roster beside the people themselves: its own file, its own rows.</summary>
public abstract class RosterPart
{
    /// <summary>Parts run in this order, after the people.</summary>
    public virtual int Order => 0;

    /// <summary>The files it reads, and the columns it knows of them.</summary>
    public virtual IReadOnlyList<RosterFile> Files => [];

    /// <summary>
    /// Reads its files. It is also called where something is wrong with other files, so that everything that is wrong is found at once; nothing of it is kept then.
    /// </summary>
    public virtual Task ImportAsync(EquityDb db, RosterFiles files, Roster roster, Instant now, CancellationToken ct) => Task.CompletedTask;

    /// <summary>People, posts, hours, holidays or absences changed: whatever this slice computed from them is to be looked at again.</summary>
    public virtual Task RosterChangedAsync(EquityDb db, Instant now, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>What an import did, or would do; nothing was changed when there are problems.</summary>
/// <param name="Changes">By file; empty where everything is as the files say already.</param>
/// <param name="Problems">Everything that is wrong.</param>
/// <param name="Warnings">What is allowed and somebody ought to know.</param>
public sealed record RosterOutcome(
    Guid OrganizationId, string Organization, int People, int Departments, IReadOnlyList<RosterChange> Changes, IReadOnlyList<RosterProblem> Problems, IReadOnlyList<RosterProblem> Warnings);

/// <summary>
/// Reads a roster into the database: new rows are added, known ones updated; a person who is in it no longer has left. Nothing else is ended or deleted. All or nothing,
/// and the same files again change nothing.
/// </summary>
public sealed class RosterImport(EquityStore store, IEnumerable<RosterPart> parts)
{
    /// <param name="texts">Contents of the CSV files by file name; see samples/README.md for the columns.</param>
    /// <param name="now">On the hospital clock.</param>
    /// <param name="dryRun">Says what would change and what is wrong, and changes nothing.</param>
    public async Task<RosterOutcome> ImportAsync(IReadOnlyDictionary<string, string> texts, Instant now, bool dryRun, CancellationToken ct)
    {
        var shapes = PeopleImport.Files.Concat(parts.SelectMany(part => part.Files)).ToList();
        var files = new RosterFiles(texts, shapes);
        var rows = files.Rows("organization");
        if (rows.Count > 1)
        {
            files.Problem("organization", "it must have exactly one line beside its header");
        }

        var name = rows.Count == 0 ? "" : rows[0].Text("name");
        var id = await FindAsync(name, ct) ?? Guid.NewGuid();
        try
        {
            return await store.WriteAsync(id, Urgency.Background, async db =>
            {
                var outcome = await ImportAsync(db, files, new RosterChanges(shapes), name, now, ct);
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
            await db.SaveChangesAsync(ct);
            foreach (var part in parts.OrderBy(part => part.Order))
            {
                await part.RosterChangedAsync(db, now, ct);
            }
        }, ct);

    async Task<Guid?> FindAsync(string name, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        return await everywhere.Rows<Organization>().Where(one => one.Name == name).Select(one => (Guid?)one.Id).SingleOrDefaultAsync(ct);
    }

    async Task<RosterOutcome> ImportAsync(EquityDb db, RosterFiles files, RosterChanges changes, string name, Instant now, CancellationToken ct)
    {
        EventHandler<SavingChangesEventArgs> look = (_, _) => changes.Look(db);
        db.SavingChanges += look;
        var import = new PeopleImport(db, files, changes, now);
        var goesOn = await import.RunAsync(ct);
        if (goesOn)
        {
            await db.SaveChangesAsync(ct);
            var roster = await Roster.LoadAsync(db, ct);
            foreach (var part in parts.OrderBy(part => part.Order))
            {
                await part.ImportAsync(db, files, roster, now, ct);
                await db.SaveChangesAsync(ct);
            }

            files.NameStrangers();
        }

        db.SavingChanges -= look;
        if (goesOn && changes.Any)
        {
            db.Add(AuditEntry.Of(db, now, "roster", null, "imported", string.Join("; ", changes.ByFile.Select(file => $"{file.File} +{file.Added.Count} ~{file.Changed.Count} -{file.Ended.Count}"))));
            await db.SaveChangesAsync(ct);
            foreach (var part in parts.OrderBy(part => part.Order))
            {
                await part.RosterChangedAsync(db, now, ct);
            }
        }

        return new(db.OrganizationId, name, files.Rows("people").Count, files.Rows("departments").Count, changes.ByFile, files.Problems, import.Warnings);
    }

    sealed class NothingChanged(RosterOutcome outcome) : Exception
    {
        public RosterOutcome Outcome => outcome;
    }
}
