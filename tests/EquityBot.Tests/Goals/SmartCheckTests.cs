using EquityBot.Commitments;
using EquityBot.Goals;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace EquityBot.Tests.Goals;

/// <summary>The machine checks and the soft ones of each letter.</summary>
public class SmartCheckTests
{
    static readonly LocalDate Today = AnyGoal.Today;

    static readonly Dictionary<string, Action<SmartGoal>> Lacks = new()
    {
        ["smart.S.who"] = goal => goal.Who = null,
        ["smart.S.what"] = goal => goal.What = "Interpreters please",
        ["smart.S.where"] = goal => goal.Where = " ",
        ["smart.M.measure"] = goal => goal.Measure = null,
        ["smart.M.baseline"] = goal => goal.Baseline = null,
        ["smart.M.baseline-old"] = goal => goal.BaselineOn = Today.PlusMonths(-18).PlusDays(-1),
        ["smart.M.target"] = goal => goal.Target = null,
        ["smart.M.direction"] = goal => goal.Better = null,
        ["smart.M.contradicts"] = goal => goal.Better = Direction.Higher,
        ["smart.A.resources"] = goal => goal.Resources = null,
        ["smart.A.confidence"] = goal => goal.Confidence = null,
        ["smart.R.goal"] = goal => goal.FrameworkGoals = null,
        ["smart.R.level"] = goal => goal.Level = null,
        ["smart.T.cadence"] = goal => goal.ReviewCadence = null,
        ["smart.T.due"] = goal => goal.Due = null,
        ["smart.T.due-first"] = goal => goal.Due = Today,
        ["smart.T.too-far"] = goal => goal.Due = Today.PlusMonths(36).PlusDays(1),
    };

    static readonly Dictionary<string, Action<SmartGoal>> Warnings = new()
    {
        ["smart.S.no-group"] = goal => goal.Who = "All patients",
        ["smart.S.vague"] = goal => goal.What = "Raise awareness of bias",
        ["smart.M.everybody"] = goal => goal.Stratum = null,
        ["smart.A.low-confidence"] = goal => goal.Confidence = 2,
        ["smart.R.evidence"] = goal => goal.PriorityEvidence = null,
    };

    static Verdict Of(SmartGoal goal, GoalRecord? record = null, LocalDate? today = null) => SmartCheck.Of(goal, record ?? AnyGoal.With(milestone: Today.PlusDays(100)), today ?? Today);

    [Fact]
    public void A_whole_goal_has_nothing_to_say_about_it() => Assert.Empty(Of(AnyGoal.Whole()).Findings);

    public static TheoryData<string> EveryLack => [.. Lacks.Keys];

    [Theory, MemberData(nameof(EveryLack))]
    public void What_a_letter_cannot_be_without_takes_it_away_and_no_other(string key)
    {
        var verdict = Of(AnyGoal.Whole(Lacks[key]));
        Assert.Contains(key, verdict.Findings.Where(finding => !finding.IsWarning).Select(finding => finding.Key));
        Assert.False(verdict.IsValid);
        Assert.All(Enum.GetValues<Letter>(), letter => Assert.Equal(letter.ToString() != key.Split('.')[1], verdict.Holds(letter)));
    }

    public static TheoryData<string> EveryWarning => [.. Warnings.Keys];

    [Theory, MemberData(nameof(EveryWarning))]
    public void A_warning_is_said_and_takes_nothing_away(string key)
    {
        var verdict = Of(AnyGoal.Whole(Warnings[key]));
        Assert.Contains(key, verdict.Findings.Select(finding => finding.Key));
        Assert.True(verdict.IsValid, string.Join(' ', verdict.Findings.Select(finding => finding.Key)));
    }

    [Theory]
    [InlineData("Cut the no-show rate", true)]
    [InlineData("hire interpreters", true)]
    [InlineData("Interpreters at every single discharge", true)] // four words say a deed
    [InlineData("Interpreters for all", false)]
    [InlineData("Cutting waits", false)]
    [InlineData("", false)]
    public void A_deed_begins_with_a_verb_of_change_or_has_four_words(string what, bool holds) => Assert.Equal(holds, Of(AnyGoal.Whole(goal => goal.What = what)).Holds(Letter.S));

    [Theory]
    [InlineData("Raise awareness of bias among all staff of the clinic", true)]
    [InlineData("Support families", true)]
    [InlineData("Improve blood pressure control of Black patients", false)]
    [InlineData("Cut waits", false)]
    public void A_vague_verb_is_warned_of_unless_it_says_what(string what, bool warned) => Assert.Equal(warned, Of(AnyGoal.Whole(goal => goal.What = what)).Findings.Any(finding => finding.Key == "smart.S.vague"));

    [Fact]
    public void Edges_of_time_still_hold()
    {
        Assert.True(Of(AnyGoal.Whole(goal => goal.BaselineOn = Today.PlusMonths(-18))).Holds(Letter.M));
        Assert.True(Of(AnyGoal.Whole(goal => goal.Due = Today.PlusMonths(36))).Holds(Letter.T));
        Assert.True(Of(AnyGoal.Whole(goal => goal.Due = Today.PlusDays(1))).Holds(Letter.T));
    }

