using System.Globalization;
using EquityBot.Chat;

namespace EquityBot.Partnerships;

/// <summary>The three scales and a word, the same for both sides.</summary>
public static class RatingForm
{
    static readonly string[] Scales = ["trust", "collaboration", "learning"];

    public static IReadOnlyList<Input> Inputs(Phrases words) =>
    [
        .. Scales.Select(scale => new Input(scale, words[$"rating.ask-{scale}"], InputType.Choice) { Required = true, Choices = [.. Choices(words)] }),
        new("comment", words["rating.comment"], InputType.Text),
    ];

    static IEnumerable<Choice> Choices(Phrases words) =>
        Enumerable.Range(PartnershipRating.Lowest, PartnershipRating.Highest).Select(value => new Choice(words[$"rating.value.{value}"], value.ToString(CultureInfo.InvariantCulture)));
}
