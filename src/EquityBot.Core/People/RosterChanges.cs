using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace EquityBot.People;

/// <summary>What of one file is new, is other than before, and is over. By name; what changed stands in brackets behind it.</summary>
public sealed record RosterChange(string File, IReadOnlyList<string> Added, IReadOnlyList<string> Changed, IReadOnlyList<string> Ended);

/// <summary>Collects what an import changes, from the rows that are about to be saved.</summary>
sealed class RosterChanges(IEnumerable<RosterFile> files)
{
    enum Kind
    {
        Changed,
        Ended,
        Added,
    }

    readonly Dictionary<Type, (string File, Func<EquityDb, object, string?> Name)> rows =
        files.SelectMany(file => file.Rows.Select(row => (row.Key, file.Name, row.Value))).ToDictionary(one => one.Key, one => (one.Name, one.Value));

    readonly SortedDictionary<(string File, string Name), (Kind Kind, SortedSet<string> What)> found = new();

    public bool Any => found.Count > 0;

    public IReadOnlyList<RosterChange> ByFile => [.. found.GroupBy(one => one.Key.File).Select(file => new RosterChange(file.Key + ".csv", Of(file, Kind.Added), Of(file, Kind.Changed), Of(file, Kind.Ended)))];

    static List<string> Of(IEnumerable<KeyValuePair<(string File, string Name), (Kind Kind, SortedSet<string> What)>> file, Kind kind) =>
        [.. file.Where(one => one.Value.Kind == kind).Select(one => kind == Kind.Changed ? $"{one.Key.Name} ({string.Join(", ", one.Value.What)})" : one.Key.Name)];

    /// <summary>Looks at what is about to be saved.</summary>
    public void Look(EquityDb db)
    {
        var entries = db.ChangeTracker.Entries().ToList();
        var watch = db.ChangeTracker.AutoDetectChangesEnabled;
        try
        {
            // What has changed is known now; finding the name of each row would look through all of them again.
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            foreach (var entry in entries)
            {
                if (rows.TryGetValue(entry.Metadata.ClrType, out var row) && row.Name(db, entry.Entity) is { } name)
                {
                    Note(row.File, name, entry);
                }
            }
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = watch;
        }
    }

    /// <summary>Somebody is not with the organization any more.</summary>
    public void End(string file, string name) => Note(file, name, Kind.Ended, []);

    void Note(string file, string name, EntityEntry entry)
    {
        switch (entry.State)
        {
            case EntityState.Added when entry.Metadata.ClrType == typeof(RoleAssignment):
            case EntityState.Deleted:
                Note(file, name, Kind.Changed, ["roles"]);
                break;
            case EntityState.Added:
                Note(file, name, Kind.Added, []);
                break;
            case EntityState.Modified:
                var other = entry.Properties.Where(one => one.IsModified && !IsSame(one.OriginalValue, one.CurrentValue)).Select(one => Column(one.Metadata.Name)).ToList();
                if (other.Count > 0)
                {
                    Note(file, name, Kind.Changed, other);
                }

                break;
        }
    }

    void Note(string file, string name, Kind kind, IEnumerable<string> what)
    {
        var (before, known) = found.TryGetValue((file, name), out var earlier) ? earlier : (kind, new SortedSet<string>(StringComparer.Ordinal));
        known.UnionWith(what);
        found[(file, name)] = (kind > before ? kind : before, known);
    }

    static bool IsSame(object? one, object? other) => one is IEnumerable<Guid> many ? other is IEnumerable<Guid> others && many.SequenceEqual(others) : Equals(one, other);

    /// <summary>SupervisorId is the column supervisor.</summary>
    static string Column(string property)
    {
        var name = property.EndsWith("Id", StringComparison.Ordinal) ? property[..^2] : property;
        return string.Concat(name.Select((letter, place) => char.IsUpper(letter) ? (place > 0 ? "_" : "") + char.ToLowerInvariant(letter) : letter.ToString()));
    }
}
