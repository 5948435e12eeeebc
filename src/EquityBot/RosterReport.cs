using System.Text.Json;
using EquityBot.People;

namespace EquityBot;

/// <summary>What an import did, or would do, for whoever called it and for their scripts.</summary>
static class RosterReport
{
    /// <summary>Names listed of each kind and file; scripts get them all.</summary>
    const int Listed = 20;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Problems and warnings go to the second writer, all else to the first. False where there are problems.</summary>
    public static bool Say(RosterOutcome outcome, bool dryRun, bool asJson, TextWriter said, TextWriter wrong)
    {
        if (asJson)
        {
            said.WriteLine(JsonSerializer.Serialize(new { outcome.Organization, outcome.People, outcome.Departments, DryRun = dryRun, outcome.Changes, outcome.Problems, outcome.Warnings }, Json));
            return outcome.Problems.Count == 0;
        }

        outcome.Problems.ToList().ForEach(wrong.WriteLine);
        outcome.Warnings.ToList().ForEach(warning => wrong.WriteLine($"Warning: {warning}"));
        if (outcome.Problems.Count == 0)
        {
            outcome.Changes.ToList().ForEach(change => Say(change, said));
        }

        said.WriteLine(Sum(outcome, dryRun));
        return outcome.Problems.Count == 0;
    }

    static void Say(RosterChange change, TextWriter said)
    {
        said.WriteLine(change.File);
        Line("added", change.Added, said);
        Line("changed", change.Changed, said);
        Line("ended", change.Ended, said);
    }

    static void Line(string what, IReadOnlyList<string> names, TextWriter said)
    {
        if (names.Count > 0)
        {
            said.WriteLine($"  {names.Count} {what}: {string.Join(", ", names.Take(Listed))}{(names.Count > Listed ? $" and {names.Count - Listed} more" : "")}");
        }
    }

    static string Sum(RosterOutcome outcome, bool dryRun)
    {
        var what = outcome.Problems.Count > 0 ? $"{Count(outcome.Problems.Count, "problem")}; nothing was changed"
            : outcome.Changes.Count == 0 ? "everything is as the files say already; nothing changes"
            : dryRun ? "this is what would change; nothing was changed"
            : "done";
        return $"{outcome.Organization}: {Count(outcome.People, "person", "people")}, {Count(outcome.Departments, "department")}: {what}.";
    }

    static string Count(int count, string one, string? many = null) => $"{count} {(count == 1 ? one : many ?? one + "s")}";
}
