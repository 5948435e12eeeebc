using System.Text.Json;
using EquityBot.People;

namespace EquityBot.Tests.People;

public class RosterReportTests
{
    static readonly RosterChange Change = new("people.csv", ["zoe.park"], ["dana.reyes (title)"], ["ben.kowalski"]);
    static readonly RosterProblem Problem = new("people.csv", 11, 127, "supervisor", "“dana.raise” is not in people.csv");
    static readonly RosterProblem Warning = new("departments.csv", 2, null, "lead", "Cardiology has no lead");

    static (bool Fine, string Said, string Wrong) Report(RosterOutcome outcome, bool dryRun = false, bool asJson = false)
    {
        using StringWriter said = new() { NewLine = "\n" }, wrong = new() { NewLine = "\n" };
        return (RosterReport.Say(outcome, dryRun, asJson, said, wrong), said.ToString(), wrong.ToString());
    }

    static RosterOutcome Outcome(RosterChange[]? changes = null, RosterProblem[]? problems = null, RosterProblem[]? warnings = null) => new(Guid.Empty, "Riverbend Health", 32, 1, changes ?? [], problems ?? [], warnings ?? []);

    const string Lines = "people.csv\n  1 added: zoe.park\n  1 changed: dana.reyes (title)\n  1 ended: ben.kowalski\n";

    [Fact]
    public void What_was_done_is_listed_by_file_with_its_warnings() => Assert.Equal(
        (true, Lines + "Riverbend Health: 32 people, 1 department: done.\n", "Warning: departments.csv, line 2 (lead): Cardiology has no lead.\n"),
        Report(Outcome([Change], warnings: [Warning])));

    [Fact]
    public void A_dry_run_lists_the_same_and_says_that_nothing_was_changed() => Assert.Equal(
        (true, Lines + "Riverbend Health: 32 people, 1 department: this is what would change; nothing was changed.\n", ""), Report(Outcome([Change]), dryRun: true));

    [Fact]
    public void The_same_again_says_so() => Assert.Equal((true, "Riverbend Health: 32 people, 1 department: everything is as the files say already; nothing changes.\n", ""), Report(Outcome()));

    [Fact]
    public void Problems_are_listed_alone() => Assert.Equal(
        (false, "Riverbend Health: 32 people, 1 department: 1 problem; nothing was changed.\n", "people.csv, line 11, column 127 (supervisor): “dana.raise” is not in people.csv.\n"),
        Report(Outcome([Change], [Problem])));

    [Fact]
    public void Scripts_get_file_line_and_column_apart()
    {
        var (fine, said, wrong) = Report(Outcome([Change], [Problem]), asJson: true);
        var problem = JsonDocument.Parse(said).RootElement.GetProperty("problems")[0];
        Assert.Equal((false, "", "people.csv", 11, 127, "supervisor"), (fine, wrong, problem.GetProperty("file").GetString(), problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32(), problem.GetProperty("name").GetString()));
    }
}
