using EquityBot.Storage;

namespace EquityBot.People;

/// <summary>What a file of a roster is made of. Where several parts read the same file, its columns are all of theirs.</summary>
/// <param name="Name">Without <c>.csv</c>.</param>
public sealed record RosterFile(string Name)
{
    /// <summary>Columns that its header must have.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Columns that it may have.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    /// <summary>The columns that together tell its lines apart; no two lines may have the same. Empty where lines may repeat.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>A roster without it cannot be imported.</summary>
    public bool Required { get; init; }

    /// <summary>The rows that its lines become, by type, and how a row is called when it is said what changes.</summary>
    public IReadOnlyDictionary<Type, Func<EquityDb, object, string?>> Rows { get; init; } = new Dictionary<Type, Func<EquityDb, object, string?>>();

    public static IReadOnlyDictionary<Type, Func<EquityDb, object, string?>> Becoming<T>(Func<T, string> name) =>
        new Dictionary<Type, Func<EquityDb, object, string?>> { [typeof(T)] = (_, row) => name((T)row) };

    public RosterFile With(RosterFile other) => this with
    {
        Columns = [.. Columns.Union(other.Columns)],
        Optional = [.. Optional.Union(other.Optional)],
        Key = [.. Key.Union(other.Key)],
        Required = Required || other.Required,
        Rows = Rows.Concat(other.Rows).ToDictionary(),
    };
}
