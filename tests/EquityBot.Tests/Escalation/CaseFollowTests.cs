using EquityBot.Escalation;
using EquityBot.People;
using EquityBot.Tests.Given;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Tests.Escalation;

/// <summary>Repeats, jumps, and another plan in the middle of a walk. Due Friday, March 6, 2026; no holidays.</summary>
public class CaseFollowTests
{
    static readonly Plan Standard = ScheduleTemplates.Standard;
    static readonly WorkCalendar Calendar = new(WorkCalendar.Weekdays, new HashSet<LocalDate>());
    static readonly Instant Now = Instant.FromUtc(2026, 3, 9, 14, 0);

    static LocalDate Day(string iso) => LocalDatePattern.Iso.Parse(iso).Value;

    static EscalationCase Case(Plan plan) => new()
    {
        Id = Guid.NewGuid(), OrganizationId = Guid.NewGuid(), Number = 1, CommitmentId = Guid.NewGuid(), AboutId = Guid.NewGuid(), Trigger = Triggers.Due, AboutRef = "C-1", Line = Lines.Promise, OwnerId = Guid.NewGuid(),
        DepartmentId = Guid.NewGuid(), OpenedAt = Now, Plan = plan.ToJson(), BaseDay = Day("2026-03-06"),
    };

    static Plan With(string step, Func<EscalationStep, EscalationStep> change) => Standard with { Steps = [.. Standard.Steps.Select(one => one.Name == step ? change(one) : one)] };

    static NextStep? Next(EscalationCase @case) => NextStep.Of(@case.Position, @case.PlanInForce, Calendar);

    static void Deliver(EscalationCase @case)
    {
        var next = Next(@case)!;
        @case.Fire(next, Guid.NewGuid());
        @case.Delivered(next.Place, next.On, false, Now);
    }

    [Fact]
    public void A_step_is_repeated_until_its_number_is_reached_and_moves_no_later_step()
    {
        var @case = Case(With("owner", step => step with { Repeat = new(2, 1) }));
        Deliver(@case);
        Assert.Equal(new NextStep(0, Day("2026-03-11"), true, true), Next(@case));
        Deliver(@case);
        Assert.Equal(new NextStep(1, Day("2026-03-13"), false), Next(@case));
    }

    [Fact]
    public void A_repetition_that_would_come_on_the_next_steps_day_or_later_is_left_out()
    {
        var @case = Case(With("owner", step => step with { Repeat = new(4, 5) }));
        Deliver(@case);
        Assert.Equal(new NextStep(1, Day("2026-03-13"), false), Next(@case));
    }

    [Fact]
    public void A_repetition_whose_reader_is_gone_is_passed_over_and_the_next_step_keeps_its_day()
    {
        var roster = new RosterOf().Person("ben", sponsor: "colleen").Person("colleen", leavesOn: "2026-03-10").LedBy(null).Build();
        var (ben, plan) = (roster.ByHandle("ben")!, With("owner", step => step with { To = "sponsor", Repeat = new(1, 3) }));
        var @case = Case(plan);
        @case.HandTo(ben.Id, ben.DepartmentId, Day("2026-03-09"), Now);
        Deliver(@case);
        var told = new CaseStep { OrganizationId = @case.OrganizationId, CaseId = @case.Id, Trigger = Triggers.Due, Step = "owner", To = "sponsor", Place = 0, RecipientId = roster.ByHandle("colleen")!.Id, DecidedAt = Now };
        Assert.Empty(CaseWalk.Look(@case, [told], roster, Instant.FromUtc(2026, 3, 12, 18, 0)));
        Assert.Equal(3, @case.Repeats);
        Assert.Equal(new NextStep(1, Day("2026-03-13"), false), Next(@case));
    }

