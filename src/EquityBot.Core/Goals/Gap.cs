namespace EquityBot.Goals;

public enum GapForm
{
    /// <summary>By how much the group is worse off than its reference, in the unit of the measure.</summary>
    Difference,

    /// <summary>How many times as bad it is for the group as for its reference.</summary>
    Ratio,
}

/// <summary>What became of a gap, and through whom.</summary>
public enum GapChange
{
    Same,
    Wider,

    /// <summary>Narrower, and the reference did not get worse.</summary>
    ByGroup,

    /// <summary>Narrower: the group got better, and the reference worse.</summary>
    ByBoth,

    /// <summary>Narrower only because the reference got worse: nobody is better off.</summary>
    ByReference,
}

/// <summary>The distance between a group and its reference. Zero, or a ratio of one, is equity; more means that the group is worse off; less that it is better off.</summary>
public static class Gap
{
    /// <summary>
    /// The gap, said so that less is better whichever way the measure goes: where lower is better the difference is group − reference and the ratio group / reference; where higher is
    /// better they are reference − group and reference / group.
    /// </summary>
    /// <param name="group">The number of the group, in the unit of the measure; for a ratio not below zero.</param>
    /// <param name="reference">The number of its reference.</param>
    /// <returns>Null for a ratio whose divisor is not above zero.</returns>
    public static decimal? Of(GapForm form, Direction better, decimal group, decimal reference)
    {
        var (worse, than) = better == Direction.Lower ? (group, reference) : (reference, group);
        return form == GapForm.Difference ? worse - than : than > 0 ? worse / than : null;
    }

    /// <summary>What became of the gap from one pair of numbers to another; null where either gap cannot be told.</summary>
    public static GapChange? Change(GapForm form, Direction better, (decimal Group, decimal Reference) before, (decimal Group, decimal Reference) now)
    {
        if (Of(form, better, before.Group, before.Reference) is not { } was || Of(form, better, now.Group, now.Reference) is not { } is_)
        {
            return null;
        }

        if (is_ >= was)
        {
            return is_ == was ? GapChange.Same : GapChange.Wider;
        }

        var referenceIsWorse = IsBetter(better, before.Reference, now.Reference);
        return !IsBetter(better, now.Group, before.Group) ? GapChange.ByReference : referenceIsWorse ? GapChange.ByBoth : GapChange.ByGroup;
    }

    /// <summary>
    /// The gap that counts towards the goal: as it is when the group is better off than at the start; else measured against the better of the reference's two numbers, so that a reference that got
    /// worse never counts as progress.
    /// </summary>
    /// <returns>Null where it cannot be told. Never below the gap at the start unless the group is better off.</returns>
    public static decimal? Counted(GapForm form, Direction better, (decimal Group, decimal Reference) before, (decimal Group, decimal Reference) now) =>
        Of(form, better, now.Group, IsBetter(better, now.Group, before.Group) || IsBetter(better, now.Reference, before.Reference) ? now.Reference : before.Reference);

    static bool IsBetter(Direction better, decimal one, decimal other) => better == Direction.Lower ? one < other : one > other;
}
