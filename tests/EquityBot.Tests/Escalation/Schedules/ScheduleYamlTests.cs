using EquityBot.Escalation;
using EquityBot.Tests.Given;

namespace EquityBot.Tests.Escalation;

/// <summary>Plans as files: what is written reads back the same, and a mistake is told with its place.</summary>
public class ScheduleYamlTests
{
    public static TheoryData<string> Templates => [.. ScheduleTemplates.All.Keys];

    static readonly Dictionary<string, bool> Kinds = Wiring.Unopened().GetKinds();

    [Theory, MemberData(nameof(Templates))]
    public void A_template_survives_being_written_and_read(string name) => Assert.Equal(ScheduleTemplates.All[name], ScheduleYaml.Read(ScheduleYaml.Write(ScheduleTemplates.All[name])).Plan);

    [Theory, MemberData(nameof(Templates))]
    public void A_template_has_no_problem_and_warns_of_nothing_where_every_post_is_held(string name)
    {
        var given = new RosterOf()
            .Person("ben", above: "dana", sponsor: "colleen").Person("dana", above: "anil", sponsor: "colleen").Person("anil", above: "miriam").Person("miriam")
            .Person("imani", roles: [EquityBot.People.Role.EquityOfficer]).Person("colleen", roles: [EquityBot.People.Role.Executive])
            .Person("ruth", deputy: "sam", roles: [EquityBot.People.Role.BoardOwner]).Person("sam").LedBy("dana");
        var roster = given.Build();
        Assert.Empty(PlanCheck.Problems(ScheduleTemplates.All[name], Kinds, roster, isForAll: true));
        Assert.Empty(PlanCheck.Warnings(ScheduleTemplates.All[name], [.. roster.Departments], roster, NodaTime.Instant.FromUtc(2026, 3, 9, 16, 0)));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("name: X\nsteps:\n  - { name: owner, offset: soon }", "line 3, column")]
    [InlineData("name: X\nnome: Y", "line 2, column 1")]
    [InlineData("name: X\nname: Y", "line 2, column 1")]
    [InlineData("name: [", "line 1")]
    [InlineData("name: X\ncalendar: lunar", "calendar: lunar")]
    [InlineData("name: &a X\nsteps: *b", "line 2")]
    public void A_file_that_cannot_be_read_says_where(string yaml, string where)
    {
        var (plan, problem) = ScheduleYaml.Read(yaml);
        Assert.Null(plan);
        Assert.Contains(where, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_longer_than_any_schedule_is_not_read() => Assert.Contains("20000", ScheduleYaml.Read(new string('#', ScheduleYaml.Longest + 1)).Problem, StringComparison.Ordinal);

    [Fact]
    public void A_difference_is_told_step_by_step_and_field_by_field()
    {
        var before = ScheduleTemplates.Standard;
        var after = before with
        {
            Extensions = 1,
            Steps = [.. before.Steps.Where(step => step.Name != "officer").Select(step => step.Name == "lead" ? step with { Offset = 7, Repeat = new(2, 1) } : step), new("vp", 40, "person:anil", "tell")],
        };
        Assert.Equal(["diff.extensions 2 1"], PlanDiff.Fields(before, after).Select(remark => $"{remark.Phrase} {string.Join(' ', remark.Values.Select(value => value.Value))}"));
        Assert.Equal(["officer +10 → ", "lead +5 → lead +7", " → vp +40"], PlanDiff.Steps(before, after).Select(pair => $"{Text(pair.Before)} → {Text(pair.After)}"));
        var same = ScheduleYaml.Read(ScheduleYaml.Write(before)).Plan!;
        Assert.Empty(PlanDiff.Fields(before, same));
        Assert.Empty(PlanDiff.Steps(before, same));

        static string Text(EscalationStep? step) => step is null ? "" : $"{step.Name} {step.Offset:+0}";
    }
}
