using Xunit.Abstractions;

[assembly: TestCollectionOrderer("EquityBot.Scenarios.LongestFirst", "EquityBot.Scenarios")]

namespace EquityBot.Scenarios;

/// <summary>Stories that start programs and wait for them begin first, so that others fill the time beside them and none of them is left alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    static readonly string[] Long = [".InterruptedStories", ".Nodes.", "in the browser", "InTheBrowser", ".RealRunStories", ".KilledFileStories", ".RestartStories", ".LedgerStories"];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(one => Array.FindIndex(Long, name => one.DisplayName.Contains(name, StringComparison.OrdinalIgnoreCase)) is var place && place < 0 ? Long.Length : place).ThenBy(one => one.DisplayName, StringComparer.Ordinal);
}
