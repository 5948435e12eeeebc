using System.Text;

namespace EquityBot.Tests.Given;

/// <summary>The working copy that these tests were built from: sources to scan, samples to import, lists to compare with.</summary>
static class Repository
{
    public static string Root { get; } = Find();

    static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "EquityBot.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run inside the repository.");
        }

        return folder.FullName;
    }

    /// <summary>Hand-written C# below src, with paths such as <c>EquityBot.Core/Chat/Card.cs</c>.</summary>
    public static IReadOnlyList<(string Path, string Text)> Sources { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(Path.Combine(Root, "src"), file).Replace('\\', '/'), Full: file))
            .Where(file => !file.Path.Contains("/obj/", StringComparison.Ordinal) && !file.Path.Contains("/bin/", StringComparison.Ordinal))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => (file.Path, File.ReadAllText(file.Full))),
    ];

    /// <summary>The files of the sample health system by name.</summary>
    public static Dictionary<string, string> Riverbend() =>
        Directory.GetFiles(Path.Combine(Root, "samples", "riverbend"), "*.csv").ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

    /// <summary>A list that people reviewed: one line a fact, <c>#</c> comments, blank lines. Fails with the lines that are only in one of the two.</summary>
    public static void IsAsReviewed(string file, IEnumerable<string> found)
    {
        var path = Path.Combine(Root, "tests", "EquityBot.Tests", file);
        var reviewed = File.ReadAllLines(path).Select(line => line.Split('#')[0].TrimEnd()).Where(line => line.Length > 0).ToList();
        var actual = found.Select(line => line.TrimEnd()).ToList();
        var differences = new StringBuilder();
        foreach (var line in actual.Except(reviewed))
        {
            differences.Append("found, not reviewed: ").AppendLine(line);
        }

        foreach (var line in reviewed.Except(actual))
        {
            differences.Append("reviewed, not found: ").AppendLine(line);
        }

        Assert.True(differences.Length == 0, $"{file} says otherwise; review what changed, then correct one of the two.\n{differences}");
        Assert.Equal(reviewed.Count, actual.Count);
    }
}
