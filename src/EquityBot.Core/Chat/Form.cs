using EquityBot.People;
using NodaTime.Text;

namespace EquityBot.Chat;

/// <summary>The values of one press, checked against what its button asked for.</summary>
/// <param name="Problem">What to put right, in words; null when all is well.</param>
/// <param name="Phi">The screen's rule, when that was the problem.</param>
public sealed record Form(IReadOnlyDictionary<string, string> Values, string? Problem = null, PhiRule? Phi = null)
{
    public const int LongestValue = 1000;

    /// <summary>What of it may be shown back: nothing that looks like a patient's, and nothing that is longer than a field takes.</summary>
    /// <param name="asked">The inputs they were given in; empty where nobody knows any more.</param>
    public static Dictionary<string, string> Screened(IReadOnlyDictionary<string, string> given, IReadOnlyList<Input> asked) => given
        .Select(value => (value.Key, Value: Phrasebook.Tidy(value.Value)))
        .Where(value => value.Value.Length <= LongestValue && PhiScreen.Check(value.Value, asked.Any(input => input.Id == value.Key && input.IsContact)) is null)
        .ToDictionary(value => value.Key, value => value.Value);

    public static Form Read(Message message, ButtonRecord button, IReadOnlyDictionary<string, string> given, Reader reader)
    {
        var words = reader.Words;
        var inputs = Card.FromJson(message.Card).Buttons.SingleOrDefault(one => one.Id == button.Id)?.Inputs ?? [];
        var values = new Dictionary<string, string>(System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(button.Values)!);
        foreach (var input in inputs)
        {
            // A client that leaves a field out has not touched what was filled in beforehand.
            var value = Phrasebook.Tidy(given.TryGetValue(input.Id, out var typed) ? typed : input.Value ?? "");
            if (value.Length == 0)
            {
                if (input.Required)
                {
                    return new(values, words["refusal.missing", ("label", input.Label)]);
                }

                if (given.ContainsKey(input.Id) && input.Value is not null)
                {
                    values[input.Id] = "";
                }

                continue;
            }

            if (value.Length > LongestValue)
            {
                return new(values, words["refusal.value-too-long", ("label", input.Label), ("limit", LongestValue)]);
            }

            if (PhiScreen.Check(value, input.IsContact) is { } rule)
            {
                return new(values, words[$"phi.{rule}"], rule);
            }

            if (input.Type == InputType.Date)
            {
                if (Dates.Read(value, reader.Reckoning) is not { } date)
                {
                    return new(values, words["refusal.not-a-date", ("label", input.Label), ("value", value)]);
                }

                value = LocalDatePattern.Iso.Format(date);
            }

            values[input.Id] = value;
        }

        return new(values);
    }
}
