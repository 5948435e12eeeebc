using EquityBot.Commitments;
using EquityBot.Goals;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace EquityBot.Tests.Goals;

public class PaceTests
{
    static readonly LocalDate Starts = new(2026, 3, 2);

    /// <summary>From 22 down to 12 in a hundred days: a tenth a day.</summary>
    static readonly PaceLine Down = new(22, 12, Starts, Starts.PlusDays(100), Direction.Lower);
    static readonly PaceLine Up = new(40, 80, Starts, Starts.PlusDays(100), Direction.Higher);
    static readonly PaceLine Hold = new(20, 20, Starts, Starts.PlusDays(100), Direction.Lower);

    static LocalDate Day(int after) => Starts.PlusDays(after);

    [Theory]
    [InlineData(-30, 22)] // before the start
    [InlineData(0, 22)]
    [InlineData(25, 19.5)]
    [InlineData(50, 17)]
    [InlineData(100, 12)]
    [InlineData(400, 12)] // after the due day
    public void The_line_runs_straight_from_the_baseline_to_the_target(int day, double expected) => Assert.Equal((decimal)expected, Pace.Expected(Down, Day(day)));

    [Theory]
    [InlineData(22, 0)]
    [InlineData(17, 0.5)]
    [InlineData(12, 1)]
    [InlineData(7, 1.5)]
    [InlineData(27, -0.5)] // the wrong way
    public void Percent_of_target_is_the_share_of_the_way(double latest, double expected) => Assert.Equal((decimal)expected, Pace.Walked(Down, (decimal)latest));

    [Fact]
    public void Where_the_target_is_the_baseline_there_is_no_way_to_walk() => Assert.Null(Pace.Walked(Hold, 19));

    [Theory]
    [InlineData(50, 17, ProgressStatus.OnTrack)] // on the line
    [InlineData(50, 18, ProgressStatus.OnTrack)] // a tenth of the way behind
    [InlineData(50, 18.01, ProgressStatus.AtRisk)]
    [InlineData(50, 19.5, ProgressStatus.AtRisk)] // a quarter behind
    [InlineData(50, 19.51, ProgressStatus.OffTrack)]
    [InlineData(0, 22, ProgressStatus.OnTrack)]
    [InlineData(0, 24, ProgressStatus.AtRisk)] // got worse at once
    [InlineData(0, 25, ProgressStatus.OffTrack)]
    [InlineData(-5, 22, ProgressStatus.OnTrack)] // before the start
    [InlineData(10, 11, ProgressStatus.OnTrack)] // reached early
    [InlineData(100, 13, ProgressStatus.OnTrack)] // the due day has not ended
    [InlineData(101, 12.5, ProgressStatus.OffTrack)]
    [InlineData(101, 12, ProgressStatus.OnTrack)]
    public void A_number_suggests_its_status(int day, double latest, ProgressStatus expected) => Assert.Equal(expected, Pace.Suggest(Down, (decimal)latest, Day(day), Day(day)));

    [Theory]
    [InlineData(50, 60, ProgressStatus.OnTrack)]
    [InlineData(50, 56, ProgressStatus.OnTrack)]
    [InlineData(50, 55, ProgressStatus.AtRisk)]
    [InlineData(50, 49, ProgressStatus.OffTrack)]
    [InlineData(50, 81, ProgressStatus.OnTrack)]
    public void Where_higher_is_better_it_is_the_other_way_round(int day, double latest, ProgressStatus expected) => Assert.Equal(expected, Pace.Suggest(Up, (decimal)latest, Day(day), Day(day)));

    [Theory]
    [InlineData(20, ProgressStatus.OnTrack)]
    [InlineData(15, ProgressStatus.OnTrack)]
    [InlineData(22, ProgressStatus.AtRisk)] // a tenth of the target above it
    [InlineData(22.1, ProgressStatus.OffTrack)]
    public void A_number_that_is_only_to_be_held_is_judged_by_its_target(double latest, ProgressStatus expected) => Assert.Equal(expected, Pace.Suggest(Hold, (decimal)latest, Day(50), Day(50)));

    [Fact]
    public void An_old_number_is_judged_by_its_own_day_until_the_due_day_has_ended()
    {
        Assert.Equal(ProgressStatus.OnTrack, Pace.Suggest(Down, 20, Day(20), Day(90)));
        Assert.Equal(ProgressStatus.OffTrack, Pace.Suggest(Down, 20, Day(20), Day(101)));
    }