    [Theory]
    [InlineData("owner", false, "ada")]
    [InlineData("owner", true, "ben")]
    [InlineData("lead", false, "lee")]
    [InlineData("lead", true, "lee")] // had the step before: nobody above hears of a step that only goes again
    public void A_step_that_goes_again_after_a_hand_over_goes_to_whoever_it_concerns_now(string to, bool handed, string expected)
    {
        var roster = new RosterOf().Person("lee").Person("ada", above: "lee").Person("ben", above: "lee").LedBy("lee").Build();
        var (ada, ben, lee) = (roster.ByHandle("ada")!, roster.ByHandle("ben")!, roster.ByHandle("lee")!);
        var @case = Case(With("owner", step => step with { To = to, Repeat = new(1, 1) }));
        (@case.OwnerId, @case.DepartmentId) = (ada.Id, ada.DepartmentId);
        Deliver(@case);
        if (handed)
        {
            @case.HandTo(ben.Id, ben.DepartmentId, Day("2026-03-09"), Now + Duration.FromHours(1));
        }

        var told = new CaseStep
        {
            OrganizationId = @case.OrganizationId, CaseId = @case.Id, Trigger = Triggers.Due, Step = "owner", To = to, Place = 0, RecipientId = (to == "owner" ? ada : lee).Id, DecidedAt = Now, DeliveredAt = Now, DeliveredOn = Day("2026-03-09"),
        };
        var fired = Assert.IsType<Walked.Fired>(Assert.Single(CaseWalk.Look(@case, [told], roster, Instant.FromUtc(2026, 3, 10, 18, 0))));
        Assert.Equal((true, expected), (fired.Next.Again, fired.Recipient.Handle));
    }

    [Fact]
    public void A_repetition_taken_back_is_still_to_come_and_the_next_step_stays()
    {
        var @case = Case(With("owner", step => step with { Repeat = new(2, 1) }));
        Deliver(@case);
        var again = Next(@case)!;
        @case.Fire(again, Guid.NewGuid());
        @case.Recall(Now);
        Assert.Equal(again, Next(@case));
    }

    [Fact]
    public void Whoever_cannot_be_reached_a_second_time_was_told_the_first_time()
    {
        var @case = Case(With("owner", step => step with { Repeat = new(2, 1) }));
        Deliver(@case);
        @case.Fire(Next(@case)!, Guid.NewGuid());
        @case.Unreached(Day("2026-03-11"), Now);
        Assert.Equal(new NextStep(1, Day("2026-03-13"), false), Next(@case));
    }

    [Fact]
    public void A_jump_fires_on_its_day_whatever_offset_and_gap_say_and_the_gaps_go_on_from_there()
    {
        var @case = Case(Standard);
        Deliver(@case);
        @case.Jump(3, Day("2026-03-10"), Now);
        Assert.Equal(new NextStep(3, Day("2026-03-10"), false), Next(@case));
        Deliver(@case);
        Assert.Equal(new NextStep(4, Day("2026-04-03"), false), Next(@case)); // the board's own offset is later than the gap
    }

    [Fact]
    public void A_jump_wakes_an_acknowledged_case()
    {
        var @case = Case(Standard);
        Deliver(@case);
        @case.Acknowledge();
        @case.Jump(1, Day("2026-03-10"), Now);
        Assert.Equal((CaseStatus.Open, Now), (@case.Status, @case.NextAt));
    }

    [Fact]
    public void Another_plan_keeps_who_was_told_by_the_steps_names()
    {
        var @case = Case(Standard);
        Deliver(@case);
        Deliver(@case);
        @case.Follow(Guid.NewGuid(), ScheduleTemplates.All["brisk"], Now);
        Assert.Equal((1, 2), (@case.Told, @case.Next));
        Assert.Equal(new NextStep(2, Day("2026-03-17"), false), Next(@case)); // two working days after the lead was told on March 13
    }

    [Fact]
    public void Steps_of_a_new_plan_that_lie_before_what_was_told_count_as_passed()
    {
        var @case = Case(Standard);
        Deliver(@case);
        Deliver(@case);
        var other = Standard with { Steps = [new("a", 1, "owner", "tell"), new("b", 4, "supervisor", "tell"), new("c", 9, "officer", "tell"), .. Standard.Steps.TakeLast(2)] };
        @case.Follow(Guid.NewGuid(), other, Now);
        Assert.Equal(new NextStep(2, Day("2026-03-20"), false), Next(@case)); // five working days after the last notice: 9 − 4
    }

    [Fact]
    public void A_plan_followed_before_anybody_was_told_starts_with_its_first_step()
    {
        var @case = Case(Standard);
        @case.Follow(Guid.NewGuid(), ScheduleTemplates.All["patient"], Now);
        Assert.Equal(new NextStep(0, Day("2026-03-09"), false), Next(@case));
    }

    [Fact]
    public void A_closed_or_resting_case_is_not_woken_by_another_plan()
    {
        var @case = Case(Standard);
        @case.NextAt = null;
        @case.Acknowledge();
        @case.Follow(Guid.NewGuid(), ScheduleTemplates.All["brisk"], Now);
        Assert.Null(@case.NextAt);
    }
}
