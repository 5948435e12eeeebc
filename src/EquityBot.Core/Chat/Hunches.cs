using System.Text.RegularExpressions;

namespace EquityBot.Chat;

/// <summary>What may have been meant where no sentence fits: the buttons of the two likeliest things, filled in from the words. Nothing of it is done before one is pressed. Pure.</summary>
public static partial class Hunches
{
    const int Most = 2;

    /// <summary>The one subject that the words name; null when they name none or several.</summary>
    public static string? ReferenceIn(string said) =>
        Reference().Matches(Manners.WithNumber(said)).Select(match => match.Value).Distinct(StringComparer.OrdinalIgnoreCase).ToList() is [var only] ? only : null;

    /// <param name="view">The subject that the words name, where they name one.</param>
    public static IReadOnlyList<Button> Of(string said, View? view, Reader reader)
    {
        var hunches = from command in reader.Catalogue.Commands
                      where command.Needs is null == view is null
                      let hint = command.Hint?.Match(said)
                      where hint is { Success: true }
                      let filled = command.Filled(said, reader)
                      where filled is not null
                      let button = view is null ? Fresh(command, filled, reader) : On(view, command, filled, reader)
                      where button is not null
                      orderby hint.Length descending
                      select button;
        return [.. hunches.Take(Most).Select((button, place) => button with { Primary = place == 0 && !button.Reads })];
    }

    static Button? Fresh(ChatCommand command, IReadOnlyDictionary<string, string> filled, Reader reader) =>
        reader.May(command.Action, null) ? command.ButtonFor(null, new Offer(reader.Words[$"hunch.{command.Verb}"]) { Values = filled }) : null;

    /// <summary>The subject's own button, with what the words say in its fields.</summary>
    static Button? On(View view, ChatCommand command, IReadOnlyDictionary<string, string> filled, Reader reader) => reader.Button(view, command.Verb) is { } button
        ? button with
        {
            Title = reader.Words["hunch.title", ("title", button.Title), ("reference", view.Subject.Ref)],
            Inputs = [.. button.Inputs.Select(input => filled.TryGetValue(input.Id, out var value) && value.Length <= Form.LongestValue ? input with { Value = value } : input)],
        }
        : null;

    [GeneratedRegex(@"\b[a-z]-\d{1,9}\b", RegexOptions.IgnoreCase)]
    private static partial Regex Reference();
}
