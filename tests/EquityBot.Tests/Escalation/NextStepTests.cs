using EquityBot.Escalation;
using EquityBot.People;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Tests.Escalation;

/// <summary>Which step comes next and on which day: design §6, rule by rule. Due Friday, March 6, 2026; no holidays unless said.</summary>
public class NextStepTests
{
    const int Owner = 0;
    const int Lead = 1;
    const int Officer = 2;
    const int Board = 4;
    const int Deputy = 5;

    static readonly Plan Plan = ScheduleTemplates.Standard;
    static readonly WorkCalendar Calendar = new(WorkCalendar.Weekdays, new HashSet<LocalDate>());
    static readonly CasePosition Opened = new(Day("2026-03-06"), Owner, null, null);

    static LocalDate Day(string iso) => LocalDatePattern.Iso.Parse(iso).Value;

    static NextStep? Next(CasePosition position) => NextStep.Of(position, Plan, Calendar);

    [Fact]
    public void The_default_schedule_has_the_numbers_of_the_design()
    {
        Assert.Equal(
            ["reminder -3 owner", "owner 1 owner", "lead 5 lead", "officer 10 officer", "sponsor 15 sponsor", "board 20 board", "board-deputy 31 board-deputy"],
            Plan.Steps.Select(step => $"{step.Name} {step.Offset} {step.To}"));
        Assert.Equal((5, 2), (Plan.PostponeDays, Plan.UnreachedDays));
        Assert.Equal(10, Plan.Steps.Single(step => step.Name == "board").AnswerWithin);
        Assert.Equal(11, Plan.CaseSteps[Deputy].Offset - Plan.CaseSteps[Board].Offset); // the working day after the tenth
    }

    [Fact]
    public void Its_steps_strictly_increase_and_it_survives_being_kept_as_JSON()
    {
        Assert.Equal(Plan.Steps.Select(step => step.Offset).Distinct().Order(), Plan.Steps.Select(step => step.Offset));
        var kept = Plan.FromJson(Plan.ToJson());
        Assert.Equal(Plan.Steps, kept.Steps);
        Assert.Equal(Plan.CaseSteps, kept.CaseSteps);
        Assert.Equal((Plan.Name, Plan.PostponeDays, Plan.UnreachedDays), (kept.Name, kept.PostponeDays, kept.UnreachedDays));
        Assert.Equal("reminder", kept.Reminder!.Name);
    }

    [Fact]
    public void The_first_step_comes_on_its_offset_after_the_due_day() => Assert.Equal(new NextStep(Owner, Day("2026-03-09"), false), Next(Opened));

    [Theory]
    [InlineData("2026-03-07")] // due on a Saturday
    [InlineData("2026-03-08")]
    public void Due_on_a_weekend_the_first_step_is_on_Monday(string due) => Assert.Equal(Day("2026-03-09"), Next(Opened with { BaseDay = Day(due) })!.On);

    [Fact]
    public void On_time_each_step_keeps_its_own_offset() =>
        Assert.Equal(new NextStep(Lead, Day("2026-03-13"), false), Next(Opened with { Next = Lead, Told = Owner, ToldOn = Day("2026-03-09") }));

    [Fact]
    public void After_an_outage_the_gap_is_kept_and_nobody_jumps_to_the_board() // T6
    {
        var position = Opened with { Next = Lead, Told = Owner, ToldOn = Day("2026-04-20") };
        Assert.Equal(new NextStep(Lead, Day("2026-04-24"), false), Next(position)); // 5 − 1 working days later, though every offset has passed
        Assert.Equal(new NextStep(Officer, Day("2026-05-01"), false), Next(position with { Next = Officer, Told = Lead, ToldOn = Day("2026-04-24") }));
    }

    [Fact]
    public void A_holiday_is_neither_an_offset_nor_a_gap()
    {
        var closed = new WorkCalendar(WorkCalendar.Weekdays, new HashSet<LocalDate> { Day("2026-03-09"), Day("2026-03-11") });
        Assert.Equal(Day("2026-03-10"), NextStep.Of(Opened, Plan, closed)!.On);
        Assert.Equal(Day("2026-03-17"), NextStep.Of(Opened with { Next = Lead, Told = Owner, ToldOn = Day("2026-03-10") }, Plan, closed)!.On);
    }

    [Fact]
    public void A_lapse_sends_the_interrupted_step_again_on_the_next_working_day() =>
        Assert.Equal(
            new NextStep(Lead, Day("2026-04-20"), true),
            Next(Opened with { Next = Officer, Told = Lead, ToldOn = Day("2026-03-13"), LapsedOn = Day("2026-04-17"), GapsOnly = true }));

