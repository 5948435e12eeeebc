using System.Globalization;
using EquityBot.Chat;

namespace EquityBot.Partnerships;

/// <summary>The three scales, what else this partnership is rated on, and a word: the same for both sides.</summary>
public static class RatingForm
{
    static readonly string[] Scales = ["trust", "collaboration", "learning"];

    public static IReadOnlyList<Input> Inputs(IEnumerable<RatingFactor> factors, Phrases words) =>
    [
        .. Scales.Select(scale => new Input(scale, words[$"rating.ask-{scale}"], InputType.Choice) { Required = true, Choices = [.. Choices(words)] }),
        .. factors.Where(one => one.Stands).Select(one => new Input(one.Scale, words["rating.ask-factor", ("factor", one.Name)], InputType.Choice) { Choices = [.. Choices(words)] }),
        new("comment", words["rating.comment"], InputType.Text),
    ];

    static IEnumerable<Choice> Choices(Phrases words) =>
        Enumerable.Range(PartnershipRating.Lowest, PartnershipRating.Highest).Select(value => new Choice(words[$"rating.value.{value}"], value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>What was answered; null where one of the three scales is missing, or anything is none of its numbers. A factor that was dropped since the form was opened counts still.</summary>
    /// <param name="typed">By input; null or blank where nothing was.</param>
    public static Scores? Read(Func<string, string?> typed, IEnumerable<RatingFactor> factors)
    {
        var others = factors.Select(one => (one.Number, Typed: typed(one.Scale))).Where(one => !string.IsNullOrWhiteSpace(one.Typed)).Select(one => (one.Number, Score: Scores.Scale(one.Typed))).ToList();
        return others.TrueForAll(one => one.Score is not null) && Scores.Read(typed("trust"), typed("collaboration"), typed("learning"), typed("comment")) is { } scores
            ? scores with { Others = others.ToDictionary(one => one.Number, one => one.Score!.Value) }
            : null;
    }
}
