using EquityBot.Chat;

namespace EquityBot.Partnerships;

/// <summary>One side's averages of one quarter; null where fewer than <see cref="RatingFigures.FewestRaters"/> rated, so that nobody can be made out.</summary>
public sealed record SideFigures(int Raters, double? Trust, double? Collaboration, double? CoLearning);

/// <summary>How both sides see a partnership in one quarter. They are never added up: what each thinks is the point.</summary>
public sealed record RatingFigures(SideFigures Us, SideFigures Partner)
{
    public const int FewestRaters = 3;

    /// <summary>On a scale of five: from here on the sides see it differently enough to talk about.</summary>
    public const double Gap = 1.5;

    public static RatingFigures Of(IEnumerable<PartnershipRating> ratings)
    {
        var sides = ratings.ToLookup(one => one.Side);
        return new(Side([.. sides[RatingSide.Us]]), Side([.. sides[RatingSide.Partner]]));
    }

    static SideFigures Side(IReadOnlyList<PartnershipRating> ratings) => ratings.Count < FewestRaters
        ? new(ratings.Count, null, null, null)
        : new(ratings.Count, ratings.Average(one => one.Trust), ratings.Average(one => one.Collaboration), ratings.Average(one => one.CoLearning));

    /// <summary>Each scale with both averages, in the order of the form.</summary>
    public IReadOnlyList<(string Scale, double? Us, double? Partner)> Scales =>
        [("trust", Us.Trust, Partner.Trust), ("collaboration", Us.Collaboration, Partner.Collaboration), ("learning", Us.CoLearning, Partner.CoLearning)];

    /// <summary>The scales on which the sides are at least <see cref="Gap"/> apart, computed from the averages as they are; none while a side is withheld.</summary>
    public IReadOnlyList<(string Scale, double Us, double Partner)> Gaps =>
        [.. Scales.Where(one => one is { Us: not null, Partner: not null } && Math.Abs(one.Us.Value - one.Partner.Value) >= Gap - 1e-9).Select(one => (one.Scale, one.Us!.Value, one.Partner!.Value))];

    /// <summary>What may be shown of one quarter.</summary>
    public IEnumerable<Block> Describe(string quarter, Phrases words)
    {
        yield return new Words(words["rating.quarter", ("quarter", quarter)]);
        yield return new Table(
            [words["rating.scale"], words["rating.us", ("count", Us.Raters)], words["rating.partner", ("count", Partner.Raters)]],
            [.. Scales.Select(one => (IReadOnlyList<string>)[words[$"rating.{one.Scale}"], Shown(one.Us, words), Shown(one.Partner, words)])]);
        foreach (var (scale, us, partner) in Gaps)
        {
            yield return new Banner(words["rating.gap", ("scale", words[$"rating.{scale}"]), ("us", Shown(us, words)), ("partner", Shown(partner, words))], Mood.AtRisk);
        }
    }

    static string Shown(double? average, Phrases words) => average is { } known ? words["rating.average", ("value", Math.Round(known, 1, MidpointRounding.AwayFromZero).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture))] : words["rating.withheld", ("fewest", FewestRaters)];
}