    [Fact]
    public void A_lapse_before_anybody_was_told_starts_with_the_step_that_was_to_come() =>
        Assert.Equal(new NextStep(Owner, Day("2026-04-20"), false), Next(Opened with { LapsedOn = Day("2026-04-17"), GapsOnly = true }));

    [Fact]
    public void After_a_lapse_only_gaps_count() =>
        Assert.Equal(
            new NextStep(Officer, Day("2026-04-27"), false),
            Next(Opened with { BaseDay = Day("2026-04-17"), Next = Officer, Told = Lead, ToldOn = Day("2026-04-20"), GapsOnly = true })); // the offset would say May 1

    [Fact]
    public void Whoever_cannot_be_reached_holds_the_schedule_up_by_two_working_days_and_no_offset_is_lost()
    {
        var position = Opened with { Next = Officer, Told = Owner, ToldOn = Day("2026-03-09"), UnreachedOn = Day("2026-03-13") };
        Assert.Equal(Day("2026-03-20"), Next(position)!.On); // its offset is later than two days after the failure
        Assert.Equal(Day("2026-04-21"), Next(position with { UnreachedOn = Day("2026-04-17") })!.On); // two days, not the gap
        Assert.Equal(Day("2026-04-21"), Next(position with { Told = null, ToldOn = null, UnreachedOn = Day("2026-04-17") })!.On);
    }

    [Fact]
    public void Progress_moves_the_next_step_by_its_days_from_whichever_day_it_had()
    {
        var position = Opened with { Next = Lead, Told = Owner, ToldOn = Day("2026-03-09"), DelayDays = 5 };
        Assert.Equal(Day("2026-03-20"), Next(position)!.On);
        Assert.Equal(Day("2026-05-01"), Next(position with { ToldOn = Day("2026-04-20") })!.On);
    }

    [Fact]
    public void A_delay_is_spent_by_the_step_it_moved_and_the_next_gap_counts_from_there()
    {
        var @case = Case();
        @case.Postpone(5, Now);
        var first = NextStep.Of(@case.Position, Plan, Calendar)!;
        Assert.Equal(Day("2026-03-16"), first.On);
        @case.Fire(first, Guid.NewGuid());
        @case.Delivered(first.Place, first.On, false, Now);
        Assert.Equal(new NextStep(Lead, Day("2026-03-20"), false), NextStep.Of(@case.Position, Plan, Calendar));
    }

    [Fact]
    public void Progress_postpones_a_case_once()
    {
        var @case = Case();
        @case.Postpone(5, Now);
        @case.Postpone(5, Now);
        Assert.Equal(5, @case.DelayDays);
    }

    [Fact]
    public void After_the_last_step_there_is_none() =>
        Assert.Null(Next(Opened with { Next = Plan.CaseSteps.Count, Told = Deputy, ToldOn = Day("2026-04-20") }));

    [Fact]
    public void A_notice_taken_back_before_it_left_is_still_to_come()
    {
        var @case = Case();
        var first = NextStep.Of(@case.Position, Plan, Calendar)!;
        @case.Fire(first, Guid.NewGuid());
        @case.Recall(Now);
        Assert.Equal(first, NextStep.Of(@case.Position, Plan, Calendar));
    }

    [Fact]
    public void Days_that_waited_for_confirmation_are_added()
    {
        var @case = Case();
        @case.Hold(Day("2026-03-09"));
        Assert.False(@case.Walks);
        @case.Release(Calendar.Between(Day("2026-03-09"), Day("2026-03-12")), Now);
        Assert.True(@case.Walks);
        Assert.Equal(Day("2026-03-12"), NextStep.Of(@case.Position, Plan, Calendar)!.On);
    }

    static readonly Instant Now = Instant.FromUtc(2026, 3, 9, 14, 0);

    static EscalationCase Case() => new()
    {
        Id = Guid.NewGuid(), OrganizationId = Guid.NewGuid(), Number = 1, CommitmentId = Guid.NewGuid(), AboutId = Guid.NewGuid(), Trigger = Triggers.Due, AboutRef = "C-1", Line = Lines.Promise, OwnerId = Guid.NewGuid(),
        DepartmentId = Guid.NewGuid(), OpenedAt = Now, Plan = Plan.ToJson(), BaseDay = Day("2026-03-06"),
    };
}
