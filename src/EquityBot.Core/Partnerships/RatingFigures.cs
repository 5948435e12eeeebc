using System.Globalization;
using EquityBot.Chat;

namespace EquityBot.Partnerships;

/// <summary>One side's averages of one quarter; null where fewer than <see cref="RatingFigures.FewestRaters"/> rated, so that nobody can be made out.</summary>
public sealed record SideFigures(int Raters, double? Trust, double? Collaboration, double? CoLearning)
{
    /// <summary>Of further factors, by number; none that fewer than <see cref="RatingFigures.FewestRaters"/> answered.</summary>
    public IReadOnlyDictionary<int, double> Others { get; init; } = new Dictionary<int, double>();

    /// <summary>What they wrote, none where averages are withheld. In the order of the alphabet, which tells neither who nor when.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];
}

/// <summary>How both sides see a partnership in one quarter. They are never added up: what each thinks is the point.</summary>
public sealed record RatingFigures(SideFigures Us, SideFigures Partner)
{
    public const int FewestRaters = 3;

    /// <summary>On a scale of five: from here on the sides see it differently enough to talk about.</summary>
    public const double Gap = 1.5;

    const int CommentsShown = 10;

    /// <summary>Further factors that stand or were answered.</summary>
    public IReadOnlyList<RatingFactor> Factors { get; init; } = [];

    public static RatingFigures Of(IEnumerable<PartnershipRating> ratings, IReadOnlyList<RatingFactor>? factors = null)
    {
        var sides = ratings.ToLookup(one => one.Side);
        var answered = sides.SelectMany(side => side).SelectMany(one => one.Factors.Keys).ToHashSet();
        return new(Side([.. sides[RatingSide.Us]]), Side([.. sides[RatingSide.Partner]])) { Factors = [.. (factors ?? []).Where(one => one.Stands || answered.Contains(one.Number))] };
    }

    static SideFigures Side(IReadOnlyList<PartnershipRating> ratings) => ratings.Count < FewestRaters
        ? new(ratings.Count, null, null, null)
        : new(ratings.Count, ratings.Average(one => one.Trust), ratings.Average(one => one.Collaboration), ratings.Average(one => one.CoLearning))
        {
            Others = ratings.SelectMany(one => one.Factors).GroupBy(one => one.Key, one => one.Value).Where(one => one.Count() >= FewestRaters).ToDictionary(one => one.Key, one => one.Average()),
            Comments = [.. ratings.Select(one => one.Comment).OfType<string>().Order(StringComparer.OrdinalIgnoreCase)],
        };

    /// <summary>Each scale with both averages, in the order of the form.</summary>
    public IReadOnlyList<(string Scale, double? Us, double? Partner)> Scales =>
    [
        ("trust", Us.Trust, Partner.Trust), ("collaboration", Us.Collaboration, Partner.Collaboration), ("learning", Us.CoLearning, Partner.CoLearning),
        .. Factors.Select(one => (one.Scale, Known(Us, one), Known(Partner, one))),
    ];

    static double? Known(SideFigures side, RatingFactor factor) => side.Others.TryGetValue(factor.Number, out var average) ? average : null;

    /// <summary>The scales on which the sides are at least <see cref="Gap"/> apart, computed from the averages as they are; none while a side is withheld.</summary>
    public IReadOnlyList<(string Scale, double Us, double Partner)> Gaps =>
        [.. Scales.Where(one => one is { Us: not null, Partner: not null } && Math.Abs(one.Us.Value - one.Partner.Value) >= Gap - 1e-9).Select(one => (one.Scale, one.Us!.Value, one.Partner!.Value))];

    /// <summary>What may be shown of one quarter.</summary>
    public IEnumerable<Block> Describe(string quarter, Phrases words)
    {
        yield return new Words(words["rating.quarter", ("quarter", quarter)]);
        yield return new Table(
            [words["rating.scale"], words["rating.us", ("count", Us.Raters)], words["rating.partner", ("count", Partner.Raters)]],
            [.. Scales.Select(one => (IReadOnlyList<string>)[Name(one.Scale, words), Shown(one.Us, words), Shown(one.Partner, words)])]);
        foreach (var (scale, us, partner) in Gaps)
        {
            yield return new Banner(words["rating.gap", ("scale", Name(scale, words)), ("us", Shown(us, words)), ("partner", Shown(partner, words))], Mood.AtRisk);
        }
    }

    /// <summary>What both sides wrote in one quarter, without a hint at who did.</summary>
    public IEnumerable<Block> Comments(Phrases words) => new[] { (Us, "rating.words-us"), (Partner, "rating.words-partner") }.SelectMany(side => side.Item1.Comments.Count == 0 ? [] : new Block[]
    {
        new Quiet(words[side.Item2]),
        new Bullets([.. side.Item1.Comments.Take(CommentsShown), .. side.Item1.Comments.Count > CommentsShown ? [words["list.more", ("count", side.Item1.Comments.Count - CommentsShown)]] : Array.Empty<string>()]),
    });

    string Name(string scale, Phrases words) => Factors.FirstOrDefault(one => one.Scale == scale)?.Name ?? words[$"rating.{scale}"];

    static string Shown(double? average, Phrases words) => average is { } known ? words["rating.average", ("value", Math.Round(known, 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture))] : words["rating.withheld", ("fewest", FewestRaters)];
}