    [Fact]
    public void A_target_that_lies_the_wrong_way_has_no_pace_and_is_never_reached()
    {
        var wrong = Down with { Better = Direction.Higher };
        Assert.Null(Pace.Suggest(wrong, 22, Day(50), Day(50)));
        Assert.False(Pace.Reached(wrong, 22));
    }

    [Fact]
    public void A_line_without_length_is_at_its_end() => Assert.Equal(12, Pace.Expected(Down with { Due = Starts }, Starts));

    [Theory]
    [InlineData(22, 0, Cadence.Weekly, 0.667)] // ten points in fifteen weeks begun
    [InlineData(22, 0, Cadence.Quarterly, 5)]
    [InlineData(12, 50, Cadence.Monthly, 0)]
    [InlineData(14, 100, Cadence.Monthly, 2)] // the last day is one period
    [InlineData(14, 150, Cadence.Monthly, 2)]
    public void What_each_period_left_has_to_bring(double latest, int day, Cadence cadence, double expected) =>
        Assert.Equal((decimal)expected, Math.Round(Pace.RequiredPerPeriod(Down, (decimal)latest, Day(day), cadence), 3));

    [Fact]
    public void The_best_step_so_far_is_told_for_one_period_and_needs_two_days()
    {
        Assert.Null(Pace.BestPerPeriod([(Day(0), 22)], Direction.Lower, Cadence.Weekly));
        Assert.Null(Pace.BestPerPeriod([(Day(0), 22), (Day(0), 20)], Direction.Lower, Cadence.Weekly));
        Assert.Equal(3, Pace.BestPerPeriod([(Day(14), 17), (Day(0), 22), (Day(7), 20)], Direction.Lower, Cadence.Weekly));
        Assert.Equal(0, Pace.BestPerPeriod([(Day(0), 22), (Day(7), 25)], Direction.Lower, Cadence.Weekly));
        Assert.Equal(3, Pace.BestPerPeriod([(Day(0), 22), (Day(7), 25)], Direction.Higher, Cadence.Weekly));
    }

    static readonly Gen<decimal> Amounts = Gen.Choose(0, 2000).Select(tenths => tenths / 10m);

    static readonly Gen<PaceLine> Lines =
        from baseline in Amounts
        from target in Amounts
        from days in Gen.Choose(0, 1100)
        select new PaceLine(baseline, target, Starts, Starts.PlusDays(days), target < baseline ? Direction.Lower : Direction.Higher);

    static readonly Gen<(PaceLine Line, decimal One, decimal Other, int Day, int Later)> Cases =
        from line in Lines
        from one in Amounts
        from other in Amounts
        from day in Gen.Choose(-50, 1200)
        from later in Gen.Choose(0, 200)
        select (line, one, other, day, day + later);

    [Fact]
    public void Whoever_walks_the_line_is_on_track_on_every_day() => Prop.ForAll(Cases.ToArbitrary(), one =>
    {
        var on = Starts.PlusDays(one.Day);
        return Pace.Suggest(one.Line, Pace.Expected(one.Line, on), on, on) == ProgressStatus.OnTrack;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_better_number_never_suggests_a_worse_status_and_a_later_day_never_a_better_one() => Prop.ForAll(Cases.ToArbitrary(), one =>
    {
        var (on, later) = (Starts.PlusDays(one.Day), Starts.PlusDays(one.Later));
        var (better, worse) = one.Line.Better == Direction.Lower ? (Math.Min(one.One, one.Other), Math.Max(one.One, one.Other)) : (Math.Max(one.One, one.Other), Math.Min(one.One, one.Other));
        return Pace.Suggest(one.Line, better, on, on) <= Pace.Suggest(one.Line, worse, on, on) && Pace.Suggest(one.Line, worse, on, on) <= Pace.Suggest(one.Line, worse, later, later);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_goal_and_its_mirror_image_stand_alike() => Prop.ForAll(Cases.ToArbitrary(), one =>
    {
        var mirrored = one.Line with { Baseline = -one.Line.Baseline, Target = -one.Line.Target, Better = one.Line.Better == Direction.Lower ? Direction.Higher : Direction.Lower };
        var on = Starts.PlusDays(one.Day);
        return Pace.Suggest(one.Line, one.One, on, on) == Pace.Suggest(mirrored, -one.One, on, on) && Pace.Reached(one.Line, one.One) == Pace.Reached(mirrored, -one.One);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_way_walked_leads_back_to_the_number() => Prop.ForAll(Cases.ToArbitrary(), one =>
        Pace.Walked(one.Line, one.One) is not { } walked || Math.Abs(one.Line.Baseline + (walked * (one.Line.Target - one.Line.Baseline)) - one.One) < 0.000001m).QuickCheckThrowOnFailure();
}
