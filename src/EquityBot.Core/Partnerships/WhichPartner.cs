using EquityBot.Chat;

namespace EquityBot.Partnerships;

/// <summary>It is not clear which partner is meant: those that it may be as buttons, and, where nobody is known by that name, a new one.</summary>
static class WhichPartner
{
    /// <summary>As long as a button's title may be.</summary>
    const int LongestTitle = 80;

    /// <param name="place">The value in which the command takes the partner's id.</param>
    /// <param name="values">What else was said.</param>
    /// <param name="newcomer">The value in which it takes the name of a new one; null where it needs one that is known.</param>
    public static Reply Ask(Turn turn, ChatCommand command, PartnerNames.Found found, string place, IReadOnlyDictionary<string, string> values, string? newcomer = null)
    {
        var words = turn.Words;
        var name = found.Words.Trim() is var said && said.StartsWith("the ", StringComparison.OrdinalIgnoreCase) ? said[4..] : said;
        var buttons = found.Candidates.Select(one => command.ButtonFor(null, new Offer(Cut(one.Name)) { Values = With(place, $"{one.Id}") })).ToList();
        if (!found.IsKnown && newcomer is not null && name.Length is > 1 and <= Partner.LongestName)
        {
            buttons.Add(command.ButtonFor(null, new Offer(Cut(words["partner.add", ("name", Capital(name))])) { Values = With(newcomer, Capital(name)) }));
        }

        return new(new Card(
            found.IsKnown ? words["partner.which", ("name", name)] : words["partner.unknown", ("name", name)],
            new Words(words[found.IsKnown ? "partner.which-words" : buttons.Count == 0 ? "partner.none-words" : "partner.unknown-words"]),
            ButtonRow.Of(buttons)))
        {
            Refused = true,
        };

        Dictionary<string, string> With(string id, string value) => new(values.Where(one => one.Key != "name")) { [id] = value };
    }

    static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    static string Cut(string title) => title.Length <= LongestTitle ? title : title[..(LongestTitle - 1)] + "…";
}
