using EquityBot.Escalation;
using EquityBot.People;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace EquityBot.Tests.Escalation;

/// <summary>Whole cases walked over random calendars, plans and mishaps. // T6, T10</summary>
public class WalkTests
{
    static readonly Instant Now = Instant.FromUtc(2026, 3, 9, 14, 0);

    static readonly Gen<WorkCalendar> Calendars =
        from mask in Gen.Choose(1, 127)
        from holidays in Gen.Choose(0, 120).Select(Start.PlusDays).ListOf()
        select new WorkCalendar(Enumerable.Range(1, 7).Where(day => (mask & 1 << (day - 1)) != 0).Select(day => (IsoDayOfWeek)day).ToHashSet(), holidays.ToHashSet());

    static readonly Gen<Plan> Plans =
        from gaps in Gen.Choose(1, 9).ArrayOf(6)
        from unreached in Gen.Choose(1, 4)
        select new Plan("Any", 5, unreached, 10, 5, 15, "lead", [.. gaps.Select((_, place) => new EscalationStep($"step {place}", gaps.Take(place + 1).Sum(), "owner", "tell"))]);

    static LocalDate Start => new(2026, 3, 1);

    sealed record Mishap(int Outage, int Progress, int Hold, bool Unreached);

    static readonly Gen<Mishap> Mishaps =
        from outage in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 30)))
        from progress in Gen.Choose(0, 5)
        from hold in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 8)))
        from unreached in Gen.Choose(0, 5)
        select new Mishap(outage, progress, hold, unreached == 0);

    static EscalationCase Case(LocalDate due, Plan plan) => new()
    {
        Id = Guid.NewGuid(), OrganizationId = Guid.NewGuid(), Number = 1, CommitmentId = Guid.NewGuid(), AboutId = Guid.NewGuid(), Trigger = Triggers.Due, AboutRef = "C-1", Line = Lines.Promise, OwnerId = Guid.NewGuid(),
        DepartmentId = Guid.NewGuid(), OpenedAt = Now, Plan = plan.ToJson(), BaseDay = due,
    };

    [Fact]
    public void Delivered_on_its_day_each_step_fires_once_on_a_working_day_exactly_its_offset_after_the_due_day() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from calendar in Calendars from plan in Plans from due in Gen.Choose(0, 40).Select(Start.PlusDays) select (calendar, plan, due)).ToArbitrary(),
        one =>
        {
            var @case = Case(one.due, one.plan);
            var fired = new List<NextStep>();
            while (NextStep.Of(@case.Position, one.plan, one.calendar) is { } next)
            {
                fired.Add(next);
                @case.Fire(next, Guid.NewGuid());
                @case.Delivered(next.Place, next.On, false, Now);
            }

            return fired.Select(step => step.Place).SequenceEqual(Enumerable.Range(0, one.plan.CaseSteps.Count))
                && fired.All(step => one.calendar.IsWorkingDay(step.On) && !step.Again)
                && fired.Zip(fired.Skip(1)).All(pair => pair.First.On < pair.Second.On)
                && fired.All(step => one.calendar.Between(one.due, step.On) == one.plan.CaseSteps[step.Place].Offset);
        }));

    [Fact]
    public void Whatever_is_thrown_in_steps_stay_in_order_on_working_days_and_no_gap_shrinks() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from calendar in Calendars
         from plan in Plans
         from due in Gen.Choose(0, 40).Select(Start.PlusDays)
         from mishaps in Mishaps.ArrayOf(6)
         select (calendar, plan, due, mishaps)).ToArbitrary(),
        one => Walks(one.calendar, one.plan, one.due, one.mishaps)));

    static bool Walks(WorkCalendar calendar, Plan plan, LocalDate due, Mishap[] mishaps)
    {
        var @case = Case(due, plan);
        (int Place, LocalDate On, bool Reached)? before = null;
        var places = new List<int>();
        while (NextStep.Of(@case.Position, plan, calendar) is { } next)
        {
            var mishap = mishaps[places.Count];
            if (mishap.Progress == 0)
            {
                @case.Postpone(plan.PostponeDays, Now);
            }

            if (mishap.Hold > 0)
            {
                @case.Hold(before?.On ?? due);
                @case.Release(mishap.Hold, Now);
            }

            next = NextStep.Of(@case.Position, plan, calendar)!;
            var on = calendar.OnOrAfter(next.On.PlusDays(mishap.Outage)); // nothing ran for a while
            var least = before switch
            {
                null => 1,
                { Reached: true } told => plan.CaseSteps[next.Place].Offset - plan.CaseSteps[told.Place].Offset,
                _ => plan.UnreachedDays,
            };
            if (!calendar.IsWorkingDay(next.On) || calendar.Between(before?.On ?? due, on) < least + mishap.Hold || calendar.Between(due, on) < plan.CaseSteps[next.Place].Offset)
            {
                return false;
            }

            @case.Fire(next, Guid.NewGuid());
            if (mishap.Unreached)
            {
                @case.Unreached(on, Now);
            }
            else
            {
                @case.Delivered(next.Place, on, false, Now);
            }

            places.Add(next.Place);
            before = (next.Place, on, !mishap.Unreached);
        }

        return places.SequenceEqual(Enumerable.Range(0, plan.CaseSteps.Count));
    }

    [Fact]
    public void After_a_lapse_the_interrupted_step_goes_once_more_and_the_rest_follow_by_their_gaps() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from calendar in Calendars from plan in Plans from reached in Gen.Choose(1, 5) from away in Gen.Choose(1, 60) select (calendar, plan, reached, away)).ToArbitrary(),
        one =>
        {
            var @case = Case(Start, one.plan);
            var on = Start;
            for (var place = 0; place < one.reached; place++)
            {
                var next = NextStep.Of(@case.Position, one.plan, one.calendar)!;
                @case.Fire(next, Guid.NewGuid());
                @case.Delivered(place, on = next.On, false, Now);
            }

            var promised = on.PlusDays(one.away);
            @case.Acknowledge();
            @case.Lapse(promised, 0, Now);
            var again = NextStep.Of(@case.Position, one.plan, one.calendar)!;
            @case.Fire(again, Guid.NewGuid());
            @case.Delivered(again.Place, again.On, false, Now);
            var rest = NextStep.Of(@case.Position, one.plan, one.calendar)!;
            return again == new NextStep(one.reached - 1, one.calendar.Add(promised, 1), true)
                && rest.Place == one.reached
                && one.calendar.Between(again.On, rest.On) == one.plan.CaseSteps[one.reached].Offset - one.plan.CaseSteps[one.reached - 1].Offset;
        }));
}
