namespace EquityBot.People;

/// <summary>The CSV files of one roster by name, and what is wrong with them.</summary>
/// <param name="texts">Contents by file name.</param>
/// <param name="shapes">What the files are made of; of one that has no shape any column is taken.</param>
public sealed class RosterFiles(IReadOnlyDictionary<string, string> texts, IEnumerable<RosterFile>? shapes = null)
{
    readonly List<RosterProblem> problems = [];
    readonly Dictionary<string, IReadOnlyList<RosterRow>> read = [];
    readonly HashSet<string> torn = [];
    readonly Dictionary<string, RosterFile> shapes = (shapes ?? []).GroupBy(one => one.Name).ToDictionary(same => same.Key, same => same.Aggregate((one, other) => one.With(other)));

    /// <summary>By file and place.</summary>
    public IReadOnlyList<RosterProblem> Problems => [.. problems.Distinct().OrderBy(one => one.File, StringComparer.Ordinal).ThenBy(one => one.Line).ThenBy(one => one.Column)];

    /// <summary>About the file as a whole.</summary>
    public void Problem(string name, string words) => problems.Add(new(name + ".csv", null, null, null, words));

    /// <summary>Whether the file is not there, or its lines cannot be told apart from one another.</summary>
    public bool IsUnreadable(string name) => Rows(name).Count == 0;

    /// <summary>Whether a line of it has more or fewer values than it should, so that nobody knows what stands in it.</summary>
    public bool IsTorn(string name) => torn.Contains(name);

    /// <summary>The rows of <c>name.csv</c>; none when an optional file is not there, or when its header is wrong.</summary>
    public IReadOnlyList<RosterRow> Rows(string name)
    {
        if (!read.TryGetValue(name, out var rows))
        {
            read.Add(name, rows = Read(name));
        }

        return rows;
    }

    /// <summary>Files that nobody reads; a misspelt name would go unnoticed.</summary>
    public void NameStrangers()
    {
        foreach (var stranger in texts.Keys.Where(file => !read.ContainsKey(Path.GetFileNameWithoutExtension(file))).Order(StringComparer.Ordinal))
        {
            problems.Add(new(stranger, null, null, null, $"a roster has no such file{Nearest.Hint(stranger, read.Keys.Select(name => name + ".csv").Except(texts.Keys))}"));
        }
    }

    IReadOnlyList<RosterRow> Read(string name)
    {
        var (file, shape) = (name + ".csv", shapes.GetValueOrDefault(name));
        if (!texts.TryGetValue(file, out var text))
        {
            if (shape is { Required: true })
            {
                Problem(name, "the file is missing");
            }

            return [];
        }

        if (text.IndexOfAny(['\uFFFD', '\0']) >= 0)
        {
            Problem(name, "it is not UTF-8; save it as “CSV UTF-8”");
        }

        var csv = CsvText.Read(text.Replace('\0', ' '));
        problems.AddRange(csv.Faults.Select(fault => new RosterProblem(file, fault.Line, fault.At, null, fault.Words)));
        if (csv.Records is not [var header, ..])
        {
            Problem(name, "it is empty; its first line names the columns");
            return [];
        }

        return IsHeader(file, header, shape) ? Told([.. csv.Records.Skip(1).Select(line => Row(file, header, line))], shape) : [];
    }

    bool IsHeader(string file, IReadOnlyList<CsvField> header, RosterFile? shape)
    {
        var before = problems.Count;
        foreach (var twice in header.GroupBy(column => column.Text).SelectMany(same => same.Skip(1)))
        {
            problems.Add(new(file, twice.Line, twice.At, twice.Text, "the header names this column twice"));
        }

        if (shape is not null)
        {
            var missing = shape.Columns.Except(header.Select(column => column.Text)).ToList();
            foreach (var unknown in header.Where(column => !shape.Columns.Contains(column.Text) && !shape.Optional.Contains(column.Text)))
            {
                problems.Add(new(file, unknown.Line, unknown.At, null, header.Count == 1 && unknown.Text.IndexOfAny([';', '\t']) >= 0
                    ? "the columns are to be separated by commas"
                    : $"“{unknown.Text}” is no column of this file{Nearest.Hint(unknown.Text, missing.Concat(shape.Optional))}"));
            }

            problems.AddRange(missing.Select(column => new RosterProblem(file, 1, null, column, "the header lacks this column")));
        }

        return problems.Count == before;
    }

    RosterRow Row(string file, IReadOnlyList<CsvField> header, IReadOnlyList<CsvField> line)
    {
        if (line.Count != header.Count)
        {
            problems.Add(new(file, line[0].Line, null, null, $"it has {line.Count} values, and the header names {header.Count} columns"));
            torn.Add(Path.GetFileNameWithoutExtension(file));
        }

        // What seems wrong with values that stand in another column than their own is no help.
        ICollection<RosterProblem> told = line.Count == header.Count ? problems : [];
        return new(file, line[0].Line, header.Zip(line).ToDictionary(pair => pair.First.Text, pair => pair.Second), told);
    }

    static List<RosterRow> Told(List<RosterRow> rows, RosterFile? shape)
    {
        if (shape is not { Key: [var first, ..] key })
        {
            return rows;
        }

        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var told = string.Join(", ", key.Select(row.Optional));
            if (!lines.TryAdd(told, row.Line) && told.Length > 0)
            {
                row.Problem(first, $"“{told}” stands twice; the first time in line {lines[told]}");
            }
        }

        return rows;
    }
}
