using EquityBot.Goals;
using FsCheck;
using FsCheck.Fluent;

namespace EquityBot.Tests.Goals;

public class GapTests
{
    [Theory]
    [InlineData(GapForm.Difference, Direction.Lower, 22, 12, 10.0)]
    [InlineData(GapForm.Difference, Direction.Higher, 60, 75, 15.0)]
    [InlineData(GapForm.Difference, Direction.Lower, 10, 12, -2.0)] // the group is better off
    [InlineData(GapForm.Ratio, Direction.Lower, 24, 12, 2.0)]
    [InlineData(GapForm.Ratio, Direction.Higher, 60, 75, 1.25)]
    [InlineData(GapForm.Ratio, Direction.Lower, 0, 12, 0.0)]
    [InlineData(GapForm.Ratio, Direction.Lower, 22, 0, null)]
    [InlineData(GapForm.Ratio, Direction.Higher, 0, 75, null)]
    public void A_gap_says_how_much_worse_off_the_group_is(GapForm form, Direction better, double group, double reference, double? expected) =>
        Assert.Equal((decimal?)expected, Gap.Of(form, better, (decimal)group, (decimal)reference));

    // Where lower is better; from 22 against 12.
    [Theory]
    [InlineData(18, 12, GapChange.ByGroup)]
    [InlineData(16, 11, GapChange.ByGroup)] // both better
    [InlineData(18, 14, GapChange.ByBoth)]
    [InlineData(22, 16, GapChange.ByReference)]
    [InlineData(24, 20, GapChange.ByReference)] // both worse
    [InlineData(22, 12, GapChange.Same)]
    [InlineData(20, 10, GapChange.Same)]
    [InlineData(22, 10, GapChange.Wider)]
    [InlineData(25, 12, GapChange.Wider)]
    public void A_gap_that_narrows_says_through_whom(double group, double reference, GapChange expected)
    {
        Assert.Equal(expected, Gap.Change(GapForm.Difference, Direction.Lower, (22, 12), ((decimal)group, (decimal)reference)));
        // The mirror image, where higher is better.
        Assert.Equal(expected, Gap.Change(GapForm.Difference, Direction.Higher, (78, 88), (100 - (decimal)group, 100 - (decimal)reference)));
    }

    [Theory]
    [InlineData(18, 12, 6)]
    [InlineData(18, 14, 4)] // the group is better off: as it is
    [InlineData(22, 19, 10)] // only the reference got worse: as if it had not
    [InlineData(24, 20, 12)]
    [InlineData(24, 11, 13)]
    public void What_counts_is_never_gained_by_the_reference_getting_worse(double group, double reference, double expected) =>
        Assert.Equal((decimal)expected, Gap.Counted(GapForm.Difference, Direction.Lower, (22, 12), ((decimal)group, (decimal)reference)));

    static readonly Gen<decimal> Amounts = Gen.Choose(1, 1000).Select(tenths => tenths / 10m);

    static readonly Gen<(GapForm Form, Direction Better, (decimal, decimal) Before, (decimal, decimal) Now)> Cases =
        from form in Gen.Elements(GapForm.Difference, GapForm.Ratio)
        from better in Gen.Elements(Direction.Lower, Direction.Higher)
        from before in Amounts.Two()
        from now in Amounts.Two()
        select (form, better, (before.Item1, before.Item2), (now.Item1, now.Item2));

    [Fact]
    public void Nothing_is_gained_unless_the_group_is_better_off() => Prop.ForAll(Cases.ToArbitrary(), one =>
    {
        var isBetter = one.Better == Direction.Lower ? one.Now.Item1 < one.Before.Item1 : one.Now.Item1 > one.Before.Item1;
        return isBetter || Gap.Counted(one.Form, one.Better, one.Before, one.Now) >= Gap.Of(one.Form, one.Better, one.Before.Item1, one.Before.Item2);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_counts_is_never_less_than_the_gap_there_is() => Prop.ForAll(Cases.ToArbitrary(), one =>
        Gap.Counted(one.Form, one.Better, one.Before, one.Now) >= Gap.Of(one.Form, one.Better, one.Now.Item1, one.Now.Item2)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_narrower_gap_is_somebodys_doing_and_a_wider_one_never_counts_as_narrower() => Prop.ForAll(Cases.ToArbitrary(), one =>
    {
        var (was, is_) = (Gap.Of(one.Form, one.Better, one.Before.Item1, one.Before.Item2), Gap.Of(one.Form, one.Better, one.Now.Item1, one.Now.Item2));
        return Gap.Change(one.Form, one.Better, one.Before, one.Now) switch
        {
            GapChange.Same => was == is_,
            GapChange.Wider => is_ > was,
            _ => is_ < was,
        };
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Equal_numbers_are_no_gap() => Prop.ForAll(Amounts.ToArbitrary(), one =>
        Gap.Of(GapForm.Difference, Direction.Lower, one, one) == 0 && Gap.Of(GapForm.Ratio, Direction.Higher, one, one) == 1).QuickCheckThrowOnFailure();
}
