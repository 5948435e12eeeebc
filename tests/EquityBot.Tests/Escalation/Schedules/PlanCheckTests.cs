using EquityBot.Escalation;
using EquityBot.People;
using EquityBot.Tests.Given;

namespace EquityBot.Tests.Escalation;

/// <summary>A slip of the keyboard reaches nobody: each limit refuses by name, and what only looks odd is warned of.</summary>
public class PlanCheckTests
{
    static readonly Dictionary<string, bool> Kinds = Wiring.Unopened().GetKinds();
    static readonly Plan Standard = ScheduleTemplates.Standard;

    static RosterOf People() => new RosterOf()
        .Person("ben", above: "dana").Person("dana", above: "anil", sponsor: "colleen").Person("anil").Person("imani", roles: [Role.EquityOfficer])
        .Person("colleen", roles: [Role.Executive]).Person("ruth", deputy: "sam", roles: [Role.BoardOwner]).Person("sam").LedBy("dana");

    static Plan With(string step, Func<EscalationStep, EscalationStep> change) => Standard with { Steps = [.. Standard.Steps.Select(one => one.Name == step ? change(one) : one)] };

    public static TheoryData<string, Plan> Mistakes => new()
    {
        { "plan.name", Standard with { Name = "" } },
        { "plan.name", Standard with { Name = new string('x', 61) } },
        { "plan.number", Standard with { Extensions = 6 } },
        { "plan.number", Standard with { CoverDays = 0 } },
        { "plan.number", Standard with { AnswerDays = 31 } },
        { "plan.steps", Standard with { Steps = [Standard.Reminder!] } },
        { "plan.steps", Standard with { Steps = [.. Enumerable.Range(1, PlanCheck.MostSteps + 1).Select(day => new EscalationStep($"s{day}", day, "lead", "tell")), .. Standard.Steps.TakeLast(2).Select(step => step with { Offset = step.Offset + 100 })] } },
        { "plan.steps", With("owner", step => step with { Offset = 0 }) },
        { "plan.order", With("lead", step => step with { Offset = 10 }) },
        { "plan.twice", With("lead", step => step with { Name = "officer" }) },
        { "plan.check-ins", Standard with { CheckInsStopAt = "sponsor" } },
        { "plan.check-ins", Standard with { CheckInsStopAt = "nobody" } },
        { "plan.board", Standard with { Steps = [.. Standard.Steps.SkipLast(2)] } },
        { "plan.board", Standard with { Steps = [.. Standard.Steps, new("last", 60, "lead", "tell")] } },
        { "plan.triggers", Standard with { AnswerDays = null } },
        { "plan.triggers", Standard with { SilenceDays = null } },
        { "plan.triggers", Standard with { CheckInsStopAt = null } },
        { "plan.step-name", With("lead", step => step with { Name = "Lead!" }) },
        { "plan.offset", With("board-deputy", step => step with { Offset = PlanCheck.FurthestStep + 1 }) },
        { "plan.offset", With("reminder", step => step with { Offset = -31 }) },
        { "plan.to", With("lead", step => step with { To = "president" }) },
        { "plan.to", With("lead", step => step with { To = "person:nobody" }) },
        { "plan.action", With("lead", step => step with { Action = "shout" }) },
        { "plan.action", With("lead", step => step with { Action = "open-task" }) },
        { "plan.also", With("lead", step => step with { Also = ["tell"] }) },
        { "plan.reminder", With("reminder", step => step with { To = "lead" }) },
        { "plan.decision", With("lead", step => step with { Action = "ask-for-decision" }) },
        { "plan.decision", With("board", step => step with { Action = "tell" }) },
        { "plan.answer", With("lead", step => step with { AnswerWithin = 61 }) },
        { "plan.repeat", With("lead", step => step with { Repeat = new(0, 1) }) },
        { "plan.repeat", With("lead", step => step with { Repeat = new(1, PlanCheck.MostRepeats + 1) }) },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void A_plan_that_cannot_be_is_refused_by_name(string phrase, Plan plan) => Assert.Contains(phrase, PlanCheck.Problems(plan, Kinds, People().Build(), isForAll: true).Select(problem => problem.Phrase));

    [Fact]
    public void A_schedule_for_some_may_leave_triggers_and_the_board_out()
    {
        var lean = Standard with { AnswerDays = null, SilenceDays = null, CheckInsStopAt = null, Steps = [.. Standard.Steps.SkipLast(2)] };
        Assert.Empty(PlanCheck.Problems(lean, Kinds, People().Build(), isForAll: false));
    }

    [Fact]
    public void Steps_that_would_find_nobody_are_warned_of_by_department()
    {
        var roster = new RosterOf().Person("ben").Person("ruth", roles: [Role.BoardOwner]).Build();
        var warnings = PlanCheck.Warnings(Standard, [.. roster.Departments], roster, NodaTime.Instant.FromUtc(2026, 3, 9, 16, 0)).Select(one => $"{one.Phrase} {one.Values[0].Value}").ToList();
        Assert.Equal(["plan.nobody lead", "plan.nobody officer", "plan.nobody sponsor", "plan.nobody board-deputy"], warnings);
    }

    [Fact]
    public void An_empty_seat_on_the_board_and_a_step_in_a_hurry_are_warned_of()
    {
        var roster = new RosterOf().Person("ben", above: "dana").Person("dana", above: "anil", sponsor: "colleen").Person("anil").Person("imani", roles: [Role.EquityOfficer]).Person("colleen", roles: [Role.Executive]).LedBy("dana").Build();
        var hurried = With("officer", step => step with { AnswerWithin = 6 });
        Assert.Equal(
            ["plan.empty-seat board", "plan.nobody board-deputy", "plan.empty-seat board-deputy", "plan.hurry officer"],
            PlanCheck.Warnings(hurried, [.. roster.Departments], roster, NodaTime.Instant.FromUtc(2026, 3, 9, 16, 0)).Select(one => $"{one.Phrase} {one.Values[0].Value}"));
    }

    [Fact] // P4
    public void Whatever_reaches_above_or_takes_something_away_needs_a_second_pair_of_eyes()
    {
        var roster = People().Build();
        var low = Standard with { Steps = [.. Standard.Steps.Take(3)] };
        Assert.True(PlanCheck.NeedsApproval(Standard, null, roster));
        Assert.False(PlanCheck.NeedsApproval(low, null, roster));
        Assert.False(PlanCheck.NeedsApproval(low with { Extensions = 1 }, low, roster));
        Assert.True(PlanCheck.NeedsApproval(low, Standard, roster));
        Assert.True(PlanCheck.NeedsApproval(low with { Steps = [.. low.Steps.SkipLast(1)] }, low, roster));
        Assert.True(PlanCheck.NeedsApproval(low with { AnswerDays = null }, low, roster));
        Assert.True(PlanCheck.NeedsApproval(low with { Steps = [.. low.Steps, new("vp", 9, "person:colleen", "tell")] }, low, roster));
        Assert.False(PlanCheck.NeedsApproval(low with { Steps = [.. low.Steps, new("peer", 9, "person:anil", "tell")] }, low, roster));
    }
}