    [Fact]
    public void A_milestone_counts_until_the_midpoint_and_a_dropped_one_not_at_all()
    {
        Assert.DoesNotContain("smart.T.no-milestone", Of(AnyGoal.Whole(), AnyGoal.With(milestone: Today.PlusDays(100))).Findings.Select(one => one.Key));
        var late = AnyGoal.With(milestone: Today.PlusDays(101));
        Assert.Contains("smart.T.no-milestone", Of(AnyGoal.Whole(), late).Findings.Select(one => one.Key));
        var dropped = AnyGoal.With(milestone: Today.PlusDays(50));
        dropped.Milestones[0].Cancel(Today, "the vendor does it");
        Assert.Contains("smart.T.no-milestone", Of(AnyGoal.Whole(), dropped).Findings.Select(one => one.Key));
    }

    [Fact]
    public void A_day_after_the_cycle_is_warned_of()
    {
        Assert.Contains("smart.T.after-cycle", Of(AnyGoal.Whole(), AnyGoal.With(milestone: Today, cycleEnds: Today.PlusDays(199))).Findings.Select(one => one.Key));
        Assert.DoesNotContain("smart.T.after-cycle", Of(AnyGoal.Whole(), AnyGoal.With(milestone: Today, cycleEnds: Today.PlusDays(200))).Findings.Select(one => one.Key));
    }

    [Theory]
    [InlineData("patient", "", true)]
    [InlineData("patient", "patient organization", true)]
    [InlineData("organization", "community", false)]
    [InlineData("societal", "", false)]
    [InlineData(null, "", false)] // what it is about is asked first
    public void A_department_that_works_on_its_own_house_alone_is_told(string? level, string beside, bool warned)
    {
        var record = AnyGoal.With(milestone: Today) with { Beside = beside.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet() };
        Assert.Equal(warned, Of(AnyGoal.Whole(goal => goal.Level = level), record).Findings.Any(finding => finding.Key == "smart.R.coverage"));
    }

    [Theory]
    [InlineData(21, false)] // a point a month, and six are left in six months
    [InlineData(21.8, true)] // a fifth of a point a month, and more than a point a month would be needed
    public void A_steeper_way_than_ever_is_warned_of(double value, bool warned)
    {
        var verdict = Of(AnyGoal.Whole(), AnyGoal.With([AnyGoal.Reading(30, (decimal)value)], Today.PlusDays(50)), Today.PlusDays(30));
        Assert.Equal(warned, verdict.Findings.Any(finding => finding.Key == "smart.A.steep"));
    }

    [Theory]
    [InlineData("smart.M.baselines")]
    [InlineData("smart.M.reference")]
    [InlineData("smart.M.gap-contradicts")]
    public void A_gap_needs_both_sides_and_a_smaller_gap(string key)
    {
        var verdict = Of(AnyGoal.Gap(goal =>
        {
            goal.BaselineReference = key == "smart.M.baselines" ? null : goal.BaselineReference;
            goal.Reference = key == "smart.M.reference" ? null : goal.Reference;
            goal.Target = key == "smart.M.gap-contradicts" ? 10 : goal.Target;
        }));
        Assert.Equal([key], verdict.Findings.Where(finding => !finding.IsWarning).Select(finding => finding.Key));
        Assert.True(Of(AnyGoal.Gap()).IsValid);
    }

    [Fact]
    public void A_gap_names_its_inequity_by_itself() => Assert.DoesNotContain("smart.S.no-group", Of(AnyGoal.Gap(goal => goal.Who = "All patients")).Findings.Select(finding => finding.Key));

    [Fact]
    public void However_much_is_taken_the_verdict_is_valid_only_where_nothing_needed_is_missing() => Prop.ForAll(Gen.SubListOf(Lacks.Keys.Concat(Warnings.Keys)).ToArbitrary(), taken =>
    {
        var verdict = Of(AnyGoal.Whole(goal => taken.OrderBy(Lacks.ContainsKey).ToList().ForEach(key => (Lacks.GetValueOrDefault(key) ?? Warnings[key])(goal))));
        return verdict.IsValid == !taken.Any(Lacks.ContainsKey) && verdict.Findings.Select(finding => finding.Key).Distinct().Count() == verdict.Findings.Count;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_finding_can_be_said()
    {
        var words = EquityBot.Chat.Phrases.Load("en");
        Assert.All(Lacks.Keys.Concat(Warnings.Keys).Concat(["smart.M.baselines", "smart.M.reference", "smart.M.gap-contradicts", "smart.T.no-milestone", "smart.T.after-cycle", "smart.A.steep", "smart.R.coverage"]), key => Assert.True(words.Has(key), key));
    }

    [Fact]
    public void A_gap_is_reached_by_the_group_and_not_by_the_reference()
    {
        var goal = AnyGoal.Gap();
        Assert.True(AnyGoal.With([AnyGoal.Reading(30, 15, 11)]).Reached(goal));
        Assert.False(AnyGoal.With([AnyGoal.Reading(30, 22, 19)]).Reached(goal));
        Assert.Equal(ProgressStatus.OffTrack, AnyGoal.With([AnyGoal.Reading(100, 22, 19)]).Suggested(goal, Today.PlusDays(100)));
    }
}
